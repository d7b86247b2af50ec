"""The notes line by line: each claim with its standing and evidence, found by words, tried by a key."""

from functools import partial
from threading import Event
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static

from studytool.errors import StudytoolError
from studytool.session.claim_trial import ClaimTrial, TriedClaims
from studytool.session.claims import ClaimRow, ClaimShelf
from studytool.session.desk import Desk
from studytool.tui.answer_input import AnswerInput
from studytool.tui.bindings import bindings_of
from studytool.tui.key_bar import KeyBar
from studytool.tui.list_screens import SearchScreen
from studytool.tui.put_text import put_text
from studytool.tui.row_list import RowList
from studytool.tui.shown_text import shown
from studytool.wording import claims as phrases
from studytool.wording.key_lookup import key_for
from studytool.wording.keys import KeyPlace
from studytool.wording.words import CLAIMS_TITLE

MOST_ROWS = 500
"""Of what is found, in the list."""
BETWEEN_SECONDS = 0.2
_MARGIN = 12


class _ClaimRun:
    """A run under way: how far it is, and whether it is to stop."""

    def __init__(self, total: int) -> None:
        self.stopped = Event()
        self.total = total
        self.done, self.seconds_left = 0, 0.0

    def progress(self, done: int, seconds_left: float) -> None:
        """Note how far it is, in the thread of the run."""
        self.done, self.seconds_left = done, seconds_left


