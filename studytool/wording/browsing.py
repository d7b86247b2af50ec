"""The list of all items in words: a row for each, and what a screen says of it."""

from studytool.clock import Clock
from studytool.language import Language, Phrase
from studytool.session.items import ItemRow
from studytool.typeset.cells import cut, pad
from studytool.wording.items import KINDS, STAGES, TITLES, share_text, state_text, time_text

READING = Phrase("문항을 읽는 중…", "reading the items…")
FOUND = Phrase("문항 {n:,}개", "items: {n:,}")
FIRST = Phrase("문항 {n:,}개 가운데 처음 {most:,}개", "the first {most:,} of {n:,} items")
NONE_FOUND = Phrase(
    "찾은 것이 없습니다. 찾는 법: Ctrl+P에서 '문항 찾기'",
    "Nothing is found. How to search: Ctrl+P, then 'finding items'",
)
WHICH_DAY = Phrase(
    "{item}: 언제 복습할까요? 2026-12-31, tomorrow, +7d처럼 쓰고 Enter, 그만두려면 Esc.",
    "{item}: due when? Type a day like 2026-12-31, tomorrow or +7d, then Enter; Esc lets it be.",
)
SEARCHED = Phrase(
    "낱말, 또는 concept:dropout · is:flagged · r<0.8",
    "words, or concept:dropout · is:flagged · r<0.8",
)
_WIDTHS = (11, 11, 14, 10, 11)
_QUESTION = Phrase("질문", "question")
_TITLES = (_QUESTION, TITLES[1], TITLES[2], TITLES[7], TITLES[4], TITLES[8])


def title_line(language: Language, *, width: int) -> str:
    """Write the titles above the rows of ``width`` cells."""
    name, *titles = (title.text(language) for title in _TITLES)
    return _line(name, titles, width)


def item_line(row: ItemRow, question: str, language: Language, clock: Clock, *, width: int) -> str:
    """Write an item's row in ``width`` cells; the last columns are left out for want of room."""
    columns = [
        STAGES[row.stage].text(language),
        time_text(row.due, clock)[:10],
        state_text(row, language),
        share_text(row.retrievability),
        KINDS[row.kind].text(language) if row.kind in KINDS else "–",
    ]
    return _line(question or item_slug(row), columns, width)


def item_slug(row: ItemRow) -> str:
    """Return an item's name within its pack, by which ``item:`` finds it."""
    return row.item.partition("/")[2] or row.item


def _line(name: str, texts: list[str], width: int) -> str:
    columns = list(zip(texts, _WIDTHS, strict=True))
    room = width - sum(_WIDTHS)
    while columns and room < width * 2 // 5:
        room += columns.pop()[1]
    cells = "".join(pad(cut(text, wide - 1), wide) for text, wide in columns)
    return f"{pad(cut(name, room - 1), room)}{cells}".rstrip()
