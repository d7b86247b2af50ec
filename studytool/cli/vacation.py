"""``studytool vacation``: all reviews put off by some days, as an event that undo takes back."""

import json
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import click

from studytool.cli.learner_log import open_log
from studytool.cli.output import learner_language, write_text
from studytool.clock import local_offset_minutes, utc_now
from studytool.json_output import VacationJson
from studytool.language import Language, Phrase
from studytool.settings import home_folder
from studytool.wording.local_time import local_time

if TYPE_CHECKING:
    from studytool.review_log.log import ReviewLog

_MOVED = Phrase(
    ko="복습을 {days}일 뒤로 미뤘습니다(복습 {moved}개). studytool undo로 되돌릴 수 있습니다.",
    en="every review is put off (days: {days}, reviews: {moved}); studytool undo takes it back.",
)
_STILL_DUE = Phrase(
    ko="그보다 더 밀려 있어 지금도 할 복습: {n}개",
    en="reviews still due now, since they were overdue by more: {n}",
)
_IN_STEPS = Phrase(
    ko="학습 중이라 미루지 않은, 지금 할 문항: {n}개",
    en="items due now in learning steps, which are not put off: {n}",
)
_NEXT = Phrase(ko="다음 복습: {time}", en="next review: {time}")
_NO_NEXT = Phrase(ko="앞으로 잡힌 복습이 없습니다.", en="no review is scheduled after now.")


@dataclass(frozen=True, slots=True)
class _Standing:
    """How the log stands after a vacation was taken.

    Attributes:
        moved: listed items in the review stage, due or not.
        due: reviews that are due all the same.
        in_steps: items in learning steps that are due now.
        following: when the next falls due after now.
    """

    moved: int
    due: int
    in_steps: int
    following: datetime | None


@click.command(name="vacation")
@click.argument("days", type=click.IntRange(1, 3650))
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(days: int, *, as_json: bool) -> None:
    """Put off every review by DAYS days, due or not, so that they do not pile up during a vacation.

    Their order and distances stay. Items in learning steps and new items are not moved; a review
    taken in between sets its item's date as ever, since the real time counts for its memory.
    """
    home, now = home_folder(), utc_now()
    language = learner_language(home)
    with closing(open_log(home)) as log:
        log.take_vacation(days, now, offset_minutes=local_offset_minutes(now))
        standing = _standing(log, now)
    write_text(_as_json(days, standing) if as_json else _as_text(days, standing, language))


def _standing(log: "ReviewLog", now: datetime) -> _Standing:
    from studytool.srs.memory import Stage

    counts = log.counts(now, count_new=False).values()
    return _Standing(
        moved=sum(status.memory.stage is Stage.REVIEW for status in log.statuses()),
        due=sum(pack.due for pack in counts),
        in_steps=sum(pack.learning for pack in counts),
        following=log.next_due(after=now),
    )


def _as_json(days: int, standing: _Standing) -> str:
    following = standing.following
    when = None if following is None else following.isoformat(timespec="seconds")
    found: VacationJson = {
        "days": days,
        "moved": standing.moved,
        "due": standing.due,
        "next": when,
    }
    return json.dumps(found)


def _as_text(days: int, standing: _Standing, language: Language) -> str:
    lines = [_MOVED.text(language, days=days, moved=f"{standing.moved:,}")]
    for n, phrase in ((standing.due, _STILL_DUE), (standing.in_steps, _IN_STEPS)):
        if n:
            lines.append(phrase.text(language, n=f"{n:,}"))
    if standing.following is None:
        lines.append(_NO_NEXT.text(language))
    else:
        lines.append(_NEXT.text(language, time=local_time(standing.following)))
    return "\n".join(lines)
