"""``studytool verify``: every claim and every key of a pack, tried by simulation."""

import json
import sys
from dataclasses import asdict
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from studytool import __version__
from studytool.bundled_pack import BUNDLED_PACK
from studytool.cli.long_work import clear_progress, show_progress, stopped_by_interrupt

if TYPE_CHECKING:
    from studytool.verification.evidence import Finding, PackEvidence
    from studytool.verification.lock import Difference
    from studytool.verification.verify import Progress


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
    from studytool.cli.find_item import pack_folder
    from studytool.packs.reader import load_pack
    from studytool.verification.lock import kept_seconds
    from studytool.verification.verify import Selection, choose_tasks, verify_pack

    if write and (claims or items):
        raise click.UsageError(
            "--write keeps the evidence of a whole pack: leave out --claim, --item"
        )
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
            progress=_show_progress,
            cancelled=lambda: bool(stopped),
        )
    clear_progress()
    done = len(_all(evidence))
    difference = _keep(folder, evidence, write=write and done == total)
    click.echo(
        json.dumps(_as_json(evidence, difference), ensure_ascii=False)
        if as_json
        else _as_text(evidence, difference)
    )
    if done < total:
        said = f"cancelled; what is above was finished: {done} of {total}"
        click.echo(f"studytool: {said}", err=True)
        sys.exit(2)
    held = all(found.verdict in ("holds", None) for found in _all(evidence))
    if difference.contradicted or not held:
        sys.exit(1)


def _keep(folder: Path, evidence: "PackEvidence", *, write: bool) -> "Difference":
    """Write evidence.lock where asked; give how what it keeps differs from what was found."""
    from studytool.verification.lock import compare_lock, write_lock

    if write:
        click.echo(f"wrote {write_lock(folder, evidence, version=__version__)}", err=True)
    return compare_lock(folder, evidence)


def _show_progress(progress: "Progress") -> None:
    left = f"about {progress.seconds_left:.0f} s left"
    show_progress(f"{progress.done}/{progress.total}  {left}  {progress.finding.id}")


def _all(evidence: "PackEvidence") -> "tuple[Finding, ...]":
    return (*evidence.claims, *evidence.keys)


def _as_text(evidence: "PackEvidence", difference: "Difference") -> str:
    lines = []
    for title, findings in (("claims", evidence.claims), ("keys", evidence.keys)):
        if findings:
            lines += [f"{evidence.pack}: {title}", *(_line(found) for found in findings), ""]
    summary = _summary(evidence)
    lines.append(
        f"{summary['holds']} hold, {summary['refuted']} refuted, {summary['undecided']} undecided, "
        f"{summary['untried']} not tried ({summary['seconds']} s)"
    )
    return "\n".join([*lines, *_compared(difference)])


def _compared(difference: "Difference") -> list[str]:
    """Say how the evidence agrees with the pack's evidence.lock."""
    lines = []
    for names, said in (
        (difference.missing, "not in evidence.lock as worded now"),
        (difference.contradicted, "contradicted by evidence.lock"),
    ):
        if names:
            few = ", ".join([*names[:3], *(["..."] if names[3:] else [])])
            lines.append(f"{len(names)} {said} ({few}); verify --write keeps what was found now")
    return lines or ["evidence.lock agrees"]


def _line(found: "Finding") -> str:
    verdict = "not tried" if found.verdict is None else str(found.verdict)
    rejected = sum(control.rejected for control in found.controls)
    controls = f"controls {rejected}/{len(found.controls)}" if found.controls else ""
    line = f"  {verdict:<10}{found.id:<40}{_estimate(found):<46}{controls}".rstrip()
    reasons = [f"            {reason}" for reason in found.reason.splitlines()]
    return "\n".join([line, *reasons])


def _estimate(found: "Finding") -> str:
    """Write the first estimate that does not hold, else the first, and of how many it is."""
    if not found.measured:
        return ""
    one = next((one for one in found.measured if one.reason), found.measured[0])
    of = f" of {len(found.measured)}" if len(found.measured) > 1 else ""
    estimate = f"{one.estimate.value:.5g} ± {one.estimate.standard_error:.1g}"
    return f"{estimate}  n={one.estimate.replicates:,}{of}"


def _summary(evidence: "PackEvidence") -> dict[str, Any]:
    from studytool.verification.evidence import Verdict

    counts = {str(verdict): evidence.count(verdict) for verdict in Verdict}
    untried = sum(found.verdict is None for found in evidence.claims)
    return {**counts, "untried": untried, "seconds": round(evidence.seconds, 1)}


def _as_json(evidence: "PackEvidence", difference: "Difference") -> dict[str, Any]:
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
        "evidence_lock": asdict(difference),
    }


def _finding(found: "Finding") -> dict[str, Any]:
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
    """Give what JSON can write: it has neither NaN nor infinity."""
    return value if isfinite(value) else None
