"""The learner's acts on items: suspend, bury, flag, reset, rate; each is an event of the log."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from studytool.errors import NotFoundError, StudytoolError
from studytool.language import Phrase
from studytool.review_log.events import (
    Bury,
    Flag,
    ReRate,
    Reset,
    Review,
    Suspend,
    Unflag,
    Unsuspend,
)
from studytool.review_log.study_days import as_date
from studytool.session.items import unknown_item

if TYPE_CHECKING:
    from studytool.review_log.items import ItemStatus
    from studytool.review_log.log import ReviewLog
    from studytool.srs.rating import Rating

LONGEST_BURY_DAYS = 3650
_ALL = 1 << 40

_NO_REVIEW = Phrase(
    ko="{item}: 아직 복습이 없어 평가를 고칠 수 없습니다.",
    en="{item}: it has no review yet, so there is no rating to change.",
)
_BAD_DATE = Phrase(
    ko="--until {date}: {first}부터 {last}까지의 날짜여야 합니다.",
    en="--until {date}: it must be a date from {first} to {last}.",
)


@dataclass(frozen=True, slots=True)
class SwitchReport:
    """An item suspended, flagged, or no longer so.

    Attributes:
        changed: False where it already was as asked; then nothing was written.
    """

    item: str
    act: Literal["suspend", "unsuspend", "flag", "unflag"]
    changed: bool


@dataclass(frozen=True, slots=True)
class BuryReport:
    """An item that is not asked before ``until``."""

    item: str
    until: datetime

    @property
    def changed(self) -> bool:
        """Return True: each burial is written."""
        return True


@dataclass(frozen=True, slots=True)
class ResetReport:
    """An item made new again.

    Attributes:
        forgotten: how many of its reviews no longer count; 0 where nothing was written.
        ahead: its reviews dated in the future, which go on counting.
    """

    item: str
    forgotten: int
    ahead: "tuple[Review, ...]"

    @property
    def changed(self) -> bool:
        """Return whether the reset was written."""
        return self.forgotten > 0


@dataclass(frozen=True, slots=True)
class RatingReport:
    """A review that was given another rating.

    Attributes:
        review: as it was rated before.
        rating: as it is rated now.
        due: when the item falls due now.
    """

    item: str
    review: "Review"
    rating: "Rating"
    due: datetime | None

    @property
    def changed(self) -> bool:
        """Return whether the rating differs from the one before; else nothing was written."""
        return self.review.rating is not self.rating


ActReport = SwitchReport | BuryReport | ResetReport | RatingReport


class Acts:
    """What a learner may do with items besides answering them, all at one instant.

    Args:
        log: where each act is written; a method returns after its event is durable.
        now: the instant of the acts.
    """

    def __init__(self, log: "ReviewLog", now: datetime) -> None:
        self._log = log
        self._now = now
        self._offset_minutes = log.days.offset_at(now)

    def on_each(self, items: Sequence[str], act: Callable[[str], ActReport]) -> list[ActReport]:
        """Do ``act`` with every item, or with none where one is unknown.

        Raises:
            NotFoundError: an unknown item; names the nearest.
        """
        known = {status.item for status in self._log.statuses(items=items)}
        for item in items:
            if item not in known:
                raise unknown_item(self._log, item)
        with self._log.at_once():
            return [act(item) for item in dict.fromkeys(items)]

    def suspend(self, item: str) -> SwitchReport:
        """Ask an item no more."""
        return self._set_suspended(item, suspended=True)

    def unsuspend(self, item: str) -> SwitchReport:
        """Ask an item again."""
        return self._set_suspended(item, suspended=False)

    def flag(self, item: str) -> SwitchReport:
        """Flag an item, to find it again."""
        return self._set_flag(item, flagged=True)

    def unflag(self, item: str) -> SwitchReport:
        """Take an item's flag off."""
        return self._set_flag(item, flagged=False)

    def toggle_flag(self, item: str) -> SwitchReport:
        """Flag an item, or take its flag off."""
        return self._set_flag(item, flagged=not self._status(item).flagged)

    def bury(self, item: str, *, until: datetime | None = None) -> BuryReport:
        """Ask an item not before ``until``, by default the next study day."""
        until = until or self._day_start(1)
        self._log.append(
            Bury, self._now, offset_minutes=self._offset_minutes, item=item, until=until
        )
        return BuryReport(item, until)

    def study_day_start(self, day: date) -> datetime:
        """Return the instant at which the study day ``day`` begins, to bury items until then.

        Raises:
            StudytoolError: the day is not after today, or more than ten years away.
        """
        today = as_date(self._log.day_of(self._now))
        first, last = today + timedelta(days=1), today + timedelta(days=LONGEST_BURY_DAYS)
        if not first <= day <= last:
            raise StudytoolError(_BAD_DATE, date=day, first=first, last=last)
        return self._day_start((day - today).days)

    def reset(self, item: str) -> ResetReport:
        """Make an item new again; its reviews stay in the statistics."""
        reviews = self._status(item).memory.reps
        counting = self._log.last_reviews(item=item, limit=reviews) if reviews else []
        ahead = tuple(review for review in counting if review.time > self._now)
        if reviews > len(ahead):
            self._log.append(Reset, self._now, offset_minutes=self._offset_minutes, item=item)
        return ResetReport(item, reviews - len(ahead), ahead)

    def rate(self, item: str, *, rating: "Rating", review_id: str | None = None) -> RatingReport:
        """Give a standing review of an item another rating: the one named, else the last.

        Raises:
            NotFoundError: no such review; names the nearest.
            StudytoolError: the item has no review yet.
        """
        review = self._review(item, review_id)
        if review.rating is not rating:
            about = {"target": review.id, "rating": rating}
            self._log.append(ReRate, self._now, offset_minutes=self._offset_minutes, **about)
        return RatingReport(item, review, rating, self._status(item).due)

    # --- the parts ----------------------------------------------------------------------------

    def _day_start(self, days: int) -> datetime:
        return self._log.days.start(self._log.day_of(self._now) + days)

    def _set_suspended(self, item: str, *, suspended: bool) -> SwitchReport:
        changed = self._status(item).suspended is not suspended
        if changed:
            kind: type[Suspend | Unsuspend] = Suspend if suspended else Unsuspend
            self._log.append(kind, self._now, offset_minutes=self._offset_minutes, item=item)
        return SwitchReport(item, "suspend" if suspended else "unsuspend", changed)

    def _set_flag(self, item: str, *, flagged: bool) -> SwitchReport:
        changed = self._status(item).flagged is not flagged
        if changed:
            kind: type[Flag | Unflag] = Flag if flagged else Unflag
            self._log.append(kind, self._now, offset_minutes=self._offset_minutes, item=item)
        return SwitchReport(item, "flag" if flagged else "unflag", changed)

    def _status(self, item: str) -> "ItemStatus":
        status = next(iter(self._log.statuses(items=[item])), None)
        if status is None:
            raise unknown_item(self._log, item)
        return status

    def _review(self, item: str, review_id: str | None) -> "Review":
        reviews = self._log.last_reviews(item=item, limit=1 if review_id is None else _ALL)
        if not reviews:
            raise StudytoolError(_NO_REVIEW, item=item)
        for review in reviews:
            if review_id in {None, review.id}:
                return review
        known = [review.id for review in reviews]
        kind = Phrase(ko="복습", en=f"review of {item}")
        remedy = Phrase(
            ko=f"복습 id는 studytool item show {item}에 나옵니다.",
            en=f"Their ids: studytool item show {item}",
        )
        raise NotFoundError(kind, str(review_id), known, remedy=remedy)
