"""The places of a pack's formulas that were altered, where nothing noticed."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from studytool.packs.diagnostics import Place
from studytool.packs.document import Path
from studytool.packs.located import Located
from studytool.verification.mutant_trial import MutantTrial


def places_of(
    trials: Iterable[MutantTrial], entries: Iterable[Located[Any]]
) -> dict[MutantTrial, Place]:
    """Return where each altered formula of a check or experiment stands; keys are left out."""
    by_id: dict[str, list[Located[Any]]] = defaultdict(list)
    for one in entries:
        by_id[one.value.id].append(one)
    return {one: _place(one, by_id[one.of]) for one in trials if one.part}


def _place(trial: MutantTrial, entries: list[Located[Any]]) -> Place:
    """Find the one of the entries with an id that has the formula there: a claim may share an item's."""
    path = tuple(int(step) if step.isdecimal() else step for step in trial.part)
    has_it = (one for one in entries if _text_at(one, path) == trial.formula)
    return next(has_it, entries[0]).place(path)


def _text_at(located: Located[Any], path: Path) -> str | None:
    try:
        return str(located.document.at((*located.path, *path)))
    except (KeyError, IndexError, TypeError):  # a default, or the part of another entry
        return None
