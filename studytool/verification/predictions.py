"""Try what the simulation decides: other random numbers must show the same, at every draw."""

from collections.abc import Iterator
from itertools import pairwise
from math import hypot

from studytool.errors import UnsettledError
from studytool.numerics.intervals import GUARD
from studytool.packs.evidence import NumbersByName, Verdict
from studytool.packs.predictions import EstimateKey, Prediction
from studytool.packs.scope import scope_of
from studytool.quiz.axis import ShownValue
from studytool.quiz.drawn_keys import listed_in
from studytool.quiz.leeway import axis_of, leeway_of
from studytool.quiz.prediction import Decision, SimulatedItem, decide
from studytool.quiz.settling import Settled
from studytool.quiz.simulation import interval_of
from studytool.verification.drawn_variants import different_draws
from studytool.verification.evidence import MeasuredQuantity, Relation
from studytool.verification.foresight import refuse_no_samples
from studytool.verification.problems import OffAxis, OtherOutcome, UnsettledDraw
from studytool.verification.tracing import drawn_class
from studytool.verification.trial import Trial

OUTSIDE = 1.5
"""How many times its leeway an estimate must be off for the control that says so."""


def try_simulated(trial: Trial, item: SimulatedItem, at: NumbersByName | None = None) -> int:
    """Try what is right on drawn variants; return the number of simulations.

    At each of them the learner's own stream must settle what is right, and another must settle the
    same. The controls are what is then wrong: other outcomes, an order with two neighbours
    exchanged, an estimate half its leeway too far off.
    """
    draws = [at] if at is not None else different_draws(trial, item)
    for drawn in draws:
        with trial.problems_of(drawn):
            _try_at(trial, item, drawn)
    return 2 * len(draws)


def _try_at(trial: Trial, item: SimulatedItem, drawn: NumbersByName) -> None:
    name = _name(trial)
    refuse_no_samples(item.measure.values(), scope_of(item, drawn))
    try:
        shown = decide(item, item_id=name, parameters=drawn)
        again = decide(item, item_id=name, parameters=drawn, seed=trial.seed + 1)
    except UnsettledError:
        trial.problems.append(UnsettledDraw(drawn))
        return
    if isinstance(shown.shown, ShownValue):
        axis, value = axis_of(_key(item)), shown.value.value
        if not axis.covers(value):
            trial.problems.append(OffAxis(value, axis.low, axis.high, drawn))
            return
    same = _is_same(item, shown.shown, again.shown)
    if not same:
        problem = OtherOutcome(_named(again.shown), _named(shown.shown), drawn)
        trial.problems.append(problem)
    trial.measured += _compared(shown, again, Verdict.HOLDS if same else Verdict.REFUTED, drawn)
    for control, rejected in _controls(item, shown.shown, again.shown):
        trial.controls[control].append(rejected)


def _compared(
    shown: Decision, again: Decision, verdict: Verdict, drawn: NumbersByName
) -> Iterator[MeasuredQuantity]:
    """Put what was measured again beside what the learner's own simulation gave."""
    for name, found in again.measured.items():
        first = shown.measured[name]
        yield MeasuredQuantity(
            name,
            found,
            first.value,
            GUARD * hypot(found.standard_error, first.standard_error),
            verdict,
            condition=drawn,
            relation=Relation.REPEATS,
            independence=drawn_class(found),
            interval=interval_of(found),
        )


def _is_same(item: SimulatedItem, shown: Settled, again: Settled) -> bool:
    """Tell whether two simulations show the same; values, where an answer of one suits the other."""
    if isinstance(shown, ShownValue) and isinstance(again, ShownValue):
        leeway = leeway_of(_key(item))
        each = leeway.holds(shown.value, again), leeway.holds(again.value, shown)
        return all(each)
    return shown == again


def _controls(item: SimulatedItem, shown: Settled, again: Settled) -> Iterator[tuple[str, bool]]:
    """Return what is wrong by the first simulation, and whether the second rejects it."""
    match shown, again:
        case frozenset(), frozenset():
            names = [one.id for one in listed_in(item)]
            yield from ((name, name not in again) for name in names if name not in shown)
        case ShownValue(), ShownValue():
            leeway = leeway_of(_key(item))
            for control, turn in (("too-small", -OUTSIDE), ("too-large", OUTSIDE)):
                yield control, not leeway.holds(leeway.off(shown.value, turn), again)
        case tuple(), tuple():
            for first, second in pairwise(shown):
                yield f"{second}-before-{first}", again.index(first) < again.index(second)
        case _:
            pass


def _key(item: SimulatedItem) -> EstimateKey:
    assert isinstance(item, Prediction)
    assert item.estimate is not None
    return item.estimate


def _named(settled: Settled) -> str:
    """Write what was settled for an author."""
    match settled:
        case ShownValue(value=value):
            return f"{value:.4g}"
        case frozenset():
            return ", ".join(sorted(settled))
        case _:
            return " → ".join(settled)


def _name(trial: Trial) -> str:
    pack, slug, _ = trial.name
    return f"{pack}/{slug}"
