"""Sync with a shared folder: take in the events that are new there, add those that it lacks.

The folder is one learner's. A file of a log has a learner id of its own, so each device has another
one; an event is taken in as it is, whichever id it bears: reviews of all devices make one memory.
What is undone is what this device did, since undo looks for the ids of its own file.

Nothing is remembered of the folder: what a device sends is what no whole file there holds. So a
lost or damaged file is replaced, and events that came another way are passed on. Of the log it is
remembered how far it was given away, for a restore (:mod:`studytool.review_log.going_back`).
"""

from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass
from pathlib import Path

from studytool.collection import without_collection
from studytool.errors import ExchangeError
from studytool.review_log.events import Event
from studytool.review_log.log import ReviewLog
from studytool.review_log.rows import WordRow, raw_id
from studytool.sync.folder import clear_partials, list_files, publish
from studytool.sync.part import part_digest, read_part, write_parts


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file that was passed over, and why."""

    file: str
    problem: ExchangeError


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What was sent and received.

    Attributes:
        sent: events written into the folder.
        received: events new to the log.
        files: names of the files written, in order.
        twofold: ids of events that the log and the folder have otherwise.
    """

    sent: int
    received: int
    files: tuple[str, ...]
    skipped: tuple[SkippedFile, ...]
    twofold: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _FolderContents:
    """The contents of the folder's files, as they are read.

    Attributes:
        lacking: ids of the log's events that no whole file holds.
        skipped: the files that are not whole.
        believed: digests of parts whose every line was read and compared with the log.
    """

    lacking: set[bytes]
    skipped: list[SkippedFile]
    believed: set[str]

    def ids(self, path: Path) -> Set[bytes] | None:
        """Return the ids of a file's events, none of one that is not whole; None if it was never read through."""
        try:
            part = read_part(path)
            return part.ids() if part.digest in self.believed else None
        except ExchangeError as problem:
            self.skipped.append(SkippedFile(path.name, problem))
            return set()

    def events(
        self, paths: Iterable[Path], progress: Callable[[int], object]
    ) -> Iterator[Event | WordRow]:
        """Return the events of files, a file at a time; ``progress`` is told how many there were."""
        read = 0
        for path in paths:
            events = self._events(path)
            yield from events
            read += len(events)
            progress(read)

    def _events(self, path: Path) -> list[Event | WordRow]:
        """Return the events of a file; none of one that is not whole."""
        try:
            part = read_part(path)
            events = part.events()
        except ExchangeError as problem:
            self.skipped.append(SkippedFile(path.name, problem))
            return []
        self.lacking.difference_update(map(raw_id, events))
        self.believed.add(part.digest)
        return events


@without_collection()
def sync_with_folder(
    log: ReviewLog,
    folder: Path,
    *,
    progress: Callable[[int], object] = lambda _: None,
    before_first: Callable[[], object] = lambda: None,
) -> SyncReport:
    """Exchange the log's events with those in ``folder``.

    Whatever ends it, no file in the folder is half-written, and what was received is durable: all
    that is new, or nothing. The events of one file at a time are held in memory.

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
    place, known = log.last_place(), log.raw_ids()
    contents = _FolderContents(set(known), [], log.believed_parts())
    new = _find_new(paths, known, contents, progress)
    received = log.absorb(contents.events(new, progress), before_first=before_first) if new else 0
    contents.lacking.update(log.upheld if new else ())
    files, sent = [], 0
    if contents.lacking:
        among = None if len(contents.lacking) == len(known) else contents.lacking
        for n, content in write_parts(log.word_rows(among, until=place)):
            files.append(publish(content, folder, log.device).name)
            contents.believed.add(part_digest(content))
            sent += n
            progress(sent)
    log.note_given(place, believed=contents.believed)
    skipped = sorted(contents.skipped, key=lambda one: one.file)
    twofold = log.twofold if new else ()
    return SyncReport(sent, received, tuple(files), tuple(skipped), twofold)


def _find_new(
    paths: Iterable[Path],
    known: set[bytes],
    contents: _FolderContents,
    progress: Callable[[int], object],
) -> list[Path]:
    """Return the files with events that are not ``known``, and those that were never read through.

    What the others hold is not lacking.
    """
    new, read = [], 0
    for path in paths:
        ids = contents.ids(path)
        if ids is None or not ids <= known:
            new.append(path)
        else:
            contents.lacking.difference_update(ids)
            read += len(ids)
            progress(read)
    return new
