"""The experiments on penalties beside calculus, another solver, and what they cannot depend on."""

from math import hypot, sqrt

import numpy as np
import pytest

from studytool.numerics.closed_forms import soft_threshold
from studytool.numerics.experiment import ParameterValue
from studytool.numerics.lasso_descent import LASSO_DESCENT, SAMPLES
from studytool.numerics.least_squares import draw_designs, elastic_net
from studytool.numerics.measure import measure
from studytool.numerics.penalties import KINK_DESCENT
from studytool.numerics.registry import EXPERIMENTS
from studytool.numerics.streams import stream
from tests.cases import first_quick


def _mean(experiment: str, quantity: str, n: int = 200, **given: ParameterValue) -> float:
    one = EXPERIMENTS[experiment]
    rng = stream("penalties", experiment, str(given))
    return measure(one, one.bind(given), [quantity], rng=rng, replicates=n)[quantity].value


@pytest.mark.parametrize(
    ("penalty", "beside", "jump"),
    [
        ("squares", 0.0, 0.0),
        ("squares", 2.0, 0.0),
        ("absolute", 0.0, 1.4),  # 2λ
        ("absolute", 2.0, 1.4),  # whatever the other weight
        ("norm", 0.0, 1.4),  # √(w²) = |w|
        ("norm", 2.0, 0.0),  # √(w² + 4) is smooth
    ],
)
def test_the_jump_of_a_slope_against_calculus(penalty: str, beside: float, jump: float) -> None:
    found = _mean("slope_jump", "jump", penalty=penalty, beside=beside, lam=0.7)
    assert found == pytest.approx(jump, abs=1e-12)


@pytest.mark.parametrize(("z", "lam"), [(0.4, 0.6), (-0.2, 0.3), (2.0, 0.6), (-3.0, 0.0)])
def test_a_rounded_kink_ends_where_the_slope_is_0(z: float, lam: float) -> None:
    w = _mean("rounded_kink", "coefficient", z=z, lam=lam, width=0.01)
    assert w - z + lam * w / hypot(w, 0.01) == pytest.approx(0.0, abs=1e-12)
    assert w != 0.0
    narrow = _mean("rounded_kink", "coefficient", z=z, lam=lam, width=1e-6)
    assert narrow == pytest.approx(float(soft_threshold(z, lam)), abs=1e-4)


def test_only_ridge_does_not_care_how_the_features_are_turned() -> None:
    assert _mean("turned_features", "gap", method="ridge", lam=0.3) < 1e-12
    assert _mean("turned_features", "gap", method="lasso", lam=0.3) > 0.1
    assert _mean("turned_features", "gap", method="lasso", lam=0.001) < 0.01  # least squares


def test_proximal_steps_end_where_coordinate_descent_does() -> None:
    n, truth = 50, np.array([1.0] * 3 + [0.0] * 5)
    x, y = draw_designs(stream("lasso"), (n, SAMPLES, 8), truth, noise=0.5)
    expected = elastic_net(x, y, l1=0.2)
    for method in ("proximal", "slope"):
        given = LASSO_DESCENT.bind({"method": method, "lam": 0.2, "steps": 500})
        found = LASSO_DESCENT.simulate(stream("lasso"), n, given)
        loss = np.square((x @ expected.coefficients[..., None])[..., 0] - y).mean(axis=1) / 2
        penalty = 0.2 * np.abs(expected.coefficients).sum(axis=1)
        near = 1e-4 if method == "proximal" else 0.05  # steps by the slope swing about it
        assert found["share_end"] == pytest.approx(penalty / (loss + penalty), abs=near)
        assert (found["zeros"] == expected.zeros).all() == (method == "proximal")
        assert (found["log10_last_step"] < -12).all() == (method == "proximal")


