"""Units written without a sign between them, as ms⁻² and kgm² are: where each may begin."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product

from studytool.units.known import find_known

_RUN = re.compile(r"([^\W\d_⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_LONGEST, _LONGEST_RUN, _LONGEST_SYMBOL = 32, 8, 3
"""Characters of what may be a unit, of its letters in a row, and of one symbol."""
_MOST = 64


def part_units(text: str) -> Iterator[str]:
    """Yield the ways to part runs of letters into symbols, those with the longest first.

    >>> list(part_units("kms^-1"))
    ['km·s^-1']
    """
    if len(text) > _LONGEST:
        return
    pieces = _RUN.split(text)
    ways: list[tuple[str, ...]] = []
    for at, piece in enumerate(pieces):
        ways.append(_part_run(piece) if at % 2 else (piece,))
        if not ways[-1]:
            return  # the whole has no way either
    yield from ("".join(way) for way in islice(product(*ways), _MOST))


@lru_cache(maxsize=256)
def _part_run(run: str) -> tuple[str, ...]:
    if len(run) > _LONGEST_RUN:
        return (run,)
    ways = [] if find_known(run) is None or len(run) > _LONGEST_SYMBOL else [run]
    for length in range(_LONGEST_SYMBOL, 0, -1):
        if find_known(run[:length]) is not None:
            ways += [f"{run[:length]}·{rest}" for rest in _part_run(run[length:])]
    return tuple(ways)
