"""``studytool verify``: every claim and every key of a pack, tried by simulation."""

import json
import sys
from functools import partial
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studytool import __version__
from studytool.bundled_pack import BUNDLED_PACK
from studytool.cli.ending import INTERRUPTED
from studytool.cli.long_work import clear_progress, show_progress, stopped_by_interrupt
from studytool.cli.speaking import learner_language
from studytool.json_output import LockJson, TriedJson, VerifyJson, VerifySummaryJson
from studytool.language import Language, Phrase
from studytool.settings import home_folder
from studytool.typeset.cells import cell_width, pad

if TYPE_CHECKING:
    from studytool.verification.evidence import Evidence, PackEvidence
    from studytool.verification.lock import Difference
    from studytool.verification.verify import RunProgress

_WHOLE_PACK = Phrase(
    ko="--write는 꾸러미 전체의 증거를 저장합니다. --claim, --item 없이 쓰세요.",
    en="--write keeps the evidence of a whole pack: leave out --claim, --item",
)
_CANCELLED = Phrase(
    ko="취소했습니다. 위의 것은 끝났습니다: {total}개 가운데 {done}개",
    en="cancelled; what is above was finished: {done} of {total}",
)
_WROTE = Phrase(ko="저장했습니다: {path}", en="wrote {path}")
_SECONDS_LEFT = Phrase(ko="약 {seconds:.0f}초 남음", en="about {seconds:.0f} s left")
_TITLES = {
    "claims": Phrase(ko="{pack}: 주장", en="{pack}: claims"),
    "keys": Phrase(ko="{pack}: 정답", en="{pack}: keys"),
}
_VERDICTS = {
    "holds": Phrase(ko="성립", en="holds"),
    "refuted": Phrase(ko="반증됨", en="refuted"),
    "undecided": Phrase(ko="판정 못 함", en="undecided"),
    None: Phrase(ko="시험 안 함", en="not tried"),
}
_SUMMARY = Phrase(
    ko="성립 {holds}, 반증됨 {refuted}, 판정 못 함 {undecided}, 시험 안 함 {untried} ({seconds}초)",
    en="{holds} hold, {refuted} refuted, {undecided} undecided, {untried} not tried ({seconds} s)",
)
_CONTROLS = Phrase(ko="대조 {rejected}/{n} 기각", en="controls {rejected}/{n}")
_MISSING = Phrase(
    ko="지금 문장대로는 evidence.lock에 없음: {n}개({few}). verify --write가 지금 찾은 것을 저장합니다.",
    en="{n} not in evidence.lock as worded now ({few}); verify --write keeps what was found now",
)
_CONTRADICTED = Phrase(
    ko="evidence.lock과 어긋남: {n}개({few}). verify --write가 지금 찾은 것을 저장합니다.",
    en="{n} contradicted by evidence.lock ({few}); verify --write keeps what was found now",
)
_AGREES = Phrase(ko="evidence.lock과 일치합니다.", en="evidence.lock agrees")


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

    language = learner_language(home_folder())
    if write and (claims or items):
        raise click.UsageError(_WHOLE_PACK.text(language))
    folder = pack_folder(pack_name)
    pack = load_pack(folder)
    slugs = [name.removeprefix(f"{pack.id}/") for name in items]
    selection = Selection(claims or None, slugs or None)
    total = len(choose_tasks(pack, selection, seed))
    with stopped_by_interrupt() as stopped:
        evidence = verify_pack(
            pack,
            selection=selection,
            seed=seed,
            jobs=jobs,
            expected_seconds=kept_seconds(folder),
            progress=partial(_show_progress, language=language),
            cancelled=lambda: bool(stopped),
        )
    clear_progress()
    done = len(_all(evidence))
    lock = _write(folder, evidence) if write and done == total else None
    if lock is not None:
        click.echo(_WROTE.text(language, path=lock), err=True)
    difference = compare_lock(folder, evidence)
    click.echo(
        json.dumps(_as_json(evidence, difference), ensure_ascii=False)
        if as_json
        else _as_text(evidence, difference, language)
    )
    if done < total:
        click.echo(f"studytool: {_CANCELLED.text(language, done=done, total=total)}", err=True)
        sys.exit(INTERRUPTED)
    held = all(found.verdict in ("holds", None) for found in _all(evidence))
    if difference.contradicted or not held:
        sys.exit(1)