@pytest.mark.parametrize("seed", first_quick(range(10)))
def test_rare_last_steps_leave_an_interval(seed: int) -> None:
    """Proximal steps that a few data sets have not ended are a lump far from all others."""
    given = LASSO_DESCENT.bind({"features": 3, "informative": 3})
    rng, name = stream("rare last steps", seed), "log10_last_step"
    found = measure(LASSO_DESCENT, given, [name], rng=rng, replicates=512)[name]
    assert found.bounds.half_width < 1.5  # half of the margin of 3 that a claim asks about
    assert -17 <= found.bounds.low <= found.value <= found.bounds.high <= 0


def test_a_ball_has_one_solution_and_a_circle_is_ridge() -> None:
    for share in (0.4, 0.8, 2.0):
        for ball in ("circle", "diamond"):
            assert _mean("ball_solution", "start_gap", ball=ball, share=share) < 1e-8
        assert _mean("ball_solution", "ridge_gap", ball="circle", share=share) < 1e-8
    assert _mean("ball_solution", "ridge_gap", ball="diamond", share=0.5) > 0.1
    assert _mean("ball_solution", "tangency", share=0.5) == pytest.approx(1.0, abs=1e-9)
    assert _mean("ball_solution", "tangency", ball="diamond", share=0.5) < 0.95
    assert _mean("constrained_fit", "tangency", share=0.5) == pytest.approx(1.0, abs=1e-9)
    assert _mean("constrained_fit", "shrunk_tangency", share=0.5) < 0.95


def test_ridge_on_other_designs_scales_with_the_responses() -> None:
    one = EXPERIMENTS["ridge_path"]
    drawn = one.simulate(stream("scaled"), 4000, one.bind({"scale": 10}))["scaled_norm"]
    centred = (drawn - drawn.mean(axis=0)) / drawn.std(axis=0)
    assert abs(centred.prod(axis=1).mean()) < 6 / sqrt(4000)  # the two norms are of other draws
    assert drawn[:, 0].mean() / drawn[:, 1].mean() == pytest.approx(10, rel=0.05)


@pytest.mark.slow
def test_the_error_above_a_rival_is_a_difference_on_the_same_data() -> None:
    for design in ("dense", "sparse", "grouped"):
        one = EXPERIMENTS["penalty_prediction"]
        for method in ("ridge", "elastic_net"):
            given = one.bind({"design": design, "method": method, "rival": method})
            assert (one.simulate(stream("same"), 5, given)["above_rival"] == 0).all()
    paired = [
        _mean("penalty_prediction", "above_rival", design=design, method="lasso")
        for design in ("dense", "sparse")
    ]
    assert paired[0] > 0.5 > -0.5 > paired[1]


def test_twins_that_are_not_alike_are_not_grouped() -> None:
    given: dict[str, ParameterValue] = {"features": 5, "l1": 0.1}
    assert _mean("elastic_net_fit", "twin_gap", 60, **given, l2=0.5, unlike=0.01) < 0.02
    assert _mean("elastic_net_fit", "twin_gap", 60, **given, l2=0.5, unlike=1) > 0.05


@pytest.mark.parametrize(
    ("method", "lr", "lam", "steps", "swing", "crossings"),
    [
        ("slope", 0.3, 0.7, 4, 0.0, 0),  # 1 − 4·0.21 = 0.16: still on its way
        ("slope", 0.3, 0.7, 5, 0.21, 1),  # 0.16 → −0.05
        ("slope", 0.3, 0.7, 4000, 0.21, 3996),  # and so for ever
        ("slope", 0.3, 0.7, 1, 0.0, 0),  # it marches: no swing
        ("slope", 0.5, 0.5, 4000, 0.0, 0),  # lr·λ = 1/4 meets 0 exactly, and stays
        ("slope", 0.5, 1.0, 4000, 0.0, 0),
        ("slope", 1.0, 1.0, 1, 0.0, 0),
        ("slope", 1.0, 0.75, 2, 0.75, 1),  # 1 → 0.25 → −0.5
        ("proximal", 0.3, 0.7, 4000, 0.0, 0),
        ("proximal", 0.3, 0.7, 5, 0.0, 0),  # the step to 0 does not cross it
    ],
)
def test_descent_to_a_kink_by_hand(
    method: str, lr: float, lam: float, steps: int, swing: float, crossings: int
) -> None:
    kink = KINK_DESCENT.bind({"method": method, "lr": lr, "lam": lam, "steps": steps})
    found = measure(KINK_DESCENT, kink, ["swing", "crossings"], rng=stream(), replicates=1)
    assert found["swing"].value == pytest.approx(swing, abs=1e-12)
    assert found["crossings"].value == crossings


