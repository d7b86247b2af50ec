"""The list of all items in words: a row for each, and what a screen says of it."""

from collections.abc import Callable, Sequence
from functools import partial

from studytool.clock import Clock
from studytool.language import Language, Phrase
from studytool.session.items import ItemRow
from studytool.typeset.cells import cell_width, cut, pad
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
_MOST = 20
"""Cells of a column, at most."""
_GAP = 2
_NOTHING = {"", "–"}
_QUESTION = Phrase("질문", "question")
_TITLES = (TITLES[1], TITLES[2], TITLES[7], TITLES[4], TITLES[8])


def list_lines(
    asked: Sequence[tuple[ItemRow, str]], language: Language, clock: Clock, *, width: int
) -> tuple[str, list[Callable[[], str]]]:
    """Return the titles, and for each item and what it asks what writes its line in ``width`` cells.

    A column is as wide as what stands in it, one in which nothing stands is left out, and so are
    the last ones where the questions would have less than half of the room.
    """
    cells = [_cells(row, language, clock) for row, _ in asked]
    columns = [
        _column(title.text(language), texts) for title, *texts in zip(_TITLES, *cells, strict=True)
    ]
    room = width - sum(wide for _, wide in columns)
    while columns and room < width // 2:
        room += columns.pop()[1]
    names = [_QUESTION.text(language), *(question or item_slug(row) for row, question in asked)]
    lines: list[Callable[[], str]] = [
        partial(_line, name, [(texts[at], wide) for texts, wide in columns], room)
        for at, name in enumerate(names)
    ]
    return lines[0](), lines[1:]


def item_slug(row: ItemRow) -> str:
    """Return an item's name within its pack, by which ``item:`` finds it."""
    return row.item.partition("/")[2] or row.item


def _cells(row: ItemRow, language: Language, clock: Clock) -> tuple[str, ...]:
    return (
        STAGES[row.stage].text(language),
        time_text(row.due, clock)[:10],
        state_text(row, language),
        share_text(row.retrievability),
        KINDS[row.kind].text(language) if row.kind in KINDS else "–",
    )


def _column(title: str, texts: Sequence[str]) -> tuple[list[str], int]:
    """Return a column and its cells with the gap behind it: 0 where nothing stands in it."""
    widest = max((cell_width(text) for text in texts if text not in _NOTHING), default=None)
    if widest is None:
        return [title, *texts], 0
    return [title, *texts], min(_MOST, max(widest, cell_width(title))) + _GAP


def _line(name: str, cells: Sequence[tuple[str, int]], room: int) -> str:
    beside = "".join(pad(cut(text, wide - _GAP), wide) for text, wide in cells if wide)
    return f"{pad(cut(name, room - _GAP), room)}{beside}".rstrip()
