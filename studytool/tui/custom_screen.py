"""The chooser of custom study: what is asked beside the day's plan, each with its count."""

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from studytool.errors import StudytoolError
from studytool.language import Phrase
from studytool.session.custom_study import (
    ANY,
    CustomStudy,
    begin_study,
    count_items,
    count_of_the_day,
)
from studytool.session.desk import Desk
from studytool.session.scope import Scope
from studytool.tui.answer_input import AnswerInput
from studytool.tui.bindings import bindings_of
from studytool.tui.list_screens import EntryScreen
from studytool.tui.shown_text import shown
from studytool.tui.study_screen import StudyScreen
from studytool.typeset.cells import cut, pad
from studytool.wording import custom_study as phrases
from studytool.wording.keys import KeyPlace

if TYPE_CHECKING:
    from studytool.packs.text import Text

_ROWS: dict[str, Phrase] = {
    "ahead": phrases.AHEAD,
    "forgotten": phrases.FORGOTTEN,
    "misconception": phrases.MISCONCEPTION,
    "new": phrases.MORE_NEW,
    "concept": phrases.CONCEPT,
    "search": phrases.SEARCH,
}
_STEPS = {"ahead": 1, "forgotten": 1, "new": 5}
"""By how much an arrow changes a number, which it begins with too."""
_MOST = 365
_MARGIN, _COUNT = 12, 6
"""Cells beside the rows, and of the counts in them."""


class CustomScreen(EntryScreen):
    """What custom study asks of some packs, chosen by row and number.

    Args:
        desk: the learner's state.
        packs: all when empty.
    """

    MESSAGE: ClassVar[str] = "#custom-message"
    PLACE = KeyPlace.CUSTOM
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KeyPlace.CUSTOM)

    def __init__(self, desk: Desk, packs: tuple[str, ...]) -> None:
        super().__init__(desk)
        self._packs = packs
        self._numbers = dict(_STEPS)
        self._every = packs or tuple(pack.id for pack in desk.library.packs())
        self._concepts = [one for pack in self._every for one in desk.library.concepts(pack)]
        self._titles: dict[str | None, Text] = {}
        self._concept = 0

    def compose(self) -> ComposeResult:
        """Lay out title, rows, the entry of a search, keys."""
        yield Static("", id="bar", markup=False)
        with Vertical(id="custom"):
            yield Static("", id="custom-about", markup=False)
            yield OptionList(id="custom-rows", markup=False)
            yield AnswerInput(id="custom-query", select_on_focus=False)
            yield Static("", id="custom-message", markup=False)
        yield from self.compose_below()

    def action_less(self) -> None:
        """Lower the number of the row, or name the concept before."""
        self._change(-1)

    def action_more(self) -> None:
        """Raise the number of the row, or name the next concept."""
        self._change(1)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Study the row, or ask first what is to be searched for."""
        if event.option.id == "search":
            self._begin_typing(phrases.QUERY.text(self.language))
        else:
            self._begin(event.option.id or "")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Study what the search finds."""
        self._begin("search", query=event.value)

    def _begin(self, row: str, *, query: str = "") -> None:
        custom, now = self._study(row), self._desk.clock.now()
        if row == "search":
            custom = replace(custom, search=query)
        try:
            session = begin_study(self._desk, self._scope(row), custom, now)
        except StudytoolError as error:
            self.tell(error.text(self.language))
            return
        self.app.switch_screen(StudyScreen(self._desk, session))

    def _study(self, row: str) -> CustomStudy:
        number = self._numbers.get(row)
        return CustomStudy(
            ahead_days=number if row == "ahead" else None,
            forgotten_days=number if row == "forgotten" else None,
            misconception=ANY if row == "misconception" else None,
            more_new=number if row == "new" else None,
        )

    def _scope(self, row: str) -> Scope:
        named = self._concepts[self._concept] if row == "concept" and self._concepts else None
        return Scope(self._packs, named)

    def _change(self, by: int) -> None:
        listed = self.query_one(OptionList)
        option = listed.highlighted_option
        row = "" if option is None else option.id
        if row in self._numbers:
            step = _STEPS[row]
            self._numbers[row] = min(_MOST, max(step, self._numbers[row] + by * step))
        elif row == "concept" and self._concepts:
            self._concept = (self._concept + by) % len(self._concepts)
        else:
            return
        self._show()

    # --- showing ------------------------------------------------------------------------------

    def _show(self) -> None:
        language, listed = self.language, self.query_one(OptionList)
        title, packs = phrases.TITLE.text(language), ", ".join(self._packs)
        self.query_one("#bar", Static).update(shown(f"{title}   {packs}".rstrip()))
        self.query_one("#custom-about", Static).update(shown(phrases.ABOUT.text(language)))
        chosen = listed.highlighted or 0
        listed.clear_options()
        for row in _ROWS:
            listed.add_option(Option(shown(self._line(row)), id=row))
        listed.highlighted = chosen
        self._show_keys()

    def _line(self, row: str) -> str:
        number: object = self._numbers.get(row)
        if row == "concept":
            number = self._title_of(self._scope(row).concept)
        room = max(1, self.size.width - _MARGIN - _COUNT)
        return (
            f"{pad(cut(_ROWS[row].text(self.language, n=number), room), room)}{self._count(row):>6}"
        )

    def _title_of(self, concept: str | None) -> str:
        """Return a concept's title, read of the packs when one is first shown."""
        if not self._titles:
            library = self._desk.library
            found = chain.from_iterable(library.manifest(pack).concepts for pack in self._every)
            self._titles = {one.id: one.title for one in found}
        return self._titles[concept].text(self.language) if concept in self._titles else ""

    def _count(self, row: str) -> str:
        """Return how many items a row asks; of more new items and a search, what is not known yet."""
        now, scope = self._desk.clock.now(), self._scope(row)
        if row == "concept":
            return str(count_of_the_day(self._desk, scope, now))
        custom = self._study(row)
        return str(count_items(self._desk, scope, custom, now)) if custom.picks else ""
