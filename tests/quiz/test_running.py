"""A prediction's simulation as it runs: the steps lead to what the mark is made of."""

from math import inf, isfinite, log10
from statistics import fmean

import pytest

from studytool.numerics.estimate import Estimate
from studytool.numerics.tails import TailDiagnosis
from studytool.numerics.watching import NO_REPLICATES
from studytool.quiz import prediction
from studytool.quiz.ask import make_variant
from studytool.quiz.prediction import decide
from studytool.quiz.running import SimulationRun, run_of
from tests.quiz.variants import item_of, prediction_of

_DEPTH = {"experiment": "signal_depth", "quantity": "log10_signal_ratio"}
_TEXT = {"ko": "?", "en": "?"}


@pytest.fixture(autouse=True)
def _nothing_was_simulated_before() -> None:
    """Forget what another test simulated, whichever came first."""
    prediction._decide.cache_clear()


def _run(seed: int = 0, **fields: object) -> SimulationRun:
    item = item_of(kind="prediction", prompt=_TEXT, **fields)
    variant = make_variant(item, pack_id=f"p{seed}", seed=seed, language="en")
    run = run_of(item, variant)
    assert run is not None
    return run


def _estimate(of: str = "10**x") -> SimulationRun:
    return _run(
        measure={"x": {**_DEPTH, "with": {"init": "xavier"}}},
        estimate={"of": of, "axis": {"log": [1e-9, 10]}, "within": {"factor": 3}},
    )


def test_the_last_step_is_what_is_marked_and_the_ends_close_in() -> None:
    run = _estimate()
    assert run.steps == []
    run.simulate()
    assert [step.replicates for step in run.steps][:4] == [16, 32, 64, 128]
    last = run.steps[-1]
    marked = decide(run._item, item_id="p0/i")
    assert last.shown == (marked.value,)
    assert last.bounded == (True,)
    widths = [step.shown[0].high / step.shown[0].low for step in run.steps]
    assert widths[-1] < widths[0]
    assert all(isfinite(width) for width in widths)  # drawn, though not bounded yet


def test_a_second_look_shows_the_end_alone() -> None:
    """What was simulated is kept: the same question in the other language is not simulated anew."""
    _estimate().simulate()
    again = _estimate()
    again.simulate()
    assert [step.replicates for step in again.steps] == [128]


def test_each_replicate_goes_through_the_formula_of_the_estimate() -> None:
    """Their mean, put through it, is the estimate; in the other language it is the same again."""
    run = _estimate()
    run.simulate()
    assert len(run.drawn) == run.steps[-1].replicates == 128
    assert fmean(map(log10, run.drawn)) == pytest.approx(log10(run.steps[-1].shown[0].value))
    again = _estimate()
    again.simulate()
    assert again.drawn == run.drawn


def test_replicates_that_say_nothing_alone_are_none() -> None:
    """One draw has no variance; what is no estimate has no axis for them."""
    spread = {"experiment": "seed_spread", "quantity": "log_energy_sd"}
    for run in (
        _run(
            measure={"x": {**_DEPTH, "with": {"init": "he"}}, "y": spread},
            estimate={"of": "x + y", "axis": {"linear": [-9, 9]}, "within": {"abs": 1}},
        ),
        _run(
            measure={"x": {**_DEPTH, "with": {"init": "he"}}},
            outcomes=[
                {"id": "a", "text": _TEXT, "when": "x < -9"},
                {"id": "b", "text": _TEXT, "when": "x >= -9"},
            ],
        ),
    ):
        run.simulate()
        assert run.steps
        assert run.drawn == ()


def test_theory_goes_through_the_same_formula() -> None:
    """A linear network keeps its signal under Xavier: the ratio of mean squares is 1."""
    [one] = _run(
        measure={
            "x": {
                "experiment": "deep_initialization",
                "quantity": "signal_factor",
                "with": {"activation": "linear", "init": "xavier_normal", "first": "8",
                         "middle": "8", "last": "8"},
            }
        },
        estimate={"of": "x + 1", "axis": {"linear": [0, 9]}, "within": {"abs": 1}},
    ).values  # fmt: skip
    assert one.closed_form == pytest.approx(2.0)
    [other] = _estimate().values
    assert other.closed_form is None


def test_quantities_of_decades_are_told_by_the_core() -> None:
    run = _run(
        measure={name: {**_DEPTH, "with": {"init": name}} for name in ("xavier", "he")},
        outcomes=[
            {"id": "a", "text": _TEXT, "when": "xavier < he"},
            {"id": "b", "text": _TEXT, "when": "xavier >= he"},
        ],
    )
    assert [(one.name, one.in_decades, one.group) for one in run.values] == [
        ("xavier", True, "log10_signal_ratio"),
        ("he", True, "log10_signal_ratio"),
    ]
    run.simulate()
    assert {len(step.shown) for step in run.steps} == {2}


