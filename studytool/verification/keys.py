"""Answer keys tried: on draws of the parameters that meet every label and every misconception."""

from collections.abc import Iterator, Mapping
from math import hypot

from studytool.errors import StudytoolError
from studytool.packs.models import ChoiceParameter, Numeric
from studytool.packs.models import Prediction as PredictionItem
from studytool.quiz.compute import key_value, scope_of, wrong_values
from studytool.quiz.parameters import draw_parameters
from studytool.quiz.prediction import decide_outcome
from studytool.verification.evidence import MeasuredQuantity, Verdict
from studytool.verification.record import Record, condition_text
from studytool.verification.rule import GUARD, predict
from studytool.verification.sampling import make_sampler

FEWEST_DRAWS = 3
MOST_SEEDS = 60
"""Seeds tried in search of draws that cover every label and every ``when``: what comes once in
eight draws is missed once in 3,000 searches."""


def try_key(record: Record, item: Numeric) -> int:
    """Try the key of a numeric item; return the number of draws it was tried on.

    The tolerance is the answer's own. Each draw keeps every misconception at twice that from the
    key (:func:`draw_parameters` draws again otherwise), so a check that is precise enough for the
    key rejects the misconceptions too.
    """
    draws = covering_draws(record, item)
    for number, drawn in enumerate(draws):
        with record.problems_of(condition_text(drawn)):
            try_draw(record, item, drawn, number)
    record.require_controls([wrong.id for wrong in item.misconceptions])
    return len(draws)


def try_draw(record: Record, item: Numeric, drawn: Mapping[str, float], number: int) -> None:
    """Try the key and its misconceptions on one draw of the parameters, the ``number``-th."""
    scope = scope_of(item, drawn)
    rtol, atol = item.answer.rtol or 0.0, item.answer.absolute
    prediction = predict(key_value(item, scope), rtol=rtol, atol=atol)
    if not prediction.tolerance:
        raise StudytoolError("a key of 0 needs atol or decimals")
    wrongs = {
        wrong.id: predict(value, rtol=rtol, atol=atol) for wrong, value in wrong_values(item, scope)
    }
    name = (*record.name, "key", record.seed, number)
    sampler = make_sampler(item.check, scope, name=name, cancelled=record.cancelled)
    record.try_number(sampler, prediction, wrongs, condition=condition_text(drawn))


def covering_draws(record: Record, item: Numeric) -> list[dict[str, float]]:
    """Draw parameters until every label and every misconception was met, three at the least."""
    pack, slug, _ = record.name
    wanted = {wrong.id for wrong in item.misconceptions} | set(_labels(item))
    draws: list[dict[str, float]] = []
    for attempt in range(MOST_SEEDS):
        seed = MOST_SEEDS * record.seed + attempt
        drawn = draw_parameters(item, item_id=f"{pack}/{slug}", seed=seed)
        met = {_label(name, value) for name, value in drawn.items()}
        met |= {wrong.id for wrong, _ in wrong_values(item, scope_of(item, drawn))}
        if drawn not in draws and (len(draws) < FEWEST_DRAWS or wanted & met):
            draws.append(drawn)
            wanted -= met
        if len(draws) >= FEWEST_DRAWS and not wanted:
            break
    if len(draws) < FEWEST_DRAWS:
        record.problems.append(
            f"{MOST_SEEDS} seeds give {len(draws)} different draws; {FEWEST_DRAWS} are needed"
        )
    for label in sorted(wanted.intersection(_labels(item))):
        record.problems.append(f"{label} is labelled, and comes in none of {MOST_SEEDS} draws")
    return draws


def _labels(item: Numeric) -> Iterator[str]:
    for name, parameter in item.params.items():
        if isinstance(parameter, ChoiceParameter) and parameter.labels:
            yield from (_label(name, value) for value in parameter.choice)


def _label(name: str, value: float) -> str:
    return f"{name} = {value:g}"


def try_outcome(record: Record, item: PredictionItem) -> int:
    """Try a prediction: another stream than the learner's must show the same one outcome.

    The learner's simulation must hold exactly one outcome at all corners of its intervals; the
    other outcomes are the controls.
    """
    item_id = f"{record.name[0]}/{item.id}"
    shown = decide_outcome(item, item_id=item_id)
    again = decide_outcome(item, item_id=item_id, seed=record.seed + 1)
    same = shown.outcome == again.outcome
    reason = "" if same else f"shows '{again.outcome}', where the learner sees '{shown.outcome}'"
    for name, found in again.measured.items():
        first = shown.measured[name]
        apart = GUARD * hypot(found.standard_error, first.standard_error)
        verdict = Verdict.HOLDS if same else Verdict.REFUTED
        record.measured.append(
            MeasuredQuantity(
                name, found, first.value, tolerance=apart, verdict=verdict, reason=reason
            )
        )
    for outcome in item.outcomes:
        if outcome.id != shown.outcome:
            record.controls[outcome.id].append(outcome.id != again.outcome)
    return 2
