"""The log alone, for commands that need neither packs nor a screen."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from studytool.cli.long_work import watched_start
from studytool.cli.output import learner_language, show_progress
from studytool.clock import MACHINE_CLOCK
from studytool.language import Language, Phrase

if TYPE_CHECKING:
    from studytool.review_log.log import ReviewLog

EVENTS = Phrase(ko="이벤트 {n}개...", en="{n} events...")

_OFTEN = 10_000
_One = TypeVar("_One")


def open_log(home: Path) -> "ReviewLog":
    """Open the log of ``home`` under the learner's own policy, making it if need be.

    Raises:
        StateError: it cannot be made or opened, or the settings cannot be read.
    """
    from studytool.session import desk

    with watched_start(home, learner_language()):
        return desk.open_log(home, MACHINE_CLOCK)[1]


def showing_progress(events: Iterable[_One], language: Language) -> Iterator[_One]:
    """Pass ``events`` on, and show now and then how many there were."""
    for n, event in enumerate(events, start=1):
        if n % _OFTEN == 0:
            show_progress(EVENTS.text(language, n=f"{n:,}"))
        yield event
