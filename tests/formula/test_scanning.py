"""Rare draws against the quantiles of their laws, and what a scan adds up against integrals."""

from math import exp, log, sqrt
from statistics import NormalDist

import numpy as np
import pytest

from studytool.errors import FormulaError
from studytool.formula.draws import DRAWS
from studytool.formula.parse import parse
from studytool.formula.rare_draws import LAWS, rare_values
from studytool.formula.scanning import Scan, ScannedFormulas, ScannedSimulation, scan_rare_draws
from studytool.formula.simulation import FormulaSimulation, MeasuredFormula
from tests.rows import all_rows

MOST = 1e-3
LOW, HIGH = False, True
CDF = NormalDist().cdf


def test_every_law_has_rare_values_but_a_permutation() -> None:
    assert set(DRAWS) - LAWS == {"permutation"}


@all_rows(
    ("law", "side", "chance", "parameters", "value"),
    [
        ("normal", LOW, CDF(-5.0), (2.0, 3.0), 2 - 15),
        ("normal", HIGH, CDF(-6.0), (2.0, 3.0), 2 + 18),
        ("normal", HIGH, 0.5, (2.0, 3.0), 2.0),
        ("normal", HIGH, CDF(-6.0), (0.0, 1e308), np.inf),  # beyond a float64, without a warning
        ("uniform", LOW, 1e-6, (1.0, 3.0), 1 + 2e-6),
        ("uniform", HIGH, 1e-6, (1.0, 3.0), 3 - 2e-6),
        ("exponential", HIGH, exp(-20), (0.5,), 10.0),
        ("exponential", LOW, 1e-9, (0.5,), 0.5e-9),
        ("bernoulli", LOW, 1e-7, (1e-6,), 1.0),
        ("bernoulli", LOW, 1e-5, (1e-6,), 0.0),  # less rare than a 1
        ("bernoulli", HIGH, 1e-7, (1 - 1e-6,), 0.0),
        ("bernoulli", HIGH, 1e-7, (0.3,), 0.0),
        ("bernoulli", HIGH, 0.25, (0.75,), 0.0),  # no rarer than that
        ("bernoulli", LOW, 0.25, (0.25,), 0.0),
        ("bernoulli", HIGH, 1e-5, (1 - 1e-6,), 1.0),
        ("choice", LOW, 1e-4, (1e6,), 100.0),
        ("choice", HIGH, 1e-4, (1e6,), 1e6 - 101),
        ("geometric", HIGH, 0.5**30, (0.5,), 31.0),
        ("geometric", HIGH, 1e-9, (1.0,), 1.0),
        ("geometric", HIGH, 1e-17, (1.0,), 1.0),
        ("geometric", LOW, 1e-9, (1.0,), 1.0),
        ("geometric", LOW, 1e-9, (0.5,), 1.0),
        ("binomial", HIGH, 1e-6, (20.0, 0.5), 20.0),  # 2⁻²⁰ is the chance of all
        ("binomial", LOW, 1e-6, (20.0, 0.5), 0.0),
        ("binomial", HIGH, CDF(-5.0), (10_000.0, 0.3), 3231.0),  # as SciPy has it
        ("binomial", HIGH, 1e-9, (20.0, 0.0), 0.0),
        ("poisson", HIGH, 1.1e-7, (1.0,), 10.0),  # P(X ≥ 10) = 1.1e-7
        ("poisson", LOW, 1e-9, (1.0,), 0.0),
    ],
)
def test_rare_values_against_quantiles(
    law: str, side: object, chance: float, parameters: tuple[float, ...], value: float
) -> None:
    given = [np.array([one]) for one in parameters]
    (found,) = rare_values(law, np.array([side]), np.array([chance]), given)
    assert found == pytest.approx(value, rel=1e-6, abs=1e-6 * (law == "normal"))


def test_rare_gamma_draws_are_near_their_chance() -> None:
    """P(X > x) = e⁻ˣ(1 + x + x²/2) of three exponential draws; the root errs by a factor of 25 at the most."""
    chances = np.array([1e-4, 1e-8, 1e-12])
    x = rare_values("gamma", np.full(3, HIGH), chances, [np.full(3, 3.0), np.ones(3)])
    tails = np.exp(-x) * (1 + x + x**2 / 2)
    assert np.all(np.abs(np.log(tails / chances)) < log(30))


