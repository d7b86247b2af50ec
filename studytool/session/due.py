"""What is due in some packs now, and what a vacation leaves due."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from studytool.review_log.delays import BreakSpan
from studytool.review_log.events import Vacation
from studytool.session.agenda import LeftOver
from studytool.session.agenda_walk import exams_ahead, read_agenda
from studytool.session.breaks import read_breaks
from studytool.session.exam import ExamDay
from studytool.session.overview import PackCounts, next_asked, share_packs
from studytool.session.queue import due_items
from studytool.session.scope import Scope, check_scope
from studytool.srs.memory import Stage

if TYPE_CHECKING:
    from studytool.review_log.log import ReviewLog
    from studytool.session.desk import Desk


@dataclass(frozen=True, slots=True)
class DueCounts:
    """The counts of some packs together."""

    due: int
    learning: int
    new: int
    items: int


@dataclass(frozen=True, slots=True)
class DueList:
    """What is due now.

    Attributes:
        packs: of each pack, its share of what is asked today.
        items: in the order in which they would be asked.
        left: what is due or new and is not asked today.
        following: when there is something to ask next, later than now, None when nothing will be.
        exams: those ahead, the next one first.
        breaks: those that run or are ahead, the next one first.
    """

    packs: tuple[PackCounts, ...]
    items: tuple[str, ...]
    left: LeftOver
    following: datetime | None
    exams: tuple[ExamDay, ...]
    breaks: tuple[BreakSpan, ...]

    @property
    def total(self) -> DueCounts:
        """Return the counts of all its packs together."""
        return DueCounts(
            due=sum(pack.due for pack in self.packs),
            learning=sum(pack.learning for pack in self.packs),
            new=sum(pack.new for pack in self.packs),
            items=sum(pack.items for pack in self.packs),
        )


@dataclass(frozen=True, slots=True)
class VacationReport:
    """How the log stands after a vacation was taken.

    Attributes:
        days: by which all reviews were put off.
        moved: listed items in the review stage, due or not.
        due: reviews that are due all the same.
        in_steps: items in learning steps that are due now.
        following: when the next falls due after now.
    """

    days: int
    moved: int
    due: int
    in_steps: int
    following: datetime | None


def list_due(desk: "Desk", now: datetime, scope: Scope) -> DueList:
    """List what is due now in the packs of ``scope``.

    Raises:
        NotFoundError: an unknown pack; names the nearest.
    """
    check_scope(desk.library, scope)
    agenda = read_agenda(desk, now, scope)
    return DueList(
        packs=share_packs(desk, now, scope.packs),
        items=tuple(due_items(desk.log, scope, now=now, agenda=agenda)),
        left=agenda.left,
        following=next_asked(desk, now, scope, agenda),
        exams=exams_ahead(desk, now),
        breaks=read_breaks(desk, now),
    )


def take_vacation(
    log: "ReviewLog", days: int, now: datetime, *, offset_minutes: int
) -> VacationReport:
    """Put off every review by ``days``, as an event that undo takes back."""
    log.append(Vacation, now, offset_minutes=offset_minutes, days=days)
    counts = log.counts(now, count_new=False).values()
    return VacationReport(
        days=days,
        moved=sum(status.memory.stage is Stage.REVIEW for status in log.statuses()),
        due=sum(pack.due for pack in counts),
        in_steps=sum(pack.learning for pack in counts),
        following=log.within().next_due(now),
    )
