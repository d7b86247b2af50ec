"""What ``studytool item`` does with items: each act an event of the log, and a line that says so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from studytool.cli.item_rows import ItemRow, read_rows, when
from studytool.clock import local_offset_minutes
from studytool.errors import NotFoundError, StudytoolError
from studytool.language import Language, Phrase

if TYPE_CHECKING:
    from studytool.review_log.events import Review
    from studytool.review_log.log import ReviewLog
    from studytool.session.desk import Desk
    from studytool.srs.rating import Rating

LONGEST_BURY_DAYS = 3650
_ALL = 1 << 40

_SUSPENDED = Phrase(
    ko="{item}: 보류했습니다. 이제 나오지 않습니다.", en="{item}: suspended; it is no longer asked."
)
_IS_SUSPENDED = Phrase(ko="{item}: 이미 보류되어 있습니다.", en="{item}: it is already suspended.")
_UNSUSPENDED = Phrase(
    ko="{item}: 보류를 풀었습니다. 다시 나옵니다.",
    en="{item}: no longer suspended; it is asked again.",
)
_NOT_SUSPENDED = Phrase(ko="{item}: 보류되어 있지 않습니다.", en="{item}: it is not suspended.")
_FLAGGED = Phrase(ko="{item}: 깃발을 달았습니다.", en="{item}: flagged.")
_IS_FLAGGED = Phrase(ko="{item}: 이미 깃발이 있습니다.", en="{item}: it is already flagged.")
_UNFLAGGED = Phrase(ko="{item}: 깃발을 뗐습니다.", en="{item}: the flag was taken off.")
_NOT_FLAGGED = Phrase(ko="{item}: 깃발이 없습니다.", en="{item}: it has no flag.")
_BURIED = Phrase(ko="{item}: {time}까지 미뤘습니다.", en="{item}: not asked before {time}.")
_RESET = Phrase(
    ko="{item}: 새 문항으로 되돌렸습니다. 복습 {n}회는 이제 통계에만 남습니다.",
    en="{item}: new again; reviews that no longer count: {n} (they stay in the statistics).",
)
_RESET_PARTLY = Phrase(
    ko="{item}: 복습 {n}회는 이제 통계에만 남습니다.",
    en="{item}: reviews that no longer count: {n} (they stay in the statistics).",
)
_AHEAD = Phrase(
    ko="{item}: 그래도 새 문항은 아닙니다. 시계가 앞서 있을 때 기록되어 날짜가 미래인 복습 {n}회는 계속 "
    "셉니다. 이런 복습을 되돌리려면:",
    en="{item}: it is not new, because reviews dated in the future still count: {n}. The clock was "
    "ahead when they were done. To take them back:",
)
_IS_NEW = Phrase(ko="{item}: 이미 새 문항입니다.", en="{item}: it is already new.")
_RATED = Phrase(
    ko="{item}: {time}의 복습 평가를 고쳤습니다: {before} → {after}. 다음 복습: {due}",
    en="{item}: the review of {time} is now rated {after} instead of {before}. Next review: {due}",
)
_IS_RATED = Phrase(
    ko="{item}: {time}의 복습은 이미 {after}입니다.",
    en="{item}: the review of {time} is already rated {after}.",
)
_NO_REVIEW = Phrase(
    ko="{item}: 아직 복습이 없어 평가를 고칠 수 없습니다.",
    en="{item}: it has no review yet, so there is no rating to change.",
)
_BAD_DATE = Phrase(
    ko="--until {date}: {first}부터 {last}까지의 날짜여야 합니다.",
    en="--until {date}: it must be a date from {first} to {last}.",
)


@dataclass(frozen=True, slots=True)
class ActResult:
    """What was done with an item.

    Attributes:
        changed: False where it already was as asked: then nothing was written.
        more: what JSON says besides.
    """

    item: str
    changed: bool
    text: str
    more: dict[str, object] = field(default_factory=dict)


class Acts:
    """The acts of one run of the command, all of one instant."""

    def __init__(self, desk: "Desk", now: datetime) -> None:
        self._desk = desk
        self._now = now
        self._offset_minutes = local_offset_minutes(now)

    @property
    def _log(self) -> "ReviewLog":
        return self._desk.log

    @property
    def _language(self) -> Language:
        return self._desk.settings.language

    def on_each(self, items: Sequence[str], act: Callable[[ItemRow], ActResult]) -> list[ActResult]:
        """Do ``act`` with every item, or with none where one is unknown.

        Raises:
            NotFoundError: an unknown item; names the nearest.
        """
        rows = read_rows(self._desk, self._now, items=items)
        with self._log.at_once():
            return [act(row) for row in rows]

    def suspend(self, row: ItemRow) -> ActResult:
        """Ask an item no more."""
        if row.suspended:
            return self._done(row, _IS_SUSPENDED, changed=False)
        self._log.set_suspended(row.item, True, self._now, offset_minutes=self._offset_minutes)
        return self._done(row, _SUSPENDED)

    def unsuspend(self, row: ItemRow) -> ActResult:
        """Ask an item again."""
        if not row.suspended:
            return self._done(row, _NOT_SUSPENDED, changed=False)
        self._log.set_suspended(row.item, False, self._now, offset_minutes=self._offset_minutes)
        return self._done(row, _UNSUSPENDED)

    def flag(self, row: ItemRow) -> ActResult:
        """Mark an item to be found again."""
        if row.flagged:
            return self._done(row, _IS_FLAGGED, changed=False)
        self._log.set_flag(row.item, True, self._now, offset_minutes=self._offset_minutes)
        return self._done(row, _FLAGGED)

    def unflag(self, row: ItemRow) -> ActResult:
        """Take an item's mark off."""
        if not row.flagged:
            return self._done(row, _NOT_FLAGGED, changed=False)
        self._log.set_flag(row.item, False, self._now, offset_minutes=self._offset_minutes)
        return self._done(row, _UNFLAGGED)

    def reset(self, row: ItemRow) -> ActResult:
        """Make an item new again, and say how many reviews no longer count."""
        if not row.reviews:
            return self._done(row, _IS_NEW, changed=False)
        counting = self._log.last_reviews(item=row.item, limit=row.reviews)
        ahead = [review for review in counting if review.time > self._now]
        forgotten = row.reviews - len(ahead)
        if forgotten:
            self._log.reset(row.item, self._now, offset_minutes=self._offset_minutes)
        phrase = _RESET_PARTLY if ahead else _RESET
        lines = [phrase.text(self._language, item=row.item, n=forgotten)] if forgotten else []
        more: dict[str, object] = {"reviews_forgotten": forgotten}
        if ahead:
            lines += self._ahead_lines(row.item, ahead)
            more["reviews_ahead"] = [review.id for review in ahead]
        return ActResult(row.item, bool(forgotten), "\n".join(lines), more)

    def _ahead_lines(self, item: str, ahead: "Sequence[Review]") -> list[str]:
        """Say that reviews dated in the future still count, and how to take each back."""
        commands = [f"  studytool undo --review {one.id}  ({when(one.time)})" for one in ahead]
        return [_AHEAD.text(self._language, item=item, n=len(ahead)), *commands]

    def bury(self, row: ItemRow, *, until: datetime) -> ActResult:
        """Ask an item not before ``until``."""
        self._log.bury(row.item, until, self._now, offset_minutes=self._offset_minutes)
        text = _BURIED.text(self._language, item=row.item, time=when(until))
        return ActResult(row.item, True, text, {"until": until.isoformat(timespec="seconds")})

    def bury_until(self, date: datetime | None) -> datetime:
        """Return the instant at which the study day of ``date`` begins, by default the next one.

        Raises:
            StudytoolError: the date is not in the future, or too far.
        """
        from studytool.review_log.study_days import StudyDay, day_start, next_day_start

        start_hour = self._desk.settings.day_start_hour
        if date is None:
            return next_day_start(self._now, start_hour=start_hour, offset_at=local_offset_minutes)
        today = StudyDay(self._offset_minutes, start_hour).date_of(self._now)
        first, last = today + timedelta(days=1), today + timedelta(days=LONGEST_BURY_DAYS)
        if not first <= date.date() <= last:
            raise StudytoolError(_BAD_DATE, date=date.date(), first=first, last=last)
        within = date + timedelta(hours=start_hour + 12)
        return day_start(
            within.astimezone(UTC), start_hour=start_hour, offset_at=local_offset_minutes
        )

    def rate(self, row: ItemRow, *, rating: "Rating", review_id: str | None) -> ActResult:
        """Return a standing review of an item another rating: the one named, else the last.

        Raises:
            NotFoundError: no such review; names the nearest.
            StudytoolError: there is none yet.
        """
        review = self._review(row.item, review_id)
        from studytool.wording.study import RATINGS

        about: dict[str, object] = {"before": review.rating, "after": rating}
        named = {
            "before": RATINGS[review.rating].text(self._language),
            "after": RATINGS[rating].text(self._language),
        }
        changed = review.rating is not rating
        if changed:
            self._log.re_rate(review.id, rating, self._now, offset_minutes=self._offset_minutes)
        [after] = read_rows(self._desk, self._now, items=[row.item])
        due = when(after.due)
        phrase = _RATED if changed else _IS_RATED
        text = phrase.text(self._language, item=row.item, time=when(review.time), due=due, **named)
        more = {**about, "review": review.id, "due": after.as_json()["due"]}
        return ActResult(row.item, changed, text, more)

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
            en=f"studytool item show {item} lists them",
        )
        raise NotFoundError(kind, str(review_id), known, remedy=remedy)

    def _done(self, row: ItemRow, phrase: Phrase, *, changed: bool = True) -> ActResult:
        return ActResult(row.item, changed, phrase.text(self._language, item=row.item))
