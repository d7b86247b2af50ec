"""``studytool pack remove`` and ``pin``: a pack taken away, or kept from updates."""

import click

from studytool.cli import declare
from studytool.cli.home import opened_desk
from studytool.cli.output import confirmed, learner_language, write_json, write_text
from studytool.errors import PackError, StateError
from studytool.faults import Fault
from studytool.json_output import PackPinJson, PackRemoveJson
from studytool.language import Phrase
from studytool.settings import home_folder


def refuse_bundled(pack_id: str) -> None:
    """Refuse the pack that comes with the program.

    Raises:
        PackError: it is that one.
    """
    from studytool.bundled_pack import bundled_folders
    from studytool.wording.packs import BUNDLED

    if pack_id in bundled_folders():
        raise PackError(BUNDLED, id=pack_id)


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
    from studytool.library.installing import find_locked, remove_pack
    from studytool.wording.packs import REMOVE_QUESTION, REMOVED

    refuse_bundled(pack)
    home, language = home_folder(), learner_language()
    gone = find_locked(home, pack)
    if not confirmed(REMOVE_QUESTION.text(language, id=pack), yes=yes):
        raise StateError(Fault.NOT_CONFIRMED)
    remove_pack(home, pack)
    with opened_desk():
        pass  # what the lock says no more leaves the library at each start
    if as_json:
        removed: PackRemoveJson = {"id": pack, "version": gone.version}
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
    from studytool.library.installing import find_locked, pin_pack
    from studytool.wording.packs import PIN, UNPIN

    refuse_bundled(pack)
    find_locked(home_folder(), pack)
    changed = pin_pack(home_folder(), pack, is_pinned=not off)
    if as_json:
        pinned: PackPinJson = {"id": pack, "pinned": not off, "changed": changed}
        write_json(pinned)
    else:
        write_text((UNPIN if off else PIN).text(learner_language(), id=pack))