def test_rare_gamma_draws_of_many_waits_against_scipy() -> None:
    """``scipy.stats.gamma(k).ppf`` and ``isf``; without an end below 0, where the root has one."""
    sides, chances = np.array([LOW, HIGH, LOW, LOW]), np.array([1e-6, 1e-6, 1e-3, 1e-6])
    shapes, scales = np.array([100.0, 100.0, 9.0, 0.5]), np.full(4, 2.0)
    found = rare_values("gamma", sides, chances, [shapes, scales])
    assert found / 2 == pytest.approx([59.436, 154.92, 2.4524, 0.0], rel=0.02)


def _scan(sample: str, **let: str) -> Scan:
    bound = {name: parse(text, draws=True) for name, text in let.items()}
    formulas = ScannedFormulas([parse(sample, draws=True)], bound, {"m": 2.0})
    found = scan_rare_draws(formulas, most=MOST)
    assert found is not None
    return found


def _added(scan: Scan) -> tuple[float, float]:
    """Return what rare draws add to the mean, and the standard error of that."""
    terms = scan.weights * (scan.changed - scan.usual)[:, 0]
    return float(terms.sum()), float(terms.std() * sqrt(terms.size))


E_ = "exponential(1,[reps])"
_EXP_TAIL = exp(0.5) * CDF(-NormalDist().inv_cdf(1 - MOST) + 1)
_EXP_LOW = exp(0.5) * CDF(NormalDist().inv_cdf(MOST) - 1)


@all_rows(
    ("sample", "let", "added"),
    [
        ("1e6*(uniform(0,1,[reps]) < 1e-6)", {}, 1.0),
        ("1e6*(uniform(0,1,[reps]) > 1-1e-7)", {}, 0.1),
        ("1e6*(abs(uniform(0,1,[reps])-0.5) < 1e-6)", {}, 2.0),
        ("1e6*(abs(normal(m,1,[reps])-m) < 1e-6)", {}, 2e-6 * 1e6 / sqrt(2 * np.pi)),
        ("1e6*bernoulli(1e-6,[reps])", {}, 1.0),
        ("1e6*bernoulli(1e-6,[reps])+0*mean(permutation([reps,2]),axis=1)", {}, 1.0),
        (f"where(uniform(0,1,[reps]) < 1e-6,1e6*{E_},0)", {}, 1.0),
        ("y+normal(0,1,[reps])", {"y": "1e6*(uniform(0,1,[reps]) < 1e-6)"}, 1.0),
        # each element in its turn: the first counts ten times, the last once
        ("sum(cumsum(1e6*(uniform(0,1,[reps,10]) < 1e-6),axis=1),axis=1)", {}, 55.0),
        # a term for each of ten elements, whichever axis the replicates are
        ("sum(1e6*(uniform(0,1,[reps,10]) < 1e-6),axis=1)", {}, 10.0),
        ("sum(1e6*(uniform(0,1,[10,reps]) < 1e-6),axis=0)", {}, 10.0),
        # beyond the chance MOST at either end: the law's own integral, less what is usual
        ("exp(normal(0,1,[reps]))", {}, _EXP_TAIL + _EXP_LOW - 2 * MOST * exp(0.5)
         + MOST * (1 - exp(0.5))),
        ("exponential(1,[reps])", {}, MOST * (1 - log(MOST)) - MOST + 0 - MOST
         + MOST * (log(2) - 1)),
    ],
)  # fmt: skip
def test_what_rare_draws_add_against_integrals(
    sample: str, let: dict[str, str], added: float
) -> None:
    found, error = _added(_scan(sample, **let))
    assert abs(found - added) <= 5 * error
    assert error <= 0.4 * abs(added)


def test_a_middle_has_two_sides_that_share_its_weight() -> None:
    scan = _scan("uniform(0,1,[reps])")
    ratio = scan.weights / scan.chances
    assert {round(one, 9) for one in ratio / ratio.max()} == {0.5, 1.0}


def test_a_replicate_has_one_rare_draw() -> None:
    scan = _scan("sum(normal(0,1,[reps,50]),axis=1)+normal(0,1,[reps])")
    changed = np.abs(scan.changed - scan.usual)[:, 0]
    assert changed.max() < 12  # two draws of a chance of 1e-16 would be further
    assert (changed > 4).mean() > 0.3
    assert scan.chances.max() <= MOST


def test_the_chance_is_that_of_a_replicate_with_all_its_elements() -> None:
    assert MOST / 2 < _scan("sum(normal(0,1,[reps,50]),axis=1)").chances.max() <= MOST


