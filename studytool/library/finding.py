"""From ``pack/slug`` on the command line to the item, without the learner's state.

An installed pack is looked up in the library; the bundled pack is always there; a path to a pack's
folder works too: ``./my-pack/slug``.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studytool.bundled_pack import BUNDLED_PACK, bundled_pack_folder
from studytool.errors import NotFoundError, PackError
from studytool.language import LANGUAGES, Language, Phrase
from studytool.settings import home_folder, load_settings

if TYPE_CHECKING:
    from studytool.packs.models import Item, Pack

_NO_ITEM = Phrase(
    ko="'{name}': 문항 이름이 아닙니다. pack/slug처럼 쓰세요. 예: {example}",
    en="'{name}' names no item: write pack/slug, like {example}",
)


@dataclass(frozen=True, slots=True)
class FoundItem:
    """An item and the id of its pack."""

    item: "Item"
    pack_id: str


def find_item(name: str) -> FoundItem:
    """Find an item by ``pack/slug`` or ``PATH/slug``.

    Raises:
        NotFoundError: no such pack or item; names the nearest.
        PackError: the pack cannot be read.
    """
    pack_name, slash, slug = name.rpartition("/")
    if not slash:
        raise PackError(_NO_ITEM, name=name, example=f"{BUNDLED_PACK}/{name}")
    pack = find_pack(pack_name)
    for item in pack.items:
        if item.id == slug:
            return FoundItem(item, pack.id)
    known = [f"{pack_name}/{item.id}" for item in pack.items]
    remedy = Phrase(
        ko=f"이 꾸러미에는 문항이 {len(known)}개 있습니다.", en=f"it has {len(known)} items"
    )
    raise NotFoundError("item", name, known, remedy=remedy)


def find_pack(name: str) -> "Pack":
    """Read a pack by its id or its folder.

    Raises:
        NotFoundError: no such pack.
        PackError: it cannot be read.
    """
    from studytool.packs.reader import load_pack

    return load_pack(pack_folder(name))


def pack_folder(name: str) -> Path:
    """Return the folder of an installed pack, of the bundled one, or the folder named.

    Raises:
        NotFoundError: none of them; names the nearest id.
    """
    installed = {**_installed_folders(), BUNDLED_PACK: bundled_pack_folder()}
    if name in installed:
        return installed[name]
    if (Path(name) / "pack.yaml").is_file():
        return Path(name)
    names = ", ".join(installed)
    remedy = Phrase(
        ko=f"설치된 꾸러미({names})나 pack.yaml이 있는 폴더를 쓰세요.",
        en=f"give one of {names} or a folder with a pack.yaml",
    )
    raise NotFoundError("pack", name, list(installed), remedy=remedy)


def _installed_folders() -> dict[str, Path]:
    path = home_folder() / "library.db"
    if not path.exists():
        return {}
    from studytool.library.library import Library

    library = Library.open(path)
    try:
        return {pack.id: pack.folder for pack in library.packs()}
    finally:
        library.close()


def chosen_language(given: str | None) -> Language:
    """Return the language of ``--lang``, else the learner's."""
    for language in LANGUAGES:
        if given == language:
            return language
    return load_settings(home_folder()).language
