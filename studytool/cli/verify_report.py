"""What ``studytool verify`` found: recalled, printed, compared with the pack's lock, and kept for its cards."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from studytool.cli.output import write_json, write_note, write_text
from studytool.clock import MACHINE_CLOCK
from studytool.language import Language, Phrase
from studytool.settings import home_folder

if TYPE_CHECKING:
    from studytool.language import Message
    from studytool.library.finding import ReadPack
    from studytool.verification.evidence import PackEvidence
    from studytool.verification.known_findings import KnownFindings
    from studytool.verification.tasks import VerificationTask

CANCELLED = Phrase(
    ko="취소했습니다. 위의 것은 끝났습니다: {total}개 가운데 {done}개",
    en="cancelled; what is above was finished: {done} of {total}",
)


def recall(read: "ReadPack", tasks: "list[VerificationTask]", *, again: bool) -> "KnownFindings":
    """Read what earlier runs found of a pack, but for the tasks that are to be tried again.

    Of an installed pack these are also those of which its cards have nothing.
    """
    from studytool.authoring.kept_findings import read_findings
    from studytool.library.own_evidence import read_own

    home = home_folder()
    known = read_findings(home, read.folder)
    own = read_own(home, read.pack.id) if read.is_installed else None
    for task in tasks:
        is_unsaid = own is not None and not own.finding(
            task.part, task.what.id, revision=task.what.revision
        )
        if again or is_unsaid:
            known.forget(task)
    return known


def keep(read: "ReadPack", evidence: "PackEvidence", language: Language) -> None:
    """Keep what was found of an installed pack, for its cards."""
    from studytool.session.key_trial import keep_run

    if home_folder().is_dir() and read.is_installed:
        found = {
            part: tuple(one for one in tried if f"{part}/{one.id}" not in evidence.recalled)
            for part, tried in (("claims", evidence.claims), ("keys", evidence.keys))
        }
        tell_unkept(keep_run(home_folder(), evidence.pack, found, today()), language)


def tell_unkept(why: "Message | None", language: Language) -> None:
    """Say why what was found could not be kept."""
    if why is not None:
        write_note(why.text(language))


def today() -> date:
    """Return the day on the learner's clock."""
    return MACHINE_CLOCK.local(MACHINE_CLOCK.now()).date()


def report(folder: Path, evidence: "PackEvidence", *, as_json: bool, language: Language) -> bool:
    """Print what was found; return whether all holds, and evidence.lock does not say otherwise."""
    from studytool.verification.lock import compare_lock
    from studytool.wording.verification import evidence_text

    difference = compare_lock(folder, evidence)
    if as_json:
        from studytool.cli.verification_json import verification_as_json

        write_json(verification_as_json(evidence, difference, language))
    else:
        write_text(evidence_text(evidence, difference, language))
    held = all(found.verdict in ("holds", None) for found in evidence.all)
    ruler = evidence.ruler
    return held and not difference.contradicted and (ruler is None or ruler.is_right)