def test_a_step_is_of_as_many_replicates_of_each_quantity() -> None:
    """What is heard of one alone is no step; what is exact goes with any number of the others."""
    run = _run(
        measure={
            "x": {**_DEPTH, "with": {"init": "xavier"}},
            "y": {**_DEPTH, "with": {"init": "he"}},
            "exact": {"experiment": "cosine_schedule", "quantity": "lr"},
        },
        estimate={"of": "x + y + exact", "axis": {"linear": [-9, 9]}, "within": {"abs": 1}},
    )

    def heard(name: str, replicates: int, value: float) -> list[tuple[int, float]]:
        found = Estimate(value=value, standard_error=0.1, replicates=replicates)
        run._hear(name, found, NO_REPLICATES)
        return [(step.replicates, round(step.shown[0].value, 9)) for step in run.steps]

    assert heard("x", 16, 1.0) == []
    assert heard("exact", 1, 0.25) == []
    assert heard("y", 16, 2.0) == [(16, 3.25)]
    assert heard("x", 32, 1.5) == [(16, 3.25)]
    assert heard("x", 64, 1.6) == [(16, 3.25)]
    assert heard("y", 32, 2.5) == [(16, 3.25), (32, 4.25)]  # not with the 64 of x
    assert heard("y", 64, 2.6) == [(16, 3.25), (32, 4.25), (64, 4.45)]
    assert {name: one and one.quantity for name, one in run.settings.items()} == {
        "x": "log10_signal_ratio",
        "y": "log10_signal_ratio",
        "exact": "lr",
    }


def test_without_an_interval_the_ends_are_four_and_a_half_standard_errors() -> None:
    run = _run(
        measure={"x": {**_DEPTH, "with": {"init": "xavier"}}},
        estimate={"of": "x", "axis": {"linear": [-9, 9]}, "within": {"abs": 1}},
    )
    carried = TailDiagnosis(1.0, 0.5, inf, 0.0, 0.0)
    run._hear(
        "x", Estimate(value=-3.0, standard_error=0.1, replicates=16, tail=carried), NO_REPLICATES
    )
    [shown] = run.steps[0].shown
    assert shown.low == pytest.approx(-3.45)
    assert shown.high == pytest.approx(-2.55)
    assert run.steps[0].bounded == (False,)


def test_an_exact_number_is_one_step() -> None:
    exact = {"experiment": "cosine_schedule", "quantity": "lr"}
    run = _run(
        measure={"x": exact},
        estimate={"of": "x", "axis": {"linear": [0, 9]}, "within": {"abs": 1}},
    )
    run.simulate()
    [step] = run.steps
    assert step.replicates == 1
    assert step.shown[0].low == step.shown[0].value == step.shown[0].high


def test_what_fails_is_left_to_the_mark() -> None:
    """Both outcomes hold: nothing is settled, and the run has its steps all the same."""
    item = prediction_of("x > -1", "x > -2")
    variant = make_variant(item, pack_id="unsettled", seed=0, language="en")
    run = run_of(item, variant)
    assert run is not None
    run.simulate()
    assert run.steps[-1].replicates == 65_536


def test_a_card_has_none() -> None:
    card = item_of(kind="card", front=_TEXT, back=_TEXT)
    assert run_of(card, make_variant(card, pack_id="p", seed=0, language="en")) is None


def test_the_things_of_an_order_have_their_names_and_a_sample_its_own() -> None:
    sample = {"sample": "uniform(0,1,[reps])", "name": _TEXT}
    run = _run(
        measure={"x": sample, "y": {"sample": "uniform(4,5,[reps])"}},
        things=[
            {"id": id_, "text": {"ko": id_, "en": f"thing {id_}"}, "value": value}
            for id_, value in (("a", "x"), ("b", "y"), ("c", "9"))
        ],
    )
    assert run.names == {id_: f"thing {id_}" for id_ in "abc"}
    assert run.axis_key is None
    named, nameless = run.settings["x"], run.settings["y"]
    assert named is not None
    assert (named.quantity, dict(named.values)) == ("", {})
    assert named.name is not None
    assert nameless is None
    assert _estimate().names == {}
    assert _estimate().axis_key is not None


def test_two_quantities_are_shown_once_for_each_number_of_replicates() -> None:
    run = _run(
        measure={
            "x": {**_DEPTH, "with": {"init": "he"}},
            "y": {**_DEPTH, "with": {"init": "xavier"}},
        },
        estimate={"of": "x + y", "axis": {"linear": [-9, 9]}, "within": {"abs": 1}},
    )
    run.simulate()
    assert [step.replicates for step in run.steps] == [16, 32, 64, 128]
