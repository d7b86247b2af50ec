"""Orders: each control is an experiment of its own, and one that could not fail is refused."""

from collections.abc import Mapping
from dataclasses import replace
from math import inf, isinf
from pathlib import Path

import pytest

from studytool.numerics.arrays import Array
from studytool.numerics.estimate import Doubt, Estimate
from studytool.numerics.initializers import DENSE_LAYER, DenseLayer
from studytool.numerics.intervals import WHOLE_LINE, Basis, ConfidenceInterval
from studytool.numerics.streams import Rng
from studytool.packs.claims import Contrast, OrderCheck
from studytool.packs.evidence import Verdict
from studytool.packs.orders import compares_with_itself, contrast_sides
from studytool.packs.reader import read_pack
from studytool.verification.evidence import Relation
from studytool.verification.orders import grid, subtract, try_order
from studytool.verification.trial import Trial
from tests.cases import first_row_quick
from tests.packs.samples import CLAIM, write_pack

TANH = {"experiment": "signal_depth", "with": {"activation": "tanh", "depth": "10"},
        "quantity": "log10_gradient_ratio"}  # fmt: skip
SIGMOID = {**TANH, "with": {"activation": "sigmoid", "depth": "10"}}
TWO_LAYERS = {"id": "one-layer", "contrast": {"depth": "2"}}


def _tried(**keys: object) -> Trial:
    check = OrderCheck.model_validate({"greater": TANH, "than": SIGMOID, "margin": "2", **keys})
    trial = Trial(("pack", "claim", "r"))
    with trial.problems_of({}):
        try_order(trial, check, {}, ("name",))
    return trial


def test_a_contrast_without_the_effect_is_rejected_by_its_own_interval() -> None:
    trial = _tried(controls=[TWO_LAYERS])
    (effect,) = trial.measured
    (control,) = trial.control_results()
    assert control.measured is not None
    assert (trial.verdict(), control.rejected) == (Verdict.HOLDS, True)
    assert effect.interval[0] > 2 > control.measured.interval[1]


@pytest.mark.slow
def test_a_contrast_that_keeps_the_effect_is_not_rejected() -> None:
    trial = _tried(controls=[{"id": "no-contrast", "contrast": {"depth": "12"}}])
    assert [found.verdict for found in trial.measured] == [Verdict.HOLDS]
    assert trial.verdict() is Verdict.UNDECIDED


@pytest.mark.slow
@pytest.mark.parametrize(
    ("margin", "verdict"), first_row_quick([("40", Verdict.HOLDS), ("3", Verdict.UNDECIDED)])
)
def test_a_rival_is_judged_by_its_own_margin(margin: str, verdict: Verdict) -> None:
    rival = {"id": "more", "greater": TANH, "than": SIGMOID, "margin": margin}
    assert _tried(controls=[rival]).verdict() is verdict


def _weight(start: str) -> dict[str, object]:
    with_ = {"start": start, "lam": "0", "steps": "1"}
    return {"experiment": "l2_decay", "with": with_, "quantity": "weight"}


def test_a_rival_may_have_the_margin_of_the_claim_however_small_its_own_sides_are() -> None:
    rival = {"id": "too", "greater": _weight("0.01"), "than": _weight("0.005"), "margin": "2"}
    trial = _tried(greater=_weight("4"), than=_weight("1"), margin="2", controls=[rival])
    assert trial.verdict() is Verdict.HOLDS


@pytest.mark.parametrize(("margin", "verdict"), [
    ("39.9", Verdict.HOLDS),  # ten times 4, the larger side
    ("40.1", Verdict.UNDECIDED),
    ("1e9", Verdict.UNDECIDED),
])  # fmt: skip
def test_a_rival_whose_margin_neither_side_comes_near_is_no_control(
    margin: str, verdict: Verdict
) -> None:
    rival = {"id": "more", "greater": _weight("4"), "than": _weight("2"), "margin": margin}
    trial = _tried(greater=_weight("4"), than=_weight("3"), margin="0.5", controls=[rival])
    assert trial.verdict() is verdict
    assert bool(trial.problems) is (verdict is Verdict.UNDECIDED)


