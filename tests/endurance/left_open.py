"""Leave the program open for two days: the screens and the line mode, under a clock that is driven.

At every look the counts have to be those of the instant, also when the day has turned; what the process
holds is measured when the first quarter is over and at the end. An hour of the clock takes a moment.
"""

import asyncio
import gc
import io
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from textual.dom import DOMNode
from textual.pilot import Pilot

from studytool.cli import home as cli_home
from studytool.cli import run
from studytool.cli.ending import run_to_end
from studytool.clock import Clock
from studytool.collection import share_one_heap
from studytool.session.desk import Desk
from studytool.session.overview import read_overview
from studytool.tui import home_screen
from studytool.tui.app import StudyApp
from studytool.tui.home_screen import HomeScreen
from studytool.tui.study_screen import StudyScreen
from tests.tui.driving import NOW, press, settled

SPAN = timedelta(days=2)
LOOKS = 288
"""Of two days: one every ten minutes."""

LOOKS_OF_A_SITTING = 4
MOST_MORE_BYTES = 24 << 20
"""Than when a quarter was over."""
MOST_MORE_WIDGETS = 24
"""The last two sittings' questions are still held at both looks, and may have so many paragraphs more.

A sitting that stayed for good would be some 18, and there are two sittings or more after the first look
but in the shortest run.
"""
_TWO_SITTINGS = 5
"""The look after which two sittings were had."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the process holds; ``widgets`` are those of screens that are still reached, too."""

    bytes: int
    widgets: int
    handles: int
    threads: int

    @classmethod
    def now(cls) -> "Held":
        """Measure it."""
        gc.collect()
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return cls(
            bytes=pages * os.sysconf("SC_PAGE_SIZE"),
            widgets=sum(issubclass(type(one), DOMNode) for one in gc.get_objects()),
            handles=sum(1 for _ in Path("/proc/self/fd").iterdir()),
            threads=threading.active_count(),
        )

    def more_than(self, before: "Held") -> Iterator[str]:
        """Say what grew as it must not."""
        if self.bytes - before.bytes > MOST_MORE_BYTES:
            yield f"{self.bytes - before.bytes:,} bytes more"
        if self.widgets - before.widgets > MOST_MORE_WIDGETS:
            yield f"{self.widgets - before.widgets:,} widgets more"
        if self.handles > before.handles:
            yield f"{self.handles - before.handles} open files more"
        if self.threads > before.threads:
            yield f"{self.threads - before.threads} threads more"


