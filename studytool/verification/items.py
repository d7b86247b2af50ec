"""Try the keys of cards, clozes and choices: by their claims, by what an option's ``when`` says."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from studytool.numerics.estimate import Estimate
from studytool.packs.behind import claims_behind
from studytool.packs.choices import Because, Choice
from studytool.packs.claims import Claim
from studytool.packs.evidence import Independence, NumbersByName, Verdict
from studytool.packs.items import Item
from studytool.packs.methods import Measurement, SampleCheck
from studytool.packs.scope import scope_of
from studytool.quiz.settling import truths_of
from studytool.quiz.simulation import interval_of, simulate_until
from studytool.verification.drawn_variants import different_draws
from studytool.verification.evidence import (
    ControlResult,
    Evidence,
    MeasuredQuantity,
    Relation,
)
from studytool.verification.foresight import refuse_no_samples
from studytool.verification.problems import (
    FailedClaim,
    OtherOption,
    Problem,
    UncoveredOptions,
    UndecidedOptions,
    UnlinkedItem,
    UntriedClaim,
)
from studytool.verification.sampling import is_computed
from studytool.verification.trial import Trial

_UNTRIED = (UncoveredOptions, UnlinkedItem, UntriedClaim)
"""The problems that leave a key untried, where nothing worse is known of it."""


def try_options(trial: Trial, item: Choice, at: NumbersByName | None = None) -> int:
    """Try the options that have a ``when``: it must hold where the option is right, and only there.

    It is judged at every corner of the intervals of what was measured and between them, at each of
    some draws or at the one given. A wrong option is a control, rejected where its ``when`` fails at all of them.
    """
    if all(option.when is None for option in item.options):
        return 0
    draws = [at] if at is not None else different_draws(trial, item)
    for drawn in draws:
        with trial.problems_of(drawn):
            _try_options_at(trial, item, drawn)
    return len(draws)


def _try_options_at(trial: Trial, item: Choice, drawn: NumbersByName) -> None:
    whens = {option.id: option.when for option in item.options if option.when is not None}
    refuse_no_samples(item.measure.values(), scope_of(item, drawn))
    shown, measured = simulate_until(
        partial(truths_of, whens),
        item.measure,
        item_id=f"{trial.name[0]}/{item.id}",
        scope=scope_of(item, drawn),
        seed=trial.seed,
    )
    if shown is None:
        trial.problems.append(UndecidedOptions(tuple(whens)))
    else:
        for option in item.options:
            if option.id in shown:
                _compare(trial, option.id, correct=option.is_marked_right, shown=shown[option.id])
    refuted = any(isinstance(problem, OtherOption) for problem in trial.problems)
    verdict = Verdict.REFUTED if refuted else Verdict.HOLDS if shown else Verdict.UNDECIDED
    trial.measured += [
        replace(_measured(name, found, verdict, item.measure[name]), condition=drawn)
        for name, found in measured.items()
    ]


def _compare(trial: Trial, name: str, *, correct: bool, shown: bool) -> None:
    if correct != shown:
        trial.problems.append(OtherOption(name, is_right=shown))
    if not correct:
        trial.controls[name].append(not shown)


def _measured(
    name: str, found: Estimate, verdict: Verdict, measurement: Measurement | SampleCheck
) -> MeasuredQuantity:
    exact = is_computed(measurement)
    return MeasuredQuantity(
        name,
        found,
        float("nan"),
        float("nan"),
        verdict,
        relation=Relation.DECIDES,
        interval=interval_of(found),
        independence=Independence.SECOND_METHOD if exact else Independence.SIMULATED,
    )


# --- what rests on claims -------------------------------------------------------------------------


def rest_on_claims(
    item: Item, own: Evidence, found: Mapping[str, Evidence], claims: Mapping[str, Claim]
) -> Evidence:
    """Add to the evidence of an item what was found of the claims that it rests on.

    Args:
        item: one whose verdict comes from claims.
        own: what was found without them.
        found: the evidence of each claim behind the item, by its id.
        claims: the claims themselves, by id.
    """
    behind = [found[name] for name in claims_behind(item)]
    problems = [*own.problems, *_unsound(behind, claims)]
    controls = list(own.controls)
    if isinstance(item, Choice) and not item.is_decided_by_when:
        for option in item.options:
            if option.because is not None and found[option.because.claim].verdict is Verdict.HOLDS:
                shown = _stated_by(option.because, found[option.because.claim])
                if shown != option.is_marked_right:
                    problems.append(OtherOption(option.id, is_right=shown))
                if not option.is_marked_right:
                    controls.append(ControlResult(option.id, draws=1, kept=int(shown)))
        problems += _uncovered(item)
    elif not behind:
        problems.append(UnlinkedItem())
    measured = (*own.measured, *(one for evidence in behind for one in evidence.measured))
    return replace(
        own,
        verdict=_verdict(own.verdict if own.measured else None, problems, behind),
        measured=measured,
        controls=_merged([*controls, *_controls_of(item, behind)]),
        draws=own.draws + sum(evidence.draws for evidence in behind),
        problems=tuple(problems),
    )


def _merged(controls: Iterable[ControlResult]) -> tuple[ControlResult, ...]:
    """Add up the results of each control: an option may be tried by a ``when`` and by a claim."""
    merged: dict[str, ControlResult] = {}
    for one in controls:
        before = merged.get(one.id, ControlResult(one.id, draws=0, kept=0))
        measured = before.measured or one.measured
        merged[one.id] = ControlResult(
            one.id, before.draws + one.draws, before.kept + one.kept, measured
        )
    return tuple(merged.values())


def _stated_by(because: Because, evidence: Evidence) -> bool:
    """Tell whether a claim shows an option right: it states it, and does not reject it."""
    if because.rejects is None:
        return True
    return not any(one.id == because.rejects and one.rejected for one in evidence.controls)


def _controls_of(item: Item, behind: list[Evidence]) -> list[ControlResult]:
    """Return the wrong statements behind an item; of marked options the wrong ones stand for them."""
    if isinstance(item, Choice) and not item.is_decided_by_when:
        return []
    return [replace(one, id=f"{found.id}/{one.id}") for found in behind for one in found.controls]


def _unsound(behind: list[Evidence], claims: Mapping[str, Claim]) -> Iterator[Problem]:
    for evidence in behind:
        why = claims[evidence.id].why
        if evidence.verdict is None and why is not None:
            yield UntriedClaim(evidence.id, why)
        elif evidence.verdict is not Verdict.HOLDS:
            yield FailedClaim(evidence.id, evidence.verdict or Verdict.UNDECIDED)


def _uncovered(item: Choice) -> Iterator[Problem]:
    left = tuple(one.id for one in item.options if one.when is None and one.because is None)
    if left:
        yield UncoveredOptions(left)


def _verdict(
    own: Verdict | None, problems: list[Problem], behind: list[Evidence]
) -> Verdict | None:
    """Sum up: refuted, then undecided, then untried, wherever anything is; else it holds."""
    failed = {problem.verdict for problem in problems if isinstance(problem, FailedClaim)}
    wrong = any(isinstance(problem, OtherOption) for problem in problems)
    if wrong or Verdict.REFUTED in {own, *failed}:
        return Verdict.REFUTED
    untried = [problem for problem in problems if isinstance(problem, _UNTRIED)]
    if own is Verdict.UNDECIDED or len(untried) < len(problems):
        return Verdict.UNDECIDED
    return None if untried or (own is None and not behind) else Verdict.HOLDS
