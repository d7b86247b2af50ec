"""The picture under a question: an estimate's axis as it is typed, then its simulation as it runs."""

from collections.abc import Callable
from functools import partial

from textual.events import MouseDown, MouseMove, MouseUp
from textual.message import Message
from textual.widgets import Static

from studytool.quiz.answer import Number
from studytool.quiz.guess_places import nearest_place, next_place
from studytool.quiz.key import AxisKey
from studytool.quiz.read_answer import read_answer
from studytool.quiz.running import SimulationRun
from studytool.quiz.variant import Variant
from studytool.tui.shown_text import shown
from studytool.wording.axis import axis_cells, axis_lines
from studytool.wording.running import RunView, run_picture

_FEWEST_LINES = 3
"""With an estimate: as high from the first, so that nothing below moves as it is typed."""


class AxisView(Static):
    """An axis as wide as there is room; nothing where the question has none.

    While an estimate is asked for, a click or dragging along the axis places it.
    """

    class Placed(Message):
        """An estimate was placed on the axis.

        Args:
            value: of the place.
        """

        def __init__(self, value: float) -> None:
            super().__init__()
            self.value = value

    _lines: Callable[..., list[str]] | None = None
    _key: AxisKey | None = None
    _answer: float | None = None
    _is_dragged = False

    def ask(self, question: Variant, typed: str = "") -> None:
        """Draw the axis, and on it what is typed as far as that can be read."""
        key = question.key
        self._key = key if isinstance(key, AxisKey) else None
        if self._key is None:
            self._lines = None
        else:
            read = read_answer(question, typed)
            answer = self._answer = read.value if isinstance(read, Number) else None
            self._lines = partial(axis_lines, self._key.axis, question.language, answer=answer)
        self._draw()

    def show_run(self, run: SimulationRun | None, steps: int, view: RunView) -> None:
        """Draw a simulation after its first ``steps`` steps; nothing where there is none."""
        self._key = None
        self._lines = None if run is None else partial(run_picture, run, steps, view)
        self._draw()

    def step(self, by: int) -> None:
        """Place the estimate a step lower or higher; without one, in the middle."""
        if self._key is not None:
            self._answer = next_place(self._key.axis, self._key.leeway, self._answer, by)
            self.post_message(self.Placed(self._answer))

    def on_mouse_down(self, event: MouseDown) -> None:
        """Place the estimate where the axis is clicked."""
        if self._key is not None:
            self._is_dragged = True
            self.capture_mouse()
            self._place(event.x)

    def on_mouse_move(self, event: MouseMove) -> None:
        """Drag the estimate along."""
        if self._is_dragged:
            self._place(event.x)

    def on_mouse_up(self, _: MouseUp) -> None:
        """Let go."""
        self._is_dragged = False
        self.release_mouse()

    def on_resize(self) -> None:
        """Draw it as wide as there is room now."""
        self._draw()

    def _place(self, cell: int) -> None:
        if self._key is None:
            return
        share = cell / (axis_cells(self.size.width) - 1)
        self.post_message(self.Placed(nearest_place(self._key.axis, self._key.leeway, share)))

    def _draw(self) -> None:
        self.display = self._lines is not None
        if self._lines is not None:
            lines = self._lines(width=self.size.width)
            self.display = bool(lines)
            self.update(shown("\n".join([*[""] * (_FEWEST_LINES - len(lines)), *lines])))
