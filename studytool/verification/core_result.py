"""What became of a part of the core's alterations, by claims and keys and, where they were tried, by tests."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from studytool.numerics.binomial import least_share
from studytool.verification.core_mutants import CoreMutant
from studytool.verification.core_reasons import core_reasons
from studytool.verification.core_tests import TestFate
from studytool.verification.core_trial import MutantFate

_Fate = TestFate | Literal["explained"]
WANTED_SHARE = 0.95
"""Of the alterations that nothing explains: at least so many are to be noticed."""
_ERROR = 0.05
"""The chance that the share of a whole part is less than its sample says."""


@dataclass(frozen=True, slots=True)
class CoreResult:
    """The fates of the alterations of a part of the core.

    Attributes:
        fates: by claims and keys, of each that was tried.
        asked: how many were to be tried.
        places: how many there are, of which those are a sample or all.
        of_tests: by the text of an alteration, what the tests made of it; None where they were not
            tried. Of a cancelled run some that no claim or key noticed may be missing; those that
            are explained are never tried.
    """

    fates: tuple[MutantFate, ...]
    asked: int
    places: int
    of_tests: Mapping[str, TestFate] | None = None

    def with_tests(self, fates: Mapping[str, TestFate]) -> "CoreResult":
        """Return the same with what the tests have found."""
        return replace(self, of_tests=fates)

    @property
    def settled(self) -> list[MutantFate]:
        """Return those that were tried by all who were to try them."""
        return [one for one in self.fates if self._fate(one) is not None]

    @property
    def by_claims(self) -> int:
        """Count those that a claim or key noticed."""
        return sum(one.noticed_by is not None for one in self.fates)

    @property
    def by_tests(self) -> int:
        """Count those that a test alone noticed."""
        return self._count("noticed") - self.by_claims

    @property
    def explained(self) -> list[MutantFate]:
        """Return those that nothing can notice, by the table of reasons."""
        return [one for one in self.fates if self._fate(one) == "explained"]

    @property
    def by_reason(self) -> dict[str, list[CoreMutant]]:
        """Return the same by the name of their reason, in the order of the core."""
        found: dict[str, list[CoreMutant]] = {}
        for one in self.explained:
            found.setdefault(core_reasons()[one.mutant.name], []).append(one.mutant)
        return found

    @property
    def unnoticed(self) -> list[MutantFate]:
        """Return those that nothing noticed that was tried."""
        return [one for one in self.fates if self._fate(one) == "unnoticed"]

    @property
    def counted(self) -> int:
        """Count those that were tried and that nothing explains."""
        return len(self.settled) - len(self.explained)

    @property
    def noticed_share(self) -> float:
        """Return the share of these that was noticed; 1 of none."""
        return (self.by_claims + self.by_tests) / self.counted if self.counted else 1.0

    @property
    def least_noticed_share(self) -> float | None:
        """Return the least share of all its places, with 95 % confidence: the share where all were tried.

        Clopper and Pearson's end for one side; a sample spread over the places is no worse. None of
        a run that was cancelled: what it had tried is no sample.
        """
        if len(self.settled) < self.asked:
            return None
        if self.asked == self.places:
            return self.noticed_share
        return least_share(self.by_claims + self.by_tests, max(self.counted, 1), _ERROR)

    @property
    def is_noticed(self) -> bool:
        """Whether as many were noticed as are to be."""
        return self.noticed_share >= WANTED_SHARE

    def _count(self, fate: _Fate) -> int:
        return sum(self._fate(one) == fate for one in self.fates)

    def _fate(self, one: MutantFate) -> _Fate | None:
        if one.noticed_by is not None:
            return "noticed"
        if one.mutant.name in core_reasons():
            return "explained"
        return "unnoticed" if self.of_tests is None else self.of_tests.get(str(one.mutant))
