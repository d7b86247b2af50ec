"""Units written without a sign between them, as ms⁻² and kgm² are: where each may begin."""

import re
from collections.abc import Iterator
from itertools import islice, product

from studytool.units.known import find_known

_RUN = re.compile(r"([^\W\d_⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_LONGEST_RUN, _LONGEST_SYMBOL = 8, 3
_MOST = 64


def part_units(text: str) -> Iterator[str]:
    """Yield the ways to part runs of letters into symbols, those with the longest first.

    >>> list(part_units("kms^-1"))
    ['km·s^-1']
    """
    pieces = _RUN.split(text)
    ways = [_part_run(piece) if at % 2 else [piece] for at, piece in enumerate(pieces)]
    yield from ("".join(way) for way in islice(product(*ways), _MOST))


def _part_run(run: str) -> list[str]:
    if len(run) > _LONGEST_RUN:
        return [run]
    ways = [] if find_known(run) is None or len(run) > _LONGEST_SYMBOL else [run]
    for length in range(_LONGEST_SYMBOL, 0, -1):
        if find_known(run[:length]) is not None:
            ways += [f"{run[:length]}·{rest}" for rest in _part_run(run[length:])]
    return ways
