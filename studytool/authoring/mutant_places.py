"""The places of a pack's formulas that were altered, where nothing noticed."""

from collections.abc import Iterable
from typing import Any

from studytool.packs.diagnostics import Place
from studytool.packs.experiments import PackExperiment
from studytool.packs.located import Located
from studytool.verification.mutant_trial import MutantTrial


def places_of(
    trials: Iterable[MutantTrial], entries: Iterable[Located[Any]]
) -> dict[MutantTrial, Place]:
    """Return where each altered formula of an experiment stands; claims and items are left out."""
    located = {one.value.id: one for one in entries if isinstance(one.value, PackExperiment)}
    return {one: located[one.of].place(one.part) for one in trials if one.part}
