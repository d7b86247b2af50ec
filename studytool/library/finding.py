"""Finding of items, packs and experiments by the names that people type, without the learner's log.

An item is ``pack/slug``, ``PATH/slug`` for a pack's folder, or the slug alone where one pack has
it. A pack is installed, a bundled one, or a folder. An experiment is the core's, or a pack's by ``pack/id``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studytool.bundled_pack import bundled_folders, is_bundled_folder
from studytool.errors import NotFoundError
from studytool.language import LANGUAGES, Language, Phrase
from studytool.library.item_names import full_item_name
from studytool.packs.digest import refuse_folder
from studytool.packs.evidence import KeptEvidence, KeptFinding, read_evidence
from studytool.settings import home_folder, load_settings
from studytool.settings.home import PACKS_FOLDER

if TYPE_CHECKING:
    from studytool.library.library import InstalledPack, Library
    from studytool.numerics.experiment import Experiment
    from studytool.packs.claims import Claim
    from studytool.packs.items import Item
    from studytool.packs.manifest import Manifest
    from studytool.packs.pack import Pack


_PACK_OR_FOLDER = Phrase(
    ko="설치된 꾸러미: {names}. pack.yaml이 있는 폴더도 쓸 수 있습니다.",
    en="Installed: {names}. A folder with a pack.yaml will do too.",
)


@dataclass(frozen=True, slots=True)
class ReadPack:
    """A pack that was read from its folder, with what its evidence.lock says."""

    pack: "Pack"
    kept: KeptEvidence
    folder: Path

    @classmethod
    def of(cls, folder: Path, *, large: bool = False) -> "ReadPack":
        """Read a folder, with ``large`` one that has more in it than a pack may have, or raise PackError."""
        from studytool.packs.folder import LARGE, ORDINARY
        from studytool.packs.reader import load_pack

        pack = load_pack(folder, LARGE if large else ORDINARY)
        return cls(pack, read_evidence(folder), folder)

    @property
    def is_installed(self) -> bool:
        """Return whether this very pack is installed, or a bundled one."""
        if is_bundled_folder(self.folder):
            return True
        return self.pack.digest in {pack.digest for pack in _installed_packs()}

    def claim(self, pack_id: str, claim_id: str) -> "Claim":
        """Return a claim of the pack, or raise NotFoundError."""
        for claim in self.pack.claims:
            if (self.pack.id, claim.id) == (pack_id, claim_id):
                return claim
        raise NotFoundError("claim", claim_id, [claim.id for claim in self.pack.claims])

    def manifest(self, pack_id: str) -> "Manifest":  # noqa: ARG002 - it has one
        """Return the pack's manifest."""
        return self.pack.manifest

    def digest(self, pack_id: str) -> str:  # noqa: ARG002 - it has one
        """Return the digest of the pack's files."""
        return self.pack.digest

    def evidence(self, item_id: str) -> KeptFinding | None:
        """Return what the pack's evidence.lock says of an item's key."""
        return self.kept.keys.get(item_id.rpartition("/")[2])

    def claim_evidence(self, pack_id: str, claim_id: str) -> KeptFinding | None:  # noqa: ARG002 - it has one
        """Return what the pack's evidence.lock says of a claim."""
        return self.kept.claims.get(claim_id)


@dataclass(frozen=True, slots=True)
class FoundItem:
    """An item and its pack."""

    item: "Item"
    read: ReadPack

    @property
    def pack_id(self) -> str:
        """Return the id of its pack."""
        return self.read.pack.id

    @property
    def claims(self) -> "list[Claim]":
        """Return the claims that the item names."""
        return [self.read.claim(self.pack_id, name) for name in self.item.claims]


def find_item(name: str, *, large: bool = False) -> FoundItem:
    """Find an item by ``pack/slug``, by ``PATH/slug``, or by a slug that one pack alone has.

    Raises:
        NotFoundError: no such pack or item; names the nearest.
        PackError: the pack cannot be read, or several packs have the slug.
    """
    if "/" not in name:
        name = full_item_name(name, _item_names())
    pack_name, _, slug = name.rpartition("/")
    read = ReadPack.of(pack_folder(pack_name), large=large)
    for item in read.pack.items:
        if item.id == slug:
            return FoundItem(item, read)
    known = [f"{pack_name}/{item.id}" for item in read.pack.items]
    raise NotFoundError("item", name, known)


