"""Items as both faces list them: stages, kinds, states, and a table of rows."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from studytool.clock import Clock
from studytool.language import Language, Phrase
from studytool.session.items import ItemRow
from studytool.session.searching import KIND
from studytool.typeset.cells import cell_width, cut
from studytool.wording import words
from studytool.wording.local_time import local_time
from studytool.wording.study import MARKS, RATINGS
from studytool.wording.table import GAP, table_lines

if TYPE_CHECKING:
    from studytool.review_log.events import Review

STAGES = {
    "new": words.NEW,
    "learning": words.LEARNING,
    "review": words.REVIEW,
    "relearning": Phrase(ko="다시 학습", en="relearning"),
}
KINDS = {
    "card": Phrase(ko="카드", en="card"),
    "cloze": Phrase(ko="빈칸", en="cloze"),
    "choice": Phrase(ko="선택", en="choice"),
    "order": Phrase(ko="순서", en="order"),
    "prediction": Phrase(ko="예측", en="prediction"),
    "numeric": Phrase(ko="수치", en="numeric"),
}
_SUSPENDED = Phrase(ko="보류", en="suspended")
_BURIED = Phrase(ko="미룸", en="buried")
_LEECH = Phrase(ko="자꾸 잊음", en="leech")
TITLES = (
    Phrase(ko="문항", en="item"),
    Phrase(ko="단계", en="stage"),
    Phrase(ko="다음 복습", en="due"),
    Phrase(ko="안정도(일)", en="stability (days)"),
    Phrase(ko="기억 확률", en="recall"),
    Phrase(ko="잊음", en="lapses"),
    Phrase(ko="복습 수", en="reviews"),
    Phrase(ko="상태", en="state"),
    KIND,
    Phrase(ko="개념", en="concept"),
)
_NUMBERS = {3, 4, 5, 6}
_STABILITY = Phrase(ko="안정도(일)", en="stability")
"""A title that leaves room for the others in 80 columns."""


_COUNT = Phrase(ko="문항 {n}개", en="items: {n}")
_NONE = Phrase(ko="해당하는 문항이 없습니다.", en="there are no such items.")
_UNLISTED = Phrase(
    ko="설치된 꾸러미에 없어 나오지 않습니다.", en="it is in no installed pack, so it is not asked."
)
_STRENGTH = Phrase(
    ko="안정도 {stability}일 · 난이도 {difficulty} · 지금 기억 확률 {recall} · 복습 {reviews}회 · "
    "잊음 {lapses}회",
    en="stability {stability} days · difficulty {difficulty} · recall now {recall} · "
    "reviews {reviews} · lapses {lapses}",
)
_DUE = Phrase(ko="다음 복습: {time}", en="due: {time}")
_BURIED_UNTIL = Phrase(ko="{time}까지 나오지 않음", en="not asked before {time}")
_REVIEW_TITLES = (
    Phrase(ko="시각", en="time"),
    Phrase(ko="평가", en="rating"),
    words.OUTCOME,
    Phrase(ko="초", en="seconds"),
    Phrase(ko="복습 id", en="review id"),
    Phrase(ko="답", en="answer"),
)
_BEFORE_RESET = Phrase(
    ko="새 문항으로 되돌리기 전의 복습(통계에만 들어감):",
    en="before its reset, in the statistics only:",
)
_ANSWER_CELLS = 40


def rows_text(
    rows: Sequence[ItemRow], language: Language, clock: Clock, *, width: int | None = None
) -> list[str]:
    """Return the titles and a line for each item; two lines where a line would not fit ``width``."""
    titles = tuple(title.text(language) for title in TITLES)
    cells = [titles, *(row_cells(row, language, clock) for row in rows)]
    lines = list(table_lines(cells, right=_NUMBERS))
    if width is None or max(map(cell_width, lines)) <= width:
        return lines
    return _in_two_lines(cells, language, width)


def list_text(
    rows: Sequence[ItemRow], language: Language, clock: Clock, *, width: int | None = None
) -> str:
    """Return the table of items and their number, or say that there are none."""
    if not rows:
        return _NONE.text(language)
    lines = rows_text(rows, language, clock, width=width)
    return "\n".join([*lines, _COUNT.text(language, n=f"{len(rows):,}")])


def item_lines(
    row: ItemRow, reviews: Sequence["Review"], language: Language, clock: Clock
) -> list[str]:
    """Return what is known of an item, and its last reviews, latest first."""
    return [*_memory_lines(row, language, clock), *_review_lines(row, reviews, language, clock)]


def time_text(instant: datetime | None, clock: Clock) -> str:
    """Write an instant in the learner's zone, a dash for none."""
    return "–" if instant is None else local_time(instant, clock)


