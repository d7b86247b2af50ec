"""Sliders and choices below each other, moved by arrows, by a click and by dragging."""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import MouseDown, MouseMove, MouseScrollDown, MouseScrollUp, MouseUp
from textual.message import Message

from studytool.language import Language
from studytool.session.lab import PLANE, QUANTITY_ROW, SEED_ROW, VIEW_ROW, Bench
from studytool.tui.line_view import LineView
from studytool.tui.shown_text import shown
from studytool.wording import lab as phrases
from studytool.wording import words
from studytool.wording.experiment_words import parameter_of, quantity_of

_PAGE = 8
"""Steps of a page key."""


class SliderList(LineView, can_focus=True):
    """The rows of a bench."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "row(-1)", show=False),
        Binding("down", "row(1)", show=False),
        Binding("left", "move(-1)", show=False),
        Binding("right", "move(1)", show=False),
        Binding("pageup", f"move({_PAGE})", show=False),
        Binding("pagedown", f"move(-{_PAGE})", show=False),
        Binding("home", "end(0)", show=False),
        Binding("end", "end(1)", show=False),
    ]

    class Chosen(Message):
        """The learner has gone to another row."""

    @dataclass
    class Moved(Message):
        """The learner has moved a row."""

        bench: Bench

    _bench: Bench | None = None
    _language: Language = "ko"
    _at = 0
    _dragged: str | None = None

    def show(self, bench: Bench, language: Language) -> None:
        """Show the rows of a bench; the one that is moved stays."""
        self._bench, self._language = bench, language
        self._at = min(self._at, len(bench.rows) - 1)
        self.show_lines(
            [
                shown(self._line(bench, row), "reverse" if number == self._at else "")
                for number, row in enumerate(bench.rows)
            ]
        )

    @property
    def row(self) -> str:
        """Return the name of the row that the keys move."""
        return "" if self._bench is None else self._bench.rows[self._at]

    def action_row(self, by: int) -> None:
        """Choose the row above or below."""
        if self._bench is not None:
            self._at = (self._at + by) % len(self._bench.rows)
            self.show(self._bench, self._language)
            self._keep_in_sight()
            self.post_message(self.Chosen())

    def action_move(self, by: int) -> None:
        """Move the row by steps."""
        if self._bench is not None:
            self._tell(self._bench.moved(self._bench.rows[self._at], by))

    def action_end(self, share: float) -> None:
        """Move the slider to an end."""
        if self._bench is not None:
            self._tell(self._bench.put(self._bench.rows[self._at], share))

    def on_mouse_down(self, event: MouseDown) -> None:
        """Take hold of the row under the mouse."""
        at = event.get_content_offset(self)
        if self._bench is None or at is None or at.y >= len(self._bench.rows):
            return
        self._at, row = at.y, self._bench.rows[at.y]
        if self._bench.put(row, 0.0) is self._bench:  # a choice: its arrows, or its name
            self._tell(self._bench.moved(row, -1 if at.x <= phrases.slider_start(0)[0] else 1))
            return
        self._dragged = row
        self.capture_mouse()
        self._drag(at.x)

    def on_mouse_move(self, event: MouseMove) -> None:
        """Drag the slider that is held."""
        if self._dragged is not None:
            self._drag(event.x)

    def on_mouse_up(self, _: MouseUp) -> None:
        """Let go."""
        self._dragged = None
        self.release_mouse()

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Move the row by a step down, where the wheel stands on it."""
        self._wheel(event.y, -1)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Move the row by a step up."""
        self._wheel(event.y, 1)

    def _wheel(self, y: int, by: int) -> None:
        if self._bench is not None and 0 <= y < len(self._bench.rows):
            self._at = y
            self._tell(self._bench.moved(self._bench.rows[y], by))

    def _drag(self, x: int) -> None:
        start, cells = phrases.slider_start(self.content_size.width)
        if self._bench is not None and self._dragged is not None:
            self._tell(self._bench.put(self._dragged, (x - start) / max(1, cells - 1)))

    def _tell(self, bench: Bench) -> None:
        if bench != self._bench:
            self._bench = bench
            self.post_message(self.Moved(bench))
        else:
            self.show(bench, self._language)

    def _keep_in_sight(self) -> None:
        if self.parent is not None:
            self.scroll_visible(animate=False)

    def _line(self, bench: Bench, row: str) -> str:
        language, width = self._language, max(8, self.content_size.width)
        match row:
            case "\0view":
                value = (phrases.DRAWS if bench.along is None else phrases.PLANE).text(language)
                if bench.along not in {None, PLANE}:
                    along = parameter_of(bench.experiment, str(bench.along), language)
                    value = phrases.ALONG.text(language, name=along)
            case "\0seed":
                value = str(bench.seed)
            case "":
                value = quantity_of(bench.experiment, bench.quantity, language)
            case _:
                definition = bench.definition(row)
                assert definition is not None
                said, value_of_row = (
                    parameter_of(bench.experiment, row, language),
                    bench.values[row],
                )
                return phrases.parameter_line(said, definition, value_of_row, language, width=width)
        name = {QUANTITY_ROW: words.QUANTITY, VIEW_ROW: phrases.VIEW, SEED_ROW: phrases.SEED}[row]
        return phrases.choice_line(name.text(language), value, width=width)
