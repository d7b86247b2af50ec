"""A table as lines of text, its columns lined up by the cells that a terminal shows."""

from collections.abc import Collection, Iterator, Sequence

from studytool.typeset.cells import cell_width

GAP = "  "


def table_lines(rows: Sequence[Sequence[str]], *, right: Collection[int] = ()) -> Iterator[str]:
    """Return each row as a line; the columns numbered in ``right`` are aligned to the right.

    >>> list(table_lines([("분산", "9"), ("he", "10")], right={1}))
    ['분산   9', 'he    10']
    """
    widths = [max(map(cell_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            _filled(text, width, to_the_right=number in right)
            for number, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield GAP.join(cells).rstrip()


def _filled(text: str, width: int, *, to_the_right: bool) -> str:
    spaces = " " * (width - cell_width(text))
    return spaces + text if to_the_right else text + spaces
