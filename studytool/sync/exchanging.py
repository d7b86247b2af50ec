"""One exchange with the shared folder: take in what is new there, then put there what it lacks.

The folder is one learner's. A file of a log has a learner id of its own, so each device has another
one; an event is taken in as it is, whichever id it bears: reviews of all devices make one memory.
What is undone is what this device did, since undo looks for the ids of its own file.

Nothing is remembered of earlier exchanges: what a device sends is what no whole file of the folder
holds. So a lost or damaged file is replaced, and events that came another way are passed on.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from studytool.errors import ExchangeError
from studytool.review_log.events import Event
from studytool.review_log.log import ReviewLog
from studytool.sync.part import read_part, write_parts
from studytool.sync.shared_folder import clear_partials, list_files, publish

_OFTEN = 10_000


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was passed over, and why."""

    file: str
    problem: ExchangeError


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What one exchange did.

    Attributes:
        sent: events written into the folder.
        received: events new to the log.
        files: names of the files written, in order.
    """

    sent: int
    received: int
    files: tuple[str, ...]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """What the whole files of the folder hold: all ids, and the events new to the log by id."""

    ids: set[str]
    new: dict[str, Event]
    skipped: list[Skipped]


def exchange(
    log: ReviewLog,
    folder: Path,
    *,
    progress: Callable[[int], object] = lambda _: None,
    before_first: Callable[[], object] = lambda: None,
) -> Exchanged:
    """Exchange the log's events with ``folder``.

    Whatever ends it, no file in the folder is half-written, and what was received is durable.

    Args:
        log: of this device.
        folder: shared; must exist.
        progress: told now and then the number of events read, taken in or written so far.
        before_first: called before the first event is taken in, if there is any.

    Raises:
        StateError: the folder or the log cannot be read or written.
    """
    paths = list_files(folder)
    clear_partials(folder, log.device)
    known = log.ids()
    found = _read_all(paths, known, progress)
    received = log.absorb(_told(found.new.values(), progress), before_first=before_first)
    files, sent = [], 0
    if lacking := known - found.ids:
        for n, content in write_parts(log.events(lacking)):
            files.append(publish(content, folder, log.device).name)
            sent += n
            progress(sent)
    return Exchanged(sent, received, tuple(files), tuple(found.skipped))


def _read_all(paths: list[Path], known: set[str], progress: Callable[[int], object]) -> _Found:
    found = _Found(set(), {}, [])
    for path in paths:
        try:
            _read_into(found, path, known)
        except ExchangeError as problem:
            found.skipped.append(Skipped(path.name, problem))
        progress(len(found.ids))
    return found


def _read_into(found: _Found, path: Path, known: set[str]) -> None:
    part = read_part(path)
    if part.ids is not None and all(id_ in known or id_ in found.new for id_ in part.ids):
        found.ids.update(part.ids)
        return
    events = part.events()
    for event in events:
        if event.id not in known:
            found.new.setdefault(event.id, event)
    found.ids.update(event.id for event in events)


def _told(events: Iterable[Event], progress: Callable[[int], object]) -> Iterator[Event]:
    for n, event in enumerate(events, start=1):
        if n % _OFTEN == 0:
            progress(n)
        yield event
