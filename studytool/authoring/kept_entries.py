"""What was found of each entry of a pack, kept until that entry changes.

Each file of items is two lines of its own, which are written back as they were read while nothing
in it changes. The second is read only where the file changed, or something was found in it.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from studytool.authoring.kept_checks import as_line, read_content, write_content
from studytool.authoring.kept_rows import diagnostic_of, diagnostic_row, placed_of, placed_row
from studytool.authoring.play_problem import PlacedProblem, PlayProblem
from studytool.collection import without_collection
from studytool.packs.by_item import (
    NOTHING_AROUND,
    ItemRecord,
    KnownEntries,
    KnownFile,
    SurroundingFindings,
)
from studytool.packs.diagnostics import Place
from studytool.packs.entry_texts import EntrySpan
from studytool.packs.item_facts import ItemFacts, OldId
from studytool.packs.quiet_files import QuietFile, quiet_of, quiet_row

PlaysByEntry = Mapping[str, tuple[PlayProblem, ...]]
"""What plays found, by the digest of the entry."""


class KeptItem(NamedTuple):
    """What is kept of an item.

    Attributes:
        record: what reading it found.
        played: what playing it found, its lines counted as the record's; None where it was not.
    """

    record: ItemRecord
    played: tuple[PlacedProblem, ...] | None = None


@dataclass(frozen=True, slots=True)
class KeptEntries:
    """What is kept of the entries of a pack.

    Attributes:
        plays: what plays found of its claims and experiments, by their digests.
        around: what reading found of all but its items.
        items: by their keys.
        files: where the items stood in each file.
        seeds: at how many the items were played.
        is_between: whether anything was found of the items together.
        quiet: the files in which nothing was found.
        lines: of each file, as they were read.
    """

    plays: PlaysByEntry = field(default_factory=dict)
    around: SurroundingFindings = NOTHING_AROUND
    items: Mapping[str, KeptItem] = field(default_factory=dict)
    files: Mapping[str, KnownFile] = field(default_factory=dict)
    seeds: int = 0
    is_between: bool = False
    quiet: Mapping[str, QuietFile] = field(default_factory=dict, repr=False, compare=False)
    lines: Mapping[str, bytes] = field(default_factory=dict, repr=False, compare=False)

    def known(self, *, quiet: bool = True) -> KnownEntries:
        """Return what reading the pack again needs, with or without the files that are ``quiet``."""

        def record(key: str) -> ItemRecord | None:
            item = self.items.get(key)
            return None if item is None else item.record

        return KnownEntries(self.around, record, self.files, self.quiet if quiet else {})


def read_entries(path: Path) -> KeptEntries:
    """Read what is kept; nothing where the file is missing, damaged or none of ours."""
    with without_collection():
        return read_content(path, _entries_of) or KeptEntries()


def write_entries(path: Path, kept: KeptEntries, before: KeptEntries) -> None:
    """Write what is kept; where that cannot be done the next check works anew.

    Args:
        path: of the file.
        kept: what is written.
        before: what was read from there; its quiet files are among those of ``kept``.
    """
    plays = {key: [one.as_row() for one in found] for key, found in kept.plays.items()}
    around = [kept.around.digest, [diagnostic_row(one) for one in kept.around.problems]]
    first = as_line([plays, around, kept.seeds, kept.is_between])
    lines = [_file_lines(name, file, kept, before) for name, file in kept.files.items()]
    same = [before.lines[name] for name in kept.quiet if name not in kept.files]
    write_content(path, b"\n".join([first, *lines, *same]))


def _file_lines(name: str, file: KnownFile, kept: KeptEntries, before: KeptEntries) -> bytes:
    """Return the two lines of a file of items: what all checks need of it, and the rest."""
    items = [kept.items[key] for key in file.keys]
    lines = before.lines.get(name)
    if lines is not None and kept.is_between == before.is_between and before.files[name] is file:
        known = map(before.items.get, file.keys)
        if all(item is other for item, other in zip(items, known, strict=True)):
            return lines
    quiet = None if kept.is_between else _quiet_row(file, items)
    rest = [file.digest, file.keys, file.spans, list(map(_item_row, items))]
    return as_line([name, quiet]) + b"\n" + as_line(rest)


def _quiet_row(file: KnownFile, items: list[KeptItem]) -> list[Any] | None:
    """Return what is kept of a file in which nothing was found; None where something was."""
    quiet = []
    for record, played in items:
        if record.facts is None or record.problems or played != ():
            return None
        quiet.append((record.facts, record.view))
    return quiet_row(file.digest, sum(item.record.values for item in items), quiet)


def _entries_of(content: bytes) -> KeptEntries:
    first, *lines = content.split(b"\n")
    played, (digest, problems), seeds, is_between = json.loads(first)
    around = SurroundingFindings(str(digest), tuple(map(diagnostic_of, problems)))
    plays = {
        str(key): tuple(PlayProblem.of_row(row) for row in rows) for key, rows in played.items()
    }
    files, quiet, of_file = FilesRead(), {}, {}
    for head, rest in zip(lines[::2], lines[1::2], strict=True):
        name, row = json.loads(head)
        of_file[name] = head + b"\n" + rest
        if row is None:
            files.add(rest, name)
        else:
            quiet[name] = quiet_of(row)
            files.unread[name] = rest
    items, known = ItemsByKey(files), FilesByName(files)
    return KeptEntries(plays, around, items, known, int(seeds), is_between is True, quiet, of_file)


class FilesRead:
    """Files of items, of which those in which nothing was found are read when they are asked for.

    Attributes:
        unread: the lines of those that were not read yet.
        items: of those that were, by their keys.
        files: those that were read.
    """

    def __init__(self) -> None:
        self.unread: dict[str, bytes] = {}
        self.items: dict[str, KeptItem] = {}
        self.files: dict[str, KnownFile] = {}
        self._missed = 0

    def add(self, line: bytes, name: str) -> None:
        """Read a file's line.

        Raises:
            ValueError, TypeError: it is none of ours.
        """
        of_text, keys, spans, rows = json.loads(line)
        self.items.update(zip(keys, map(_item_of, rows), strict=True))
        self.files[name] = KnownFile(of_text, tuple(keys), tuple(map(EntrySpan._make, spans)))

    def read(self, name: str) -> None:
        """Read a file, where that has not been done yet."""
        if (line := self.unread.pop(name, None)) is not None:
            self.add(line, name)

    def read_all(self) -> None:
        """Read all that were not read yet."""
        for name in list(self.unread):
            self.read(name)

    def look_for(self, key: str) -> None:
        """Read the files that may have an item; all of them where many are looked for."""
        self._missed += 1
        for name in list(self.unread):
            if self._missed > _MOST_MISSED or key.encode() in self.unread[name]:
                self.read(name)


_MOST_MISSED = 20
"""So many items, of those edited since, are looked for in the files that were not read."""


class ItemsByKey(Mapping[str, KeptItem]):
    """The items of files, by their keys."""

    def __init__(self, files: FilesRead) -> None:
        self._files = files

    def __getitem__(self, key: str) -> KeptItem:
        if key not in self._files.items:
            self._files.look_for(key)
        return self._files.items[key]

    def __iter__(self) -> Iterator[str]:
        self._files.read_all()
        return iter(self._files.items)

    def __len__(self) -> int:
        self._files.read_all()
        return len(self._files.items)


class FilesByName(Mapping[str, KnownFile]):
    """The files, by their names."""

    def __init__(self, files: FilesRead) -> None:
        self._files = files

    def __getitem__(self, name: str) -> KnownFile:
        self._files.read(name)
        return self._files.files[name]

    def __iter__(self) -> Iterator[str]:
        self._files.read_all()
        return iter(self._files.files)

    def __len__(self) -> int:
        self._files.read_all()
        return len(self._files.files)


def _item_row(item: KeptItem) -> list[Any]:
    """Return an item as JSON keeps it; named tuples are lists there."""
    record, played = item
    return [
        record.values,
        record.facts,
        record.broken,
        [diagnostic_row(one) for one in record.problems],
        record.view,
        None if played is None else [placed_row(one) for one in played],
    ]


def _item_of(row: list[Any]) -> KeptItem:
    values, facts, broken, problems, view, played = row
    record = ItemRecord(
        values,
        None if facts is None else _facts_of(facts),
        None if broken is None else (str(broken[0]), str(broken[1])),
        tuple(map(diagnostic_of, problems)),
        view,
    )
    return KeptItem(record, None if played is None else tuple(map(placed_of, played)))


def _facts_of(row: list[Any]) -> ItemFacts:
    id_, concept, place, was, claims, source, fronts, front, is_longest, options = row
    return ItemFacts(
        id_,
        concept,
        Place._make(place),
        tuple([OldId(old, Place._make(spot)) for old, spot in was]),
        tuple(claims),
        source,
        tuple([(language, words) for language, words in fronts]),
        None if front is None else Place._make(front),
        is_longest,
        None if options is None else Place._make(options),
    )
