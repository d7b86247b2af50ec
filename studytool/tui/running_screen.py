"""A prediction's simulation drawn as it runs, and at the pace of an eye where it is quicker."""

from collections.abc import Awaitable, Callable
from time import monotonic

from textual.timer import Timer

from studytool.quiz.key import is_simulated
from studytool.quiz.running import SimulationRun, run_of
from studytool.session.desk import Desk
from studytool.session.study_session import StudySession
from studytool.tui.trying_screen import TryingScreen
from studytool.wording.keys import KeyPlace
from studytool.wording.running import ALL_STEPS, RunView
from studytool.wording.study import SIMULATING

STEP_SECONDS = 0.25
"""From one step drawn to the next."""
DEAF_SECONDS = 0.4
"""For which a key that was pressed twice skips nothing."""
_SMALL, _TALL = 30, 36
"""Heights of windows with room for one step more, and for all, beside the mark."""
_MOST_ROWS, _BARS = 8, 3


class RunningScreen(TryingScreen):
    """A session screen whose predictions are drawn while their simulation runs."""

    def __init__(self, desk: Desk, session: StudySession) -> None:
        super().__init__(desk, session)
        self._run: SimulationRun | None = None
        self._answered: float | None = None
        self._steps_seen = 0
        self._run_began = 0.0
        self._run_ticks: Timer | None = None
        self._then: Callable[[], Awaitable[None]] | None = None

    def _prepare_run(self) -> None:
        """Make what shows the simulation of the question in view, where there is one."""
        self._forget_run()
        question = self._question()
        if is_simulated(question.variant.key):
            self._run = run_of(question.item, question.variant)
            self._say(SIMULATING)

    def _show_run(self) -> None:
        """Draw the simulation from now on, unless the learner wants none of it."""
        animated = self._desk.settings.animate and self.app.animation_level != "none"
        if self._run is None or self._run_ticks is not None or not (animated and STEP_SECONDS):
            return
        self._answered = self._view.estimate(self._question().variant)
        self._run_began = monotonic()
        self._run_ticks = self.set_interval(STEP_SECONDS, self._draw_next)
        self._show_keys(KeyPlace.RUNNING)

    async def _after_run(self, then: Callable[[], Awaitable[None]]) -> None:
        """Do something once all of the simulation was seen."""
        if self._run is None or self._run_ticks is None or self._has_seen_all():
            self._stop_ticks()
            await then()
        else:
            self._then = then

    def _skip_run(self) -> None:
        """Draw at once what is left."""
        if self._run_ticks is not None and monotonic() - self._run_began > DEAF_SECONDS:
            self._steps_seen = ALL_STEPS

    def _draw_mark(self) -> None:
        """Draw the whole run below its mark."""
        height = self.size.height
        rows = _MOST_ROWS if height >= _TALL else 2 if height >= _SMALL else 1
        marked = self._session.mark
        placed = None if marked is None else marked.estimated
        answer = None if placed is None else placed.answer
        bars = _BARS if height >= _SMALL else 1
        view = RunView(self.language, answer, rows, bars, is_marked=True)
        self._view.draw_run(self._run, ALL_STEPS, view)

    def _has_seen_all(self) -> bool:
        return self._run is None or self._steps_seen >= len(self._run.steps)

    def _draw_next(self) -> None:
        if self._run is None:
            return
        if not self._has_seen_all():
            self._steps_seen += 1
            rows = max(1, min(_MOST_ROWS, self.size.height - 17 - _BARS))
            bars = _BARS if self.size.height > 17 + _BARS else 1
            view = RunView(self.language, self._answered, rows, bars)
            self._view.draw_run(self._run, self._steps_seen, view)
        elif self._then is not None:
            self._stop_ticks()
            self.call_later(self._then)  # a tick may not wait for what it lays out

    def _forget_run(self) -> None:
        self._run = self._then = None
        self._steps_seen = 0
        self._stop_ticks()

    def _stop_ticks(self) -> None:
        if self._run_ticks is not None:
            self._run_ticks.stop()
            self._run_ticks = None
