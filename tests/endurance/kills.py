"""Kill two programs that write to one home at random instants, and look for all that they acknowledged.

Children are forked from this process, which has imported everything: about eight are killed a second.
An event is acknowledged at the instant at which the log says that it is durable, and an import when its
command ends well. A restore puts another log in place: what it replaced is in the backup that it kept.
"""

import json
import os
import shutil
import signal
import sqlite3
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from studytool.numerics.streams import Rng, stream
from studytool.review_log.event_ids import id_text
from studytool.review_log.log import ReviewLog
from studytool.review_log.log_writer import LogWriter
from studytool.settings import load_settings
from tests.endurance.deeds import DEEDS, Deed, Place, draw_deed
from tests.in_process import run_program
from tests.review_log.fresh_fold import differing_rows

ROUNDS_OF_A_HOME = 60
"""Pairs of programs that are killed in one home, before another is begun: logs stay small."""

ROUNDS_BETWEEN_DOCTORS = 10
EXPECTED = {0, 1, 2}
"""Exit statuses of commands that work, find something wrong, or say what to do."""


@dataclass
class KillFigures:
    """What came of the kills.

    Attributes:
        wrong: what must not be, each in a sentence.
        deeds: how often each command was done to its end.
        cut: how often each was killed.
        refused: how often a command ended with another status than 0, and its first words.
        mended: findings of the doctor that its repair has mended.
    """

    kills: int = 0
    acknowledged: int = 0
    in_kept_logs: int = 0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)
    deeds: Counter[str] = field(default_factory=Counter)
    cut: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    mended: Counter[str] = field(default_factory=Counter)

    def lines(self) -> Iterator[str]:
        """Say it."""
        yield (
            f"{self.kills:,} kills in {self.seconds:,.0f} s: {self.acknowledged:,} events acknowledged "
            f"({self.in_kept_logs:,} of them in logs that a restore put away), {len(self.wrong)} wrong"
        )
        yield f"  commands done: {dict(sorted(self.deeds.items()))}"
        yield f"  commands killed: {dict(sorted(self.cut.items()))}"
        yield f"  refused: {dict(self.refused.most_common(8))}"
        yield f"  mended by doctor --repair: {dict(self.mended)}"
        yield from (f"  WRONG {one}" for one in self.wrong)


def kill(
    kills: int, root: Path, *, seed: int = 0, tell: Callable[[str], object] = lambda _: None
) -> KillFigures:
    """Kill so many programs, two at a time; ``tell`` is told how far that is."""
    figures = KillFigures()
    begun = time.monotonic()
    rng = stream("endurance kills", seed)
    first = Place.make(root / "first")
    _do_everything(first.copied(root / "warm"))
    while figures.kills < kills:
        place = first.copied(root / "one")
        _kill_in_one_home(place, figures, rng, min(kills, figures.kills + 2 * ROUNDS_OF_A_HOME))
        shutil.rmtree(root / "one")
        tell(f"{figures.kills:,} kills, {figures.acknowledged:,} acknowledged, {figures.wrong}")
    figures.seconds = time.monotonic() - begun
    return figures


def _do_everything(place: Place) -> None:
    """Do each thing once, so that this process has imported all that the children need."""
    for make in DEEDS:
        deed = make(1, place)
        run_program(*deed.arguments, home=place.home, typed=deed.typed)


def _kill_in_one_home(place: Place, figures: KillFigures, rng: Rng, until: int) -> None:
    acknowledged: set[str] = set()
    for number in range(1, 1 + ROUNDS_OF_A_HOME):
        said = list(_round(place, rng))
        figures.kills += 2
        _note(said, acknowledged, figures)
        look(place, acknowledged, figures, folded=number % 3 == 0)
        if number % ROUNDS_BETWEEN_DOCTORS == 0 or figures.kills >= until:
            call_doctor(place, figures)
            look(place, acknowledged, figures)
        if figures.kills >= until:
            break
    figures.wrong += _strays(place)


def _round(place: Place, rng: Rng) -> Iterator[dict[str, Any]]:
    """Let two programs write, kill both, and return what they said.

    Each is killed soon after its start or after some words of it, whatever the machine is busy with.
    """
    pairs = [_fork(place, int(rng.integers(0, 1 << 62))) for _ in range(2)]
    for child, pipe in pairs:
        said = b""
        for _ in range(max(0, int(rng.integers(-2, 9)))):
            said += os.read(pipe, 65536)
        time.sleep(rng.uniform(0, 0.06))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(pipe, "rb") as rest:
            said += rest.read()
        *lines, _ = said.split(b"\n")
        yield from map(json.loads, lines)


