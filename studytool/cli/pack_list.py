"""``studytool pack list``: the installed packs, and where they come from."""

from studytool.cli import declare
from studytool.cli.home import desk_to_read
from studytool.cli.output import write_json, write_text
from studytool.json_output import InstalledPackJson, PackListJson
from studytool.language import Language, Phrase
from studytool.printable import printable
from studytool.settings import home_folder


@declare.command("pack list")
@declare.as_json
def list_command(*, as_json: bool) -> None:
    """List the installed packs: version, items, source, who signed it, and whether it is pinned."""
    from studytool.library.installing import is_whole, read_lock
    from studytool.session.added_packs import unlisted

    with desk_to_read() as desk:
        packs = {pack.id: pack for pack in desk.library.packs()}
        language = desk.settings.language
    home = home_folder()
    locked = read_lock(home)
    lost = unlisted(home, packs.values(), locked)
    rows: list[InstalledPackJson] = []
    for id_ in sorted(packs.keys() | locked.keys()):
        pack, lock = packs.get(id_), locked.get(id_)
        rows.append(
            {
                "id": id_,
                "version": lock.version if lock is not None else pack.version if pack else "",
                "title": pack.title[language] if pack else id_,
                "items": pack.items if pack else 0,
                "source": None if lock is None else str(lock.source),
                "bundled": lock is None and id_ not in lost,
                "signed_by": None if lock is None else lock.key or None,
                "digest": f"sha256-tree:{lock.digest if lock else pack.digest if pack else ''}",
                "pinned": lock is not None and lock.is_pinned,
                "whole": lock is None or is_whole(home, lock),
            }
        )
    if as_json:
        listed: PackListJson = {"packs": rows}
        write_json(listed)
    else:
        write_text(_as_text(rows, language))


def _as_text(rows: list[InstalledPackJson], language: Language) -> str:
    from studytool.library.minisign import signer
    from studytool.wording.packs import FROM_PROGRAM, UNLISTED, pack_row_text

    def source(row: InstalledPackJson) -> str | Phrase:
        if row["source"] is not None:
            return printable(row["source"])
        return FROM_PROGRAM if row["bundled"] else UNLISTED

    return "\n".join(
        pack_row_text(
            id_=row["id"],
            version=row["version"],
            title=row["title"],
            items=row["items"],
            source=source(row),
            signer=signer(row["signed_by"] or ""),
            is_pinned=row["pinned"],
            is_changed=not row["whole"],
            language=language,
        )
        for row in rows
    )
