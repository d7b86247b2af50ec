"""Checking packs as an author does: the bundled one and one of 10,000 items, cold and warm.

A limit is no program, but what the design allows on 2 cores; it stands in the peer's column.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from studytool.bundled_pack import bundled_pack_folder
from tests.benchmarks.child import HAS_PEAK, NO_PEAK, run
from tests.benchmarks.row import Row, Skipped
from tests.packs.samples import CARD, NUMERIC, write_pack

ITEMS = 10_000
FILES = 20

_CHECK = """
import resource, sys
from studytool.cli.check import command
try:
    command([*sys.argv[1:], "--json"])
except SystemExit as done:
    assert not done.code, done.code  # a pack that is not read takes no time
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print("\\n" + str(children * 1024 / 1e6))
"""


def write_large_pack(folder: Path, items: int) -> Path:
    """Write a pack of cards and numeric items, half and half, over 20 files."""
    write_pack(folder)
    for part in range(FILES):
        entries = []
        for number in range(part, items, FILES):
            entry = NUMERIC if number % 2 else CARD
            name = f"{'doubled' if number % 2 else 'recall'}-{number}"
            entry = entry.replace("id: recall", f"id: {name}").replace("id: doubled", f"id: {name}")
            entries.append(
                entry.replace("Front", f"Front {number}").replace("앞면", f"앞면 {number}")
            )
        (folder / "items" / f"part-{part}.yaml").write_text("".join(entries), "utf-8")
    (folder / "items" / "all.yaml").unlink()
    return folder


def _check(pack: Path, home: Path, *options: str) -> tuple[float, float]:
    """Return the seconds of a check in a process of its own, and the largest memory in MB."""
    start = perf_counter()
    ran = run(_CHECK, str(pack), *options, environment={"STUDYTOOL_HOME": str(home)})
    seconds = perf_counter() - start
    return seconds, max(ran.peak_mb, float(ran.printed.split()[-1]))


def _edit(pack: Path) -> None:
    """Write another text into the first card of a pack."""
    path = pack / "items" / "part-0.yaml"
    path.write_text(path.read_text("utf-8").replace("Front 0", "Front zero"), "utf-8")


def rows(*, smoke: bool) -> Iterator[Row | Skipped]:
    """Check both packs, each twice under one home."""
    with tempfile.TemporaryDirectory() as folder:
        large = write_large_pack(Path(folder) / "large", 200 if smoke else ITEMS)
        packs = (("the bundled pack", Path(bundled_pack_folder()), (10.0, 0.5), ()),
                 (f"{ITEMS:,} items", large, (60.0, 1.0), ("--large",)))  # fmt: skip
        largest = 0.0
        for name, pack, (cold, warm), options in packs:
            home = Path(folder) / f"home of {pack.name}"
            for state, limit in (("cold", cold), ("warm", warm)):
                seconds, peak = _check(pack, home, *options)
                largest = max(largest, peak)
                yield Row(f"check {name}, {state}", seconds, "the limit, 2 cores", limit, goal=1.0)
            if pack is large:
                _edit(pack)
                seconds, peak = _check(pack, home, *options)
                what = f"check {name}, one of them edited"
                yield Row(what, seconds, "the limit, 2 cores", 0.5, goal=1.0)
        if HAS_PEAK:
            yield Row(
                "check: the largest process", largest, "the limit", 400.0, goal=1.0, unit="MB"
            )
        else:
            yield Skipped("check: the largest process", "the limit", NO_PEAK)
