"""The problems that keep a claim or key from being tried, or show that it does not hold."""

from dataclasses import dataclass, field

from studytool.errors import StudytoolError
from studytool.language import Message
from studytool.packs.evidence import NumbersByName, Verdict
from studytool.packs.text import Text


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
class CircularCheck:
    """A check that takes the key from itself.

    Attributes:
        form: what stands in it of the key, or the closed form that it calls as the key does.
    """

    form: str


@dataclass(frozen=True, slots=True)
class UnseenValues:
    """A sample whose range leaves room for rare values that affordable draws need not show."""

    quantity: str
    condition: NumbersByName
    needed: float


@dataclass(frozen=True, slots=True)
class MistakenMean:
    """A median or ratio that is what was predicted, while the mean that it may be taken for is not.

    Attributes:
        mean: of the same draws, or of their quotients.
    """

    quantity: str
    mean: float
    condition: NumbersByName


@dataclass(frozen=True, slots=True)
class StillSample:
    """A formula whose draws hardly differ: a number, with a law beside it that shows nothing.

    Attributes:
        value: the statistic of the draws.
        spread: how far they scatter.
    """

    quantity: str
    value: float
    spread: float
    condition: NumbersByName


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
    """What a simulation shows otherwise with other random numbers, at the same condition."""

    shown: str
    expected: str
    condition: NumbersByName = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnsettledDraw:
    """Numbers at which the simulation does not settle what is right."""

    condition: NumbersByName


@dataclass(frozen=True, slots=True)
class OffAxis:
    """Numbers at which the value of an estimate lies beside its axis, where no answer can stand."""

    value: float
    low: float
    high: float
    condition: NumbersByName


@dataclass(frozen=True, slots=True)
class OtherOption:
    """An option that is right and marked wrong, or wrong and marked right."""

    id: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class UndecidedOptions:
    """Options whose ``when`` the measured quantities do not decide."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UncoveredOptions:
    """Options that neither a ``when`` nor a claim tries."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnlinkedItem:
    """A card or cloze that rests on no claim."""


@dataclass(frozen=True, slots=True)
class UntriedClaim:
    """A claim behind an item that has no check, and why it has none."""

    id: str
    why: Text


@dataclass(frozen=True, slots=True)
class FailedClaim:
    """A claim behind an item that does not hold."""

    id: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class KilledProcess:
    """A task whose process was killed twice."""


@dataclass(frozen=True, slots=True)
class SlowTask:
    """A task that took more processor time than it may."""

    seconds: float


@dataclass(frozen=True, slots=True)
class WaitingTask:
    """A task that ended by the clock, in which it had not come by the processor time it may take."""

    clock_seconds: float
    seconds: float


@dataclass(frozen=True, slots=True)
class MemoryShortage:
    """A task that needed more memory than it may have, or than there was."""


@dataclass(frozen=True, slots=True)
class StrangeAnswer:
    """What a worker elsewhere returned for a task is no finding of it."""


Problem = (
    AuthorMistake
    | CostlySample
    | CircularCheck
    | UnseenValues
    | MistakenMean
    | StillSample
    | UntriedControl
    | FewDraws
    | UndrawnLabel
    | OtherOutcome
    | UnsettledDraw
    | OffAxis
    | OtherOption
    | UndecidedOptions
    | UncoveredOptions
    | UnlinkedItem
    | UntriedClaim
    | FailedClaim
    | KilledProcess
    | SlowTask
    | WaitingTask
    | MemoryShortage
    | StrangeAnswer
)