@pytest.mark.parametrize(
    ("factor", "empty", "strongest_alone"),
    [
        (1.001, 1.0, 0.0),  # KKT: at w = 0 no slope exceeds the penalty
        (0.999, 0.0, 1.0),  # the one that does comes first
        (0.2, 0.0, 0.0),  # later others have come
    ],
)
def test_the_edge_of_the_lasso_against_its_optimality_conditions(
    factor: float, empty: float, strongest_alone: float
) -> None:
    found = {
        name: _mean("lasso_edge", name, 100, factor=factor) for name in ("empty", "strongest_alone")
    }
    assert found["empty"] == empty
    assert found["strongest_alone"] == pytest.approx(strongest_alone, abs=0.05)


def test_the_elastic_net_is_the_lasso_on_more_rows() -> None:
    assert _mean("augmented_lasso", "gap", l1=0.1, l2=0.5) < 1e-5
    assert _mean("augmented_lasso", "gap", l1=0.1, l2=0.5, rows=0) > 0.1  # the lasso itself
    assert _mean("augmented_lasso", "gap", l1=0.1, l2=0.5, rows=0.5) > 0.05


@pytest.mark.parametrize("rho", [0.0, 0.3, 0.9])
def test_designs_have_the_correlation_and_noise_that_are_asked_for(rho: float) -> None:
    truth, n = np.array([2.0, -1.0, 0.5]), 40_000
    x, y = draw_designs(stream("designs", rho), (1, n, 3), truth, noise=0.7, rho=rho)
    wanted = (1 - rho) * np.eye(3) + rho
    assert x[0].T @ x[0] / n == pytest.approx(wanted, abs=6 * sqrt(2 / n))
    assert np.square(y[0] - x[0] @ truth).mean() == pytest.approx(0.49, rel=6 * sqrt(2 / n))


def test_a_step_by_the_sign_moves_every_weight_by_the_rate() -> None:
    one = EXPERIMENTS["deep_training"]
    given = one.bind({"move": "sign", "steps": 1, "lr": 0.01, "depth": 3})
    moved = one.simulate(stream("sign"), 20, given)["log10_moved_ratio"]
    assert np.abs(moved).max() < 0.6  # lr / rms of each layer's weights: no gradient in it


@pytest.mark.slow
def test_the_lasso_keeps_no_more_features_than_samples() -> None:
    given: dict[str, ParameterValue] = {"samples": 5, "features": 12}
    assert _mean("wide_fit", "beyond_samples", 60, **given) == 0
    assert _mean("wide_fit", "beyond_samples", 60, **given, l2=0.5) > 0.9
    assert _mean("wide_fit", "beyond_samples", 20, samples=100, features=12, l2=0.5) == 0
    assert _mean("wide_fit", "kept", 20, samples=100, features=12, l2=0.5) == 12


@pytest.mark.parametrize("dimensions", [1, 2, 5])
def test_a_far_point_meets_any_vertex_of_the_diamond_as_often(dimensions: int) -> None:
    one = EXPERIMENTS["diamond_vertices"]
    drawn = one.simulate(stream("vertices"), 20_000, one.bind({"dimensions": dimensions}))
    assert drawn["on_vertex"].all()
    expected = 1 / (2 * dimensions)  # by symmetry
    error = sqrt(expected * (1 - expected) / 20_000)
    assert drawn["same_vertex"].mean() == pytest.approx(expected, abs=5 * error)
    near = one.simulate(stream("vertices"), 500, one.bind({"dimensions": 5, "distance": 1.5}))
    assert 0 < near["on_vertex"].mean() < 1
