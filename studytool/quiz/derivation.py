"""Derive numbers from names: the same for ever, on every machine and with every library.

A variant must come out the same years later, so nothing here uses a library's random stream: each
number is cut from the SHA-256 of what it is for.
"""

import hashlib


def derive_fraction(*name: object) -> float:
    """Return a number in [0, 1) that belongs to ``name``: 53 bits of its SHA-256.

    >>> derive_fraction("deep-learning-notes/xavier-variance", 1, "fan_in")
    0.9746291479257274
    """
    digest = hashlib.sha256("\0".join(map(str, name)).encode()).digest()
    return (int.from_bytes(digest[:8], "big") >> 11) / 2**53


def derive_order(count: int, *name: object) -> list[int]:
    """Return the numbers 0 … count−1 in an order that belongs to ``name``."""
    return sorted(range(count), key=lambda index: derive_fraction(*name, index))
