"""``studytool pack update``: what a newer version changes, shown before it is installed."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from studytool.cli import declare
from studytool.cli.output import confirmed, learner_language, write_json, write_note, write_text
from studytool.cli.pack_add import install, read_source_pack, refuse_other_key
from studytool.cli.pack_remove import known_pack
from studytool.errors import PackError, StateError
from studytool.faults import Fault
from studytool.json_output import PackUpdateJson
from studytool.language import Phrase
from studytool.printable import printable
from studytool.settings import home_folder

if TYPE_CHECKING:
    from studytool.library.installing import LockedPack
    from studytool.library.minisign import SigningKey
    from studytool.library.pack_changes import PackChanges
    from studytool.library.pack_tree import PackSource
    from studytool.library.reading_trees import ReadTree


@declare.command(
    "pack update",
    more=Phrase(
        ko="꾸러미가 온 곳이나 SOURCE에서 가져옵니다. 무엇이 바뀌고 그것이 내 기록에 무슨 "
        "일을 하는지 보여 준 뒤에 물어봅니다. git에서 온 것은 그 커밋에 머무르므로 새 "
        "커밋을 SOURCE로 쓰세요.",
        en="It comes from where PACK came, or from SOURCE. What changes, and what that does "
        "to your progress, is shown before you are asked. A git source stays at its "
        "commit: name the new one as SOURCE.",
    ),
)
@click.argument("pack", metavar="PACK")
@click.argument("source", metavar="[SOURCE]", required=False)
@declare.option(
    "--key",
    metavar="KEY",
    about=Phrase(
        "이 키의 주인이 서명했는지 확인하고 기억합니다. 이미 기억한 키가 있으면 쓰지 않아도 됩니다.",
        "Check that the owner of this key signed it, and remember the key; one that is "
        "remembered need not be named.",
    ),
)
@declare.option(
    "--yes", is_flag=True, about=Phrase("묻지 않고 업데이트합니다.", "Update without asking.")
)
@declare.of_any_size
@declare.as_json
def update_command(
    pack: str, source: str | None, *, key: str | None, yes: bool, large: bool, as_json: bool
) -> None:
    """Bring PACK up to date from where it came, or from SOURCE."""
    from studytool.library.pack_changes import pack_changes
    from studytool.library.pack_tree import read_source_name
    from studytool.wording.packs import ALREADY, PINNED, UPDATE_QUESTION, UPDATED, update_text

    language = learner_language()
    known = known_pack(pack)
    if known.is_pinned:
        raise PackError(PINNED, id=pack)
    origin = known.source if source is None else read_source_name(source)
    read = read_source_pack(origin, language, _key(known, key), large=large)
    _refuse_other(known, read, origin)
    before = _installed(known)
    changes = pack_changes(before.pack, read.pack)
    versions = (known.version, read.pack.manifest.version)
    is_signed = read.signed is not None and not known.key
    is_new = read.pack.digest != known.digest or is_signed
    if is_new:
        write_note(update_text(pack, versions, changes, language))
        if not confirmed(UPDATE_QUESTION.text(language), yes=yes):
            raise StateError(Fault.NOT_CONFIRMED)
        install(read, origin)
    if as_json:
        write_json(_as_json(pack, versions, changes, updated=is_new))
    else:
        write_text((UPDATED if is_new else ALREADY).text(language, id=pack, version=versions[1]))


def _key(known: "LockedPack", named: str | None) -> "SigningKey | None":
    """Return the key that must have signed the update: the one that is remembered, or named.

    Raises:
        PackError: the two differ, or what was named is no key.
    """
    from studytool.library.minisign import read_signing_key

    if named is not None:
        key = read_signing_key(named)
        refuse_other_key(known, key)
        return key
    return read_signing_key(known.key) if known.key else None


def _installed(known: "LockedPack") -> "ReadTree":
    """Read the version that is installed.

    Raises:
        PackError: its files were changed or are gone.
    """
    from studytool.library.pack_tree import read_folder
    from studytool.library.reading_trees import read_tree

    folder: Path = known.folder(home_folder())
    return read_tree(read_folder(folder), folder, large=True)  # it was let in


def _refuse_other(known: "LockedPack", read: "ReadTree", source: "PackSource") -> None:
    from studytool.wording.packs import OTHER_ID

    if read.pack.id != known.id:
        raise PackError(OTHER_ID, source=printable(str(source)), found=read.pack.id, id=known.id)


def _as_json(
    pack: str, versions: tuple[str, str], changes: "PackChanges", *, updated: bool
) -> PackUpdateJson:
    return {
        "id": pack,
        "before": versions[0],
        "after": versions[1],
        "updated": updated,
        "new": list(changes.new),
        "reworded": list(changes.reworded),
        "rekeyed": list(changes.rekeyed),
        "renamed": [{"old": old, "new": new} for old, new in changes.renamed],
        "removed": list(changes.removed),
    }
