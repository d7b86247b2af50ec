"""A file of items taken apart into the texts of its entries, each read by itself."""

import re
from collections.abc import Iterator

from studytool.packs.document import Document
from studytool.packs.yaml_reader import read_yaml

_ENTRY = re.compile(r"^-(?=\s)", re.MULTILINE)
_DOCUMENT = re.compile(r"^(?:---|\.\.\.|%)", re.MULTILINE)
"""What begins or ends a document, of which a file has one."""
_NOTHING = re.compile(r"(?:[ ]*(?:#[^\n]*)?\n)*")
"""Empty lines and comments, which may stand before the first entry."""


def entries_of(text: str) -> Iterator[tuple[int, str]]:
    r"""Return the entries of a list with the lines before each; a line of -1 where it is no such list.

    >>> list(entries_of("# two\n- a: 1\n- b: 2\n"))
    [(1, '- a: 1\n'), (2, '- b: 2\n')]
    """
    starts = [found.start() for found in _ENTRY.finditer(text)]
    is_one = starts and _NOTHING.fullmatch(text, 0, starts[0]) and not _DOCUMENT.search(text)
    if not is_one:
        yield -1, ""
        return
    line = text.count("\n", 0, starts[0])
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield line, text[start:end]
        line += text.count("\n", start, end)


def document_of(entry: str, name: str) -> Document | None:
    """Read an entry by itself; None where it has a problem, or is not one entry."""
    document, problems = read_yaml(entry, name)
    is_one = document is not None and isinstance(document.value, list) and len(document.value) == 1
    return document if is_one and not problems else None
