"""A problem that a play of an item found: what kind, at which part of the item, with which numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from studytool.packs.diagnostics import Place
from studytool.packs.document import Path

Fields = Mapping[str, str | int | float]
"""What the sentence about a problem names."""


class PlayFault(StrEnum):
    """What can go wrong in a play; :mod:`studytool.wording.plays` has code and words of each."""

    # no draw can be asked
    UNDRAWN = "undrawn"
    NOT_MADE = "not made"
    NOT_SETTLED = "not settled"
    FACTOR_OF_ZERO = "factor of zero"
    # a draw that can be asked
    NOT_SET = "not set"
    SIGNS_MEET = "signs meet"
    KEY_NOT_READ = "key not read"
    KEY_NOT_RIGHT = "key not right"
    MISCONCEPTIONS_MEET = "misconceptions meet"
    MISCONCEPTION_NOT_TOLD = "misconception not told"
    TEST_FAILS = "test fails"
    TEST_NOT_RUN = "test not run"
    # all draws together
    FEW_VARIANTS = "few variants"
    PROMPT_SHOWS_KEY = "prompt shows key"
    ONE_REGIME = "one regime"
    # checks run with a few replicates
    CHECK_REFUSED = "check refused"
    SAMPLE_SHAPE = "sample shape"
    MEASUREMENT_REFUSED = "measurement refused"
    EXPERIMENT_REFUSED = "experiment refused"
    END_REFUSED = "end refused"
    # no play came to its end
    NOT_PLAYED = "not played"


@dataclass(frozen=True, slots=True)
class PlayProblem:
    """One problem of an item or claim.

    Attributes:
        path: of the part that is at fault, inside the item.
        fields: what its sentence names.
        at: the character of a formula, counted from 0; None for the whole part.
    """

    fault: PlayFault
    path: Path
    fields: Fields = field(default_factory=dict)
    at: int | None = None

    def as_row(self) -> list[Any]:
        """Return it as JSON keeps it."""
        return [self.fault.value, list(self.path), dict(self.fields), self.at]

    @classmethod
    def of_row(cls, row: list[Any]) -> "PlayProblem":
        """Read it as JSON keeps it.

        Raises:
            ValueError, TypeError: the row is none of ours.
        """
        fault, path, fields, at = row
        return cls(PlayFault(fault), tuple(path), dict(fields), at)


@dataclass(frozen=True, slots=True)
class PlacedProblem:
    """A problem and where it stands; ``length`` as of a diagnostic."""

    place: Place
    problem: PlayProblem
    length: int = 0
