"""Ids of events: UUIDs of version 7 that sort by time, also within a millisecond."""

import uuid

from hypothesis import given
from hypothesis import strategies as st

from studytool.review_log.events import new_id, next_id

MS = st.integers(0, 2**48 - 1)
RANDOM = st.binary(min_size=10, max_size=10)


def _random_bits(id_: bytes) -> int:
    """Return the 12 and 62 random bits as one number."""
    number = int.from_bytes(id_, "big")
    return (number >> 64 & 0xFFF) << 62 | number & (2**62 - 1)


@given(ms=MS, first=RANDOM, second=RANDOM)
def test_an_id_of_the_same_millisecond_is_a_random_step_behind_the_last(
    ms: int, first: bytes, second: bytes
) -> None:
    after = new_id(ms, first)
    made = next_id(ms, second, after=after)
    assert made > after
    assert uuid.UUID(bytes=made).version == 7
    if made != new_id(ms, second):  # the new one alone would have sorted before
        assert 1 <= _random_bits(made) - _random_bits(after) <= 2**32


@given(ms=MS, random=RANDOM)
def test_the_first_id_of_a_millisecond_is_random(ms: int, random: bytes) -> None:
    assert next_id(ms, random, after=None) == new_id(ms, random)
