"""The program driven as a learner drives it: keys in, text out."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from textual.app import App
from textual.pilot import Pilot

from studytool.session.desk import Desk
from studytool.session.study_session import StudySession
from studytool.tui.app import StudyApp
from studytool.tui.deafness import Deafness
from studytool.tui.study_screen import StudyScreen
from studytool.typeset.cells import cell_width
from tests.tui.idle import know_when_idle

know_when_idle()
Deafness.seconds = 0.0  # tests press keys faster than people see a mark
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def app_at(
    desk: Desk, session: StudySession | None = None, now: datetime = NOW, *, lessons: bool = False
) -> StudyApp:
    """Return the program on a screen, at home or in a session, as the clock stands at ``now``.

    Concepts begin without their ``lessons`` but where a test is about them.
    """
    desk.clock = replace(desk.clock, now=lambda: now)
    desk.settings = replace(desk.settings, lessons=lessons)
    return StudyApp(desk, session=session)


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, each after what the one before led to."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


async def settled(pilot: Pilot[None]) -> None:
    """Wait until nothing is being computed or drawn."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def until(pilot: Pilot[None], is_so: Callable[[], bool]) -> None:
    """Wait for what a thread of the program's own brings about, however slow the machine is."""
    async with asyncio.timeout(120):
        while not is_so():
            await pilot.pause()


async def resize(pilot: Pilot[None], width: int, height: int) -> None:
    """Give the terminal a size, and wait until the screen is laid out in it.

    What Textual takes for idle may be a process that got no turn on a busy machine.
    """
    app = pilot.app
    await pilot.resize_terminal(width, height)
    async with asyncio.timeout(120):
        while app.screen._compositor.size != app.size or app.size != (width, height):
            await pilot.pause()
    await pilot.pause()


def text_of(app: App[None]) -> str:
    """Read the screen's cells as lines of text."""
    width, height = app.size
    strips = app.screen._compositor.render_strips()
    lines = ["".join(segment.text for segment in strip).rstrip() for strip in strips]
    assert len(lines) <= height
    assert all(cell_width(line) <= width for line in lines)
    return "\n".join(lines)


def words_of(app: App[None]) -> str:
    """Read the screen's words with one space between them: a message wraps where its path ends."""
    return " ".join(text_of(app).split())


def study_screen(app: StudyApp) -> StudyScreen:
    """Give the screen, which must be a sitting's."""
    assert isinstance(app.screen, StudyScreen)
    return app.screen


def item_of(app: StudyApp) -> str:
    """Name the item in view."""
    question = study_screen(app)._session.question
    assert question is not None
    return question.id
