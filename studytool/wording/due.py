"""What is due, and what a vacation changed, in words."""

from functools import partial

from studytool.clock import Clock
from studytool.language import Language, Phrase
from studytool.session.due import DueCounts, DueList, VacationReport
from studytool.session.overview import PackCounts
from studytool.wording.breaks import break_line
from studytool.wording.exam import exam_line
from studytool.wording.left_over import left_over_lines
from studytool.wording.local_time import local_time

_PACK = Phrase(
    ko="{id}: 복습 {due}, 학습 중 {learning}, 새 문항 {new} (모두 {items})",
    en="{id}: due {due}, learning {learning}, new {new} (of {items})",
)
_TOTAL = Phrase(
    ko="모두: 복습 {due}, 학습 중 {learning}, 새 문항 {new} (모두 {items})",
    en="all: due {due}, learning {learning}, new {new} (of {items})",
)
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
_NEXT = Phrase(ko="다음 차례: {time}", en="next: {time}")
_NEXT_BEGUN = Phrase(
    ko="배우던 문항 가운데 다음 차례: {time}", en="of the items begun, next due: {time}"
)
_NO_NEXT = Phrase(ko="앞으로 잡힌 복습이 없습니다.", en="no review is scheduled after now.")


def due_text(due: DueList, language: Language, clock: Clock) -> str:
    """Return a line for each pack, all of them and each item; what is left; when there is more."""
    lines = [_PACK.text(language, id=pack.id, **_counts(pack)) for pack in due.packs]
    if len(due.packs) > 1:
        lines.append(_TOTAL.text(language, **_counts(due.total)))
    lines += [f"  {item}" for item in due.items]
    lines += left_over_lines(due.left, language, due=due.total.due, new=due.total.new)
    lines += map(partial(exam_line, language=language), due.exams)
    lines += map(partial(break_line, language=language), due.breaks)
    if not due.items and due.following is not None:
        lines.append(_NEXT.text(language, time=local_time(due.following, clock)))
    return "\n".join(lines)


def _counts(counts: DueCounts | PackCounts) -> dict[str, int]:
    return {
        "due": counts.due,
        "learning": counts.learning,
        "new": counts.new,
        "items": counts.items,
    }


def vacation_text(report: VacationReport, language: Language, clock: Clock) -> str:
    """Say how many reviews were put off, what is due all the same, and what comes next."""
    lines = [_MOVED.text(language, days=report.days, moved=f"{report.moved:,}")]
    for n, phrase in ((report.due, _STILL_DUE), (report.in_steps, _IN_STEPS)):
        if n:
            lines.append(phrase.text(language, n=f"{n:,}"))
    if report.following is None:
        lines.append(_NO_NEXT.text(language))
    else:
        lines.append(_NEXT_BEGUN.text(language, time=local_time(report.following, clock)))
    return "\n".join(lines)
