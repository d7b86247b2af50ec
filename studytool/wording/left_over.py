"""What is due or new and is not asked today, in words, by reason."""

from studytool.language import Language, Phrase
from studytool.session.agenda import LeftOver

_REACHED = Phrase("오늘의 한도를 채웠습니다.", "The day's limit is reached.")
_TOMORROW = Phrase("내일로 남은 것: {what}.", "Left for tomorrow: {what}.")
_REVIEWS = Phrase("한도를 넘은 복습 {n}개", "{n} due over the limit")
_NEW = Phrase("한도를 넘은 새 문항 {n}개", "{n} new over the limit")
_SIBLINGS = Phrase("같은 주장의 문항 {n}개", "{n} on a claim already asked")
_FOR_EXAM = Phrase("시험에 더 가까운 날에 할 복습 {n}개", "{n} for a day nearer the exam")
_GATED = Phrase(
    "먼저 알아야 할 개념을 익히면 열릴 새 문항: {n}개",
    "New items that wait for their prerequisites: {n}",
)
_IN_BREAK = Phrase(
    ko="휴가가 끝나면 나올 새 문항: {n}개", en="New items that wait for the end of the break: {n}"
)


def left_over_lines(left: LeftOver, language: Language, *, due: int, new: int) -> list[str]:
    """Say what is left for tomorrow and why; nothing where nothing is.

    Args:
        left: the counts.
        language: of the lines.
        due: how many reviews are still asked today: a limit is reached where there are none.
        new: the same of new items. While there are some, nothing new counts as left: the day's
            share is still to come.
    """
    new_over_limit, new_siblings = (0, 0) if new else (left.new_over_limit, left.new_siblings)
    counts = (
        (_REVIEWS, left.over_limit),
        (_NEW, new_over_limit),
        (_SIBLINGS, left.siblings + new_siblings),
        (_FOR_EXAM, left.for_exam),
    )
    parts = [phrase.text(language, n=n) for phrase, n in counts if n]
    lines = []
    if parts:
        line = _TOMORROW.text(language, what=", ".join(parts))
        reached = (left.over_limit and not due) or new_over_limit
        lines.append(f"{_REACHED.text(language)} {line}" if reached else line)
    if left.in_break:
        lines.append(_IN_BREAK.text(language, n=left.in_break))
    elif left.gated and not (new or left.new_over_limit):
        lines.append(_GATED.text(language, n=left.gated))
    return lines
