"""Ids of events: UUIDs of version 7, which sort by time."""

_LOW = (1 << 62) - 1


def new_id(ms: int, random: bytes) -> bytes:
    """Return a UUIDv7: 48 bits of milliseconds since 1970, then 74 random bits.

    Args:
        ms: 0 to 2⁴⁸ − 1.
        random: 10 bytes, of which the 6 bits of version and variant are replaced.

    Source: RFC 9562, section 5.7.

    >>> id_text(new_id(0x017F22E279B0, bytes.fromhex("0CC398C4DC0C0C07398F")))
    '017f22e2-79b0-7cc3-98c4-dc0c0c07398f'
    """
    filled = bytearray(ms.to_bytes(6, "big") + random)
    filled[6] = 0x70 | filled[6] & 0x0F
    filled[8] = 0x80 | filled[8] & 0x3F
    return bytes(filled)


def last_id(ms: int) -> bytes:
    """Return the id after which no other of that millisecond comes."""
    return new_id(ms, b"\xff" * 10)


def next_id(ms: int, random: bytes, *, after: bytes | None) -> bytes:
    """Return a UUIDv7 that sorts behind ``after``, the last one of its millisecond so far.

    The step is random, 1 to 2³²: two devices may each have the same last one.

    Source: RFC 9562, section 6.2, method 2.
    """
    made = new_id(ms, random)
    if after is None or made > after:
        return made
    number = int.from_bytes(after, "big")
    high, low = number >> 64 & 0xFFF, number & _LOW  # 12 and 62 random bits
    counted = (high << 62 | low) + 1 + int.from_bytes(random[-4:], "big")
    upper = ms << 16 | 0x7000 | counted >> 62
    return (upper << 64 | 0b10 << 62 | counted & _LOW).to_bytes(16, "big")


def id_text(id_: bytes) -> str:
    """Write an id of 16 bytes as text."""
    digits = id_.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def id_bytes(text: str) -> bytes:
    """Read what :func:`id_text` wrote."""
    return bytes.fromhex(text.replace("-", ""))
