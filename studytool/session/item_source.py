"""Where an item stands in its pack's files."""

import re
from pathlib import Path

from studytool.library.library import Library
from studytool.packs.diagnostics import Place


def item_source(library: Library, item: str) -> tuple[Path, Place]:
    """Return the folder of an item's pack, and where its ``id`` stands; the manifest where nowhere.

    The files are only looked through: they may have changed since the pack was installed.
    """
    pack_id, _, slug = item.partition("/")
    folder = next(pack.folder for pack in library.packs() if pack.id == pack_id)
    stands = re.compile(rf"- +\{{? *(id): *['\"]?{re.escape(slug)}['\"]? *(?:[,}}#].*)?$")
    for path in sorted((folder / "items").glob("*.yaml")):
        with path.open(encoding="utf-8", errors="replace") as lines:
            for number, line in enumerate(lines, start=1):
                if found := stands.match(line.rstrip("\n")):
                    return folder, Place(f"items/{path.name}", number, found.start(1) + 1)
    return folder, Place("pack.yaml", 1, 1)
