"""``studytool pack add``: another's pack shown, tried if wished, and installed."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from studytool.cli import declare
from studytool.cli.home import opened_desk
from studytool.cli.long_work import cancellable
from studytool.cli.output import (
    confirmed,
    learner_language,
    show_progress,
    write_json,
    write_note,
    write_text,
)
from studytool.clock import MACHINE_CLOCK
from studytool.errors import PackError, StateError
from studytool.faults import Fault
from studytool.json_output import PackAddJson
from studytool.language import Language, Phrase
from studytool.printable import printable
from studytool.settings import home_folder
from studytool.wording.progress import WORK_CANCELLED

if TYPE_CHECKING:
    from studytool.library.installing import LockedPack
    from studytool.library.minisign import SigningKey
    from studytool.library.pack_tree import PackSource
    from studytool.library.reading_trees import ReadTree
    from studytool.verification.evidence import PackEvidence


@declare.command(
    "pack add",
    more=Phrase(
        ko="SOURCE는 폴더, zip 파일, 또는 URL@COMMIT(커밋의 40자리)입니다. 저장소의 폴더에 "
        "있으면 URL@COMMIT:FOLDER로 씁니다. 꾸러미 안의 것은 아무것도 실행되지 않습니다. "
        "무엇이고 누가 만들었으며 무엇이 증명되지 않았는지 보여 주고 나서 물어봅니다.\n\n"
        "--key는 minisign의 공개 키나 그 .pub 파일입니다. zip 옆의 서명 FILE.zip.minisig를 "
        "확인하고, 업데이트도 같은 키로 서명되어야 합니다.",
        en="SOURCE is a folder, a zip file, or URL@COMMIT with the commit's 40 digits; "
        "URL@COMMIT:FOLDER for a pack in a folder of a repository. Nothing in a pack can "
        "run. What it is, who made it and what nobody has proven of it is shown before you "
        "are asked.\n\n"
        "--key is a public key of minisign, or its .pub file: the signature beside the zip, "
        "FILE.zip.minisig, is checked, and updates must be signed by the same key.",
    ),
)
@click.argument("source", metavar="SOURCE")
@declare.option(
    "--verify",
    is_flag=True,
    about=Phrase(
        "주장과 정답을 먼저 시험합니다. Ctrl-C로 멈춥니다.",
        "Try its claims and keys first; Ctrl-C ends it.",
    ),
)
@declare.option(
    "--key",
    metavar="KEY",
    about=Phrase(
        "이 키의 주인이 서명한 zip만 설치합니다(studytool[sign]).",
        "Install only what the owner of this key signed (studytool[sign]).",
    ),
)
@declare.option(
    "--yes", is_flag=True, about=Phrase("묻지 않고 설치합니다.", "Install without asking.")
)
@declare.of_any_size
@declare.as_json
def add_command(
    source: str, *, verify: bool, key: str | None, yes: bool, large: bool, as_json: bool
) -> None:
    """Install the pack in SOURCE: a folder, a zip file, or a git repository at a commit."""
    from studytool.library.minisign import read_signing_key
    from studytool.library.pack_tree import read_source_name

    language = learner_language()
    found = read_source_name(source)
    read = read_source_pack(
        found, language, None if key is None else read_signing_key(key), large=large
    )
    is_there = _is_installed(read)
    evidence = None
    if not is_there:
        evidence = _try(read, language) if verify else None
        _ask(read, found, evidence, language, yes=yes)
        install(read, found)
        _keep(read, evidence)
    if as_json:
        write_json(_as_json(read, found, evidence, added=not is_there))
        return
    from studytool.wording.packs import ADDED, ALREADY

    version = read.pack.manifest.version
    phrase = ALREADY if is_there else ADDED
    write_text(phrase.text(language, id=read.pack.id, version=version))


def read_source_pack(
    source: "PackSource",
    language: Language,
    key: "SigningKey | None" = None,
    *,
    large: bool = False,
) -> "ReadTree":
    """Read the pack in a source; Ctrl-C ends that.

    Args:
        source: where it is.
        language: of the learner.
        key: of who must have signed it; None where nobody must.
        large: whether to read one that has more in it than one may have.

    Raises:
        PackError: it is no sound pack, a bundled one, or not signed by that key.
    """
    from studytool.bundled_pack import bundled_folders
    from studytool.library.entry_names import name_problem
    from studytool.library.pack_tree import refused
    from studytool.library.reading_trees import read_files, read_signed, read_tree
    from studytool.wording.packs import BUNDLED

    with cancellable(language, WORK_CANCELLED) as interrupts:
        files, signed = (
            (read_files(source, interrupts.came), None) if key is None else read_signed(source, key)
        )
        interrupts.check()
        read = read_tree(files, source, signed, large=large)
        interrupts.check()
    if (why := name_problem(f"{read.pack.id}/pack.yaml")) is not None:  # its folder has its name
        raise refused(source, why, read.pack.id)
    if read.pack.id in bundled_folders():
        raise PackError(BUNDLED, id=read.pack.id)
    return read


def install(read: "ReadTree", source: "PackSource", *, is_pinned: bool = False) -> None:
    """Install a pack's files, and make it known to the library and the log."""
    from studytool.library.installing import LockedPack, keep_pack
    from studytool.library.library import Library
    from studytool.srs.memory import to_ms

    pack = read.pack
    key = "" if read.signed is None else str(read.signed.key)
    new = LockedPack(pack.id, pack.manifest.version, pack.digest, source, is_pinned, key)
    home = home_folder()
    keep_pack(home, new, read.files)
    with Library.open(home / "library.db") as library:  # a start does so too, but reads it again
        library.install(pack, new.folder(home), now_ms=to_ms(MACHINE_CLOCK.now()))
    with opened_desk():
        pass  # a start tells the log


