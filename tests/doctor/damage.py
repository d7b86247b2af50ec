"""Damage a log at random and see what the program makes of it: ``python -m tests.doctor.damage --trials 2000``.

Each trial copies a home, flips a bit of its log, cuts it off or swaps two of its pages, and runs what a
learner would: ``due``, ``log export``, ``stats``, ``undo``, ``doctor``, its repair, and all again. What is
wrong is a traceback, a home that neither starts nor says what does, and an event that is gone or
told otherwise while nothing says so.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import CompletedProcess

from studytool.backups.taking import take
from studytool.clock import MACHINE_CLOCK
from studytool.numerics.streams import Rng, stream
from studytool.review_log.log import ReviewLog
from studytool.session.desk import Desk
from studytool.srs.memory import to_ms
from studytool.srs.rating import Rating
from tests.in_process import run_program
from tests.review_log.drafts import draft, foreign

PAGE = 4096
BEGIN = datetime(2026, 1, 5, 3, tzinfo=UTC)
COMMANDS = (("due",), ("log", "export", "-"), ("stats",), ("undo",))
SAYS_WHAT = ("studytool doctor", "studytool restore", ".reviews-begun")


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one trial: what was done, whether something was lost, and what was wrong."""

    harm: str
    lost: int
    wrong: tuple[str, ...]


def make_home(home: Path, *, reviews: int, with_backup: bool) -> list[str]:
    """Make a home with a log, and return the lines of its export."""
    with closing(Desk.open(home, MACHINE_CLOCK)) as desk:
        items = [one.item for one in desk.library.listed("deep-learning-notes")]
        desk.log.append_review(draft(items[0], time=BEGIN))
    with ReviewLog.open(home / "reviews.db") as log:
        log.absorb(
            foreign(
                items[k % len(items)],
                list(Rating)[k % 4],
                to_ms(BEGIN + timedelta(hours=7 * k)),
                random=k.to_bytes(2, "big") * 5,
            )
            for k in range(1, reviews)
        )
    if with_backup:
        take(home / "reviews.db", home / "backups", BEGIN)
    return exported(home)


def exported(home: Path) -> list[str]:
    """Return the events of the export, sorted."""
    done = run_program("log", "export", "-", home=home)
    return sorted(done.stdout.splitlines()[1:])


def harm(log: Path, rng: Rng) -> str:
    """Damage a file at random; say how."""
    whole = bytearray(log.read_bytes())
    pages = len(whole) // PAGE
    kind = rng.random()
    if kind < 0.8:
        at = int(rng.integers(0, PAGE if rng.random() < 0.125 else len(whole)))
        bit = int(rng.integers(0, 8))
        whole[at] ^= 1 << bit
        done = f"bit {bit} of byte {at}"
    elif kind < 0.9:
        one, other = (int(page) for page in rng.integers(0, pages, 2))
        a, b = slice(one * PAGE, (one + 1) * PAGE), slice(other * PAGE, (other + 1) * PAGE)
        whole[a], whole[b] = whole[b], whole[a]
        done = f"pages {one} and {other} swapped"
    else:
        end = int(rng.integers(0, pages)) * PAGE + int(rng.integers(-1, 2))
        del whole[max(end, 0) :]
        done = f"cut to {end} bytes"
    log.write_bytes(whole)
    return done


def try_home(home: Path, truth: list[str], seed: int, *, with_backup: bool) -> Trial:
    """Damage the log of a home and look at what the program makes of it."""
    rng = stream("damage", seed)
    done = harm(home / "reviews.db", rng)
    wrong: list[str] = []
    runs = [run_program(*command, home=home) for command in COMMANDS]
    for command, run in zip(COMMANDS, runs, strict=True):
        wrong += _crashed(run, " ".join(command))
    if runs[0].returncode and not _says_what(runs[0]):
        wrong.append(f"does not start: {runs[0].stderr[-200:]}")
    before = _doctor(home, wrong)
    seen = sorted(runs[1].stdout.splitlines()[1:])
    if runs[1].returncode == 0 and _differs(seen, truth) and not _is_told(before):
        wrong.append("silent before the repair")
    repaired = run_program("doctor", "--repair", "--yes", home=home)
    wrong += _crashed(repaired, "repair")
    after = _doctor(home, wrong)
    export = run_program("log", "export", "-", home=home)
    wrong += _crashed(export, "export after")
    left = _without_undo(sorted(export.stdout.splitlines()[1:]))
    lost, extra = set(truth) - set(left), set(left) - set(truth)
    if extra:
        wrong.append(f"{len(extra)} altered events")
    if lost and with_backup:
        wrong.append(f"{len(lost)} lost in spite of a backup")
    if lost and not _is_told(after):
        wrong.append(f"{len(lost)} lost and not told")
    if export.returncode and not _says_what(export):
        wrong.append(f"does not export: {export.stderr[-200:]}")
    return Trial(done, len(lost), tuple(wrong))


def _differs(seen: list[str], truth: list[str]) -> bool:
    return _without_undo(seen) != truth


def _without_undo(lines: list[str]) -> list[str]:
    """Leave out what the trial itself wrote."""
    return [line for line in lines if not line.startswith('{"kind": "undo"')]


def _crashed(run: CompletedProcess[str], what: str) -> list[str]:
    crashed = run.returncode not in (0, 1, 2) or "Traceback" in run.stderr
    return [f"{what}: {run.returncode} {run.stderr[-300:]}"] if crashed else []


def _says_what(run: CompletedProcess[str]) -> bool:
    return any(remedy in run.stderr for remedy in SAYS_WHAT)


def _doctor(home: Path, wrong: list[str]) -> dict[str, str]:
    run = run_program("doctor", "--json", home=home)
    wrong += _crashed(run, "doctor")
    try:
        found = json.loads(run.stdout)["findings"]
    except ValueError:
        return {}
    return {one["code"]: one["message"] for one in found}


def _is_told(findings: dict[str, str]) -> bool:
    return any(code.startswith(("events_", "log_", "index_", "lost_")) for code in findings)


def run_trials(seeds: range, *, reviews: int = 60, folder: Path) -> list[Trial]:
    """Run a trial for each seed, every other one with a backup."""
    truths: dict[bool, list[str]] = {}
    for with_backup in {seed % 2 == 1 for seed in seeds}:
        home = folder / f"base-{with_backup}"
        home.mkdir()
        truths[with_backup] = make_home(home, reviews=reviews, with_backup=with_backup)
    trials = []
    for seed in seeds:
        with_backup = seed % 2 == 1
        home = folder / "home"
        shutil.copytree(folder / f"base-{with_backup}", home)
        trials.append(try_home(home, truths[with_backup], seed, with_backup=with_backup))
        shutil.rmtree(home)
    return trials


def main() -> None:
    """Run as many trials as asked, and print what was wrong and how much was lost."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--trials", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()
    os.environ["LC_ALL"] = "C.UTF-8"
    counted: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for first in range(asked.first, asked.first + asked.trials, 50):
            inner = Path(folder) / str(first)
            inner.mkdir()
            last = min(first + 50, asked.first + asked.trials)
            for seed, trial in enumerate(run_trials(range(first, last), folder=inner), first):
                counted["trials"] += 1
                counted["with losses"] += trial.lost > 0
                counted["events lost"] += trial.lost
                counted["wrong"] += bool(trial.wrong)
                for one in trial.wrong:
                    sys.stdout.write(f"{seed}: {trial.harm}: {one}\n")
            sys.stdout.write(f"{dict(counted)}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
