"""The ways to write a key down: rounded in each way that is taught, plainly or as a power of ten."""

from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from studytool.packs.rounding import rounded_decimal
from studytool.quiz.key import NumberKey

ROUNDINGS = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)
FINER = 2
"""Digits beyond those asked that a learner may give too."""


def written_keys(key: NumberKey) -> Iterator[str]:
    """Write a key as it is printed, and rounded in each way to the digits shown, asked and finer."""
    units = ("",) if key.unit is None else ("", f" {key.unit}")
    texts = {key.text}
    for digits in {key.tolerance.shown, key.tolerance.asked}:
        for more in range(FINER + 1):
            finer = f"{int(digits[:-2]) + more}{digits[-2:]}"
            for mode in ROUNDINGS:
                texts |= _spellings(rounded_decimal(key.value, finer, mode))
    for text in sorted(texts):
        for unit in units:
            yield text + unit


def _spellings(number: Decimal) -> set[str]:
    plain = f"{number:f}"
    return {plain, plain.replace("-", "\N{MINUS SIGN}"), f"{number:e}".replace("e+", "e")}