def _is_installed(read: "ReadTree") -> bool:
    """Tell whether this very pack is installed.

    Raises:
        PackError: another version of it is.
    """
    from studytool.library.installing import is_whole, read_lock
    from studytool.wording.packs import OTHER_INSTALLED

    known = read_lock(home_folder()).get(read.pack.id)
    if known is None:
        return False
    if known.digest != read.pack.digest:
        raise PackError(OTHER_INSTALLED, id=known.id, source=printable(str(known.source)))
    if read.signed is not None and known.key != str(read.signed.key):
        refuse_other_key(known, read.signed.key)
        return False  # it becomes known whose it is
    return is_whole(home_folder(), known)


def refuse_other_key(known: "LockedPack", key: "SigningKey") -> None:
    """Refuse another key than the one that signed the pack before.

    Raises:
        PackError: it is another.
    """
    from studytool.library.minisign import read_signing_key
    from studytool.wording.packs import OTHER_KEY

    if known.key and known.key != str(key):
        before = read_signing_key(known.key)
        raise PackError(OTHER_KEY, id=known.id, before=before.name, now=key.name)


def _ask(
    read: "ReadTree",
    source: "PackSource",
    evidence: "PackEvidence | None",
    language: Language,
    *,
    yes: bool,
) -> None:
    from studytool.library.minisign import signer_named
    from studytool.library.reading_trees import signature_of
    from studytool.wording.packs import ADD_QUESTION, pack_about

    tried = None if evidence is None else _verdicts(evidence)
    unchecked = signer_named(signature_of(Path(source.at))) if source.kind == "zip" else None
    write_note(pack_about(read, source, language, tried=tried, unchecked=unchecked))
    if not confirmed(ADD_QUESTION.text(language), yes=yes):
        raise StateError(Fault.NOT_CONFIRMED)


def _try(read: "ReadTree", language: Language) -> "PackEvidence":
    """Try all claims and keys of a pack; Ctrl-C ends it, and nothing is installed."""
    from studytool.verification.limits import TaskLimits
    from studytool.verification.verify import verify_pack
    from studytool.wording.verification import progress_text

    with cancellable(language, WORK_CANCELLED) as interrupts:
        evidence = verify_pack(
            read.pack,
            apart=True,
            limits=TaskLimits(_SECONDS),
            progress=lambda progress: show_progress(progress_text(progress, language)),
            cancelled=interrupts.came,
        )
        interrupts.check()
    return evidence


_SECONDS = 300.0


def _keep(read: "ReadTree", evidence: "PackEvidence | None") -> None:
    """Keep what was found for the cards of the pack."""
    from studytool.session.key_trial import keep_run

    if evidence is not None:
        found = {"claims": evidence.claims, "keys": evidence.keys}
        day = MACHINE_CLOCK.local(MACHINE_CLOCK.now()).date()
        why = keep_run(home_folder(), read.pack.id, found, day)
        if why is not None:
            write_note(why.text(learner_language()))


def _verdicts(evidence: "PackEvidence") -> dict[str, bool | None]:
    """Return by the id of each claim and item whether it holds; None where there is nothing to try."""
    return {one.id: None if one.verdict is None else one.verdict == "holds" for one in evidence.all}


def _as_json(
    read: "ReadTree", source: "PackSource", evidence: "PackEvidence | None", *, added: bool
) -> PackAddJson:
    pack, manifest = read.pack, read.pack.manifest
    failed = None
    if evidence is not None:
        failed = [id_ for id_, held in _verdicts(evidence).items() if held is False]
    return {
        "id": pack.id,
        "version": manifest.version,
        "source": str(source),
        "digest": f"sha256-tree:{pack.digest}",
        "licence": manifest.licence,
        "authors": list(manifest.authors),
        "items": len(pack.items),
        "claims": len(pack.claims),
        "bytes": read.bytes,
        "unproven": read.unproven,
        "failed": failed,
        "signed_by": None if read.signed is None else str(read.signed.key),
        "added": added,
    }
