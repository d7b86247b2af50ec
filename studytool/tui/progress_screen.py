"""The progress screen: the learner's records, counted in a thread, shown in sections."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.message import Message
from textual.widgets import Static
from textual.worker import get_current_worker

from studytool.errors import StudytoolError
from studytool.language import LANGUAGES, Language, Phrase
from studytool.printable import printable
from studytool.session.desk import Desk
from studytool.tui.bindings import bindings_of
from studytool.tui.desk_screen import DeskScreen
from studytool.tui.key_bar import KeyBar
from studytool.tui.shown_text import ShownText, in_lines, shown
from studytool.tui.text_scroll import TextScroll
from studytool.wording.keys import KeyPlace
from studytool.wording.records import (
    Section,
    detailed_sections,
    empty_section,
    overall_sections,
)
from studytool.wording.words import EVERYTHING, PROGRESS_TITLE

if TYPE_CHECKING:
    from studytool.session.record_names import RecordNames
    from studytool.session.records import Records

COUNTING = Phrase("기록을 세는 중…", "counting…")

TWO_COLUMNS = 110
"""Columns of a window in which the sections stand side by side."""
MARGIN = 6
"""Columns beside the text: padding and the scroll bar."""
GAP = 4


@dataclass(frozen=True, slots=True)
class CountedRecords:
    """The records with their names in both languages, so that a switch reads nothing."""

    records: "Records"
    names: "dict[Language, RecordNames]"


class ProgressScreen(DeskScreen):
    """The learner's records, of some packs or of the whole log.

    Args:
        desk: tells the language and the home folder; its log is not touched.
        pack: of whose items; all where it is None.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KeyPlace.PROGRESS)

    class Ready(Message):
        """The counting ended, with the records or with an error."""

        def __init__(self, found: CountedRecords | StudytoolError) -> None:
            super().__init__()
            self.found = found

    def __init__(self, desk: Desk, *, pack: str | None = None) -> None:
        super().__init__(desk)
        self._pack = pack
        self._found: CountedRecords | StudytoolError | None = None

    def compose(self) -> ComposeResult:
        """Lay out bar, two columns of sections, keys."""
        yield Static("", id="bar", markup=False)
        with TextScroll(id="progress"), Container(id="records"):
            yield Static("", id="overall", markup=False)
            yield Static("", id="detailed", markup=False)
        yield Static("", id="message", markup=False)
        yield from self.compose_below()

    def on_mount(self) -> None:
        """Begin to count."""
        self.query_one("#progress").focus()
        self.query_one("#message").display = False
        self._show()
        self._count(self._desk.clock.now())

    def fit(self) -> None:
        """Lay the sections out anew."""
        self._show()

    async def show_again(self) -> None:
        """Show the same figures in the other language; nothing is counted again."""
        self.query_one("#message").display = False
        self._show()

    def tell(self, message: str) -> None:
        """Show a message below the figures."""
        line = self.query_one("#message", Static)
        line.update(shown(message))
        line.display = True

    @work(thread=True, exclusive=True)
    def _count(self, now: datetime) -> None:
        """Read the log through a desk of the thread's own."""
        from studytool.errors import Cancelled
        from studytool.session.record_names import read_names  # late: NumPy, pydantic
        from studytool.session.records import read_records

        worker = get_current_worker()
        packs = () if self._pack is None else (self._pack,)
        try:
            with closing(Desk.open(self._desk.home, self._desk.clock)) as desk:
                records = read_records(
                    desk, now, packs=packs, cancelled=lambda: worker.is_cancelled
                )
                names = {each: read_names(desk.library, records, each) for each in LANGUAGES}
        except Cancelled:
            return
        except StudytoolError as error:
            self.post_message(self.Ready(error))
            return
        self.post_message(self.Ready(CountedRecords(records, names)))

    def on_progress_screen_ready(self, event: Ready) -> None:
        """Show what was counted."""
        self._found = event.found
        self._show()

    def action_leave(self) -> None:
        """Go home; a count under way stops."""
        self.workers.cancel_node(self)
        self.dismiss()

    # --- showing ------------------------------------------------------------------------------

    def _show(self) -> None:
        language = self.language
        wide = self.size.width >= TWO_COLUMNS
        self.set_class(wide, "two-columns")
        room = self.size.width - MARGIN
        overall, detailed = self._sections(language, (room - GAP) // 2 if wide else room)
        self.query_one("#bar", Static).update(shown(self._bar(language)))
        self.query_one("#overall", Static).update(overall)
        self.query_one("#detailed", Static).update(detailed)
        self.query_one(KeyBar).show(KeyPlace.PROGRESS, language)

    def _bar(self, language: Language) -> str:
        titles = {pack.id: pack.title[language] for pack in self._desk.library.packs()}
        scope = EVERYTHING.text(language) if self._pack is None else titles.get(self._pack, "")
        return f"{PROGRESS_TITLE.text(language)} · {scope or self._pack}"

    def _sections(self, language: Language, width: int) -> tuple[ShownText, ShownText]:
        """Return the left and the right column."""
        match self._found:
            case None:
                return shown(COUNTING.text(language)), shown("")
            case StudytoolError() as error:
                return shown(error.text(language)), shown("")
            case CountedRecords(records=records) if not records.reviews:
                return _styled([empty_section(language, width=width)]), shown("")
            case CountedRecords(records=records, names=names):
                detailed = detailed_sections(records, names[language], language, width=width)
                overall = overall_sections(records, language, width=width)
                return _styled(overall), _styled(detailed)


def _styled(sections: Sequence[Section]) -> ShownText:
    lines: list[ShownText] = []
    for one in sections:
        lines.append(shown(one.title, "bold $accent"))
        lines += [shown(line, "$text-muted") for line in one.about]
        lines += [*(shown(printable(line)) for line in one.lines), shown("")]
    return in_lines(*lines)
