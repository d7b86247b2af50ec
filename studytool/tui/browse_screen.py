"""All items in a list that is searched as it is typed; acts on the item under the bar."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from studytool.errors import FormulaError, StudytoolError
from studytool.language import Message
from studytool.search.reader import read_day
from studytool.session.acts import ActReport, Acts
from studytool.session.browsing import ItemShelf
from studytool.session.custom_study import CustomStudy, begin_study
from studytool.session.desk import Desk
from studytool.session.due_dates import on_day, set_due
from studytool.session.items import ItemRow
from studytool.session.scope import Scope
from studytool.tui.answer_input import AnswerInput
from studytool.tui.bindings import bindings_of
from studytool.tui.key_bar import KeyBar
from studytool.tui.list_screens import SearchScreen
from studytool.tui.put_text import put_text
from studytool.tui.row_list import RowList
from studytool.tui.shown_text import shown
from studytool.typeset.math_line import set_formulas
from studytool.wording import browsing as phrases
from studytool.wording.acts import act_text, undo_text
from studytool.wording.due_dates import due_lines
from studytool.wording.keys import KeyPlace
from studytool.wording.words import BROWSE_TITLE

MOST_ROWS = 200
"""Of what a search finds, in the list."""
_MANY = 5_000
"""Items whose search takes longer than a frame."""


class BrowseScreen(SearchScreen):
    """Every item of every pack.

    Args:
        desk: the learner's state.
        query: what is searched for at first.
    """

    PREVIEW_LINES = 2
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KeyPlace.BROWSE)

    def __init__(self, desk: Desk, query: str = "") -> None:
        super().__init__(desk)
        self._shelf: ItemShelf | None = None
        self._rows: list[ItemRow] = []
        self._wrong: Message | None = None
        self._query = query
        self._to_be_due: str | None = None  # the item whose day is being typed

    def compose(self) -> ComposeResult:
        """Lay out title, entry, list, preview, keys."""
        yield Static("", id="bar", markup=False)
        with Vertical(id="listing"):
            yield AnswerInput(self._query, id="listing-query", select_on_focus=False)
            yield Static("", id="listing-titles", markup=False)
            yield RowList(id="listing-rows")
            yield Static("", id="listing-preview", markup=False)
            yield Static("", id="listing-message", markup=False)
        yield from self.compose_below()

    def on_mount(self) -> None:
        """Read the items in a thread, and let the learner type meanwhile."""
        self.watch(self.query_one(Input), "value", self._search, init=False)
        self._read()

    @work(thread=True, exclusive=True)
    def _read(self) -> None:
        try:
            shelf = ItemShelf(self._desk, self._desk.clock.now())
        except StudytoolError as error:
            self.app.call_from_thread(self.rows_cannot_be_read, error)
            return
        self.app.call_from_thread(self._take_shelf, shelf)

    def _take_shelf(self, shelf: ItemShelf) -> None:
        self._shelf = shelf
        self.rows_are_read()

    # --- searching ----------------------------------------------------------------------------

    def _search(self, typed: str) -> None:
        """Search for what is typed, unless it is a day; a message of it would come a frame later."""
        if self._to_be_due is None:
            self._query = typed
            self.show_soon(self._find, behind_frame=len(self._shelf or ()) > _MANY)

    def _find(self) -> None:
        """Find, or say what is wrong with the search and leave the list as it is."""
        if self._shelf is None:
            return
        try:
            self._rows, self._wrong = self._shelf.find(self._query), None
        except StudytoolError as error:
            self._wrong = error.told
        self._show(at=0 if self._wrong is None else None)

    # --- acts ---------------------------------------------------------------------------------

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Study what was found, or set the day that was typed."""
        if self._to_be_due is not None:
            self._set_day(self._to_be_due, event.value)
            return
        try:
            now = self._desk.clock.now()
            session = begin_study(self._desk, Scope(), CustomStudy(search=self._query), now)
        except StudytoolError as error:
            self.tell(error.text(self.language))
            return
        from studytool.tui.study_screen import StudyScreen  # late: browsing asks nothing

        self.app.switch_screen(StudyScreen(self._desk, session))

    def action_suspend(self) -> None:
        """Ask the item no more, or again."""
        self._act(lambda acts, row: (acts.unsuspend if row.suspended else acts.suspend)(row.item))

    def action_bury(self) -> None:
        """Ask the item not before tomorrow."""
        self._act(lambda acts, row: acts.bury(row.item))

    def action_flag(self) -> None:
        """Flag the item, or take its flag off."""
        self._act(lambda acts, row: acts.toggle_flag(row.item))

    def action_reset(self) -> None:
        """Make the item new again."""
        self._act(lambda acts, row: acts.reset(row.item))

    def action_set_due(self) -> None:
        """Ask for the day on which the item shall fall due."""
        self.once_read(self._ask_day)

    def _ask_day(self) -> None:
        row = self._chosen()
        if row is None:
            return
        self._to_be_due = row.item
        entry = self.query_one(Input)
        entry.value = entry.placeholder = ""
        self.tell(phrases.WHICH_DAY.text(self.language, item=row.item))

    def action_undo(self) -> None:
        """Take back what was done last, here or anywhere."""
        self.once_read(self._undo)

    def _undo(self) -> None:
        now, clock = self._desk.clock.now(), self._desk.clock
        try:
            act = self._desk.log.undo(now, offset_minutes=clock.offset_minutes(now))
            item = None if act is None else self._desk.log.item_of(act)
        except StudytoolError as error:
            self.tell(error.text(self.language))
            return
        said = undo_text(act, item, self.language, clock, redo=False)
        self._acted(item, said)

    def action_leave(self) -> None:
        """Go back: from a day to the search, from the search home."""
        if self._to_be_due is None:
            self.dismiss()
        else:
            self._end_day()
            self._show()

    def _set_day(self, item: str, typed: str) -> None:
        now = self._desk.clock.now()
        try:
            day, relative = read_day(typed.strip())
            target = on_day(self._desk, now, day, relative=relative)
            reports = set_due(self._desk, [item], target, now)
        except StudytoolError as error:
            self.tell(error.text(self.language))
            return
        self._end_day()
        self._acted(item, "\n".join(due_lines(reports, self.language)))

    def _end_day(self) -> None:
        entry = self.query_one(Input)
        with self.prevent(Input.Changed):
            entry.value = self._query
        entry.cursor_position = len(self._query)
        self._to_be_due = None

    def _chosen(self) -> ItemRow | None:
        self.show_all()
        at = self.query_one(RowList).highlighted
        return None if at is None or self._shelf is None else self._rows[at]

    def _act(self, act: Callable[[Acts, ItemRow], ActReport]) -> None:
        """Do something with the item under the bar, once the items are read."""
        self.once_read(partial(self._act_on_chosen, act))

    def _act_on_chosen(self, act: Callable[[Acts, ItemRow], ActReport]) -> None:
        row = self._chosen()
        if row is None:
            return
        now, clock = self._desk.clock.now(), self._desk.clock
        try:
            report = act(Acts(self._desk.log, now), row)
        except StudytoolError as error:
            self.tell(error.text(self.language))
            return
        self._acted(report.item, act_text(report, self.language, clock))

    def _acted(self, item: str | None, said: str) -> None:
        """Show the item as it is now, and what was done."""
        now: datetime = self._desk.clock.now()
        if self._shelf is not None and item is not None:
            self._shelf.read_again(item, now)
            self._rows = self._shelf.find(self._query) if self._wrong is None else self._rows
        self._show()
        self.tell(said)

    # --- showing ------------------------------------------------------------------------------

    def _show(self, at: int | None = None) -> None:
        language, listed = self.language, self.query_one(RowList)
        title = shown(BROWSE_TITLE.text(language))
        put_text(self.query_one("#bar", Static), title, layout=False)
        if self._to_be_due is None:
            self.query_one(Input).placeholder = phrases.SEARCHED.text(language)
        at = (listed.highlighted or 0) if at is None else at
        width = max(20, self.size.width - 12)
        rows = self._rows[:MOST_ROWS]
        asked = list(zip(rows, self._questions(rows), strict=True))
        titles, lines = phrases.list_lines(asked, language, self._desk.clock, width=width)
        put_text(self.query_one("#listing-titles", Static), shown(titles), layout=False)
        listed.list_rows(lines)
        listed.highlighted = min(at, listed.option_count - 1) if listed.option_count else None
        self.tell(self._count())
        self._preview_row()
        self.query_one(KeyBar).show(KeyPlace.BROWSE, language)

    def _questions(self, rows: Sequence[ItemRow]) -> Sequence[str]:
        """Return what the rows ask; nothing where the library cannot be read: the preview says why."""
        try:
            return self._shelf.questions(rows) if self._shelf is not None else []
        except StudytoolError:
            return [""] * len(rows)

    def _count(self) -> str:
        found, language = len(self._rows), self.language
        if self._wrong is not None:
            return self._wrong.text(language)
        if self._shelf is None:
            return self.without_rows(phrases.READING)
        if not found:
            return phrases.NONE_FOUND.text(language)
        said = phrases.FOUND if found <= MOST_ROWS else phrases.FIRST
        return said.text(language, n=found, most=MOST_ROWS)

    def _show_preview(self) -> None:
        row, said = self._chosen(), ""
        if row is not None and self._shelf is not None:
            try:
                said = set_formulas(self._shelf.prompt(row.item))
            except (StudytoolError, FormulaError) as error:
                said = error.text(self.language)
        name = "" if row is None else phrases.item_slug(row)
        self.preview(said, name)
