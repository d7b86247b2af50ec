"""The trial of the key in view: run in a thread beside the screen, shown as it goes, cancelled."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, TypedDict

from textual import work
from textual.timer import Timer

from studytool.errors import Cancelled, StudytoolError
from studytool.quiz.wanted import figures_wanted
from studytool.session.desk import Desk
from studytool.session.key_trial import KeyTrial, TriedKey
from studytool.session.study_session import StudySession
from studytool.tui.session_screen import SessionScreen
from studytool.wording.trial import (
    NOTHING_TO_TRY,
    TRIAL_STOPPED,
    tried_text,
    trying_text,
)

if TYPE_CHECKING:
    from studytool.verification.looks import TrialLook

BETWEEN_SECONDS = 0.2
LOOK_SECONDS = 0.2
"""For which each of the first looks of a trial is in view, however quickly it ends; 0 shows none."""
_FIRST_LOOKS = 9
_FEWEST, _MARGIN = 32, 6
"""Cells of a picture at least, and beside it."""
_TALL, _MOST_ROWS = 36, 6
"""The height of a window from which several looks are drawn, and how many."""


class _PictureRoom(TypedDict):
    """What a picture of a trial is given beside what is drawn."""

    width: int
    rows: int
    figures: int


class _RunningTrial:
    """A trial under way: how far it is, what it has drawn, and whether it is to stop.

    Attributes:
        looks: of its estimates, as they come; the trial's own thread adds to them.
        seen: how many of them were shown.
    """

    def __init__(self) -> None:
        self.stopped = Event()
        self.began = monotonic()
        self.done, self.total = 0, 1
        self.looks: list[TrialLook] = []
        self.seen = 0

    def progress(self, done: int, total: int) -> None:
        """Note how many parts are done, in the trial's own thread."""
        self.done, self.total = done, total


class TryingScreen(SessionScreen):
    """A session screen whose marked question can be tried at its own numbers."""

    def __init__(self, desk: Desk, session: StudySession) -> None:
        super().__init__(desk, session)
        self._trial: _RunningTrial | None = None
        self._trial_ticks: Timer | None = None
        self._keeps_trial = False

    def action_try_key(self) -> None:
        """Try the key of the marked question at its numbers, in a thread of its own."""
        if not self.shows_mark or self._busy or self._trial is not None:
            return
        trial = self._session.key_trial(self._now())
        if trial is None:
            self._say(NOTHING_TO_TRY)
            return
        self._trial = _RunningTrial()
        self._trial_ticks = self.set_interval(BETWEEN_SECONDS, self._show_progress)
        self._show_progress()
        self._try_in_thread(trial, self._trial)

    @work(thread=True, group="trial", exit_on_error=True)
    def _try_in_thread(self, trial: KeyTrial, running: _RunningTrial) -> None:
        try:
            tried = trial.run(
                progress=running.progress,
                cancelled=running.stopped.is_set,
                watch=running.looks.append,
            )
        except Cancelled:
            return  # the screen has said so already, or is gone
        except StudytoolError as error:
            self._post(running, error)
            return
        self._post(running, tried)

    def _post(self, running: _RunningTrial, ended: TriedKey | StudytoolError) -> None:
        if not running.stopped.is_set():
            self.app.call_from_thread(self._show_ended, running, ended)

    def _show_ended(self, running: _RunningTrial, ended: TriedKey | StudytoolError) -> None:
        if self._trial is not running:
            return
        if not self.shows_mark:  # the question is being shown in the other language
            self.set_timer(BETWEEN_SECONDS, partial(self._show_ended, running, ended))
            return
        if self._has_more_to_show(running):
            self.set_timer(LOOK_SECONDS, partial(self._show_ended, running, ended))
            return
        self._forget_trial()
        if isinstance(ended, StudytoolError):
            self._tell_fault(ended)
            return
        from studytool.wording.trial_picture import trial_picture  # late: few questions are tried

        picture = trial_picture(ended, self.language, looks=tuple(running.looks), **self._room())
        self._view.show_trial(self._evidence(), list(picture))
        self._view.say(tried_text(ended, self.language))

    def _room(self) -> _PictureRoom:
        """Return how wide a picture may be, how many looks it has room for, and its numbers' figures."""
        return {
            "width": max(_FEWEST, self.size.width - _MARGIN),
            "rows": _MOST_ROWS if self.size.height >= _TALL else 1,
            "figures": figures_wanted(self._question().variant.key),
        }

    def _has_more_to_show(self, running: _RunningTrial) -> bool:
        """Tell whether a trial that was quicker than the eye is still being drawn."""
        return self._is_animated and running.seen < min(_FIRST_LOOKS, len(running.looks))

    @property
    def _is_animated(self) -> bool:
        wanted = self._desk.settings.animate and self.app.animation_level != "none"
        return wanted and bool(LOOK_SECONDS)

    def _draw_looks(self, running: _RunningTrial) -> None:
        """Draw the estimate under way: its first looks one by one, then the newest."""
        if not self._is_animated or running.seen == len(running.looks):
            return
        from studytool.wording.trial_picture import looks_picture  # late: the same

        running.seen = running.seen + 1 if running.seen < _FIRST_LOOKS else len(running.looks)
        looks = running.looks[: running.seen]
        picture = looks_picture(looks, self.language, **self._room())
        self._view.show_trial(self._evidence(), picture)

    def stop_work(self) -> bool:
        """Stop the trial, if one is under way, and say so."""
        if not self._drop_trial():
            return False
        self._say(TRIAL_STOPPED)
        return True

    @contextmanager
    def _trial_kept(self) -> Iterator[None]:
        """Let a trial go on while its own question is shown anew, as in the other language."""
        self._keeps_trial = True
        try:
            yield
        finally:
            self._keeps_trial = False

    def on_unmount(self) -> None:
        """Let no trial outlive the screen: the program waits for its threads."""
        self._drop_trial()

    def _drop_trial(self) -> bool:
        """Stop the trial without a word; return whether one was under way."""
        if self._trial is None or self._keeps_trial:
            return False
        self._trial.stopped.set()
        self._forget_trial()
        return True

    def _forget_trial(self) -> None:
        self._trial = None
        if self._trial_ticks is not None:
            self._trial_ticks.stop()

    def _show_progress(self) -> None:
        if self._trial is not None and self.shows_mark:
            seconds = monotonic() - self._trial.began
            done, total = self._trial.done, self._trial.total
            self._view.say(trying_text(seconds, done, total, self.language, key="Esc"))
            self._draw_looks(self._trial)
