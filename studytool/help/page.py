"""A help page: its prose read, its tables filled in, and all set in lines of a width."""

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from studytool.help import tables
from studytool.help.topics import TOPICS, read_source
from studytool.language import Language, Phrase
from studytool.typeset.flow import Line, Run, set_markdown

WIDEST = 80
"""Cells of a line, however wide the window: longer lines of prose read worse."""
_INDENT = "  "

Table = Callable[[Language, int], Iterable[str]]
"""Returns a table's lines in a language, each at most so many cells wide."""

TABLES: dict[str, Table] = {
    "answers": tables.answers,
    "settings": tables.settings,
    "keys": tables.keys,
    "line_commands": tables.line_commands,
    "commands": tables.commands,
    "pack_keys": tables.pack_keys,
    "formula_names": tables.formula_names,
    "closed_forms": tables.closed_forms,
    "events": tables.events,
    "search_fields": tables.search_fields,
    "search_states": tables.search_states,
    "json": tables.json,
    "statuses": tables.statuses,
    "power": tables.power,
    "pack_codes": tables.pack_codes,
    "finding_codes": tables.finding_codes,
    "faults": tables.faults,
}
"""What ``{{name}}`` on a line of its own stands for."""

_PLACEHOLDER = re.compile(r"^\{\{(\w+)\}\}$", re.MULTILINE)
_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_LIST_TITLE = Phrase("# 도움말", "# Help")
_HOW_TO = Phrase(
    "`studytool help 주제`로 읽습니다. 명령 하나의 옵션: `studytool 명령 --help`.",
    "Read one with `studytool help TOPIC`. The options of one command: `studytool COMMAND --help`.",
)


def page_lines(
    topic: str,
    language: Language,
    *,
    width: int = WIDEST,
    fuller: Mapping[str, Table] = MappingProxyType({}),
) -> list[Line]:
    """Return a page as lines of styled runs, at most ``width`` cells wide.

    Args:
        topic: one of :data:`TOPICS`.
        language: of the page.
        width: cells of a line.
        fuller: tables in place of those of :data:`TABLES`.

    Raises:
        NotFoundError: an unknown topic; names the nearest.
    """
    known = {**TABLES, **fuller}
    room = width - len(_INDENT)

    def filled(found: "re.Match[str]") -> str:
        lines = known[found[1]](language, room)
        return "\n".join(["```", *lines, "```"])

    return _set(_PLACEHOLDER.sub(filled, read_source(topic, language)), room)


def topic_lines(language: Language, *, width: int = WIDEST) -> list[Line]:
    """Return the list of topics."""
    from studytool.help.columns import described

    room = width - len(_INDENT)
    rows = ((topic, about.text(language)) for topic, about in TOPICS.items())
    listed = described(rows, width=room, column=12)
    parts = (_LIST_TITLE.text(language), "```", *listed, "```", _HOW_TO.text(language))
    return _set("\n".join(parts), room)


def plain_text(lines: Iterable[Line]) -> str:
    """Return lines as text alone."""
    return "\n".join("".join(run.text for run in line).rstrip() for line in lines)


def is_heading(line: Line) -> bool:
    """Tell whether a line is a heading: it is set strong as a whole."""
    shown = [run.style for run in line if run.text.strip()]
    return bool(shown) and set(shown) == {"strong"}


def _set(markdown: str, width: int) -> list[Line]:
    """Set Markdown, its headings at the margin and all else indented.

    Code within a line keeps its quotes, since a pipe shows no styles.
    """
    quoted = _CODE.sub(r"`` `\1` ``", markdown)
    return [
        (Run(_INDENT), *line) if line and not is_heading(line) else line
        for line in set_markdown(quoted, width=width)
    ]
