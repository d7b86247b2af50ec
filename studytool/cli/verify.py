"""``studytool verify``: every claim and every key of a pack, tried by simulation."""

import sys
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studytool import __version__
from studytool.bundled_pack import BUNDLED_PACK
from studytool.cli.long_work import gathered_interrupts
from studytool.cli.output import (
    INTERRUPTED,
    NOT_AS_IT_SHOULD_BE,
    clear_progress,
    learner_language,
    show_progress,
    write_error,
    write_json,
    write_note,
    write_text,
)
from studytool.json_output import LockJson, MeasuredJson, TriedJson, VerifyJson, VerifySummaryJson
from studytool.language import Language, Phrase
from studytool.settings import home_folder

if TYPE_CHECKING:
    from studytool.verification.evidence import Evidence, MeasuredQuantity, PackEvidence
    from studytool.verification.lock import LockDifference

_WHOLE_PACK = Phrase(
    ko="--write는 꾸러미 전체의 증거를 저장합니다. --claim, --item 없이 쓰세요.",
    en="--write keeps the evidence of a whole pack: leave out --claim, --item",
)
_CANCELLED = Phrase(
    ko="취소했습니다. 위의 것은 끝났습니다: {total}개 가운데 {done}개",
    en="cancelled; what is above was finished: {done} of {total}",
)
_WROTE = Phrase(ko="저장했습니다: {path}", en="wrote {path}")


@click.command(name="verify")
@click.argument("pack_name", metavar="[PACK|PATH]", default=BUNDLED_PACK)
@click.option("--claim", "claims", multiple=True, metavar="ID", help="Only this claim.")
@click.option("--item", "items", multiple=True, metavar="ID", help="Only this item's key.")
@click.option(
    "--seed", type=click.IntRange(0), default=0, show_default=True, help="Other seeds, other draws."
)
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes.")
@click.option("--write", is_flag=True, help="Keep what is found in the pack's evidence.lock.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(  # noqa: PLR0913 - click passes each option by name
    pack_name: str,
    *,
    claims: tuple[str, ...],
    items: tuple[str, ...],
    seed: int,
    jobs: int,
    write: bool,
    as_json: bool,
) -> None:
    """Try the claims and keys of a pack: installed, bundled (the default), or a folder.

    What is found is compared with the pack's evidence.lock. Exit status 1 when something does not
    hold, a wrong statement was not rejected, or evidence.lock says otherwise.
    """
    from studytool.library.finding import pack_folder
    from studytool.packs.reader import load_pack
    from studytool.verification.lock import compare_lock, kept_seconds
    from studytool.verification.verify import Selection, choose_tasks, verify_pack
    from studytool.wording.verification import evidence_text, progress_text

    language = learner_language(home_folder())
    if write and (claims or items):
        raise click.UsageError(_WHOLE_PACK.text(language))
    folder = pack_folder(pack_name)
    pack = load_pack(folder)
    slugs = [name.removeprefix(f"{pack.id}/") for name in items]
    selection = Selection(claims or None, slugs or None)
    total = len(choose_tasks(pack, selection, seed))
    with gathered_interrupts() as interrupts:
        evidence = verify_pack(
            pack,
            selection=selection,
            seed=seed,
            jobs=jobs,
            expected_seconds=kept_seconds(folder),
            progress=lambda progress: show_progress(progress_text(progress, language)),
            cancelled=interrupts.came,
        )
    clear_progress()
    done = len(evidence.all)
    lock = _write(folder, evidence) if write and done == total else None
    if lock is not None:
        write_note(_WROTE.text(language, path=lock))
    difference = compare_lock(folder, evidence)
    if as_json:
        write_json(_as_json(evidence, difference, language))
    else:
        write_text(evidence_text(evidence, difference, language))
    if done < total:
        write_error(_CANCELLED.text(language, done=done, total=total))
        sys.exit(INTERRUPTED)
    held = all(found.verdict in ("holds", None) for found in evidence.all)
    if difference.contradicted or not held:
        sys.exit(NOT_AS_IT_SHOULD_BE)


def _write(folder: Path, evidence: "PackEvidence") -> Path:
    from studytool.verification.lock import write_lock

    return write_lock(folder, evidence, version=__version__)


def _as_json(
    evidence: "PackEvidence", difference: "LockDifference", language: Language
) -> VerifyJson:
    lock: LockJson = {
        "missing": list(difference.missing),
        "contradicted": list(difference.contradicted),
        "unreadable": list(difference.unreadable),
    }
    return {
        "pack": evidence.pack,
        "claims": [
            {**_finding(found, language), "id": found.id, "standing": found.standing}
            for found in evidence.claims
        ],
        "keys": [
            {
                **_finding(found, language),
                "item": f"{evidence.pack}/{found.id}",
                "draws": found.draws,
            }
            for found in evidence.keys
        ],
        "summary": _summary(evidence),
        "evidence_lock": lock,
    }


def _summary(evidence: "PackEvidence") -> VerifySummaryJson:
    from studytool.packs.evidence import Verdict

    return {
        "holds": evidence.count(Verdict.HOLDS),
        "refuted": evidence.count(Verdict.REFUTED),
        "undecided": evidence.count(Verdict.UNDECIDED),
        "untried": evidence.count(None),
        "seconds": round(evidence.seconds, 1),
    }


def _finding(found: "Evidence", language: Language) -> TriedJson:
    from studytool.wording.verification import reasons

    return {
        "verdict": None if found.verdict is None else str(found.verdict),
        "independence": None if found.independence is None else str(found.independence),
        "measured": [_measured(one) for one in found.measured],
        "controls": [
            {
                "id": one.id,
                "rejected": one.rejected,
                "measured": None if one.measured is None else _measured(one.measured),
            }
            for one in found.controls
        ],
        "seconds": round(found.seconds, 3),
        "seed": found.seed,
        "reason": "\n".join(reasons(found, language)),
    }


def _measured(one: "MeasuredQuantity") -> MeasuredJson:
    return {
        "quantity": one.quantity,
        "condition": dict(one.condition),
        "estimate": _finite(one.estimate.value),
        "standard_error": _finite(one.estimate.standard_error),
        "predicted": _finite(one.predicted),
        "tolerance": _finite(one.tolerance),
        "interval": [_finite(end) for end in one.interval],
        "independence": str(one.independence),
        "replicates": one.estimate.replicates,
    }


def _finite(value: float) -> float | None:
    """Return what JSON can write: it has neither NaN nor infinity."""
    return value if isfinite(value) else None
