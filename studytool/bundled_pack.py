"""The bundled packs: where they are, and by which digests this release knows those that it shipped.

Nothing names a pack in the code: :data:`SEAL` lists them, in the order in which they are installed.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

SEAL = Path(__file__).with_name("bundled_pack.sha256")
"""Holds the digest of each bundled pack with its evidence, as sha256sum writes them."""


@cache
def bundled_folders() -> Mapping[str, Path]:
    """Return the folders of the bundled packs by their ids, in the order of the seal."""
    package = Path(__file__).parent
    installed = package / "bundled"
    folder = installed if installed.is_dir() else package.parent / "content"
    return {pack_id: folder / pack_id for pack_id in _sealed()}


def bundled_pack_folder() -> Path:
    """Return the folder of the first bundled pack, which ``verify`` tries where none is named."""
    return next(iter(bundled_folders().values()))


def is_bundled_folder(folder: Path | None) -> bool:
    """Tell whether a folder is one of the bundled packs', and so no stranger's."""
    return folder in bundled_folders().values()


def sealed_digests() -> frozenset[str]:
    """Return the digests of the packs that this release tried and shipped.

    A pack with any other digest was edited since, and its evidence is the author's word alone.
    """
    return frozenset(_sealed().values())


@cache
def _sealed() -> Mapping[str, str]:
    """Return the digest of each pack by its id."""
    lines = (line.split() for line in SEAL.read_text("ascii").splitlines())
    return {pack_id: digest for digest, pack_id in lines}
