"""What each row of the palette does, over what is in view."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App
from textual.screen import Screen

from studytool.errors import StudytoolError
from studytool.help.topics import TOPICS
from studytool.language import Language
from studytool.session.palette import PalettePlace, PaletteShelf
from studytool.session.scope import Scope
from studytool.tui.desk_screen import DeskScreen
from studytool.tui.key_bar import KeyBar
from studytool.tui.themes import THEMES
from studytool.wording.palette import PaletteRow, palette_rows, preview_rows, topic_rows

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from studytool.session.desk import Desk
    from studytool.session.study_session import StudySession
    from studytool.tui.palette_screen import PaletteChoice


def open_palette(
    app: App[None],
    language: Language,
    *,
    desk: "Desk | None" = None,
    do: "Callable[[PaletteChoice | None], Awaitable[None]] | None" = None,
) -> None:
    """Open the palette over what is in view, or close it where it is.

    Args:
        app: the program.
        language: of the texts.
        desk: the learner's state, where it is open.
        do: what is done with what was chosen; by default an action of the screen in view.
    """
    from studytool.tui.palette_screen import PaletteScreen

    screen = app.screen
    if isinstance(screen, PaletteScreen):
        screen.dismiss()
        return
    bars = screen.query(KeyBar)
    place, idle = (bars.first().place, bars.first().idle) if bars else (None, frozenset())
    rows = list(palette_rows(place, language, idle=idle, has_home=desk is not None))
    rows += topic_rows(TOPICS, language)
    if desk is not None:
        packs = [(pack.id, pack.title[language]) for pack in desk.library.packs()]
        rows += preview_rows(packs, language)
    read = None if desk is None else partial(PaletteShelf, desk, language)

    async def act(chosen: "PaletteChoice | None") -> None:
        if isinstance(chosen, PaletteRow) and chosen.kind == "topic":
            _read(app, language, chosen.name)
        elif isinstance(chosen, PaletteRow):
            await app.run_action(chosen.name, app.screen)

    app.push_screen(PaletteScreen(language, rows, read), do or act)


@dataclass(frozen=True, slots=True)
class PaletteGround:
    """What the palette acts on: the program, the learner's state, and home below all else."""

    app: App[None]
    desk: "Desk"
    home: Screen[None]


async def do_choice(ground: PaletteGround, chosen: "PaletteChoice | None") -> None:
    """Do what was chosen; where it cannot be done, the screen in view says why."""
    try:
        match chosen:
            case None:
                return
            case PaletteRow():
                await _do_row(ground, chosen)
            case PalettePlace():
                _go_to(ground, chosen)
            case query if (folder := Path(query).expanduser()) and (folder / "pack.yaml").is_file():
                _preview(ground, folder)
            case query:
                _browse(ground, query)
    except StudytoolError as error:
        screen = ground.app.screen
        if isinstance(screen, DeskScreen):
            screen.tell(error.text(screen.language))


async def _do_row(ground: PaletteGround, row: PaletteRow) -> None:
    app, desk = ground.app, ground.desk
    match row.kind:
        case "here" | "home":
            await app.run_action(row.name, app.screen if row.kind == "here" else ground.home)
        case "study" | "misconceptions":
            begin = _today if row.kind == "study" else _misconceptions
            _study(ground, begin(desk))
        case "theme":
            from studytool.session.changing_settings import change_at_desk

            change_at_desk(desk, "theme", row.name)
            app.theme = THEMES[row.name]
            if isinstance(app.screen, DeskScreen):
                app.screen.fit()  # the list of settings shows it
        case "preview":
            _preview(ground, desk.library.folder(row.name) or Path(row.name))
        case "topic":
            _read(app, desk.settings.language, row.name)
        case "setting":
            from studytool.tui.settings_screen import SettingsScreen

            app.push_screen(SettingsScreen(desk, row.name))


def _go_to(ground: PaletteGround, place: PalettePlace) -> None:
    match place.kind:
        case "item":
            _browse(ground, f"item:{place.name}")
        case "claim":
            from studytool.tui.claims_screen import ClaimsScreen

            ground.app.push_screen(ClaimsScreen(ground.desk, place.name))
        case "concept":
            _browse(ground, f"pack:{place.pack} concept:{place.name}")


def _preview(ground: PaletteGround, folder: Path) -> None:
    """Preview a pack over what is in view, as its author sees it."""
    from studytool.tui.preview_screen import PreviewScreen

    desk = ground.desk
    screen = PreviewScreen(folder, desk.home, desk.settings.language, item=None, seed=0)
    ground.app.push_screen(screen)


def _read(app: App[None], language: Language, topic: str) -> None:
    """Show a page of help over what is in view."""
    from studytool.tui.topic_screens import PageScreen

    app.push_screen(PageScreen(topic, language))


def _browse(ground: PaletteGround, query: str) -> None:
    from studytool.tui.browse_screen import BrowseScreen

    ground.app.push_screen(BrowseScreen(ground.desk, query))


def _today(desk: "Desk") -> "StudySession":
    from studytool.session.sitting import Sitting

    return Sitting(desk, Scope())


def _misconceptions(desk: "Desk") -> "StudySession":
    from studytool.session.custom_study import ANY, CustomStudy, begin_study

    return begin_study(desk, Scope(), CustomStudy(misconception=ANY), desk.clock.now())


def _study(ground: PaletteGround, session: "StudySession") -> None:
    """Study over home alone: of two sittings at once each would ask what the other has asked."""
    from studytool.tui.study_screen import StudyScreen

    while ground.app.screen is not ground.home:
        ground.app.pop_screen()
    ground.app.push_screen(StudyScreen(ground.desk, session))
