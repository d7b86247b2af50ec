"""The automatic backup around a run of the program; a learner never waits for it.

Memories are no part of what is precious, and have no checksum: when a backup was taken on leaving, they are
made again from the events, whatever a damaged bit has changed of them.

It is taken when the program is left: the screen has closed, and the last review is in it. A program
whose window is closed never gets there; so a long run takes one in a thread as well, well after the
first frame, when the last is a day old.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from typing import TYPE_CHECKING

from studytool.cli.output import write_error
from studytool.clock import utc_now
from studytool.errors import StateError
from studytool.faults import Fault
from studytool.language import Phrase

if TYPE_CHECKING:
    from pathlib import Path

    from studytool.session.desk import Desk

SETTLED_SECONDS = 20.0
MOST_FOLDED = 100_000
"""Events that are folded anew in half a second; a longer log's memories are by ``doctor --repair``."""

_NOT_MADE = Phrase(
    ko="이번에는 자동 백업을 만들지 못했습니다. 복습은 모두 저장되어 있습니다. {why}",
    en="the automatic backup was not made this time; every review is saved. {why}",
)


@contextmanager
def backed_up(desk: "Desk") -> Iterator[None]:
    """Back up when the block ends, where that is due; write a failure once, and go on."""
    timer = Timer(SETTLED_SECONDS, _in_the_background, [desk.home])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()  # a backup under way is finished
        _on_leaving(desk)


def _on_leaving(desk: "Desk") -> None:
    from studytool.backups.taking import back_up_when_due

    language = desk.settings.language
    try:
        made = back_up_when_due(desk.home, utc_now())
    except StateError as error:
        if error.fault is Fault.CLOCK_WRONG:  # whatever asked for the time has said it
            return
        write_error(_NOT_MADE.text(language, why=error.text(language)))
        return
    if made is not None and made.contents.events <= MOST_FOLDED:
        _remake_memories(desk.home)


def _remake_memories(home: "Path") -> None:
    """Put right, without a word, what a damaged bit has changed of the memories: events have it all."""
    from studytool.doctor.repair import remake_caches

    with suppress(StateError):  # nothing is lost by it, and studytool doctor says why
        remake_caches(home, utc_now(), packs=False)


def _in_the_background(home: "Path") -> None:
    from studytool.backups.taking import DAY, back_up_when_due

    with suppress(StateError):  # leaving tries again, and says why not
        back_up_when_due(home, utc_now(), after=DAY)
