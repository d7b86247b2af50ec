"""The problems that keep a claim or key from being tried, or show that it does not hold."""

from dataclasses import dataclass, field

from studytool.errors import StudytoolError
from studytool.language import Message
from studytool.packs.evidence import NumbersByName


@dataclass(frozen=True, slots=True)
class AuthorMistake:
    """A check that cannot be computed under a condition.

    Attributes:
        why: the error's message.
    """

    why: Message
    condition: NumbersByName = field(default_factory=dict)

    @classmethod
    def of(cls, error: StudytoolError, condition: NumbersByName) -> "AuthorMistake":
        """Keep the message of an error, which can be sent from a process to another."""
        return cls(error.told, condition)


@dataclass(frozen=True, slots=True)
class CostlySample:
    """A sample that needs too many replicates; NaN or infinity where its spread is not finite."""

    quantity: str
    condition: NumbersByName
    needed: float


@dataclass(frozen=True, slots=True)
class UntriedControl:
    """A control that could be tried on no draw."""

    id: str


@dataclass(frozen=True, slots=True)
class FewDraws:
    """Parameters that give fewer different draws than a key must be tried on."""

    seeds: int
    found: int
    needed: int


@dataclass(frozen=True, slots=True)
class UndrawnLabel:
    """A labelled value of a parameter that came in none of the draws."""

    parameter: str
    value: float
    seeds: int


@dataclass(frozen=True, slots=True)
class OtherOutcome:
    """A prediction whose simulation shows another outcome with other random numbers."""

    shown: str
    expected: str


@dataclass(frozen=True, slots=True)
class KilledProcess:
    """A task whose process was killed twice."""


Problem = (
    AuthorMistake
    | CostlySample
    | UntriedControl
    | FewDraws
    | UndrawnLabel
    | OtherOutcome
    | KilledProcess
)
