"""Exams in words: the line on home, and what ``studytool exam`` says."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from studytool.language import Language, Phrase
from studytool.session.exam import Exam, ExamDay
from studytool.wording.words import EVERYTHING

if TYPE_CHECKING:
    from studytool.session.missed import MissedItem

_AHEAD = Phrase(
    ko="시험까지 {days}일: {given}{expected:.0%}를 기억할 것으로 예상({items}문항{never})",
    en="exam in {days} days: {expected:.0%} expected{given} ({items} items{never})",
)
_TOMORROW = Phrase(
    ko="시험이 내일: {given}{expected:.0%}를 기억할 것으로 예상({items}문항{never})",
    en="exam tomorrow: {expected:.0%} expected{given} ({items} items{never})",
)
_TODAY = Phrase(
    ko="시험이 오늘: {given}{expected:.0%}를 기억할 것으로 예상({items}문항{never})",
    en="exam today: {expected:.0%} expected{given} ({items} items{never})",
)
_IF_NEW_GO_WELL = Phrase(ko="새 문항을 잘 익히면 ", en=" if the new ones go well")
_NEVER = Phrase(ko=", 그중 {n}개는 시작하지 못함", en=", {n} of them not begun by then")
_NOTHING_IN_IT = Phrase(
    ko="{date} 시험: 해당하는 문항이 없습니다.", en="exam on {date}: there is no item in it."
)
_SET = Phrase(ko="{date} 시험을 정했습니다.", en="the exam on {date} is set.")
_REMOVED = Phrase(ko="{date} 시험을 지웠습니다.", en="the exam on {date} is removed.")
_NONE = Phrase(
    ko="정해 둔 시험이 없습니다. 정하려면: studytool exam DATE",
    en="no exam is set; to set one: studytool exam DATE",
)
EXAMS_TITLE = Phrase(ko="시험", en="Exams")
_TO_CHANGE = Phrase(
    ko="바꾸려면: studytool exam {date}\n지우려면: studytool exam {date} --remove",
    en="to change it: studytool exam {date}\nto remove it: studytool exam {date} --remove",
)
_ABOUT = Phrase(
    ko="{date}, {about}, 복습은 하루 {minutes}분",
    en="{date}, {about}, {minutes} minutes of reviews a day",
)
_TODAYS = Phrase(
    ko="  오늘: 시험을 위한 복습 {reviews}개, 새 문항 {new}개 (남은 새 문항 {unbegun}개)",
    en="  today: {reviews} reviews for it, {new} new items (of {unbegun} not begun yet)",
)
_TOO_FEW = Phrase(
    ko="  제때 모두 시작하려면 오늘 {wanted}개가 필요하지만, 먼저 알아야 할 개념과 같은 주장의 문항 때문에 더 적게 시작합니다.",
    en="  to begin all in time takes {wanted} today; prerequisites and siblings admit fewer",
)
_NEVER_BEGUN = Phrase(
    ko="  새 문항 {unbegun}개는 하루 새 문항 수가 0이라 시험까지 시작하지 않습니다.",
    en="  new items that are not begun by then, since new_per_day is 0: {unbegun}",
)
_ALL_OFF = Phrase(
    ko="  새 문항 {unbegun}개는 시험까지 모두 쉬는 날이라 시작하지 않습니다.",
    en="  new items that are not begun by then, since all days before it are off: {unbegun}",
)
_NOTHING_MISSED = Phrase(
    ko="지난 30일 동안 틀린 것이 없습니다.", en="nothing was missed in the last 30 days."
)
_MISSED = Phrase(ko="{item}  (틀린 날 {days}일)", en="{item}  (missed on {days} days)")
_MISSED_ONCE = Phrase(ko="{item}  (틀린 날 하루)", en="{item}  (missed once)")
_ANSWER = Phrase(ko="답: {key}", en="answer: {key}")


def exam_line(exam: ExamDay, language: Language) -> str:
    """Say when an exam is, and how much is expected to be recalled then."""
    if not exam.items:
        return _NOTHING_IN_IT.text(language, date=exam.exam.date)
    phrase = {0: _TODAY, 1: _TOMORROW}.get(exam.days_left, _AHEAD)
    given = _IF_NEW_GO_WELL.text(language) if exam.new and sum(exam.paces) else ""
    never = _NEVER.text(language, n=exam.never_begun) if exam.never_begun else ""
    about = {"days": exam.days_left, "items": exam.items, "expected": exam.expected}
    return phrase.text(language, given=given, never=never, **about)


def exam_lines(exams: Sequence[ExamDay], begun: Sequence[int], language: Language) -> Iterator[str]:
    """List exams, with what each makes of today.

    Args:
        exams: those ahead.
        begun: how many new items the day begins for each.
        language: to say it in.
    """
    if not exams:
        yield _NONE.text(language)
    for exam, new in zip(exams, begun, strict=True):
        about = ", ".join(exam.exam.targets) or EVERYTHING.text(language)
        minutes = exam.exam.minutes
        yield _ABOUT.text(language, date=exam.exam.date, about=about, minutes=minutes)
        yield f"  {exam_line(exam, language)}"
        if exam.unbegun and not exam.new:
            yield _NEVER_BEGUN.text(language, unbegun=exam.unbegun)
        elif exam.unbegun and exam.days_left and not sum(exam.paces):
            yield _ALL_OFF.text(language, unbegun=exam.unbegun)
        elif exam.reviews or exam.unbegun:
            reviews, unbegun = len(exam.reviews), exam.unbegun
            yield _TODAYS.text(language, reviews=reviews, new=new, unbegun=unbegun)
            if new < exam.new_today:
                yield _TOO_FEW.text(language, wanted=exam.new_today)


def exams_to_change(
    exams: Sequence[ExamDay], begun: Sequence[int], language: Language
) -> Iterator[str]:
    """List exams as :func:`exam_lines` does, and how the next one is changed; nothing without any."""
    if exams:
        yield from exam_lines(exams, begun, language)
        yield _TO_CHANGE.text(language, date=exams[0].exam.date)


def set_line(exam: Exam, language: Language) -> str:
    """Say that an exam is set."""
    return _SET.text(language, date=exam.date)


def removed_line(exam: Exam, language: Language) -> str:
    """Say that an exam is removed."""
    return _REMOVED.text(language, date=exam.date)


def missed_text(missed: Sequence[tuple["MissedItem", str | None]], language: Language) -> str:
    """List what was missed, each with its question, its answer in words and its solution."""
    return "\n\n\n".join(
        _missed_lines(one, key, language) for one, key in missed
    ) or _NOTHING_MISSED.text(language)


def _missed_lines(missed: "MissedItem", key: str | None, language: Language) -> str:
    phrase, variant = (_MISSED if missed.days > 1 else _MISSED_ONCE), missed.variant
    parts = [phrase.text(language, item=variant.item, days=missed.days), variant.prompt]
    parts += [_ANSWER.text(language, key=key)] if key else []
    return "\n\n".join([*parts, *([variant.solution] if variant.solution else [])])
