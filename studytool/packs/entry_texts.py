"""A file of items taken apart into the texts of its entries, each read by itself."""

import re
from typing import NamedTuple

from studytool.packs.document import Document
from studytool.packs.yaml_reader import read_yaml

_ENTRY = re.compile(r"^-(?=\s)", re.MULTILINE)
_DOCUMENT = re.compile(r"^(?:---|\.\.\.|%)", re.MULTILINE)
"""What begins or ends a document, of which a file has one."""
_NOTHING = re.compile(r"(?:[ ]*(?:#[^\n]*)?\n)*")
"""Empty lines and comments, which may stand before the first entry."""


class EntrySpan(NamedTuple):
    """Where the text of an entry begins and ends in its file, and how many lines are before it."""

    line: int
    start: int
    end: int


def entry_spans(text: str) -> list[EntrySpan] | None:
    r"""Return where the entries of a list stand; None where the text is no such list.

    >>> entry_spans("# two\n- a: 1\n- b: 2\n")
    [EntrySpan(line=1, start=6, end=13), EntrySpan(line=2, start=13, end=20)]
    """
    starts = [found.start() for found in _ENTRY.finditer(text)]
    is_one = starts and _NOTHING.fullmatch(text, 0, starts[0]) and not _DOCUMENT.search(text)
    if not is_one:
        return None
    line = text.count("\n", 0, starts[0])
    spans = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        spans.append(EntrySpan(line, start, end))
        line += text.count("\n", start, end)
    return spans


def document_of(entry: str, name: str) -> Document | None:
    """Read an entry by itself; None where it has a problem, or is not one entry."""
    document, problems = read_yaml(entry, name)
    is_one = document is not None and isinstance(document.value, list) and len(document.value) == 1
    return document if is_one and not problems else None
