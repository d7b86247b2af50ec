"""Long work: its progress on a line, and Ctrl-C to end it in order."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from studytool.cli.interrupts import Interrupts, gathered_interrupts
from studytool.cli.output import INTERRUPTED, clear_progress, show_progress, write_error
from studytool.errors import Cancelled
from studytool.language import Language, Message, Phrase
from studytool.wording.progress import WORK_CANCELLED, step_text

_BETWEEN_SECONDS = 0.1


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
    """Show how far a log of an older version is carried over; Ctrl-C leaves it as it was.

    It comes between two steps, not within one: pydantic would take it for a fault of a pack.

    Raises:
        KeyboardInterrupt: Ctrl-C came.
    """
    from studytool.review_log.database import is_older
    from studytool.sqlite.watching import watched_by

    if is_older(home / "reviews.db"):
        with watched_work(language):
            yield
        return
    try:
        with gathered_interrupts() as interrupts, watched_by(lambda *_: interrupts.check()):
            yield
            interrupts.check()
    except Cancelled:
        raise KeyboardInterrupt from None
