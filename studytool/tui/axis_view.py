"""The picture under a question: an estimate's axis as it is typed, then its simulation as it runs."""

from collections.abc import Callable
from functools import partial

from textual.widgets import Static

from studytool.quiz.answer import Number
from studytool.quiz.key import AxisKey
from studytool.quiz.read_answer import read_answer
from studytool.quiz.running import SimulationRun
from studytool.quiz.variant import Variant
from studytool.tui.shown_text import shown
from studytool.wording.axis import axis_lines
from studytool.wording.running import RunView, run_picture

_FEWEST_LINES = 3
"""With an estimate: as high from the first, so that nothing below moves as it is typed."""


class AxisView(Static):
    """An axis as wide as there is room; nothing where the question has none."""

    _lines: Callable[..., list[str]] | None = None

    def ask(self, question: Variant, typed: str = "") -> None:
        """Draw the axis, and on it what is typed as far as that can be read."""
        key = question.key
        if not isinstance(key, AxisKey):
            self._lines = None
        else:
            read = read_answer(question, typed)
            answer = read.value if isinstance(read, Number) else None
            self._lines = partial(axis_lines, key.axis, question.language, answer=answer)
        self._draw()

    def show_run(self, run: SimulationRun | None, steps: int, view: RunView) -> None:
        """Draw a simulation after its first ``steps`` steps; nothing where there is none."""
        self._lines = None if run is None else partial(run_picture, run, steps, view)
        self._draw()

    def on_resize(self) -> None:
        """Draw it as wide as there is room now."""
        self._draw()

    def _draw(self) -> None:
        self.display = self._lines is not None
        if self._lines is not None:
            lines = self._lines(width=self.size.width)
            self.display = bool(lines)
            self.update(shown("\n".join([*[""] * (_FEWEST_LINES - len(lines)), *lines])))