@dataclass
class OpenFigures:
    """What came of two days; ``held`` is what the process held after a quarter and at the end."""

    looks: int = 0
    days: int = 0
    answers: int = 0
    seconds: float = 0.0
    held: dict[str, tuple[Held, Held]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """Say it."""
        yield (
            f"two days left open in {self.seconds:,.0f} s: {self.looks} looks, the day turned {self.days} "
            f"times, {self.answers} answers, {len(self.wrong)} wrong"
        )
        for where, (before, after) in self.held.items():
            yield f"  {where}: {before}"
            yield f"  {' ' * len(where)}  {after}"
        yield from (f"  WRONG {one}" for one in self.wrong)


class DrivenClock:
    """A clock that goes when it is told to, in UTC."""

    def __init__(self) -> None:
        self.now = NOW
        self.clock = Clock(lambda: self.now, lambda _: 0)

    def drive(self, by: timedelta) -> datetime:
        """Let so much time pass."""
        self.now += by
        return self.now


def leave_open(
    looks: int, root: Path, *, tell: Callable[[str], object] = lambda _: None
) -> OpenFigures:
    """Look so many times in two days."""
    figures, begun = OpenFigures(), time.monotonic()
    share_one_heap()  # as the program begins
    asyncio.run(_screens(root / "screens", looks, figures))
    tell(f"screens: {figures.looks} looks, {figures.wrong}")
    _lines(root / "lines", looks, figures)
    figures.seconds = time.monotonic() - begun
    return figures


async def _screens(home: Path, looks: int, figures: OpenFigures) -> None:
    driven, first = DrivenClock(), Held(0, 0, 0, 0)
    await asyncio.to_thread(gc.collect)  # a pool keeps its first thread, whoever asks for it when
    with (
        closing(Desk.open(home, driven.clock)) as desk,
        patch.object(home_screen, "LOOK_SECONDS", 0.02),
    ):
        desk.settings = replace(desk.settings, lessons=False)
        app = StudyApp(desk)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            for number in range(looks):
                before = desk.log.day_of(driven.now)
                figures.days += desk.log.day_of(driven.drive(SPAN / looks)) - before
                await pilot.pause(0.05)
                await settled(pilot)
                figures.wrong += _counted(app, desk, driven.now)
                if number % LOOKS_OF_A_SITTING == 1:
                    await _study(app, pilot, driven, SPAN / looks / 4)
                    figures.wrong += _counted(app, desk, driven.now)
                figures.looks += 1
                if number == max(looks // 4, _TWO_SITTINGS):
                    first = Held.now()
            _compare("screens", first, figures)
        figures.answers += len(desk.log.last_reviews(limit=1 << 30))


def _counted(app: StudyApp, desk: Desk, now: datetime) -> Iterator[str]:
    """Say whether home shows other counts than those of the instant."""
    if not isinstance(app.screen, HomeScreen):
        yield f"{now}: {type(app.screen).__name__} is in view"
    elif app.screen._overview != read_overview(desk, now):
        yield f"{now}: home shows {app.screen._overview}"


async def _study(
    app: StudyApp, pilot: Pilot[None], driven: DrivenClock, between: timedelta
) -> None:
    """Answer three questions, time passing at each, and come home."""
    await press(pilot, "enter")
    for rating in "314":
        if isinstance(app.screen, StudyScreen):
            await press(pilot, "f3")
            driven.drive(between)
            await press(pilot, rating)
    for _ in range(3):
        if not isinstance(app.screen, HomeScreen):
            await press(pilot, "escape")


class _SlowLearner(io.TextIOBase):
    """An input at which time passes before every line."""

    def __init__(self, driven: DrivenClock, looks: int) -> None:
        self._driven, self._end, self._looks = driven, driven.now + SPAN, looks
        self.lines = 0
        self.first: Held | None = None

    @property
    def is_over(self) -> bool:
        """Tell whether two days have passed."""
        return self._driven.now >= self._end

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]  # noqa: ARG002 - of text
        self._driven.drive(SPAN / self._looks)
        self.lines += 1
        if self.lines == self._looks // 4:
            self.first = Held.now()
        return "" if self.is_over else (":s\n", "3\n", ":s\n", "1\n")[self.lines % 4 - 1]


def _lines(home: Path, looks: int, figures: OpenFigures) -> None:
    driven = DrivenClock()
    learner = _SlowLearner(driven, looks)
    first = Held.now()
    with patch.object(cli_home, "MACHINE_CLOCK", driven.clock):
        while not learner.is_over:
            status, said = _run_lines(home, learner)
            if status:
                figures.wrong.append(f"study --plain: {status} {said}")
                return
            driven.drive(SPAN / looks)
            first = learner.first or Held.now()
    _compare("lines", first, figures)
    with closing(Desk.open(home, driven.clock)) as desk:
        figures.answers += len(desk.log.last_reviews(limit=1 << 30))


def _run_lines(home: Path, learner: _SlowLearner) -> tuple[int, str]:
    said = io.StringIO()
    with (
        patch.dict(os.environ, {"STUDYTOOL_HOME": str(home)}),
        patch.multiple(
            sys, argv=["studytool", "study", "--plain"], stdin=learner, stdout=said, stderr=said
        ),
    ):
        return run_to_end(run), said.getvalue()


def _compare(where: str, first: Held, figures: OpenFigures) -> None:
    last = Held.now()
    figures.held[where] = (first, last)
    figures.wrong += [f"{where}: {one}" for one in last.more_than(first)]