def _write(folder: Path, evidence: "PackEvidence") -> Path:
    from studytool.verification.lock import write_lock

    return write_lock(folder, evidence, version=__version__)


def _show_progress(progress: "RunProgress", *, language: Language) -> None:
    left = _SECONDS_LEFT.text(language, seconds=progress.seconds_left)
    show_progress(f"{progress.done}/{progress.total}  {left}  {progress.finding.id}")


def _all(evidence: "PackEvidence") -> "tuple[Evidence, ...]":
    return (*evidence.claims, *evidence.keys)


def _as_text(evidence: "PackEvidence", difference: "Difference", language: Language) -> str:
    lines = []
    for name, findings in (("claims", evidence.claims), ("keys", evidence.keys)):
        if findings:
            title = _TITLES[name].text(language, pack=evidence.pack)
            lines += [title, *(_line(found, language) for found in findings), ""]
    lines.append(_SUMMARY.text(language, **_summary(evidence)))
    return "\n".join([*lines, *_compared(difference, language)])


def _compared(difference: "Difference", language: Language) -> list[str]:
    """Say how the evidence agrees with the pack's evidence.lock."""
    lines = []
    for names, phrase in (
        (difference.missing, _MISSING),
        (difference.contradicted, _CONTRADICTED),
    ):
        if names:
            few = ", ".join([*names[:3], *(["..."] if names[3:] else [])])
            lines.append(phrase.text(language, n=len(names), few=few))
    return lines or [_AGREES.text(language)]


def _line(found: "Evidence", language: Language) -> str:
    widest = max(cell_width(phrase.text(language)) for phrase in _VERDICTS.values())
    verdict = pad(_VERDICTS[found.verdict].text(language), widest)
    rejected, n = sum(control.rejected for control in found.controls), len(found.controls)
    controls = _CONTROLS.text(language, rejected=rejected, n=n) if n else ""
    line = f"  {verdict} {found.id:<40}{_estimate(found):<46}{controls}".rstrip()
    indent = " " * (widest + 3)
    return "\n".join([line, *(f"{indent}{reason}" for reason in found.reason.splitlines())])


def _estimate(found: "Evidence") -> str:
    """Write the first estimate that does not hold, else the first, and of how many it is."""
    if not found.measured:
        return ""
    one = next((one for one in found.measured if one.reason), found.measured[0])
    of = f" of {len(found.measured)}" if len(found.measured) > 1 else ""
    estimate = f"{one.estimate.value:.5g} ± {one.estimate.standard_error:.1g}"
    return f"{estimate}  n={one.estimate.replicates:,}{of}"


def _summary(evidence: "PackEvidence") -> VerifySummaryJson:
    from studytool.verification.evidence import Verdict

    return {
        "holds": evidence.count(Verdict.HOLDS),
        "refuted": evidence.count(Verdict.REFUTED),
        "undecided": evidence.count(Verdict.UNDECIDED),
        "untried": sum(found.verdict is None for found in evidence.claims),
        "seconds": round(evidence.seconds, 1),
    }


def _as_json(evidence: "PackEvidence", difference: "Difference") -> VerifyJson:
    lock: LockJson = {
        "missing": list(difference.missing),
        "contradicted": list(difference.contradicted),
    }
    return {
        "pack": evidence.pack,
        "claims": [
            {**_finding(found), "id": found.id, "standing": found.standing}
            for found in evidence.claims
        ],
        "keys": [
            {**_finding(found), "item": found.id, "draws": found.draws} for found in evidence.keys
        ],
        "summary": _summary(evidence),
        "evidence_lock": lock,
    }


def _finding(found: "Evidence") -> TriedJson:
    return {
        "verdict": None if found.verdict is None else str(found.verdict),
        "measured": [
            {
                "quantity": one.quantity,
                "estimate": _finite(one.estimate.value),
                "standard_error": _finite(one.estimate.standard_error),
                "predicted": one.predicted,
                "tolerance": one.tolerance,
                "replicates": one.estimate.replicates,
            }
            for one in found.measured
        ],
        "controls": [{"id": one.id, "rejected": one.rejected} for one in found.controls],
        "seconds": round(found.seconds, 3),
        "seed": found.seed,
        "reason": found.reason,
    }


def _finite(value: float) -> float | None:
    """Return what JSON can write: it has neither NaN nor infinity."""
    return value if isfinite(value) else None
