"""Try answer keys on draws of the parameters that meet every label and every misconception."""

from collections.abc import Iterator, Sequence

from studytool.errors import StudytoolError
from studytool.language import Phrase
from studytool.packs.compared_key import KeyFormula
from studytool.packs.evidence import NumbersByName
from studytool.packs.items import Numeric
from studytool.packs.methods import Measurement
from studytool.packs.parameters import ChoiceParameter
from studytool.packs.scope import scope_of
from studytool.quiz.compute import key_value, wrong_values
from studytool.quiz.parameters import draw_parameters
from studytool.verification.problems import FewDraws, UndrawnLabel
from studytool.verification.rule import EXACT_ABSOLUTE, EXACT_RELATIVE, predict
from studytool.verification.sampling import is_computed, make_sampler
from studytool.verification.tracing import CheckTrace
from studytool.verification.trial import Trial

FEWEST_DRAWS = 3
MOST_SEEDS = 60
"""Seeds tried in search of draws that cover every label and every ``when``: what comes once in
eight draws is missed once in 3,000 searches."""

Label = tuple[str, float]
"""A parameter and one of its values that has a label."""
_ZERO = Phrase(
    ko="정답이 0이면 tolerance에 abs나 dp를 써야 합니다.",
    en="a key of 0 needs a tolerance with abs or dp",
)


def try_key(trial: Trial, item: Numeric, at: NumbersByName | None = None) -> int:
    """Try the key of a numeric item; return the number of draws it was tried on.

    With ``at`` these numbers are the only draw, where not every misconception need apply.
    The tolerance is the answer's own. Each draw keeps every misconception at twice that from the
    key (:func:`draw_parameters` draws again otherwise), so a check that is precise enough for the
    key rejects the misconceptions too.
    """
    draws: Sequence[NumbersByName] = [at] if at is not None else covering_draws(trial, item)
    trace = trace_of(item, draws)
    for number, drawn in enumerate(draws):
        with trial.problems_of(drawn):
            try_draw(trial, item, drawn, number, trace=trace)
    trial.require_independence(trace)
    if at is None:
        trial.require_controls(wrong.id for wrong in item.misconceptions)
    return len(draws)


def trace_of(item: Numeric, draws: Sequence[NumbersByName]) -> CheckTrace:
    """Return the empty trace of an item's check on these draws."""
    return CheckTrace(KeyFormula.of_answer(item.answer, item.let, draws), item.check)


def try_draw(
    trial: Trial, item: Numeric, drawn: NumbersByName, number: int, *, trace: CheckTrace
) -> None:
    """Try the key and its misconceptions on one draw of the parameters, the ``number``-th."""
    rtol, atol = key_tolerances(item)
    with trace.computing_key():
        scope = scope_of(item, drawn)
        predicted = predict(key_value(item, scope), rtol=rtol, atol=atol)
    if not predicted.tolerance:
        raise StudytoolError(_ZERO)
    wrongs = {
        wrong.id: predict(value, rtol=rtol, atol=atol) for wrong, value in wrong_values(item, scope)
    }
    name = (*trial.name, "key", trial.seed, number)
    with trace.drawing(predicted.value, scope):
        sampler = make_sampler(
            item.check, scope, name=name, cancelled=trial.cancelled, watch=trial.hears
        )
        trial.try_number(sampler, predicted, wrongs, condition=drawn, trace=trace)
    trial.refuse_off_zero()


def key_tolerances(item: Numeric) -> tuple[float, float]:
    """Return the tolerances that a key is tried with: the answer's, or rounding where it can be.

    Steps of an experiment of the pack only come near to what they follow.
    """
    measured = item.check if isinstance(item.check, Measurement) else item.answer.measure
    if is_computed(item.check) and not (measured is not None and measured.is_stepped):
        return EXACT_RELATIVE, EXACT_ABSOLUTE
    return item.answer.tolerance.relative, item.answer.tolerance.absolute


def covering_draws(trial: Trial, item: Numeric) -> list[dict[str, float]]:
    """Draw parameters until every label and every misconception was met, three at the least."""
    pack, slug, _ = trial.name
    wanted: set[Label | str] = {wrong.id for wrong in item.misconceptions}
    wanted |= set(_labels(item))
    draws: list[dict[str, float]] = []
    for attempt in range(MOST_SEEDS):
        seed = MOST_SEEDS * trial.seed + attempt
        drawn = draw_parameters(item, item_id=f"{pack}/{slug}", seed=seed)
        met: set[Label | str] = set(drawn.items())
        met |= {wrong.id for wrong, _ in wrong_values(item, scope_of(item, drawn))}
        if drawn not in draws and (len(draws) < FEWEST_DRAWS or wanted & met):
            draws.append(drawn)
            wanted -= met
        if len(draws) >= FEWEST_DRAWS and not wanted:
            break
    if len(draws) < FEWEST_DRAWS:
        trial.problems.append(FewDraws(MOST_SEEDS, len(draws), FEWEST_DRAWS))
    for name, value in _labels(item):
        if (name, value) in wanted:
            trial.problems.append(UndrawnLabel(name, value, MOST_SEEDS))
    return draws


def _labels(item: Numeric) -> Iterator[Label]:
    for name, parameter in item.params.items():
        if isinstance(parameter, ChoiceParameter) and parameter.labels:
            yield from ((name, float(value)) for value in parameter.choice)
