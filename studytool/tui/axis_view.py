"""The axis of an estimate: with the estimate as it is typed, then with what was shown."""

from collections.abc import Callable
from functools import partial

from textual.widgets import Static

from studytool.language import Language
from studytool.quiz.answer import Number
from studytool.quiz.key import AxisKey
from studytool.quiz.outcome import PlacedEstimate
from studytool.quiz.read_answer import read_answer
from studytool.quiz.variant import Variant
from studytool.tui.shown_text import shown
from studytool.wording.axis import axis_lines, estimate_lines

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

    def show_mark(self, placed: PlacedEstimate | None, language: Language) -> None:
        """Draw the learner's estimate and what the simulation shows."""
        self._lines = None if placed is None else partial(estimate_lines, placed, language)
        self._draw()

    def on_resize(self) -> None:
        """Draw it as wide as there is room now."""
        self._draw()

    def _draw(self) -> None:
        self.display = self._lines is not None
        if self._lines is not None:
            lines = self._lines(width=self.size.width)
            self.update(shown("\n".join([*[""] * (_FEWEST_LINES - len(lines)), *lines])))
