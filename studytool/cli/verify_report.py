"""What ``studytool verify`` found: printed, compared with the pack's lock, and kept for its cards."""

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

CANCELLED = Phrase(
    ko="취소했습니다. 위의 것은 끝났습니다: {total}개 가운데 {done}개",
    en="cancelled; what is above was finished: {done} of {total}",
)


def keep(read: "ReadPack", evidence: "PackEvidence", language: Language) -> None:
    """Keep what was found of an installed pack, for its cards."""
    from studytool.session.key_trial import keep_run

    if home_folder().is_dir() and read.is_installed:
        found = {"claims": evidence.claims, "keys": evidence.keys}
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
