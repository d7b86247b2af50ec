r"""The cells of a LaTeX environment, parted by ``&`` and ``\\``."""

from collections.abc import Sequence
from typing import Any

_Cell = list[Any]  # Any: pylatexenc has no types


def cells_of(nodes: Sequence[Any]) -> list[list[_Cell]]:
    """Return the rows of an environment, each of cells, each of pylatexenc's nodes.

    What follows the end of the last row is no row where nothing stands in it.
    """
    rows: list[list[_Cell]] = [[[]]]
    for node in nodes:
        if getattr(node, "macroname", "") == "\\":
            rows.append([[]])
        elif getattr(node, "specials_chars", "") == "&":
            rows[-1].append([])
        else:
            rows[-1][-1].append(node)
    if len(rows[-1]) == 1 and all(_is_blank(node) for node in rows[-1][0]):
        rows.pop()
    return rows


def _is_blank(node: Any) -> bool:
    return bool(getattr(node, "chars", "x").isspace())