def test_what_the_draws_of_a_side_scatter_by_counts_as_its_size() -> None:
    """Logarithms about -0.03, which scatter by 0.12: 0.8 would be far, and can be told from 0."""
    wide, narrow = ({"experiment": "signal_depth", "quantity": "log10_signal_ratio",
                     "with": {"activation": "linear", "width": width, "depth": "2"}}
                    for width in ("8", "1"))  # fmt: skip
    rival = {"id": "more", "greater": wide, "than": wide, "margin": "0.8"}
    trial = _tried(greater=wide, than=narrow, margin="0.05", controls=[rival])
    assert (trial.verdict(), trial.problems) == (Verdict.HOLDS, [])


@pytest.mark.slow
@pytest.mark.parametrize(("depths", "share", "verdict"), first_row_quick([
    ([8, 10, 12], 1.0, Verdict.HOLDS),
    ([2, 10, 12], 0.6, Verdict.HOLDS),
    ([2, 10, 12], 0.9, Verdict.REFUTED),
]))  # fmt: skip
def test_a_grid_holds_at_the_share_that_is_claimed(
    depths: list[float], share: float, verdict: Verdict
) -> None:
    sides = [{**side, "with": {**side["with"], "depth": "depth"}} for side in (TANH, SIGMOID)]  # type: ignore[dict-item]  # the plain form of a side
    keys = {"greater": sides[0], "than": sides[1], "over": {"depth": depths, "seed": [1]}}
    trial = _tried(**keys, share=share)
    summary = trial.measured[0]
    assert (summary.relation, summary.verdict) == (Relation.SHARE, verdict)
    assert summary.estimate.replicates == 3


@pytest.mark.slow
def test_a_seed_in_the_grid_changes_the_random_numbers_alone() -> None:
    trial = _tried(over={"seed": [1, 2]})
    assert trial.measured[0].estimate.value == 1
    other = _tried(over={"seed": [3, 4]})
    assert trial.measured[1].estimate.value != other.measured[1].estimate.value


def test_a_grid_names_every_combination() -> None:
    assert len(list(grid({"a": [1, 2, 3], "b": [1, 2]}))) == 6
    assert list(grid({})) == [{}]


def test_a_negative_margin_that_only_a_condition_shows_is_refused() -> None:
    trial = _tried(margin="0-100")
    assert trial.verdict() is Verdict.UNDECIDED
    assert not trial.measured
    assert len(trial.problems) == 1


def test_two_sides_of_one_computed_number_are_told_from_two_of_one_estimate() -> None:
    exact = {"experiment": "dropout_ensemble", "with": {}, "quantity": "relu_gap"}
    for side, expected in ((exact, True), (TANH, False)):
        check = OrderCheck.model_validate({"greater": side, "than": side, "margin": "1"})
        contrast = Contrast(id="same", contrast={"keep": "0.5"})
        assert compares_with_itself(contrast_sides(check, contrast)) is expected


ORDER = """\
    - greater: {experiment: signal_depth, with: {depth: "2"}, quantity: log10_gradient_ratio}
      than: {experiment: signal_depth, with: {depth: "9"}, quantity: log10_gradient_ratio}
      margin: "1"
      controls: [{id: shallow, contrast: {depth: "2"}}]
"""


@pytest.mark.parametrize(("old", "new", "code", "words"), [
    ("x", "x", "", ""),
    ('margin: "1"', 'margin: "-100"', "E319", "a margin of -100"),
    ('margin: "1"', 'margin: "m"\n      given: [{m: 1}, {m: -0.1}]', "E319", "a margin of m"),
    ('margin: "1"', 'margin: "0"', "E320", "with a margin of 0"),
    ("{depth: \"2\"}}]", "{dept: \"2\"}}]", "E313", "no parameter 'dept'"),
    ("{id: shallow, contrast: {depth: \"2\"}}",
     "{id: back, greater: {experiment: signal_depth, with: {depth: \"9\"}, quantity: "
     "log10_gradient_ratio}, than: {experiment: signal_depth, with: {depth: \"2\"}, quantity: "
     "log10_gradient_ratio}}", "E320", "follows from the claim itself"),
    ("{id: shallow, contrast: {depth: \"2\"}}", "{id: alike, expect: equal}", "E204", "contrast"),
    ("{id: shallow, contrast: {depth: \"2\"}}",
     "{id: alike, margin: \"9\", greater: {experiment: signal_depth, with: {depth: \"9\"}, "
     "quantity: log10_gradient_ratio}, than: {experiment: signal_depth, with: {depth: \"9\"}, "
     "quantity: log10_gradient_ratio}}", "E320", "compares a side with itself"),
    ('margin: "1"', 'margin: "1"\n      share: 0.8', "E204", "'share' and 'over' go together"),
    ('margin: "1"', 'margin: "1"\n      over: {seed: [7]}', "E204", "has one point"),
    ('margin: "1"', 'margin: "1"\n      over: {seed: [1, 2, 1]}', "E204", "stands twice"),
])  # fmt: skip
def test_an_order_whose_control_cannot_fail_is_an_error_of_the_pack(
    tmp_path: Path, old: str, new: str, code: str, words: str
) -> None:
    start = CLAIM.index("    - expect")
    folder = write_pack(tmp_path, claims=CLAIM[:start] + ORDER.replace(old, new))
    found = [one for one in read_pack(folder).diagnostics if one.severity == "error"]
    assert [one.code for one in found] == [code] * bool(code)
    assert all(words in one.message for one in found)


