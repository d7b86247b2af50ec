"""The home screen: each pack's counts, today's work, the days to come."""

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.events import Event, Key, ScreenResume
from textual.geometry import Size
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from studytool.errors import StudytoolError
from studytool.session.desk import Desk
from studytool.session.overview import Overview, PackCounts, minutes_of, read_unsound_overview
from studytool.session.scope import Scope
from studytool.tui.bindings import bindings_of
from studytool.tui.desk_screen import DeskScreen
from studytool.tui.early_keys import UnseenScreen
from studytool.tui.exam_panel import ExamPanel
from studytool.tui.gated_app import GatedApp
from studytool.tui.key_bar import KeyBar
from studytool.tui.shown_text import shown
from studytool.tui.window_size import is_wide, mark_too_small
from studytool.wording import study as phrases
from studytool.wording import words
from studytool.wording.home import day_line, in_columns, lines_below
from studytool.wording.keys import KeyPlace

if TYPE_CHECKING:
    from studytool.tui.home_panels import HomePanels

DAY_WIDTH = 48
"""Columns of the day's work where the panels stand beside it."""
COLUMN = 10
ALL = "*"
"""The id of the row of all packs together."""
LOOK_SECONDS = 1.0
"""From one look at the clock to the next, while home is in view."""


class HomeScreen(DeskScreen, UnseenScreen):
    """The first screen."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KeyPlace.HOME)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._overview: Overview | None = None  # counted when the screen is shown
        self._counted_at = desk.clock.now()
        self._minutes: int | None = None  # read once the counts are in view
        self._shown_for: Size | None = None
        self._panels: HomePanels | None = None  # they come behind the first frame

    def compose(self) -> ComposeResult:
        """Lay out bar, packs, forecast, keys."""
        yield Static("", id="bar", markup=False)
        with Container(id="home"), Vertical(id="home-day"):
            yield Static("", id="packs-head", markup=False)
            yield OptionList(id="packs", markup=False)
            yield Static("", id="forecast", markup=False)
            yield ExamPanel("", id="exams", markup=False)
        yield from self.compose_below()

    def on_mount(self) -> None:
        """Take the focus, be laid out for the window, and follow the clock from now on."""
        mark_too_small(self, self.app.size, self.language)
        self.set_class(is_wide(self.app.size), "wide")
        self.query_one(OptionList).focus()
        self.set_interval(LOOK_SECONDS, self._follow_clock)

    async def on_event(self, event: Event) -> None:
        """Hear an event; the first time that home is shown, all has its styles already."""
        if isinstance(event, ScreenResume) and self._overview is None:
            event.refresh_styles = False
        await super().on_event(event)

    def on_screen_resume(self) -> None:
        """Count, at first and again after a sitting; then read what the panels show."""
        self._count()
        self.come_into_view()
        self._read_panels()

    def _read_panels(self) -> None:
        """Read what the panels show, once the counts are in view."""
        self.call_after_refresh(self._show_panels)

    async def _show_panels(self) -> None:
        from studytool.tui.home_panels import HomePanels  # late: behind the first frame

        if self._panels is None:
            if isinstance(self.app, GatedApp):
                self.app.style_screens()
            self._panels = HomePanels(self._desk, id="panels")
            await self.query_one("#home").mount(self._panels)
        self._panels.read(self._counted_at)

    def _read_minutes(self) -> None:
        if self._overview is None:
            return
        try:
            self._minutes = minutes_of(self._desk, self._overview, self._counted_at)
        except StudytoolError:  # home itself says why
            return
        self.query_one("#bar", Static).update(shown(self._bar(self._overview)))

    def fit(self) -> None:
        """Lay the columns out anew, where they stand for a window of another size."""
        self.set_class(is_wide(self.size), "wide")
        if self._shown_for != self.size:
            self._show()

    async def show_again(self) -> None:
        """Count again: the packs have other titles."""
        self._count()
        self._read_panels()

    def tell(self, message: str) -> None:
        """Show a message below the packs."""
        self.query_one("#forecast", Static).update(shown(message))

    def _count(self) -> None:
        self._counted_at = self._desk.clock.now()
        self._overview = read_unsound_overview(self._desk, self._counted_at)
        self._show()
        self.call_after_refresh(self._read_minutes)

    def _follow_clock(self) -> None:
        """Count again where a step fell due, the day turned, or the clock was set back."""
        if self._overview is None or not self.is_current:
            return
        now = self._desk.clock.now()
        if self._counted_at <= now < self._overview.ends(self._counted_at):
            return
        try:
            self._count()
        except StudytoolError as error:  # nobody pressed a key: what stands stays
            self.tell(error.text(self.language))

    def _show(self) -> None:
        overview = self._overview
        if overview is None:
            return
        language = self.language
        self._shown_for = self.size
        self.query_one("#bar", Static).update(shown(self._bar(overview)))
        head = self._columns(
            words.PACK.text(language),
            phrases.DUE.text(language),
            words.LEARNING.text(language),
            words.NEW.text(language),
        )
        self.query_one("#packs-head", Static).update(shown(head))
        self._show_packs(overview)
        self.query_one("#forecast", Static).update(shown(self._below(overview)))
        self.query_one(ExamPanel).show(overview, language, has_room=self._has_room)
        self.query_one(KeyBar).show(KeyPlace.HOME, language)

    @property
    def _has_room(self) -> bool:
        return not (self.has_class("narrow") or self.has_class("short"))

    def _bar(self, overview: Overview) -> str:
        title = "" if self.has_class("narrow") else "studytool   "
        room = self.size.width - len(title) - 2
        return title + day_line(overview, self.language, minutes=self._minutes, width=room)

    def _show_packs(self, overview: Overview) -> None:
        listed = self.query_one(OptionList)
        chosen = listed.highlighted or 0
        listed.clear_options()
        rows: list[tuple[str, str, Overview | PackCounts]] = [
            (pack.id, pack.title, pack) for pack in overview.packs
        ]
        if len(rows) > 1:
            together = phrases.ALL_PACKS.text(self.language)
            rows.insert(0, (ALL, together, overview))
        for name, title, counts in rows:
            listed.add_option(Option(shown(self._row(title, counts)), id=name))
        if rows:
            listed.highlighted = min(chosen, len(rows) - 1)

    def _row(self, title: str, counts: Overview | PackCounts) -> str:
        """Set a pack and its counts in a row, or below each other where the window is narrow."""
        if self.has_class("narrow"):
            said = {"due": counts.due, "learning": counts.learning, "new": counts.new}
            return f"{title}\n{phrases.NARROW_COUNTS.text(self.language, **said)}"
        return self._columns(title, str(counts.due), str(counts.learning), str(counts.new))

    def _columns(self, title: str, *numbers: str) -> str:
        """Set a row in cells, so that Hangul lines up."""
        if is_wide(self.size):
            return in_columns(title, numbers, width=DAY_WIDTH - 4, column=COLUMN - 1)
        return in_columns(title, numbers, width=self.size.width - 14, column=COLUMN)

    def _below(self, overview: Overview) -> str:
        language, settings = self.language, self._desk.settings
        until = self._desk.until(overview.next_due, self._desk.clock.now())
        soon = None if until is None else phrases.write_interval(until, language)
        wanted = settings.desired_retention
        lines = lines_below(
            overview, language, wanted=wanted, next_due=soon, with_exams=not self._has_room
        )
        faults = [one for one in (self._desk.unsound, self._desk.misplaced) if one is not None]
        return "\n".join([*(fault.text(language) for fault in faults), *lines])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Study the pack chosen."""
        from studytool.session.sitting import Sitting  # late: home asks nothing
        from studytool.tui.study_screen import StudyScreen

        sitting = Sitting(self._desk, Scope(_packs(event.option)))
        self.app.push_screen(StudyScreen(self._desk, sitting))

    def on_key(self, event: Key) -> None:
        """Study the misconception with the digit that is pressed."""
        if event.character and event.character in "123456789":
            event.stop()
            self._mend(int(event.character))

    def on_home_panels_slip_chosen(self, event: "HomePanels.SlipChosen") -> None:
        """Study the misconception that is clicked."""
        self._mend(event.number)

    def on_home_panels_concept_chosen(self, event: "HomePanels.ConceptChosen") -> None:
        """Show the items of the concept that is clicked."""
        from studytool.tui.browse_screen import BrowseScreen  # late: home lists no items

        query = f"pack:{event.pack} concept:{event.concept}"
        self.app.push_screen(BrowseScreen(self._desk, query))

    def _mend(self, number: int) -> None:
        """Study the items that showed a misconception, by its number in the list."""
        from studytool.session.custom_study import CustomStudy, begin_study
        from studytool.tui.study_screen import StudyScreen

        slips = () if self._panels is None else self._panels.slips
        if number > len(slips):
            return
        custom = CustomStudy(misconception=slips[number - 1].misconception)
        try:
            session = begin_study(self._desk, Scope(), custom, self._desk.clock.now())
        except StudytoolError as error:
            self.tell(error.text(self.language))
            return
        self.app.push_screen(StudyScreen(self._desk, session))

    def action_cram(self) -> None:
        """Ask everything in the pack in view, and write nothing."""
        from studytool.session.cram import Cram  # late: home asks nothing
        from studytool.tui.study_screen import StudyScreen

        scope = Scope(_packs(self.query_one(OptionList).highlighted_option))
        cram = Cram(self._desk, scope, self._desk.clock.now())
        self.app.push_screen(StudyScreen(self._desk, cram))

    def action_custom(self) -> None:
        """Choose what to study beside the day's plan, in the pack in view."""
        from studytool.tui.custom_screen import CustomScreen  # late: home asks nothing

        packs = _packs(self.query_one(OptionList).highlighted_option)
        self.app.push_screen(CustomScreen(self._desk, packs))

    def action_browse(self) -> None:
        """List all items, to be searched and acted on."""
        from studytool.tui.browse_screen import BrowseScreen  # late: home lists no items

        self.app.push_screen(BrowseScreen(self._desk))

    def action_claims(self) -> None:
        """List the claims of the notes, to be read and tried."""
        from studytool.tui.claims_screen import ClaimsScreen  # late: home knows no models

        self.app.push_screen(ClaimsScreen(self._desk))

    def action_settings(self) -> None:
        """Show the settings, to be changed."""
        from studytool.tui.settings_screen import SettingsScreen  # late: rarely asked for

        self.app.push_screen(SettingsScreen(self._desk))

    def action_author(self) -> None:
        """Choose a pack of one's own, to be looked at while it is written."""
        from studytool.tui.author_screen import AuthorScreen  # late: few learners write

        self.app.push_screen(AuthorScreen(self._desk, Path()))

    def action_lab(self) -> None:
        """Choose an experiment of the core, to try it out."""
        from studytool.tui.experiments_screen import ExperimentsScreen  # late: it loads the core

        self.app.push_screen(ExperimentsScreen(self._desk))

    def action_progress(self) -> None:
        """Show the learner's records, of the chosen pack where there are several."""
        from studytool.tui.progress_screen import ProgressScreen  # late: home shows no figures

        listed = self.query_one(OptionList)
        chosen = listed.highlighted_option
        several = listed.option_count > 1 and chosen is not None and chosen.id != ALL
        pack = chosen.id if several and chosen is not None else None
        self.app.push_screen(ProgressScreen(self._desk, pack=pack))


def _packs(option: Option | None) -> tuple[str, ...]:
    """Return the packs that a row stands for, none for all."""
    return () if option is None or option.id in (None, ALL) else (str(option.id),)
