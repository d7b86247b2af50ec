"""Items in rows as commands print them, and those of them that a search finds."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from studytool.cli.output import output_width, write_json, write_text
from studytool.clock import MACHINE_CLOCK
from studytool.json_output import ItemListJson, ItemRowJson
from studytool.language import Language

if TYPE_CHECKING:
    from studytool.session.desk import Desk
    from studytool.session.items import ItemRow


def rows_found(desk: "Desk", rows: "Sequence[ItemRow]", text: str) -> "list[ItemRow]":
    """Return those of ``rows`` that the search ``text`` finds.

    Raises:
        SearchError: it cannot be read; says where.
        NotFoundError: it names what nothing has; names the nearest.
    """
    from studytool.search.reader import read_search
    from studytool.session.searching import find

    return find(desk, read_search(text), rows, MACHINE_CLOCK.now())


def write_rows(rows: "Sequence[ItemRow]", language: Language, *, as_json: bool) -> None:
    """Print items as a table, or as JSON."""
    if as_json:
        listed: ItemListJson = {"items": [row_as_json(row) for row in rows]}
        write_json(listed)
        return
    from studytool.wording.items import list_text

    width = output_width(0) or None
    write_text(list_text(rows, language, MACHINE_CLOCK, width=width))


def row_as_json(row: "ItemRow") -> ItemRowJson:
    """Return the stable keys of an item in ``item list``, ``item show`` and ``search``."""
    return {
        "item": row.item,
        "kind": row.kind,
        "concept": row.concept,
        "stage": row.stage,
        "due": instant_text(row.due),
        "due_now": row.due_now,
        "suspended": row.suspended,
        "buried_until": instant_text(row.buried_until),
        "flagged": row.flagged,
        "leech": row.leech,
        "stability_days": row.stability_days,
        "difficulty": row.difficulty,
        "retrievability": row.retrievability,
        "lapses": row.lapses,
        "reviews": row.reviews,
        "last_review": instant_text(row.last_review),
    }


def instant_text(time: datetime | None) -> str | None:
    """Write an instant in ISO 8601."""
    return None if time is None else time.isoformat(timespec="seconds")
