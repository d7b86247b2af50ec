"""Large shapes that differ, in everything that takes several operands: a value or a reason, within the memory."""

import tracemalloc

import pytest

from studytool.formula.limits import MAX_ALIVE_BYTES
from studytool.numerics.streams import stream
from tests.formula import fuzz


@pytest.mark.parametrize(("inputs", "largest", "limit"), [
    (100, 2_000, MAX_ALIVE_BYTES // 8),  # of numbers that need an eighth of the memory at most
    pytest.param(300, 4_000_000, MAX_ALIVE_BYTES * 9 // 8, marks=pytest.mark.slow),
    pytest.param(20_000, 4_000_000, MAX_ALIVE_BYTES * 9 // 8, marks=pytest.mark.long),
])  # fmt: skip
def test_mismatched_shapes_stay_within_the_memory(inputs: int, largest: int, limit: int) -> None:
    rng = stream("mismatched shapes", largest)
    tracemalloc.start()
    try:
        values = sum(fuzz.try_input(fuzz.make_mismatched(rng, largest), rng) for _ in range(inputs))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak <= limit
    assert inputs // 20 <= values < inputs  # control: some fit, and some do not