def number_text(value: float | None) -> str:
    """Write a number of days or a difficulty."""
    return "–" if value is None else f"{value:,.1f}"


def share_text(value: float | None) -> str:
    """Write a chance."""
    return "–" if value is None else f"{value:.0%}"


def state_text(row: ItemRow, language: Language) -> str:
    """Say whether it is suspended, buried, flagged or a leech."""
    states = (
        (row.suspended, _SUSPENDED),
        (row.buried_until is not None, _BURIED),
        (row.flagged, words.FLAGGED),
        (row.leech, _LEECH),
    )
    return ", ".join(phrase.text(language) for there, phrase in states if there)


def _memory_lines(row: ItemRow, language: Language, clock: Clock) -> Iterator[str]:
    """Say of an item its stage, state, dates, and the strength of its memory."""
    about = _UNLISTED.text(language)
    if row.kind is not None:
        about = f"{KINDS[row.kind].text(language)}, {row.concept}"
    yield f"{row.item} ({about})"
    states = [STAGES[row.stage].text(language), state_text(row, language)]
    if row.due is not None:
        states.append(_DUE.text(language, time=time_text(row.due, clock)))
    if row.buried_until is not None:
        states.append(_BURIED_UNTIL.text(language, time=time_text(row.buried_until, clock)))
    yield " · ".join(filter(None, states))
    if row.reviews:
        strength = {
            "stability": number_text(row.stability_days),
            "difficulty": number_text(row.difficulty),
        }
        counts = {"reviews": row.reviews, "lapses": row.lapses}
        yield _STRENGTH.text(language, **strength, **counts, recall=share_text(row.retrievability))


def _review_lines(
    row: ItemRow, reviews: Sequence["Review"], language: Language, clock: Clock
) -> list[str]:
    """Return a table of reviews; those before the item's last reset stand below a line."""
    if not reviews:
        return []
    rows = [tuple(title.text(language) for title in _REVIEW_TITLES)]
    rows += [
        (
            time_text(one.time, clock),
            RATINGS[one.rating].text(language),
            MARKS[one.outcome].text(language),
            f"{one.duration_ms / 1000:.1f}",
            one.id,
            cut(" ".join(one.answer.split()), _ANSWER_CELLS),
        )
        for one in reviews
    ]
    titles, *lines = table_lines(rows, right={3})
    counting, before = lines[: row.reviews], lines[row.reviews :]
    return ["", titles, *counting, *([_BEFORE_RESET.text(language), *before] if before else [])]


def row_cells(row: ItemRow, language: Language, clock: Clock) -> tuple[str, ...]:
    """Return the texts of a line, in the order of the titles."""
    return (
        row.item,
        STAGES[row.stage].text(language),
        time_text(row.due, clock),
        number_text(row.stability_days),
        share_text(row.retrievability),
        f"{row.lapses}",
        f"{row.reviews}",
        state_text(row, language),
        "" if row.kind is None else KINDS[row.kind].text(language),
        row.concept or "",
    )


def _in_two_lines(cells: list[tuple[str, ...]], language: Language, width: int) -> list[str]:
    """Return the name, state and concept of each item, and the rest below them."""
    stability = _STABILITY.text(language)
    rest = [("", *row[1:7], row[8]) for row in cells]
    rest[0] = (*rest[0][:3], stability, *rest[0][4:])
    below = table_lines(rest, right=_NUMBERS)
    lines: list[str] = []
    for row, under in zip(cells, below, strict=True):
        lines += [_headed(row[0], [row[7], row[9]], width), cut(under, width)]
    return lines


def _headed(name: str, about: Sequence[str], width: int) -> str:
    """Return a name and what there is about it, the name shortened from the left where need be."""
    behind = "".join(f"{GAP}{text}" for text in about if text)
    return cut(_cut_left(name, max(width - cell_width(behind), 8)) + behind, width)


def _cut_left(text: str, width: int) -> str:
    """Shorten a text to ``width`` cells, with ``…`` where its beginning was left out.

    >>> _cut_left("deep-learning-notes/he-sd", 10)
    '…tes/he-sd'
    """
    if cell_width(text) <= width:
        return text
    while text and cell_width(text) > width - 1:
        text = text[1:]
    return "…" + text
