"""Names of the learner's acts, and a sentence for the report of each."""

from typing import TYPE_CHECKING

from studytool.clock import Clock
from studytool.language import Language, Phrase
from studytool.printable import printable
from studytool.session.acts import (
    ActReport,
    BuryReport,
    RatingReport,
    ResetReport,
    SwitchReport,
)
from studytool.session.moving import MoveReport
from studytool.wording.items import time_text
from studytool.wording.study import RATINGS
from studytool.wording.words import REVIEW

if TYPE_CHECKING:
    from studytool.review_log.events import Act

ACT_NAMES = {
    "review": REVIEW,
    "suspend": Phrase(ko="보류", en="suspension"),
    "unsuspend": Phrase(ko="보류 풀기", en="end of suspension"),
    "bury": Phrase(ko="미룸", en="burying"),
    "flag": Phrase(ko="깃발 달기", en="flag"),
    "unflag": Phrase(ko="깃발 떼기", en="removal of the flag"),
    "reset": Phrase(ko="새 문항으로 되돌리기", en="reset"),
    "move": Phrase(ko="기록 옮기기", en="move of a history"),
    "set-due": Phrase(ko="복습할 날 정하기", en="new due day"),
    "re-rate": Phrase(ko="평가 고치기", en="new rating"),
    "import": Phrase(ko="가져오기", en="import"),
    "retraction": Phrase(ko="이벤트 거두기", en="retraction"),
    "vacation": Phrase(ko="휴가", en="vacation"),
    "more-new": Phrase(ko="오늘 새 문항 더 받기", en="more new items today"),
}
"""Names of the kinds of acts that undo takes back, by the kind's name in the log."""

_SWITCHED = {
    ("suspend", True): Phrase(
        ko="{item}: 보류했습니다. 이제 나오지 않습니다.",
        en="{item}: suspended; it is no longer asked.",
    ),
    ("suspend", False): Phrase(
        ko="{item}: 이미 보류되어 있습니다.", en="{item}: it is already suspended."
    ),
    ("unsuspend", True): Phrase(
        ko="{item}: 보류를 풀었습니다. 다시 나옵니다.",
        en="{item}: no longer suspended; it is asked again.",
    ),
    ("unsuspend", False): Phrase(
        ko="{item}: 보류되어 있지 않습니다.", en="{item}: it is not suspended."
    ),
    ("flag", True): Phrase(ko="{item}: 깃발을 달았습니다.", en="{item}: flagged."),
    ("flag", False): Phrase(
        ko="{item}: 이미 깃발이 있습니다.", en="{item}: it is already flagged."
    ),
    ("unflag", True): Phrase(ko="{item}: 깃발을 뗐습니다.", en="{item}: the flag was taken off."),
    ("unflag", False): Phrase(ko="{item}: 깃발이 없습니다.", en="{item}: it has no flag."),
}
"""By the act, and whether it changed anything."""

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
_MOVED = Phrase(
    ko="{item}의 기록을 옮겼습니다. 이제 {to}의 복습은 {n}회입니다.",
    en="{item}: its history is that of {to} now, which has this many reviews: {n}.",
)
_IS_MOVED = Phrase(
    ko="{item}: 기록이 이미 {to}에 있습니다.", en="{item}: its history is that of {to} already."
)
_TAKEN_BACK = Phrase(
    ko="되돌렸습니다: {act} ({time}). studytool undo --redo로 다시 할 수 있습니다.",
    en="taken back: {act} ({time}). studytool undo --redo does it again.",
)
_UNDO = Phrase(ko="studytool undo로 되돌릴 수 있습니다.", en="studytool undo takes it back.")
_UNDO_EACH = Phrase(
    ko="되돌리려면 studytool undo를 {n}번 실행하세요.",
    en="studytool undo takes them back one by one: {n} times.",
)
_DONE_AGAIN = Phrase(ko="다시 했습니다: {act} ({time})", en="done again: {act} ({time})")
_NO_UNDO = Phrase(ko="되돌릴 것이 없습니다.", en="there is nothing to take back.")
_NO_REDO = Phrase(ko="다시 할 것이 없습니다.", en="there is nothing to do again.")


def act_text(report: ActReport, language: Language, clock: Clock) -> str:
    """Say what an act did with its item, in one line; more where it left something undone."""
    match report:
        case SwitchReport(item, act, changed):
            return _SWITCHED[act, changed].text(language, item=item)
        case BuryReport(item, until):
            return _BURIED.text(language, item=item, time=time_text(until, clock))
        case ResetReport():
            return _reset_text(report, language, clock)
        case RatingReport(item, review, rating, due):
            phrase = _RATED if report.changed else _IS_RATED
            return phrase.text(
                language,
                item=item,
                time=time_text(review.time, clock),
                before=RATINGS[review.rating].text(language),
                after=RATINGS[rating].text(language),
                due=time_text(due, clock),
            )


def move_text(report: MoveReport, language: Language) -> str:
    """Say where a history was moved to."""
    phrase = _MOVED if report.changed else _IS_MOVED
    return phrase.text(language, item=report.item, to=report.to, n=report.reviews)


def _reset_text(report: ResetReport, language: Language, clock: Clock) -> str:
    """Say how many reviews no longer count, which ones still do, and how to take those back."""
    item, ahead = report.item, report.ahead
    if not report.changed and not ahead:
        return _IS_NEW.text(language, item=item)
    lines = []
    if report.changed:
        phrase = _RESET_PARTLY if ahead else _RESET
        lines.append(phrase.text(language, item=item, n=report.forgotten))
    if ahead:
        lines.append(_AHEAD.text(language, item=item, n=len(ahead)))
        lines += [
            f"  studytool undo --review {one.id}  ({time_text(one.time, clock)})" for one in ahead
        ]
    return "\n".join(lines)


def way_back(changed: int, language: Language) -> str:
    """Say how so many acts are taken back."""
    return (_UNDO if changed == 1 else _UNDO_EACH).text(language, n=changed)


def undo_text(
    act: "Act | None", item: str | None, language: Language, clock: Clock, *, redo: bool
) -> str:
    """Say which act was taken back, or with ``redo`` done again, or that there is none."""
    if act is None:
        return (_NO_REDO if redo else _NO_UNDO).text(language)
    name = ACT_NAMES[act.kind].text(language)
    described = name if item is None else f"{name}, {printable(item)}"
    phrase = _DONE_AGAIN if redo else _TAKEN_BACK
    return phrase.text(language, act=described, time=time_text(act.time, clock))
