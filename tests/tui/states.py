"""What can be in view: every screen and what it waits for, with the keys that lead there."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from studytool.clock import MACHINE_CLOCK
from studytool.errors import ExperimentError, StateError
from studytool.faults import Fault
from studytool.language import Language
from studytool.numerics import measure
from studytool.packs.reader import load_pack
from studytool.quiz.key import OptionKey
from studytool.session.cram import Cram
from studytool.session.desk import Desk
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.session.study_session import StudySession
from studytool.tui import browse_screen, claims_screen, lab_screen
from studytool.tui.app import StudyApp
from studytool.tui.browse_screen import BrowseScreen
from studytool.tui.claims_screen import ClaimsScreen
from tests.packs.samples import write_pack
from tests.session.measured_pack import ESTIMATE, ORDER
from tests.tui.driving import NOW, app_at, press, settled
from tests.tui.tried_pack import desk_with, write_slow_pack

WHOLE = (80, 24)


@dataclass(frozen=True)
class State:
    """What is in view when the window changes.

    Attributes:
        keys: that lead there.
        session: what is studied, if anything: a concept, a kind of item, or ``cram``.
        waits: whether what the last key began is waited for.
        asks_confidence: whether the learner is asked how sure they are.
        screen: what is in front then.
        closes: whether it leaves with the size that it was drawn for.
        world: what is otherwise than it should be, by its name in ``WORLDS``.
        tells: whether it tells what came of a key, until the next is typed.
    """

    keys: tuple[str, ...] = ()
    session: str = ""
    waits: bool = True
    asks_confidence: bool = False
    screen: str = "StudyScreen"
    closes: bool = False
    world: str = ""
    tells: bool = False


STATES = {
    "typed half": State(("1", "dot", "2"), "xavier"),
    "home": State(screen="HomeScreen"),
    "progress": State(("p",), screen="ProgressScreen"),
    "custom": State(("s",), screen="CustomScreen"),
    "custom search": State(("s", "end", "enter", "r", "e"), screen="CustomScreen"),
    "claims": State(("n",), screen="ClaimsScreen"),
    "author": State(("a",), screen="AuthorScreen"),
    "palette": State(("ctrl+p", "d"), screen="PaletteScreen"),
    "help": State(("question_mark",), screen="HelpScreen"),
    "topics": State(("question_mark", "t"), screen="TopicsScreen"),
    "page": State(("question_mark", "t", "enter"), screen="PageScreen"),
    "browse": State(("b", "r", "e"), screen="BrowseScreen"),
    "experiments": State(("e", "d", "i"), screen="ExperimentsScreen"),
    "lab": State(("e", "enter", "down", "right"), screen="LabScreen"),
    "lab's question": State(("e", "enter", "m"), screen="LabQuestionScreen"),
    "settings": State(("o", "down"), screen="SettingsScreen"),
    "setting typed": State(("o", "down", "down", "down", "enter", "9"), screen="SettingsScreen"),
    "jump": State(("ctrl+o",), screen="JumpScreen", closes=True),
    "lesson": State(("1", "f10"), "xavier", screen="LessonScreen"),
    "question": State((), "xavier"),
    "hint": State(("1", "f2"), "xavier"),
    "not readable": State(("x", "enter"), "xavier"),
    "how sure": State(("7", "enter"), "xavier", asks_confidence=True),
    "marked": State(("7", "enter"), "xavier"),
    "shown": State(("f3",), "xavier"),
    "help over a question": State(("4", "f1"), "xavier", screen="HelpScreen"),
    "tried": State(("f3", "v"), "xavier"),
    "trial under way": State(("f3", "v"), "slow", waits=False),
    "options": State(("down",), "options"),
    "options marked": State(("1",), "options"),
    "order held": State(("3", "down", "space", "up"), "order"),
    "estimate typed": State(("5",), "estimate"),
    "estimate marked": State(("5", "enter"), "estimate"),
    "cram": State(("f3",), "cram"),
    "nothing packed": State(screen="HomeScreen", world="no packs"),
    "browse without packs": State(("b", "f6"), screen="BrowseScreen", world="no packs", tells=True),
    "claims without packs": State(("n",), screen="ClaimsScreen", world="no packs"),
    "custom without packs": State(("s",), screen="CustomScreen", world="no packs"),
    "progress without packs": State(("p",), screen="ProgressScreen", world="no packs"),
    "palette without packs": State(("ctrl+p", "d"), screen="PaletteScreen", world="no packs"),
    "claims being read": State(("n",), screen="ClaimsScreen", world="reading"),
    "browse being read": State(("b",), screen="BrowseScreen", world="reading"),
    "claims unreadable": State(("n", "f5"), screen="ClaimsScreen", world="unreadable"),
    "browse unreadable": State(("b", "f6"), screen="BrowseScreen", world="unreadable"),
    "lab failing": State(("e", "enter"), screen="LabScreen", world="lab fails"),
    "claims not found": State(("n", "z", "z", "z"), screen="ClaimsScreen"),
    "browse not found": State(("b", "z", "z", "z"), screen="BrowseScreen"),
    "search in error": State(("b", "("), screen="BrowseScreen"),
    "experiments not found": State(("e", "z", "z", "z"), screen="ExperimentsScreen"),
    "palette not found": State(("ctrl+p", *"zzzz"), screen="PaletteScreen"),
    "setting refused": State(
        ("o", "down", "down", "down", "enter", *"999", "enter"), screen="SettingsScreen"
    ),
    "no folder": State(("a", *"zz", "enter"), screen="AuthorScreen", tells=True),
    "summary": State(("f3", "1", "escape"), "xavier", screen="SummaryScreen"),
}


def _without_packs(_: pytest.MonkeyPatch, desk: Desk) -> None:
    for pack in desk.library.packs():
        desk.library.remove(pack.id)


def _reading(patch: pytest.MonkeyPatch, _: Desk) -> None:
    for screen in (BrowseScreen, ClaimsScreen):
        patch.setattr(screen, "_read", lambda _: None)


def _unreadable(patch: pytest.MonkeyPatch, _: Desk) -> None:
    def refuse(*_: object) -> None:
        raise StateError(Fault.LIBRARY_DAMAGED, path=Path("library.db"), why="SQLITE_CORRUPT")

    patch.setattr(browse_screen, "ItemShelf", refuse)
    patch.setattr(claims_screen, "ClaimShelf", refuse)


def _lab_fails(patch: pytest.MonkeyPatch, _: Desk) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ExperimentError("dropout", measure._BEYOND.of())

    patch.setattr(lab_screen, "measured", fail)


WORLDS: dict[str, Callable[[pytest.MonkeyPatch, Desk], None]] = {
    "": lambda *_: None,
    "no packs": _without_packs,
    "reading": _reading,
    "unreadable": _unreadable,
    "lab fails": _lab_fails,
}


def desk_of(state: State, desks: dict[str, Desk], tmp: Path) -> Desk:
    kinds = {"order": ORDER, "estimate": ESTIMATE}
    if state.session == "slow":
        desks["slow"] = desk_with(tmp / "slow", write_slow_pack(tmp / "sample"), "en")
    elif state.session in kinds:
        opened = desks[state.session] = Desk.open(tmp / state.session, MACHINE_CLOCK)
        folder = write_pack(tmp / "pack", items=kinds[state.session])
        opened.library.install(load_pack(folder), folder)
        opened.register_packs()
    found = desks.get(state.session, desks[""])
    if state.asks_confidence:
        found.settings = replace(found.settings, ask_confidence=True)
    return found


def session_of(state: State, desk: Desk) -> StudySession | None:
    match state.session:
        case "":
            return None
        case "cram":
            return Cram(desk, Scope(), NOW)
        case "slow" | "order" | "estimate":
            return Sitting(desk, Scope(("sample",)))
        case "options":
            return _with_options(desk)
        case concept:
            return Sitting(desk, Scope((), concept))


def _with_options(desk: Desk) -> StudySession:
    for concept in desk.library.manifest("deep-learning-notes").concepts:
        asked = Sitting(desk, Scope((), concept.id)).start_next(NOW)
        if asked is not None and isinstance(asked.variant.key, OptionKey):
            return Sitting(desk, Scope((), concept.id))
    raise AssertionError("no choice is new")


@asynccontextmanager
async def state_shown(
    name: str, desks: dict[str, Desk], tmp: Path, language: Language, size: tuple[int, int] = WHOLE
) -> AsyncIterator[tuple[StudyApp, Pilot[None]]]:
    state = STATES[name]
    desk = desk_of(state, desks, tmp)
    desk.choose_language(language)
    app = app_at(desk, session_of(state, desk))
    with pytest.MonkeyPatch.context() as patch:
        WORLDS[state.world](patch, desk)
        async with _shown(app, state, size) as pilot:
            yield app, pilot


@asynccontextmanager
async def _shown(app: StudyApp, state: State, size: tuple[int, int]) -> AsyncIterator[Pilot[None]]:
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, *state.keys[:-1])
        if state.waits:
            await press(pilot, *state.keys[-1:])
        else:
            await pilot.press(state.keys[-1])
        assert type(app.screen).__name__ == state.screen
        yield pilot
        if not state.waits:
            await pilot.press("escape")
