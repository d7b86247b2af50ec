"""Long work: its progress on a line, and Ctrl-C to end it in order."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from studytool.cli.output import INTERRUPTED, clear_progress, show_progress, write_error
from studytool.errors import Cancelled
from studytool.language import Language, Message, Phrase
from studytool.wording.progress import WORK_CANCELLED, step_text

_BETWEEN_SECONDS = 0.1


class Interrupts:
    """The times that Ctrl-C came while work was under way."""

    def __init__(self) -> None:
        self.times: list[float] = []

    def came(self) -> bool:
        """Tell whether the learner wants the work to end."""
        return bool(self.times)

    def check(self) -> None:
        """End the work if the learner wants it.

        Raises:
            Cancelled: Ctrl-C came.
        """
        if self.times:
            raise Cancelled


@contextmanager
def gathered_interrupts() -> Iterator[Interrupts]:
    """Gather Ctrl-C instead of dying by it."""
    interrupts = Interrupts()
    before = signal.signal(signal.SIGINT, lambda *_: interrupts.times.append(monotonic()))
    try:
        yield interrupts
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def cancellable(language: Language, message: Phrase | Message) -> Iterator[Interrupts]:
    """End the program with ``message`` and exit status 130 where the block is cancelled."""
    try:
        with gathered_interrupts() as interrupts:
            yield interrupts
    except Cancelled:
        clear_progress()
        write_error(message.text(language))
        sys.exit(INTERRUPTED)
    finally:
        clear_progress()


@contextmanager
def watched_work(language: Language) -> Iterator[None]:
    """Show the step of the long work that the block does on the log; Ctrl-C ends it."""
    from studytool.sqlite.watching import watched_by

    began, shown = monotonic(), 0.0
    shares: dict[str, float] = {}
    with cancellable(language, WORK_CANCELLED) as interrupts:

        def watch(step: str, share: float | None = None) -> None:
            nonlocal shown
            interrupts.check()
            if share is not None:
                shares[step] = share
            if (now := monotonic()) - shown >= _BETWEEN_SECONDS:
                shown = now
                show_progress(step_text(step, shares.get(step), now - began, language))

        with watched_by(watch):
            yield


@contextmanager
def watched_start(home: Path, language: Language) -> Iterator[None]:
    """Show how far a log of an older version is carried over; Ctrl-C leaves it as it was."""
    from studytool.review_log.database import is_older

    if is_older(home / "reviews.db"):
        with watched_work(language):
            yield
    else:
        yield
