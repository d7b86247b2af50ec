"""The lines of a whole log, written one by one as its reader takes them."""

from collections.abc import Iterable, Iterator

from studytool.review_log.events import Event
from studytool.review_log.lines import HEADER, read_lines, write_event


def write_log(events: Iterable[Event]) -> Iterator[bytes]:
    """Return the lines of a file that holds ``events``."""
    yield HEADER
    yield from map(write_event, events)


def read_log(lines: Iterable[bytes], name: str) -> Iterator[Event]:
    """Return the events of a file, none of which was read already."""
    return read_lines(lines, name)