class ClaimsScreen(SearchScreen):
    """The claims of all packs.

    Args:
        desk: the learner's state.
        query: the words that they are filtered by at first.
    """

    PREVIEW_LINES = 12
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KeyPlace.CLAIMS)

    class ItemsWanted(Message):
        """The items that rest on a claim are to be shown: those that a search finds."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query

    def __init__(self, desk: Desk, query: str = "") -> None:
        super().__init__(desk)
        self._shelf: ClaimShelf | None = None
        self._rows: list[ClaimRow] = []
        self._first_query = query
        self._run: _ClaimRun | None = None
        self._ticks: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out title, entry, list, what is known of the claim in view, keys."""
        yield Static("", id="bar", markup=False)
        with Vertical(id="listing"):
            yield AnswerInput(self._first_query, id="listing-query", select_on_focus=False)
            yield Static("", id="listing-titles", markup=False)
            yield RowList(id="listing-rows")
            yield Static("", id="listing-preview", markup=False)
            yield Static("", id="listing-message", markup=False)
        yield from self.compose_below()

    def on_mount(self) -> None:
        """Read the claims in a thread, and let the learner type meanwhile."""
        self.add_class("claims")
        self._read()

    @work(thread=True, exclusive=True, group="shelf")
    def _read(self) -> None:
        try:
            shelf = ClaimShelf(self._desk, phrases.claim_words)
        except StudytoolError as error:
            self.app.call_from_thread(self.rows_cannot_be_read, error)
            return
        self.app.call_from_thread(self._take_shelf, shelf)

    def _take_shelf(self, shelf: ClaimShelf) -> None:
        self._shelf = shelf
        self.rows_are_read()

    def on_input_changed(self) -> None:
        """List the claims that have the words."""
        self.show_soon(self._find)

    def on_input_submitted(self) -> None:
        """Show the items that rest on the claim under the bar."""
        self.once_read(self._show_items)

    def _show_items(self) -> None:
        row = self._chosen()
        if row is None:
            return
        if row.items:
            self.post_message(self.ItemsWanted(f"pack:{row.pack} claim:{row.claim.id}"))
        else:
            self.tell(phrases.NO_ITEMS.text(self.language))

    # --- keys ---------------------------------------------------------------------------------

    def action_try_claim(self) -> None:
        """Try the claim under the bar."""
        self.once_read(self._try_chosen)

    def _try_chosen(self) -> None:
        row = self._chosen()
        self._try([] if row is None else [row])

    def action_try_all(self) -> None:
        """Try all claims that the words find."""
        self.once_read(self._try_found)

    def _try_found(self) -> None:
        self.show_all()
        self._try(self._rows)

    def action_leave(self) -> None:
        """Stop a run, else take the words away, else go back."""
        entry = self.query_one(Input)
        if self.stop_work():
            return
        if entry.value:
            entry.value = ""
        else:
            self.dismiss()

    # --- a run --------------------------------------------------------------------------------

    def stop_work(self) -> bool:
        """Stop the run that is under way; it says itself what it has found until then."""
        if self._run is None:
            return False
        self._run.stopped.set()
        return True

    def on_unmount(self) -> None:
        """Let no run outlive the screen: the program waits for its threads."""
        self.stop_work()

    def _try(self, rows: list[ClaimRow]) -> None:
        if self._run is not None:
            return
        clock = self._desk.clock
        try:
            trial = ClaimTrial.of(self._desk, rows, clock.local(clock.now()).date())
        except StudytoolError as error:
            self.tell(error.text(self.language))
            return
        if not len(trial):
            self.tell(phrases.NO_CHECK.text(self.language))
            return
        self._run = _ClaimRun(len(trial))
        self._ticks = self.set_interval(BETWEEN_SECONDS, self._show_progress)
        self._show_progress()
        self._try_in_thread(trial, self._run)

    @work(thread=True, group="trial", exit_on_error=True)
    def _try_in_thread(self, trial: ClaimTrial, run: _ClaimRun) -> None:
        ended: TriedClaims | StudytoolError
        try:
            ended = trial.run(progress=run.progress, cancelled=run.stopped.is_set)
        except StudytoolError as error:
            ended = error
        if self.is_attached:
            self.app.call_from_thread(self._show_ended, run, ended)

    def _show_ended(self, run: _ClaimRun, ended: TriedClaims | StudytoolError) -> None:
        self._run = None
        if self._ticks is not None:
            self._ticks.stop()
        if self._shelf is not None:
            self._shelf.read_again()
        self._find(stay=True)
        if isinstance(ended, StudytoolError):
            self.tell(ended.text(self.language))
        else:
            self.tell(phrases.ended_text(ended, self.language, is_stopped=run.stopped.is_set()))

    def _show_progress(self) -> None:
        run = self._run
        if run is not None:
            self.tell(phrases.running_text(run.done, run.total, run.seconds_left, self.language))

    # --- showing ------------------------------------------------------------------------------

    def _chosen(self) -> ClaimRow | None:
        self.show_all()
        at = self.query_one(RowList).highlighted
        return None if at is None or at >= len(self._rows) else self._rows[at]

    def _find(self, *, stay: bool = False) -> None:
        if self._shelf is not None:
            self._rows = self._shelf.find(self.query_one(Input).value)
            self._show(at=None if stay else 0)

    def _show(self, at: int | None = None) -> None:
        language, listed = self.language, self.query_one(RowList)
        title = shown(CLAIMS_TITLE.text(language))
        put_text(self.query_one("#bar", Static), title, layout=False)
        self.query_one(Input).placeholder = phrases.FILTER_CLAIMS.text(language)
        width = max(20, self.size.width - _MARGIN)
        titles = phrases.claim_titles(language, width=width)
        put_text(self.query_one("#listing-titles", Static), shown(titles), layout=False)
        line = partial(phrases.claim_line, language=language, width=width)
        at = (listed.highlighted or 0) if at is None else at
        listed.list_rows(partial(line, row) for row in self._rows[:MOST_ROWS])
        listed.highlighted = min(at, listed.option_count - 1) if listed.option_count else None
        self._preview_row()
        if self._run is None:
            self.tell(self._count())
        self.query_one(KeyBar).show(KeyPlace.CLAIMS, language)

    def _count(self) -> str:
        language, found = self.language, len(self._rows)
        if self._shelf is None:
            return self.without_rows(phrases.READING_CLAIMS)
        if not found:
            said = phrases.NO_CLAIM_FOUND if len(self._shelf) else phrases.NO_CLAIMS
            return said.text(language)
        said = phrases.CLAIMS_FOUND if found <= MOST_ROWS else phrases.FIRST_CLAIMS
        return said.text(language, n=found, most=MOST_ROWS)

    def _show_preview(self) -> None:
        row, said = self._chosen(), ""
        if row is not None and self._shelf is not None:
            badge = self._shelf.badge(row, self.language)
            lines = phrases.claim_lines(row, badge, self.language, by=key_for("try_claim"))
            said = "\n".join(lines)
        self.preview(said)