def find_pack_or_item(name: str, *, large: bool = False) -> Path | FoundItem:
    """Find a pack's folder by its id or path, else an item as :func:`find_item` does.

    Raises:
        NotFoundError: neither; names the nearest.
        PackError: the item's pack cannot be read, or several packs have the slug; or a folder is
            named that holds no pack.
    """
    try:
        return pack_folder(name)
    except NotFoundError:
        head, slash, _ = name.rpartition("/")
        if slash and _is_pack(head):
            return find_item(name, large=large)
        if slash:
            refuse_folder(Path(name))
            raise
    names = _item_names()
    slugs = [item.rpartition("/")[2] for item in names]
    if name not in slugs:
        refuse_folder(Path(name))
        packs = [item.partition("/")[0] for item in names]
        raise NotFoundError("pack or item", name, [*dict.fromkeys(packs), *slugs])
    return find_item(full_item_name(name, names), large=large)


def _is_pack(name: str) -> bool:
    try:
        pack_folder(name)
    except NotFoundError:
        return False
    return True


def find_pack(name: str) -> "Pack":
    """Read a pack by its id or its folder.

    Raises:
        NotFoundError: no such pack.
        PackError: it cannot be read.
    """
    from studytool.packs.folder import LARGE, ORDINARY
    from studytool.packs.reader import load_pack

    folder = pack_folder(name)
    is_let_in = home_folder() / PACKS_FOLDER in folder.parents  # by who added it
    return load_pack(folder, LARGE if is_let_in else ORDINARY)


def pack_folder(name: str) -> Path:
    """Return the folder of an installed pack, of a bundled one, or the folder named.

    A NotFoundError names the nearest id.
    """
    installed = {**{one.id: one.folder for one in _installed_packs()}, **bundled_folders()}
    if name in installed:
        return installed[name]
    if (Path(name) / "pack.yaml").is_file():
        return Path(name)
    remedy = _PACK_OR_FOLDER.of(names=", ".join(installed))
    raise NotFoundError("pack", name, list(installed), remedy=remedy)


def _item_names() -> list[str]:
    """Return the items of all installed packs and of the bundled ones."""
    names: list[str] = []
    with home_library() as library:
        if library is not None:
            names = [one.item for pack in library.packs() for one in library.listed(pack.id)]
    installed = {name.partition("/")[0] for name in names}
    for pack_id in bundled_folders():
        if pack_id not in installed:
            names += [f"{pack_id}/{item.id}" for item in find_pack(pack_id).items]
    return names


def _installed_packs() -> "list[InstalledPack]":
    with home_library() as library:
        return [] if library is None else library.packs()


@contextmanager
def home_library() -> "Iterator[Library | None]":
    """Open the learner's library; None where nothing was ever installed."""
    path = home_folder() / "library.db"
    if not path.exists():
        yield None
        return
    from studytool.library.library import Library

    with Library.open(path) as library:
        yield library


def chosen_language(given: str | None) -> Language:
    """Return the language of ``--lang``, else the learner's."""
    for language in LANGUAGES:
        if given == language:
            return language
    return load_settings(home_folder()).language


def own_experiments(library: "Library", language: Language) -> "list[Experiment[Any]]":
    """Return the experiments of the installed packs, by their names."""
    rows = library.experiments()
    if not rows:
        return []
    from studytool.packs.own_experiments import made_experiment  # late: most packs have none

    return [made_experiment(name, given, language) for name, given in rows]


def installed_experiments(language: Language) -> "list[Experiment[Any]]":
    """Return the experiments of the packs that are installed at home; none where nothing is."""
    with home_library() as library:
        return [] if library is None else own_experiments(library, language)


def own_or_core_experiment(name: str, library: "Library", language: Language) -> "Experiment[Any]":
    """Find an experiment of the core or of an installed pack, by its full name.

    A NotFoundError names the nearest of the core.
    """
    from studytool.numerics.registry import find_experiment

    found = (one for one in own_experiments(library, language) if one.name == name)
    return next(found, None) or find_experiment(name)


def named_experiment(name: str, language: Language) -> "Experiment[Any]":
    """Find an experiment of the core, or of a pack: ``pack/id``, or ``PATH/id`` of its folder.

    Raises:
        NotFoundError: there is none; names the nearest.
        PackError: the pack cannot be read.
    """
    from studytool.numerics.registry import EXPERIMENTS, find_experiment
    from studytool.packs.own_experiments import made_experiment

    if name in EXPERIMENTS:
        return find_experiment(name)
    head, slash, id_ = name.rpartition("/")
    if not slash:
        own = [one.name for one in installed_experiments(language)]
        raise NotFoundError("experiment", name, [*EXPERIMENTS, *own])
    pack = find_pack(head)
    for one in pack.experiments:
        if one.id == id_:
            return made_experiment(f"{pack.id}/{id_}", one, language)
    raise NotFoundError("experiment", name, [f"{head}/{one.id}" for one in pack.experiments])
