"""Why an item is asked now, in a line below its evidence."""

from datetime import timedelta
from typing import TYPE_CHECKING

from studytool.language import Language, Phrase
from studytool.srs.memory import Stage
from studytool.wording.study import write_interval

if TYPE_CHECKING:
    from studytool.session.why_asked import AskingReason

_WHY = Phrase("지금 묻는 까닭: {why}", "asked now: {why}")
_NEW = Phrase("오늘 배울 새 문항", "one of today's new items")
_STEP = Phrase("익히는 중, {since} 전에 답함", "being learned, answered {since} ago")
_DUE = Phrase("{since} 전에 답했고 오늘이 복습할 날", "answered {since} ago, due today")
_LATE = Phrase(
    "{since} 전에 답했고 복습할 날이 {days}일 지남", "answered {since} ago, due {days}d ago"
)
_EARLY = Phrase("{since} 전에 답했고 {days}일 이른 복습", "answered {since} ago, early by {days}d")
_LAPSES = Phrase(" · 지금까지 {n}번 잊음", " · forgotten {n} times so far")


def why_asked_line(reason: "AskingReason", language: Language) -> str:
    """Say why an item is asked now."""
    since = write_interval(reason.since or timedelta(0), language)
    days = abs(reason.late_days or 0)
    why = _phrase(reason).text(language, since=since, days=days)
    if reason.lapses:
        why += _LAPSES.text(language, n=reason.lapses)
    return _WHY.text(language, why=why)


def _phrase(reason: "AskingReason") -> Phrase:
    if reason.stage is Stage.NEW or reason.since is None:
        return _NEW
    if reason.late_days is None:
        return _STEP
    if not reason.late_days:
        return _DUE
    return _LATE if reason.late_days > 0 else _EARLY