def _estimate(value: float, error: float, doubt: Doubt | None = None, **keys: object) -> Estimate:
    return Estimate(value, error, 128, doubt=doubt, **keys)  # type: ignore[arg-type]  # as given


@pytest.mark.parametrize(("one", "other", "low", "high"), [
    (_estimate(3, 0.1), _estimate(1, 0.1), 0.6, 0.8),  # about 5 standard errors of 0.141
    (_estimate(3, 0.1), _estimate(1, 0, Doubt.NO_SPREAD), 0.45, 0.6),
    (_estimate(3, 0, Doubt.NO_SPREAD, interval=WHOLE_LINE),
     _estimate(1, 0, Doubt.NO_SPREAD, interval=WHOLE_LINE), inf, inf),
    (_estimate(3, 0.1, Doubt.RARE_DRAWS, interval=WHOLE_LINE), _estimate(1, 0.1), inf, inf),
    (_estimate(3, 0.1), _estimate(1, 0, basis=Basis.COMPUTED), 0.45, 0.6),
    (_estimate(3, 0, basis=Basis.COMPUTED), _estimate(1, 0, basis=Basis.COMPUTED), 1e-12, 1e-8),
    (_estimate(0.5, 0.04, interval=ConfidenceInterval(0.2, 0.6)), _estimate(0, 0,
     basis=Basis.COMPUTED), 0.3, 0.5),  # the wider side counts
])  # fmt: skip
def test_a_difference_is_bounded_by_the_intervals_of_its_sides(
    one: Estimate, other: Estimate, low: float, high: float
) -> None:
    difference, clearance = subtract(one, other, errors=5.03)
    assert difference.value == one.value - other.value
    assert low <= clearance <= high
    assert (difference.doubt is not None) == isinf(low)


def test_an_order_of_means_that_rare_draws_carry_is_undecided() -> None:
    """A linear network of width 1: the mean square is kept, and hardly any sample shows it."""
    narrow = {"experiment": "signal_depth", "quantity": "gradient_square_ratio",
              "with": {"activation": "linear", "width": "1", "depth": "20"}}  # fmt: skip
    wide = {**narrow, "with": {"activation": "linear", "width": "8", "depth": "2"}}
    trial = _tried(greater=wide, than=narrow, margin="0.5")
    assert trial.verdict() is Verdict.UNDECIDED
    assert trial.measured[0].estimate.doubt is Doubt.RARE_DRAWS


def test_a_look_at_an_order_counts_the_draws_of_the_look_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A difference of one standard error of 128 is seen late; each draw is made once."""
    drawn: list[int] = []

    def counted(rng: Rng, n: int, parameters: DenseLayer) -> Mapping[str, Array]:
        drawn.append(n)
        return DENSE_LAYER.simulate(rng, n, parameters)

    experiment = replace(DENSE_LAYER, simulate=counted)
    monkeypatch.setattr("studytool.verification.sampling.experiment_of", lambda _: experiment)
    side = {"experiment": "dense_layer", "quantity": "weight_variance",
            "with": {"fan_in": "4", "fan_out": "4"}}  # fmt: skip
    trial = _tried(greater=side, than=side, margin="0")
    assert trial.verdict() is Verdict.UNDECIDED
    assert trial.measured[0].estimate.replicates == 32_768
    assert sum(drawn) == 2 * 32_768
    assert max(drawn) <= 16_384
