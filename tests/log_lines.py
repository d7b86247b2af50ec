"""The lines of a whole log, written one by one as its reader takes them."""

from collections.abc import Iterable, Iterator

from studytool.review_log.events import Event
from studytool.review_log.lines import HEADER, write_event


def write_log(events: Iterable[Event]) -> Iterator[bytes]:
    """Return the lines of a file that holds ``events``."""
    yield HEADER
    yield from map(write_event, events)
