"""The list of experiments, of the packs and of the core, each of which opens in the lab."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from studytool.library.finding import named_experiment, own_experiments, own_or_core_experiment
from studytool.session.desk import Desk
from studytool.session.lab import Bench, find_experiments
from studytool.tui.answer_input import AnswerInput
from studytool.tui.bindings import bindings_of
from studytool.tui.key_bar import KeyBar
from studytool.tui.lab_screen import LabScreen
from studytool.tui.list_screens import SearchScreen
from studytool.tui.shown_text import shown
from studytool.typeset.cells import cut
from studytool.wording import lab as phrases
from studytool.wording.experiment_words import experiment_text
from studytool.wording.keys import KeyPlace
from studytool.wording.words import LAB_TITLE


def open_lab(app: App[None], desk: Desk, experiment: str) -> None:
    """Open the lab over what is in view, at an experiment or, where it is empty, at the list."""
    app.push_screen(ExperimentsScreen(desk))
    if experiment:
        found = named_experiment(experiment, desk.settings.language)
        app.push_screen(LabScreen(desk, Bench.of(found)))


class ExperimentsScreen(SearchScreen):
    """The experiments, found by words of their names and descriptions."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KeyPlace.EXPERIMENTS)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._found: dict[str, str] = {}  # what is said of each listed, by name

    def compose(self) -> ComposeResult:
        """Lay out title, entry, list, what is said of a row, keys."""
        yield Static("", id="bar", markup=False)
        with Vertical(id="listing"):
            yield AnswerInput(id="listing-query", select_on_focus=False)
            yield OptionList(id="listing-rows", markup=False)
            yield Static("", id="listing-preview", markup=False)
            yield Static("", id="listing-message", markup=False)
        yield from self.compose_below()

    def on_input_changed(self) -> None:
        """List what the words find."""
        self._show()

    def on_input_submitted(self) -> None:
        """Open the experiment under the bar."""
        listed = self.query_one(OptionList)
        if listed.highlighted is not None:
            self._open(listed.get_option_at_index(listed.highlighted).id or "")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the experiment that was clicked."""
        self._open(event.option.id or "")

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss()

    def _open(self, name: str) -> None:
        found = own_or_core_experiment(name, self._desk.library, self.language)
        self.app.push_screen(LabScreen(self._desk, Bench.of(found)))

    def _show(self) -> None:
        language, listed = self.language, self.query_one(OptionList)
        self.query_one("#bar", Static).update(shown(LAB_TITLE.text(language)))
        own = own_experiments(self._desk.library, language)
        typed = self.query_one(Input).value
        found = list(find_experiments(typed, lambda one: experiment_text(one, "ko"), own))
        self._found = {one.name: experiment_text(one, language) for one in found}
        listed.clear_options()
        room = max(20, self.size.width - 12)  # a frame, and a bar to scroll by
        listed.add_options(
            Option(shown(cut(text, room)), id=name) for name, text in self._found.items()
        )
        listed.highlighted = 0 if found else None
        said = phrases.CHOOSE if found else phrases.NO_EXPERIMENT
        self.tell(said.text(language))
        self._show_preview()
        self.query_one(KeyBar).show(KeyPlace.EXPERIMENTS, language)

    def _show_preview(self) -> None:
        """Say all that the row under the bar is cut of, and the name that packs and commands use."""
        row = self.query_one(OptionList).highlighted_option
        name = "" if row is None or row.id is None else row.id
        self.preview(self._found.get(name, ""), name)
