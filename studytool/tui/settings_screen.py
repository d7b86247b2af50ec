"""The settings: each with its value and what it does; a change is saved and in force at once."""

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, Static

from studytool.errors import StudytoolError
from studytool.session.changing_settings import change_at_desk, has_choices, next_value, read_value
from studytool.session.desk import Desk
from studytool.settings import Settings
from studytool.tui.answer_input import AnswerInput
from studytool.tui.bindings import bindings_of
from studytool.tui.list_screens import EntryScreen
from studytool.tui.put_text import put_text
from studytool.tui.row_list import RowList
from studytool.tui.shown_text import shown
from studytool.tui.themes import THEMES
from studytool.wording.keys import KeyPlace
from studytool.wording.settings import SettingEntry, entry_line, explained_whole, setting_entries
from studytool.wording.words import SETTING_SAVED, SETTINGS_TITLE, TYPE_VALUE


class SettingsScreen(EntryScreen):
    """The table of settings, in the learner's hands.

    Args:
        desk: the learner's state.
        name: of the setting under the bar at first; empty for the first one.
    """

    AUTO_FOCUS = "#listing-rows"
    PLACE = KeyPlace.SETTINGS
    PREVIEW_LINES = 3
    BINDINGS: ClassVar[list[BindingType]] = bindings_of(KeyPlace.SETTINGS)

    def __init__(self, desk: Desk, name: str = "") -> None:
        super().__init__(desk)
        self._entries: list[SettingEntry] = []
        self._first = name

    def compose(self) -> ComposeResult:
        """Lay out title, list, entry, explanation, keys."""
        yield Static("", id="bar", markup=False)
        with Vertical(id="listing"):
            yield RowList(id="listing-rows")
            yield AnswerInput(id="listing-query", select_on_focus=False)
            yield Static("", id="listing-preview", markup=False)
            yield Static("", id="listing-message", markup=False)
        yield from self.compose_below()

    def on_option_list_option_highlighted(self) -> None:
        """Explain the setting under the bar."""
        self._explain()

    def on_option_list_option_selected(self) -> None:
        """Let a value be typed, or take the next choice; a click elsewhere only moves the bar there."""
        chosen, clicked = self._chosen(), self.query_one(RowList).was_moved_by_click()
        if chosen is not None and has_choices(chosen.row.name):
            if not clicked:
                self._step(1)
        elif chosen is not None:
            label = chosen.row.label.text(self.language)
            self._begin_typing(TYPE_VALUE.text(self.language, name=label))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the value that was typed, or say why it may not stand."""
        chosen = self._chosen()
        if chosen is None:
            return
        name = chosen.row.name
        try:
            value = read_value(name, event.value, self._desk.settings)
        except StudytoolError as error:
            self.tell(error.text(self.language))
            return
        self._end_typing()
        self._change(name, value)

    def action_less(self) -> None:
        """Take the value a step back, or the choice before."""
        self._step(-1)

    def action_more(self) -> None:
        """Take the value a step further, or the next choice."""
        self._step(1)

    def action_default(self) -> None:
        """Put the setting back to its default."""
        chosen = self._chosen()
        if chosen is not None:
            self._change(chosen.row.name, None)

    def _step(self, by: int) -> None:
        chosen = self._chosen()
        value = None if chosen is None else next_value(chosen.row.name, self._settings, by)
        if chosen is not None and value is not None and value != chosen.value:
            self._change(chosen.row.name, value)

    def _change(self, name: str, value: object) -> None:
        try:
            change_at_desk(self._desk, name, value)
        except StudytoolError as error:
            self.tell(error.text(self.language))
            return
        self.app.theme = THEMES[self._settings.theme]
        self._show()
        chosen = self._chosen()
        if chosen is not None:
            line = entry_line(chosen, self.language, width=None)
            self.tell(SETTING_SAVED.text(self.language, line=line))

    # --- showing ------------------------------------------------------------------------------

    @property
    def _settings(self) -> Settings:
        return self._desk.settings

    def _chosen(self) -> SettingEntry | None:
        at = self.query_one(RowList).highlighted
        return None if at is None or at >= len(self._entries) else self._entries[at]

    def _show(self) -> None:
        language, listed = self.language, self.query_one(RowList)
        put_text(self.query_one("#bar", Static), shown(SETTINGS_TITLE.text(language)))
        self._entries = setting_entries(self._settings)
        at = self._place_of_first() if listed.highlighted is None else listed.highlighted
        width = max(20, self.size.width - 12)
        line = partial(entry_line, language=language, width=width)
        listed.list_rows(partial(line, entry) for entry in self._entries)
        listed.highlighted = at
        self._explain()
        self._show_keys()

    def _place_of_first(self) -> int:
        names = [entry.row.name for entry in self._entries]
        return names.index(self._first) if self._first in names else 0

    def _explain(self) -> None:
        chosen = self._chosen()
        said = "" if chosen is None else explained_whole(chosen, self._settings, self.language)
        self.preview(said)
