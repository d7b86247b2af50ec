"""Custom study: what the learner asks for beside the day's plan, and the session that asks it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce

from studytool.errors import NotFoundError, StudytoolError
from studytool.language import Phrase
from studytool.review_log.events import MoreNew
from studytool.review_log.queue_slice import DueItem
from studytool.session.agenda_walk import read_agenda
from studytool.session.cram import Cram
from studytool.session.desk import Desk
from studytool.session.items import read_rows
from studytool.session.picked_sitting import PickedSitting
from studytool.session.queue import due_items
from studytool.session.scope import Scope, check_scope
from studytool.session.sitting import Sitting
from studytool.session.study_session import StudySession
from studytool.srs.memory import to_ms

ANY = ""
"""The misconception that stands for whichever."""

_DUE_OR_NOT = Phrase(
    ko="{one}: 복습일이 되지 않은 문항도 묻습니다. {other} 없이 쓰세요.",
    en="{one} asks items whether they are due or not; leave {other} out.",
)
_OLD_AND_NEW = Phrase(
    ko="{one}: 이미 배운 문항을 묻습니다. {other}는 새 문항을 더하므로 따로 하세요. "
    "하나를 마친 뒤 다른 하나를 쓰세요.",
    en="{one} asks what was learned before, {other} adds new items; study one, then the other.",
)
_NOT_RECORDED = Phrase(
    ko="{one}: 새 문항까지 모두 묻고 기록하지 않습니다. {other} 없이 쓰세요.",
    en="{one} asks new items too and records nothing; leave {other} out.",
)
_ONLY_CRAM = Phrase(
    ko="--anew: 벼락치기를 처음부터 다시 합니다. --cram과 함께 쓰세요.",
    en="--anew begins a cram from the beginning; write it with --cram.",
)
_REFUSED = (
    ("--forgotten", "--ahead", _DUE_OR_NOT),
    ("--misconception", "--ahead", _DUE_OR_NOT),
    ("--cram", "--ahead", _DUE_OR_NOT),
    ("--ahead", "--new", _OLD_AND_NEW),
    ("--forgotten", "--new", _OLD_AND_NEW),
    ("--misconception", "--new", _OLD_AND_NEW),
    ("--cram", "--new", _NOT_RECORDED),
)
"""Options that make no sense together, as they contradict each other or one adds nothing."""
_LIVING = Phrase(ko="아직 남은 오개념", en="remaining misconception")
_PACKS_FIRST = Phrase(
    ko="꾸러미 이름은 옵션 앞에 쓰세요: studytool study PACK --misconception",
    en="Write packs before the option: studytool study PACK --misconception",
)


@dataclass(frozen=True, slots=True)
class CustomStudy:
    """What the learner asks for beside the day's plan.

    Attributes:
        search: only items that this search finds.
        ahead_days: reviews and steps that fall due within so many days after today.
        forgotten_days: items rated again in so many days, of which today is the last.
        misconception: items that showed it since their last right answer; :data:`ANY` for whichever.
        more_new: so many new items above the limit of today.
        cram: everything that fits, due or not, and nothing recorded.
        anew: a cram that does not go on where it was left off.
    """

    search: str | None = None
    ahead_days: int | None = None
    forgotten_days: int | None = None
    misconception: str | None = None
    more_new: int | None = None
    cram: bool = False
    anew: bool = False

    @property
    def picks(self) -> bool:
        """Return whether it asks items that are not due."""
        return (self.ahead_days, self.forgotten_days, self.misconception) != (None, None, None)


def begin_study(desk: Desk, scope: Scope, custom: CustomStudy, now: datetime) -> StudySession:
    """Return the session of a custom study; a raise of the day's limit is in the log then.

    Raises:
        NotFoundError: an unknown pack, concept or misconception; names the nearest.
        SearchError: the search cannot be read; says where.
        StudytoolError: its parts make no sense together; says which to leave out.
    """
    _refuse(custom)
    if custom.anew and not custom.cram:
        raise StudytoolError(_ONLY_CRAM)
    check_scope(desk.library, scope)
    narrowed = replace(scope, items=_items(desk, scope, custom, now))
    if custom.cram:
        return Cram(desk, narrowed, now, anew=custom.anew)
    if custom.picks:
        return PickedSitting(desk, scope, pick_items(desk, narrowed, custom, now))
    if custom.more_new is not None:
        offset_minutes = desk.clock.offset_minutes(now)
        about = {"more": custom.more_new, "packs": scope.packs}
        desk.log.append(MoreNew, now, offset_minutes=offset_minutes, **about)
    return Sitting(desk, narrowed)


def count_items(desk: Desk, scope: Scope, custom: CustomStudy, now: datetime) -> int:
    """Return how many items a custom study that picks some would ask."""
    narrowed = replace(scope, items=_items(desk, scope, custom, now))
    return len(pick_items(desk, narrowed, custom, now))


def count_of_the_day(desk: Desk, scope: Scope, now: datetime) -> int:
    """Return how many items the day's plan asks of a scope, steps that are due among them."""
    agenda = read_agenda(desk, now, scope)
    return len(due_items(desk.log, scope, now=now, agenda=agenda)) + len(agenda.new)


def pick_items(desk: Desk, scope: Scope, custom: CustomStudy, now: datetime) -> list[DueItem]:
    """Return the items of a scope that were learned and are not at rest, as far ahead as wanted."""
    order, days = desk.settings.order, custom.ahead_days
    return scope.within(desk.log).learned(to_ms(now), order=order, within_days=days)


def _refuse(custom: CustomStudy) -> None:
    given = {
        "--ahead": custom.ahead_days is not None,
        "--forgotten": custom.forgotten_days is not None,
        "--misconception": custom.misconception is not None,
        "--new": custom.more_new is not None,
        "--cram": custom.cram,
    }
    for one, other, why in _REFUSED:
        if given[one] and given[other]:
            raise StudytoolError(why, one=one, other=other)


def _items(desk: Desk, scope: Scope, custom: CustomStudy, now: datetime) -> frozenset[str] | None:
    """Return the items that fit every condition; None where there is no condition."""
    found: list[Collection[str]] = []
    if custom.search is not None:
        found.append(_searched(desk, scope.packs, custom.search, now))
    if custom.forgotten_days is not None:
        today = desk.log.day_of(now)
        found.append(desk.log.forgotten_on(today - custom.forgotten_days + 1, today))
    if custom.misconception is not None:
        found.append(_slipped(desk, custom.misconception))
    return reduce(frozenset.intersection, map(frozenset, found)) if found else None


def _searched(desk: Desk, packs: Sequence[str], text: str, now: datetime) -> list[str]:
    from studytool.search.reader import read_search  # late: few sittings search
    from studytool.session.searching import find

    rows = read_rows(desk, now, packs=packs)
    return [row.item for row in find(desk, read_search(text), rows, now)]


def _slipped(desk: Desk, misconception: str) -> set[str]:
    living = desk.log.living_misconceptions()
    if misconception == ANY:
        return set().union(*living.values())
    if misconception not in living:
        raise NotFoundError(_LIVING, misconception, sorted(living), remedy=_PACKS_FIRST)
    return living[misconception]