@pytest.mark.parametrize("sample", ["permutation([reps,5])", "reps+0*m", "normal(0,1,[3])"])
def test_nothing_to_scan(sample: str) -> None:
    formulas = ScannedFormulas([parse(sample, draws=True)], {}, {"m": 2.0})
    assert scan_rare_draws(formulas, most=MOST) is None


def test_where_the_rarest_cannot_be_computed_less_rare_ones_are_tried() -> None:
    """The exponent leaves float64 beyond 7.1 standard deviations, once in 1.5e12."""
    scan = _scan("exp(100*normal(0,1,[reps]))")
    assert 1e-12 <= scan.chances.min() <= 1e-11


def test_large_arrays_are_scanned_by_fewer_replicates() -> None:
    scan = _scan("mean(normal(0,1,[reps,40000]),axis=1)")
    assert scan.usual.shape == (67, 1)


def test_what_cannot_be_computed_is_an_error() -> None:
    with pytest.raises(FormulaError):
        _scan("sqrt(normal(0,1,[reps]))")


def test_rare_counts_against_scipy() -> None:
    """``scipy.stats.poisson(mean).isf`` and ``ppf``, ``binom(1e6, 0.01).isf``: to one event in a million."""
    sides, chances = np.array([HIGH, HIGH, LOW]), np.array([1e-12, 1e-8, 1e-8])
    found = rare_values("poisson", sides, chances, [np.full(3, 1e6)])
    assert found == pytest.approx([1_007_043, 1_005_617, 994_393], abs=5.5)
    assert found[:2].tolist() == [1_007_043, 1_005_617]  # the longer side, by its skew
    binomial = rare_values("binomial", sides[:2], chances[:2], [np.full(2, 1e6), np.full(2, 0.01)])
    assert binomial.tolist() == [10_708, 10_563]


def _simulated(state: str, step: str, repeat: str, end: str, over: str | None = None) -> Scan:
    simulation = FormulaSimulation(
        let={},
        state={"x": parse(state, draws=True)},
        step={"x": parse(step, draws=True)},
        repeat=parse(repeat),
        measure={"end": MeasuredFormula(*(parse(one, draws=True) for one in (end, over) if one))},
    )
    found = scan_rare_draws(ScannedSimulation(simulation, "end", {"m": 2.0}), most=MOST)
    assert found is not None
    return found


@all_rows(
    ("step", "repeat", "end", "added"),
    [
        ("x", "1", "x+1e6*(uniform(0,1,[reps]) < 1e-6)", 1.0),
        ("x+1e6*(uniform(0,1,[reps]) < 1e-7)", "10", "x", 1.0),  # once in each step
        ("2*x+1e6*(uniform(0,1,[reps]) < 1e-7)", "2", "m*x", 0.6),  # what was drawn is doubled
    ],
)
def test_what_rare_draws_of_a_simulation_add_against_sums(
    step: str, repeat: str, end: str, added: float
) -> None:
    found, error = _added(_simulated("normal(0,1e-9,[reps])", step, repeat, end))
    assert abs(found - added) <= 5 * error
    assert error <= 0.4 * added


def test_a_ratio_of_a_simulation_has_two_columns() -> None:
    assert _simulated("normal(0,1,[reps])", "x", "1", "x", over="2+x").usual.shape[1] == 2


def test_the_middle_of_a_gamma_draw_is_near_its_median() -> None:
    """Of an exponential draw it is log 2, by Wilson and Hilferty (8/9)³."""
    (found,) = rare_values("gamma", np.array([HIGH]), np.array([0.5]), [np.ones(1), np.ones(1)])
    assert found == pytest.approx((8 / 9) ** 3)
    assert found == pytest.approx(log(2), rel=0.02)


def test_every_replicate_has_a_rare_draw_beside_draws_that_have_none() -> None:
    scan = _scan("normal(0,1,[reps])+0*mean(permutation([reps,2]),axis=1)")
    assert (scan.changed != scan.usual).all()


def test_each_element_is_changed_in_its_turn() -> None:
    """Of two the first counts twice in the sum of running sums, the second once."""
    scan = _scan("sum(cumsum(1e6*(uniform(0,1,[reps,2]) < 1e-6),axis=1),axis=1)")
    changes = np.unique((scan.changed - scan.usual)[:, 0])
    assert {1e6, 2e6} <= set(changes.tolist())
