"""The list of all items in words: a row for each, and what a screen says of it."""

from studytool.clock import Clock
from studytool.language import Language, Phrase
from studytool.session.items import ItemRow
from studytool.typeset.cells import cut, pad
from studytool.wording.items import KINDS, STAGES, share_text, state_text, time_text

READING = Phrase("문항을 읽는 중…", "reading the items…")
FOUND = Phrase("문항 {n:,}개", "items: {n:,}")
FIRST = Phrase("문항 {n:,}개 가운데 처음 {most:,}개", "the first {most:,} of {n:,} items")
NONE_FOUND = Phrase(
    "찾은 것이 없습니다. 찾는 법: studytool help search",
    "Nothing is found. How to search: studytool help search",
)
WHICH_DAY = Phrase(
    "{item}: 언제 복습할까요? 2026-12-31, tomorrow, +7d처럼 쓰고 Enter, 그만두려면 Esc.",
    "{item}: due when? Type a day like 2026-12-31, tomorrow or +7d, then Enter; Esc lets it be.",
)
_KIND, _STAGE, _DUE, _RECALL, _STATE = 11, 11, 11, 5, 14


def item_line(row: ItemRow, language: Language, clock: Clock, *, width: int) -> str:
    """Write an item's row in ``width`` cells; the last columns are left out for want of room."""
    kind = KINDS[row.kind].text(language) if row.kind in KINDS else "–"
    columns = [
        (STAGES[row.stage].text(language), _STAGE),
        (time_text(row.due, clock)[:10], _DUE),
        (share_text(row.retrievability), _RECALL),
        (state_text(row, language), _STATE),
        (kind, _KIND),
    ]
    name = row.item.partition("/")[2] or row.item
    room = width - sum(cells for _, cells in columns)
    while columns and room < width // 3:
        room += columns.pop()[1]
    cells = "".join(pad(cut(text, wide - 1), wide) for text, wide in columns)
    return f"{pad(cut(name, room - 1), room)}{cells}".rstrip()
