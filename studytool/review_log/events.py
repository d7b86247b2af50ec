"""Events of the log as values.

Each class's ``kind`` is its name in the log; :mod:`studytool.review_log.kinds` says the rest.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, get_args

from studytool.quiz.outcome import Outcome
from studytool.review_log import event_kinds
from studytool.review_log.event_kinds import SettingValue
from studytool.srs.rating import Rating


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDraft:
    """One answered item, not yet in the log.

    Attributes:
        item: ``pack/slug``.
        revision: of the item as it was asked.
        seed: 0 to 2⁶³ − 1.
        parameters: the numbers drawn for this variant.
        answer: what was typed, as typed.
        misconception: the one that the answer showed, or None.
        time: aware; kept in UTC to the millisecond.
        offset_minutes: the learner's offset from UTC, minutes east.
        duration_ms: time spent answering.
        confidence: 0–1, stated before the reveal; None where it was not asked.
        study_day: days since 1970 of the learner's study day; None where the log is to say it by
            ``time``, ``offset_minutes`` and the hour at which its days start.
    """

    item: str
    revision: str
    seed: int
    answer: str
    outcome: Outcome
    rating: Rating
    time: datetime
    offset_minutes: int
    duration_ms: int
    parameters: Mapping[str, float] = field(default_factory=dict)
    misconception: str | None = None
    confidence: float | None = None
    study_day: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review(ReviewDraft):
    """One answered item, in the log; ``id`` is a UUIDv7 as text."""

    kind: ClassVar = event_kinds.REVIEW

    id: str
    learner: str
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stamped:
    """The fields that every event has; those of :class:`ReviewDraft` mean the same."""

    id: str
    learner: str
    device: str
    time: datetime
    offset_minutes: int
    study_day: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfItem(_Stamped):
    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfTarget(_Stamped):
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspend(_OfItem):
    """An item asked no more, until it is unsuspended.

    Attributes:
        leech: the id of the review that made the item a leech, where that is the reason.
    """

    kind: ClassVar = event_kinds.SUSPEND

    leech: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsuspend(_OfItem):
    """An item asked again."""

    kind: ClassVar = event_kinds.UNSUSPEND


@dataclass(frozen=True, slots=True, kw_only=True)
class Bury(_OfItem):
    """An item not asked before the instant ``until``."""

    kind: ClassVar = event_kinds.BURY

    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag(_OfItem):
    """An item that is marked, to find it again.

    Attributes:
        leech: as of :class:`Suspend`.
    """

    kind: ClassVar = event_kinds.FLAG

    leech: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unflag(_OfItem):
    """An item no longer marked."""

    kind: ClassVar = event_kinds.UNFLAG


@dataclass(frozen=True, slots=True, kw_only=True)
class Reset(_OfItem):
    """An item new again: what was reviewed before no longer counts for its memory."""

    kind: ClassVar = event_kinds.RESET


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfOldItem(_OfItem):
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Move(_OfOldItem):
    """What was learned of ``item`` is of the item ``to``, as the learner says."""

    kind: ClassVar = event_kinds.MOVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename(_OfOldItem):
    """What was learned of ``item`` is of the item ``to``, as its pack says with ``was``."""

    kind: ClassVar = event_kinds.RENAME


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDue(_OfItem):
    """An item in the review stage that falls due on a study day, until it is reviewed again.

    Attributes:
        day: days since 1970; vacations taken later put it off as well.
    """

    kind: ClassVar = event_kinds.SET_DUE

    day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReRate(_OfTarget):
    """Another rating for the review whose id is ``target``."""

    kind: ClassVar = event_kinds.RE_RATE

    rating: Rating


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacation(_Stamped):
    """All items in the review stage fall due ``days`` later, until each is reviewed again.

    Attributes:
        days: 1 to :data:`studytool.review_log.event_kinds.LONGEST_VACATION_DAYS`.
        first: days since 1970 of a break set ahead: what falls due in its ``days`` days falls due
            as many later, whenever it was reviewed; None where the vacation begins with the event.
    """

    kind: ClassVar = event_kinds.VACATION

    days: int
    first: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoreNew(_Stamped):
    """More new items than the limit, on the event's study day alone.

    Attributes:
        more: 1 to :data:`studytool.review_log.event_kinds.MOST_MORE_NEW`.
        packs: those whose own limits are raised too; all when empty.
    """

    kind: ClassVar = event_kinds.MORE_NEW

    more: int
    packs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingChange(_Stamped):
    """A setting that shapes the schedule, given a value on all devices.

    Attributes:
        name: of the setting; ``packs.ID.name`` of a pack's own.
        value: None restores the default.
    """

    kind: ClassVar = event_kinds.SETTING

    name: str
    value: SettingValue


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfMany(_Stamped):
    """About the events ``ids``, whatever has arrived of them."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Import(_OfMany):
    """Events brought in from a file; where this is taken back, they count no more."""

    kind: ClassVar = event_kinds.IMPORT


@dataclass(frozen=True, slots=True, kw_only=True)
class Retraction(_OfMany):
    """Events that count no more, as if they had never been written, until this is taken back."""

    kind: ClassVar = event_kinds.RETRACTION


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo(_OfTarget):
    """An act taken back; ``target`` is its id."""

    kind: ClassVar = event_kinds.UNDO


@dataclass(frozen=True, slots=True, kw_only=True)
class Redo(_OfTarget):
    """An act that was taken back, put in force again; ``target`` is its id."""

    kind: ClassVar = event_kinds.REDO


ItemAct = Suspend | Unsuspend | Bury | Flag | Unflag | Reset | Move | SetDue
Act = Review | ItemAct | ReRate | Vacation | MoreNew | Import | Retraction
"""An event that the learner did, and that undo takes back."""

AppendedEvent = (
    ItemAct
    | Rename
    | SettingChange
    | ReRate
    | Vacation
    | MoreNew
    | Import
    | Retraction
    | Undo
    | Redo
)
"""What :meth:`studytool.review_log.log.ReviewLog.append` appends: every event but a review."""

Event = Review | AppendedEvent

CLASSES: dict[str, Callable[..., Event]] = {made.kind: made for made in get_args(Event)}
"""By the kind's name in the log."""
