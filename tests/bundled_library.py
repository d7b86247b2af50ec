"""The library that a first start makes, made once for all tests: to read the pack takes long."""

import tempfile
from functools import cache
from pathlib import Path

from studytool.bundled_pack import bundled_folders
from studytool.library.library import Library
from studytool.packs.reader import load_pack


def install_bundled_pack(home: Path) -> Path:
    """Put the library of the bundled packs into ``home``, unless it has one; return ``home``."""
    home.mkdir(parents=True, exist_ok=True)
    path = home / "library.db"
    if not path.exists():
        path.write_bytes(_library())
    return home


@cache
def _library() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.db"
        with Library.open(path) as library:
            for pack in bundled_folders().values():
                library.install(load_pack(pack), pack)
        return path.read_bytes()
