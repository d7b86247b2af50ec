"""Screens with much on them, on a real pseudo-terminal: a search in very many items, a slider that is dragged."""

import os
import select
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.checking import write_large_pack
from tests.benchmarks.row import Row, Skipped
from tests.benchmarks.screens import Terminal

PACKS, ITEMS = 10, 10_000
MOST = 0.050
_TYPED = "front 12"
DRAGGED = "ball_solution"
"""An experiment whose first look takes 10 ms of processor time; its second row is a slider."""
REDRAWS = 20
_FIRST_CELL, _LAST_CELL, _ROW = 16, 26, 6
"""Of the slider, counted from 1 as a terminal does."""
_PRESS, _DRAG, _RELEASE = "\x1b[<0;{};{}M", "\x1b[<32;{};{}M", "\x1b[<0;{};{}m"
_MOVES_A_SECOND = 60
_APART = 0.002
"""Seconds between two redraws: what comes closer is of the same."""
_OURS = (sys.executable, "-m", "studytool")


def rows(*, smoke: bool) -> Iterator[Row | Skipped]:
    """Type a search and take it back, letter by letter; then drag."""
    if not sys.platform.startswith("linux"):
        yield Skipped("key to repaint, many items", "50 ms", "it reads /proc")
        return
    with TemporaryDirectory() as folder:
        environment = {"STUDYTOOL_HOME": f"{folder}/home", "TERM": "xterm-256color"}
        environment["LANG"] = "en_US.UTF-8"
        yield from _typed(Path(folder), environment, smoke=smoke)
        yield _dragged(environment, 0.2 if smoke else 3.0)


def _typed(folder: Path, environment: dict[str, str], *, smoke: bool) -> Iterator[Row]:
    packs, items = (1, 50) if smoke else (PACKS, ITEMS)
    for number in range(packs):
        pack = write_large_pack(folder / f"large-{number}", items)
        manifest = pack / "pack.yaml"
        named = manifest.read_text("utf-8").replace("id: sample", f"id: large-{number}", 1)
        manifest.write_text(named, "utf-8")
        adding = [*_OURS, "pack", "add", str(pack), "--yes", "--large"]
        subprocess.run(adding, env=os.environ | environment, capture_output=True, check=True)
    terminal = Terminal(_OURS, environment)
    try:
        terminal.begin()
        terminal.press("b")
        terminal.settle()
        keys = [*_TYPED, *("\x7f" * len(_TYPED))] * (1 if smoke else 4)
        before = terminal.processor_seconds
        times = [terminal.press(key) for key in keys]
        processor = (terminal.processor_seconds - before) / len(keys)
    finally:
        terminal.end()
    of = f"key to repaint, browse among {packs * items:,} items"
    yield Row(of, statistics.median(times), "50 ms", MOST, goal=1.0)
    worst = sorted(times)[max(0, round(0.99 * len(times)) - 1)]
    yield Row(f"{of}, 99th percentile", worst, "50 ms", MOST, goal=1.0)
    yield Row(f"{of}, processor", processor, "50 ms", MOST, goal=None)


def _dragged(environment: dict[str, str], seconds: float) -> Row:
    """Count how often the lab is drawn in a second while the mouse drags a slider to and fro."""
    terminal = Terminal((*_OURS, "lab", DRAGGED), environment)
    try:
        terminal.begin()
        terminal.send(_PRESS.format(_FIRST_CELL, _ROW))
        began, moved, drawn, last = time.perf_counter(), 0, 0, 0.0
        while (now := time.perf_counter()) < began + seconds:
            if now >= began + moved / _MOVES_A_SECOND:
                moved += 1
                there = moved % (2 * (_LAST_CELL - _FIRST_CELL))
                cell = _FIRST_CELL + min(there, 2 * (_LAST_CELL - _FIRST_CELL) - there)
                terminal.send(_DRAG.format(cell, _ROW))
            if select.select([terminal.file], [], [], 0.001)[0]:
                os.read(terminal.file, 65536)
                now = time.perf_counter()
                drawn += now - last > _APART
                last = now
        terminal.send(_RELEASE.format(_LAST_CELL, _ROW))
    finally:
        terminal.end()
    # Of two rates the larger is better, and a row is met where its ratio is small: hence seconds.
    return Row(
        f"lab, from redraw to redraw while {DRAGGED} is dragged",
        seconds / max(1, drawn),
        f"{REDRAWS} redraws a second",
        1 / REDRAWS,
        goal=1.0,
    )
