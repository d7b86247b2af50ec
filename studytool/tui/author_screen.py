"""The packs in the folder where the program was started, each of which opens in the preview."""

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from studytool.packs.digest import NO_PACK, is_pack
from studytool.session.desk import Desk
from studytool.tui.answer_input import AnswerInput
from studytool.tui.bindings import bindings_of
from studytool.tui.key_bar import KeyBar
from studytool.tui.list_screens import SearchScreen
from studytool.tui.shown_text import shown
from studytool.wording import preview as phrases
from studytool.wording.keys import KeyPlace
from studytool.wording.words import AUTHOR_TITLE

_MOST_LISTED = 200


class AuthorScreen(SearchScreen):
    """The folders of packs, and an entry for the path of another.

    Args:
        desk: the learner's state.
        folder: where packs are looked for: it, and the folders in it.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KeyPlace.AUTHOR)

    def __init__(self, desk: Desk, folder: Path) -> None:
        super().__init__(desk)
        self._found = tuple(_packs_in(folder))

    def compose(self) -> ComposeResult:
        """Lay out title, entry, list, keys."""
        yield Static("", id="bar", markup=False)
        with Vertical(id="listing"):
            yield AnswerInput(id="listing-query", select_on_focus=False)
            yield OptionList(id="listing-rows", markup=False)
            yield Static("", id="listing-message", markup=False)
        yield from self.compose_below()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the path that was typed, else the folder under the bar."""
        row = self.query_one(OptionList).highlighted
        if event.value.strip():
            self._open(Path(event.value.strip()).expanduser())
        elif row is not None:
            self._open(self._found[row])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the folder that was clicked."""
        self._open(self._found[event.option_index])

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()

    def _open(self, folder: Path) -> None:
        from studytool.tui.preview_screen import PreviewScreen  # late: it loads the reader of packs

        if not is_pack(folder):
            self.tell(NO_PACK.text(self.language, path=folder))
            return
        home, language = self._desk.home, self.language
        self.app.push_screen(PreviewScreen(folder, home, language, item=None, seed=0))

    def _show(self) -> None:
        language, listed = self.language, self.query_one(OptionList)
        self.query_one("#bar", Static).update(shown(AUTHOR_TITLE.text(language)))
        chosen = listed.highlighted or 0
        listed.clear_options()
        listed.add_options(Option(shown(str(one))) for one in self._found)
        listed.highlighted = chosen if self._found else None
        said = phrases.CHOOSE_FOLDER if self._found else phrases.NO_FOLDER
        self.tell(said.text(language))
        self.query_one(KeyBar).show(KeyPlace.AUTHOR, language)


def _packs_in(folder: Path) -> list[Path]:
    try:
        inside = sorted(one for one in folder.iterdir() if one.is_dir())
    except OSError:  # a folder that is gone or closed to us holds none
        inside = []
    return [one for one in (folder, *inside) if is_pack(one)][:_MOST_LISTED]
