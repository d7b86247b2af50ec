"""A desk for trying a pack's folder: a memory of its own, which is thrown away."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from studytool.cli.home import opened_desk
from studytool.cli.output import errors_written, learner_language, write_note
from studytool.clock import MACHINE_CLOCK
from studytool.errors import StudytoolError
from studytool.language import Language, Phrase
from studytool.packs.digest import is_pack, refuse_folder
from studytool.settings import Settings, home_folder, load_settings, save_settings

if TYPE_CHECKING:
    from studytool.session.desk import Desk

    DeskOpener = Callable[[Language | None], AbstractContextManager[Desk]]

_ALONE = Phrase(
    ko="폴더는 하나만 공부해 볼 수 있습니다. 설치된 꾸러미나 다른 폴더 없이 {folder}만 쓰세요.",
    en="a folder is tried alone; name {folder} without other packs or folders",
)
_TRYING = Phrase(
    ko="{folder}: 시험 삼아 공부합니다. 기억은 남지 않습니다.",
    en="{folder} is tried: nothing of it is remembered.",
)
_MOST_NEW = 9999


def folder_to_try(packs: tuple[str, ...]) -> Path | None:
    """Return the folder among the names of packs; None where there is none.

    A name is a folder where it has a separator or a dot, and a ``pack.yaml`` in it.

    Raises:
        StudytoolError: other names stand beside it, or a folder is named that holds no pack.
    """
    paths = [name for name in packs if "/" in name or "." in name]
    for name in paths:
        refuse_folder(Path(name))
    folders = [name for name in paths if is_pack(Path(name))]
    if not folders:
        return None
    if len(packs) > 1:
        raise StudytoolError(_ALONE, folder=Path(folders[0]))
    return Path(folders[0])


def scratch_desks(folder: Path) -> "DeskOpener":
    """Return what opens a desk with one folder's pack alone."""

    @contextmanager
    def opened(language: Language | None = None) -> "Iterator[Desk]":
        from studytool.session.desk import Desk

        with errors_written(language), tempfile.TemporaryDirectory(prefix="studytool-") as scratch:
            chosen = language or learner_language()
            save_settings(
                Path(scratch), _unlimited(replace(load_settings(home_folder()), language=chosen))
            )
            desk = Desk.open(Path(scratch), MACHINE_CLOCK, only=folder)
            write_note(_TRYING.text(chosen, folder=folder))
            try:
                yield desk
            finally:
                desk.close()

    return opened


def _unlimited(settings: Settings) -> Settings:
    """Return the settings under which a pack is asked from its first item to its last."""
    return replace(settings, packs={}, new_per_day=_MOST_NEW, bury_siblings=False, gate_new=False)


def desks_for(packs: tuple[str, ...]) -> "tuple[DeskOpener, tuple[str, ...]]":
    """Return what opens the desk for some packs, and the ids that they have there.

    Raises:
        StudytoolError: a folder stands beside other names.
        PackError: the folder's pack cannot be read.
    """
    folder = folder_to_try(packs)
    if folder is None:
        return opened_desk, packs
    return scratch_desks(folder), ()
