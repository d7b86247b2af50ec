"""Ids of events: UUIDs of version 7 that sort by time, also within a millisecond."""

import uuid

from hypothesis import given
from hypothesis import strategies as st

from studytool.review_log.event_ids import new_id, next_id

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


def test_the_step_is_counted_from_one_by_the_last_four_random_bytes() -> None:
    after = new_id(1, bytes(10))
    for last, step in ((bytes(4), 1), (b"\0\0\0\5", 6), (b"\xff" * 4, 2**32)):
        made = next_id(1, b"\0" * 6 + last, after=after)
        if made != new_id(1, b"\0" * 6 + last):
            assert _random_bits(made) - _random_bits(after) == step
    assert _random_bits(next_id(1, bytes(10), after=after)) == 1  # the same random bits again


def test_a_step_over_the_low_bits_is_carried_into_the_high_ones() -> None:
    after = new_id(7, b"\xff" * 10)
    low = uuid.UUID(bytes=after).int & (2**62 - 1)
    assert low == 2**62 - 1
    before_last = new_id(7, b"\x12\x34" + b"\xff" * 8)
    made = next_id(7, bytes(10), after=before_last)
    assert made > before_last
    assert uuid.UUID(bytes=made).variant == uuid.RFC_4122
    assert _random_bits(made) == _random_bits(before_last) + 1


@given(ms=MS, random=RANDOM)
def test_the_first_id_of_a_millisecond_is_random(ms: int, random: bytes) -> None:
    assert next_id(ms, random, after=None) == new_id(ms, random)
