"""``studytool pack remove`` and ``pin``: a pack taken away, or kept from updates."""

from typing import TYPE_CHECKING

import click

from studytool.cli import declare
from studytool.cli.home import opened_desk
from studytool.cli.output import confirmed, learner_language, write_json, write_text
from studytool.errors import NotFoundError, PackError, StateError
from studytool.faults import Fault
from studytool.json_output import PackPinJson, PackRemoveJson
from studytool.language import Phrase
from studytool.settings import home_folder

if TYPE_CHECKING:
    from studytool.library.installing import LockedPack


def refuse_bundled(pack_id: str) -> None:
    """Refuse the pack that comes with the program.

    Raises:
        PackError: it is that one.
    """
    from studytool.bundled_pack import bundled_folders
    from studytool.wording.packs import BUNDLED

    if pack_id in bundled_folders():
        raise PackError(BUNDLED, id=pack_id)


def known_pack(pack_id: str) -> "LockedPack":
    """Return what the lock says of a pack that was added.

    Raises:
        NotFoundError: none of that id was; names the nearest.
        PackError: it comes with the program, or the lock has lost its row; says what to do.
        StateError: the lock cannot be read.
    """
    from studytool.library.installing import find_locked
    from studytool.wording.packs import NO_SOURCE

    refuse_bundled(pack_id)
    try:
        return find_locked(home_folder(), pack_id)
    except NotFoundError:
        if unlisted_version(pack_id) is None:
            raise
        raise PackError(NO_SOURCE, id=pack_id) from None


def unlisted_version(pack_id: str) -> str | None:
    """Return the version of a pack that was added and that the lock has no row of; None of others."""
    from studytool.library.installing import read_lock
    from studytool.library.library import Library
    from studytool.session.added_packs import unlisted

    home = home_folder()
    if not (home / "library.db").exists():
        return None
    with Library.open(home / "library.db") as library:
        packs = {pack.id: pack for pack in library.packs()}
    is_lost = pack_id in unlisted(home, packs.values(), read_lock(home))
    return packs[pack_id].version if is_lost else None


@declare.command(
    "pack remove",
    more=Phrase(
        ko="다시 설치하면 남은 기록에서 이어집니다.",
        en="Where it is added again, learning goes on from that history.",
    ),
)
@click.argument("pack", metavar="PACK")
@declare.option(
    "--yes", is_flag=True, about=Phrase("묻지 않고 지웁니다.", "Remove without asking.")
)
@declare.as_json
def remove_command(pack: str, *, yes: bool, as_json: bool) -> None:
    """Remove an installed PACK. What was reviewed of it stays, and goes on if it is added again."""
    from studytool.library.installing import remove_pack
    from studytool.wording.packs import REMOVE_QUESTION, REMOVED

    refuse_bundled(pack)
    home, language = home_folder(), learner_language()
    version = unlisted_version(pack) or known_pack(pack).version
    if not confirmed(REMOVE_QUESTION.text(language, id=pack), yes=yes):
        raise StateError(Fault.NOT_CONFIRMED)
    remove_pack(home, pack)
    with opened_desk():
        pass  # what the lock says no more leaves the library at each start
    if as_json:
        removed: PackRemoveJson = {"id": pack, "version": version}
        write_json(removed)
    else:
        write_text(REMOVED.text(language, id=pack))


@declare.command(
    "pack pin", more=Phrase(ko="pack update가 건너뜁니다.", en="pack update passes it over.")
)
@click.argument("pack", metavar="PACK")
@declare.option(
    "--off",
    is_flag=True,
    about=Phrase("다시 업데이트할 수 있게 합니다.", "Let it be updated again."),
)
@declare.as_json
def pin_command(pack: str, *, off: bool, as_json: bool) -> None:
    """Keep PACK as it is: pack update passes it over."""
    from studytool.library.installing import pin_pack
    from studytool.wording.packs import PIN, UNPIN

    known_pack(pack)
    changed = pin_pack(home_folder(), pack, is_pinned=not off)
    if as_json:
        pinned: PackPinJson = {"id": pack, "pinned": not off, "changed": changed}
        write_json(pinned)
    else:
        write_text((UNPIN if off else PIN).text(learner_language(), id=pack))
