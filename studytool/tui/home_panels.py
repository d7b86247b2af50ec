"""Home beside the day's work: the map of concepts, the misconceptions to mend, the weeks studied."""

from collections.abc import Iterator
from datetime import datetime

from textual import work
from textual.app import ComposeResult
from textual.containers import Container
from textual.events import Click
from textual.message import Message
from textual.style import Style
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from studytool.errors import StudytoolError
from studytool.language import Language
from studytool.session.concept_map import HomeMap, LivingSlip, read_home_map, read_slip_words
from studytool.session.desk import Desk
from studytool.tui.shown_text import ShownText, in_a_row, in_lines, shown
from studytool.tui.window_size import is_wide
from studytool.wording import concept_map as phrases
from studytool.wording.concept_map import MapCell

_TALL = 36
"""Lines of a window with room for the weeks."""
_MARGIN = 4
_MOST_SLIPS_BELOW = 3
_CONCEPT = "concept"
"""What a click finds beside a concept: its pack and id."""


class ConceptMapView(Static):
    """The map; a click on a concept chooses it."""

    def on_click(self, event: Click) -> None:
        """Choose the concept that is clicked."""
        name = event.style.meta.get(_CONCEPT)
        if name is not None:
            pack, _, concept = str(name).partition("/")
            self.post_message(HomePanels.ConceptChosen(pack, concept))


class HomePanels(Container):
    """What home shows of all that was learned; read once home is in view.

    Args:
        desk: the learner's state.
        id: of the widget.
    """

    class SlipChosen(Message):
        """A misconception was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    class ConceptChosen(Message):
        """A concept was clicked."""

        def __init__(self, pack: str, concept: str) -> None:
            super().__init__()
            self.pack, self.concept = pack, concept

    def __init__(self, desk: Desk, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._desk = desk
        self._found: HomeMap | None = None
        self._words: dict[Language, dict[str, str]] = {"ko": {}, "en": {}}
        self._asked: set[tuple[Language, str]] = set()

    def compose(self) -> ComposeResult:
        """Lay out map, misconceptions, weeks, each under its title."""
        for name, widget in (("map", ConceptMapView), ("slips", OptionList), ("weeks", Static)):
            yield Static("", id=f"{name}-title", markup=False)
            yield (
                OptionList(id=name, markup=False)
                if widget is OptionList
                else widget("", id=name, markup=False)
            )

    def on_mount(self) -> None:
        """Leave the keys to the list of packs."""
        self.query_one(OptionList).can_focus = False

    @property
    def slips(self) -> tuple[LivingSlip, ...]:
        """Return the misconceptions as they are numbered."""
        return () if self._found is None else self._found.slips

    def read(self, now: datetime) -> None:
        """Read all anew; what cannot be read is left as it was: home itself says why."""
        try:
            self._found = read_home_map(self._desk, now)
        except StudytoolError:
            return
        self._show()
        language = self._desk.settings.language
        unknown = [one for one in self.slips if (language, one.misconception) not in self._asked]
        if unknown:
            self._asked |= {(language, one.misconception) for one in unknown}
            self._read_words(unknown, language)

    @work(thread=True, exit_on_error=False)
    def _read_words(self, slips: list[LivingSlip], language: Language) -> None:
        words = read_slip_words(self._desk.library.path, slips, language)
        if self.is_attached:
            self.app.call_from_thread(self._take_words, language, words)

    def _take_words(self, language: Language, words: dict[str, str]) -> None:
        self._words[language] |= words
        self._show()

    def on_resize(self) -> None:
        """Set all anew, once it is laid out."""
        self.call_after_refresh(self._show)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose the misconception that is clicked."""
        event.stop()
        self.post_message(self.SlipChosen(event.option_index + 1))

    def _show(self) -> None:
        found = self._found
        if found is None or not self.size.width:
            return
        language, window = self._desk.settings.language, self.app.size
        wide, room = is_wide(window), max(20, self.size.width - _MARGIN)
        rows = (phrases.map_rows if wide else phrases.weakest_rows)(found, language, width=room)
        title = phrases.MAP_TITLE if wide else phrases.WEAKEST_TITLE
        self._panel("map", title.text(language), is_there=bool(rows))
        self.query_one("#map", Static).update(in_lines(*map(_row, rows)))
        words = self._words[language]
        slips = list(phrases.slip_lines(found.slips, words, language, width=room))
        self._panel("slips", phrases.SLIPS_TITLE.text(language), is_there=bool(slips))
        listed = self.query_one("#slips", OptionList)
        listed.clear_options()
        listed.add_options(
            Option(shown(one)) for one in slips[: None if wide else _MOST_SLIPS_BELOW]
        )
        has_room = wide and window.height >= _TALL and bool(found.reviews)
        self._panel("weeks", phrases.WEEKS_TITLE.text(language), is_there=has_room)
        weeks = phrases.week_lines(found, language) if has_room else ()
        self.query_one("#weeks", Static).update(in_lines(*map(shown, weeks)))

    def _panel(self, name: str, title: str, *, is_there: bool) -> None:
        heading = self.query_one(f"#{name}-title", Static)
        heading.update(shown(title))
        heading.display = self.query_one(f"#{name}").display = is_there


def _row(cells: list[MapCell]) -> ShownText:
    return in_a_row(*_spaced(cells))


def _spaced(cells: list[MapCell]) -> Iterator[ShownText]:
    for number, cell in enumerate(cells):
        if number:
            yield shown(" " * phrases.GAP)
        text = shown(cell.text, "bold $warning" if cell.is_weak else "")
        name = f"{cell.concept.pack}/{cell.concept.concept}"
        yield text.stylize(Style.from_meta({_CONCEPT: name}))
