"""What one flipped bit changed is put right by its seal, and what two changed is not guessed at."""

import struct
from collections.abc import Iterator

import pytest

from studytool.review_log.damage import DamagedName, mended_event, mended_name
from studytool.review_log.seals import event_seal, name_seal

CODE, NAME = 70, "심층/relu".encode()
SEAL = name_seal(CODE, NAME)
EVENT = (
    bytes(range(16)), 5, -5, 300, -70_000, -20_000_000, 1_700_000_000_000, 1 << 60, None, "0.25 또는 1/4", 0.5, -1e300,
)  # fmt: skip
WIDTHS = (1, 2, 3, 4, 6, 8)
"""Bytes of SQLite's whole numbers: the fewest that hold one."""


def _flipped(value: bytes) -> Iterator[bytes]:
    whole = int.from_bytes(value, "big")
    return ((whole ^ 1 << bit).to_bytes(len(value), "big") for bit in range(8 * len(value)))


def _harmed(value: object) -> Iterator[object]:
    """Return a value as it would be read after a flip of each bit that is stored of it."""
    match value:
        case bytes():
            yield from _flipped(value)
        case str():
            for one in _flipped(value.encode()):
                try:
                    yield one.decode()
                except UnicodeDecodeError:  # nothing reads that as a text
                    continue
        case float():
            yield from (struct.unpack(">d", one)[0] for one in _flipped(struct.pack(">d", value)))
        case int():
            width = next(n for n in WIDTHS if -(1 << 8 * n - 1) <= value < 1 << 8 * n - 1)
            stored = value.to_bytes(width, "big", signed=True)
            yield from (int.from_bytes(one, "big", signed=True) for one in _flipped(stored))
        case _:
            pass


@pytest.mark.parametrize("place", [n for n, one in enumerate(EVENT) if one is not None])
def test_each_bit_of_each_value_of_an_event(place: int) -> None:
    harmed = list(_harmed(EVENT[place]))
    assert len(harmed) >= 8
    for one in harmed:
        row = (*EVENT[:place], one, *EVENT[place + 1 :])
        assert mended_event(row, event_seal(EVENT)) == EVENT


def test_each_bit_of_a_seal() -> None:
    for bit in range(32):
        assert mended_event(EVENT, event_seal(EVENT) ^ 1 << bit) == EVENT
        assert mended_name(DamagedName(CODE, NAME, SEAL ^ 1 << bit)) == (CODE, NAME)


def test_each_bit_of_a_name_and_of_its_code() -> None:
    for name in _flipped(NAME):
        assert mended_name(DamagedName(CODE, name, SEAL)) == (CODE, NAME)
    for bit in range(32):
        assert mended_name(DamagedName(CODE ^ 1 << bit, NAME, SEAL)) == (CODE, NAME)


def test_a_name_that_is_known_from_elsewhere() -> None:
    assert mended_name(DamagedName(CODE, b"\xff\x00", SEAL), [b"other", NAME]) == (CODE, NAME)
    assert mended_name(DamagedName(CODE, b"\xff\x00", SEAL), [b"other"]) is None


def test_two_bits_are_no_guess() -> None:
    twice = bytes([NAME[0] ^ 1, NAME[1] ^ 4, *NAME[2:]])
    assert mended_name(DamagedName(CODE, twice, SEAL)) is None
    assert mended_name(DamagedName(CODE ^ 1, bytes([NAME[0] ^ 1, *NAME[1:]]), SEAL)) is None
    assert mended_name(DamagedName(CODE, NAME, SEAL ^ 3)) is None
    assert mended_event((*EVENT[:1], 6, 5, *EVENT[3:]), event_seal(EVENT)) is None
    assert mended_event(EVENT, event_seal(EVENT) ^ 5) is None


def test_without_a_seal_and_with_too_long_a_text_nothing_is_mended() -> None:
    assert mended_name(DamagedName(CODE, NAME, None)) is None
    assert mended_event(EVENT, None) is None
    for length, mends in ((299, True), (300, False)):
        name = b"a" * length
        harmed = DamagedName(CODE, b"c" + name[1:], name_seal(CODE, name))
        assert (mended_name(harmed) == (CODE, name)) is mends
        event = (bytes(16), "a" * (length - 16))
        row = (bytes(16), "c" + "a" * (length - 17))
        assert (mended_event(row, event_seal(event)) == event) is mends


def test_what_is_no_text_is_no_name() -> None:
    """Bytes that fit a seal by chance are no name where nothing can read them."""
    bad = b"\xff\xfe"
    assert mended_name(DamagedName(CODE, bad, name_seal(CODE, bad) ^ 1)) is None
    assert mended_name(DamagedName(CODE ^ 1, bad, name_seal(CODE, bad))) is None
    assert mended_name(DamagedName(CODE, b"\xff\xff", name_seal(CODE, bad))) is None
