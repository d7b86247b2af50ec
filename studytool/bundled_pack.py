"""The bundled pack: where it is, and by which digest this release knows the one that it shipped."""

from functools import cache
from pathlib import Path

BUNDLED_PACK = "deep-learning-notes"
SEAL = Path(__file__).with_name("bundled_pack.sha256")
"""Holds the digest of the bundled pack with its evidence, as sha256sum writes one."""


def bundled_pack_folder() -> Path:
    """Return the folder of the bundled pack."""
    package = Path(__file__).parent
    installed = package / "bundled" / BUNDLED_PACK
    return installed if installed.is_dir() else package.parent / "content" / BUNDLED_PACK


@cache
def sealed_digest() -> str:
    """Return the digest of the pack that this release tried and shipped.

    A pack with any other digest was edited since, and its evidence is the author's word alone.
    """
    return SEAL.read_text("ascii").split()[0]
