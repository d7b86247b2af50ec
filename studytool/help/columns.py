"""Names and their descriptions in two columns, the second one wrapped."""

from collections.abc import Iterable, Iterator

from studytool.typeset.cells import cell_width, pad, wrap

_GAP = 2


def described(
    rows: Iterable[tuple[str, str]], *, width: int, column: int, indent: int = 0
) -> Iterator[str]:
    """Yield lines of at most ``width`` cells; a name too wide for its column has its own line.

    Args:
        rows: names and what is said of each.
        width: cells of a line.
        column: cells of the names, the gap included.
        indent: spaces before each line.

    >>> for line in described([("he", "its gain is two"), ("xavier", "one")], width=14, column=6):
    ...     print(line)
    he    its gain
          is two
    xavier
          one
    """
    margin = " " * indent
    for name, text in rows:
        first, *rest = wrap(text, max(8, width - indent - column)) or [""]
        if cell_width(name) > column - _GAP:
            yield margin + name
            rest = [first, *rest] if text else []
        else:
            yield (margin + pad(name, column) + first).rstrip()
        yield from (margin + " " * column + line for line in rest)