def _fork(place: Place, seed: int) -> tuple[int, int]:
    """Begin a program that does one thing after the other until it is killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    try:
        _write(place, stream("endurance writer", seed), writing)
    finally:
        os._exit(1)


def _write(place: Place, rng: Rng, pipe: int) -> None:
    def say(**said: object) -> None:
        os.write(pipe, json.dumps(said).encode() + b"\n")  # one write: whole or not at all

    with telling(lambda ids: say(ids=ids)):
        while True:
            deed = draw_deed(rng, place)
            say(begun=deed.name)
            try:
                run = run_program(*deed.arguments, home=place.home, typed=deed.typed)
            except BaseException:
                say(deed=deed.name, crashed=traceback.format_exc())
                raise
            well = run.returncode == 0
            say(
                deed=deed.name,
                status=run.returncode,
                ids=deed.brings if well else (),
                told="" if well else run.stderr + _report(place, run.returncode),
            )


def _report(place: Place, status: int) -> str:
    """Return the report of what nobody expected, where there is one."""
    reports = sorted((place.home / "reports").glob(f"*-{os.getpid()}.txt"))
    return reports[-1].read_text(encoding="utf-8") if reports and status not in EXPECTED else ""


@contextmanager
def telling(tell: Callable[[list[str]], object]) -> Iterator[None]:
    """Tell the ids of events at the instant at which they are durable."""
    at_once, stamp_of = LogWriter.at_once, LogWriter._stamp
    begun: list[str] = []

    def stamped(log: LogWriter, *given: Any, **named: Any) -> dict[str, Any]:
        stamp = stamp_of(log, *given, **named)
        begun.append(stamp["id"])
        return stamp

    @contextmanager
    def told(log: LogWriter) -> Iterator[None]:
        is_outer = not log._is_writing
        try:
            with at_once(log):
                yield
            if is_outer and begun:
                tell(list(begun))
        finally:
            if is_outer:
                begun.clear()

    with patch.multiple(LogWriter, at_once=told, _stamp=stamped):
        yield


def _note(said: Iterable[dict[str, Any]], acknowledged: set[str], figures: KillFigures) -> None:
    for one in said:
        if "begun" in one:
            figures.cut[one["begun"]] += 1
        new = set(one.get("ids", ())) - acknowledged
        acknowledged |= new
        figures.acknowledged += len(new)
        if "deed" not in one:
            continue
        figures.deeds[one["deed"]] += 1
        figures.cut[one["deed"]] -= 1
        if "crashed" in one or one["status"] not in EXPECTED or "Traceback" in one["told"]:
            figures.wrong.append(f"{one['deed']}: {one.get('crashed') or one['told']}")
        elif one["status"]:
            figures.refused[f"{one['deed']}: {one['told'].strip().splitlines()[-1:]}"[:90]] += 1


def look(
    place: Place, acknowledged: set[str], figures: KillFigures, *, folded: bool = True
) -> None:
    """Open the log; what was acknowledged and is not in it is in one that a restore kept."""
    path = place.home / "reviews.db"
    if not path.exists():
        if acknowledged:
            figures.wrong.append(f"no log, {len(acknowledged)} acknowledged")
        return
    try:
        with ReviewLog.open(path) as log:
            ids = log.ids()
            if log._db.rows("PRAGMA integrity_check") != [("ok",)]:
                figures.wrong.append("the log is not sound")
        if folded and (different := differing_rows(path)):  # once opened: it has caught up
            figures.wrong.append(f"{different} rows of the fold are not as the events have them")
        load_settings(place.home)
    except Exception:  # noqa: BLE001 - whatever it is, it must not be
        figures.wrong.append(traceback.format_exc())
        return
    if gone := acknowledged - set(ids):
        kept = _kept(place)
        if lost := gone - kept:
            figures.wrong.append(f"{len(lost)} acknowledged events are nowhere: {sorted(lost)[:3]}")
        acknowledged -= gone
        figures.in_kept_logs += len(gone & kept)


def _kept(place: Place) -> set[str]:
    """Return the ids of the events in the backups."""
    found: set[str] = set()
    for path in (place.home / "backups").glob("*.db"):
        with (
            suppress(sqlite3.DatabaseError),  # what it had counts as lost
            closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as backup,
        ):
            found |= {id_text(id_) for (id_,) in backup.execute("SELECT id FROM events")}
    return found


def call_doctor(place: Place, figures: KillFigures) -> None:
    """Let the doctor look, repair what it finds, and find nothing more."""
    first = run_program("doctor", "--json", home=place.home)
    if first.returncode == 0:
        return
    codes = _codes(first.stdout)
    repaired = run_program("doctor", "--repair", "--yes", home=place.home)
    again = run_program("doctor", "--json", home=place.home)
    if again.returncode:
        figures.wrong.append(f"doctor: {codes}, then {again.stdout} {repaired.stderr}")
    else:
        figures.mended.update(codes)


def _codes(out: str) -> list[str]:
    found = json.loads(out)["findings"] if out else []
    return [one["code"] for one in found if one["severity"] != "info"]


def _strays(place: Place) -> list[str]:
    """Do once more what leaves half-written files when it is killed; return what stays all the same."""
    for words in (
        ("backup",),
        ("due",),
        ("config", "new_per_day", "9"),
        ("log", "export", str(place.files / "export.jsonl")),
        ("sync", str(place.shared)),
        ("pack", "new", str(place.files / "pack-behind-all")),
    ):
        run_program(*words, home=place.home)
    left = [*place.home.rglob("*.partial*"), *place.shared.rglob(".*"), *place.files.rglob(".*")]
    return [f"left behind: {path.relative_to(place.home.parent)}" for path in left]


def names_of_deeds(place: Place) -> set[str]:
    """Return the commands among the deeds."""
    made: list[Deed] = [make(0, place) for make in DEEDS]
    return {deed.name for deed in made}
