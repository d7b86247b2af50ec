"""What was found of each entry of a pack, kept until that entry changes.

Each file of items is a line of its own, which is written back as it was read while nothing in it
changes.
"""

import json
from collections.abc import Mapping
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
        lines: of each file, as they were read.
    """

    plays: PlaysByEntry = field(default_factory=dict)
    around: SurroundingFindings = NOTHING_AROUND
    items: Mapping[str, KeptItem] = field(default_factory=dict)
    files: Mapping[str, KnownFile] = field(default_factory=dict)
    seeds: int = 0
    lines: Mapping[str, bytes] = field(default_factory=dict, repr=False, compare=False)

    def known(self) -> KnownEntries:
        """Return what reading the pack again needs."""
        records = {key: item.record for key, item in self.items.items()}
        return KnownEntries(self.around, records, self.files)


def read_entries(path: Path) -> KeptEntries:
    """Read what is kept; nothing where the file is missing, damaged or none of ours."""
    with without_collection():
        return read_content(path, _entries_of) or KeptEntries()


def write_entries(path: Path, kept: KeptEntries, before: KeptEntries) -> None:
    """Write what is kept; where that cannot be done the next check works anew.

    Args:
        path: of the file.
        kept: what is written.
        before: what was read from there.
    """
    plays = {key: [one.as_row() for one in found] for key, found in kept.plays.items()}
    around = [kept.around.digest, [diagnostic_row(one) for one in kept.around.problems]]
    first = as_line([plays, around, kept.seeds])
    lines = [_file_line(name, file, kept, before) for name, file in kept.files.items()]
    write_content(path, b"\n".join([first, *lines]))


def _file_line(name: str, file: KnownFile, kept: KeptEntries, before: KeptEntries) -> bytes:
    """Return the line of a file of items."""
    items = [kept.items[key] for key in file.keys]
    line = before.lines.get(name)
    if line is not None and before.files[name] is file:
        known = map(before.items.get, file.keys)
        if all(item is other for item, other in zip(items, known, strict=True)):
            return line
    return as_line([name, file.digest, file.keys, file.spans, list(map(_item_row, items))])


def _entries_of(content: bytes) -> KeptEntries:
    first, *lines = content.split(b"\n")
    played, (digest, problems), seeds = json.loads(first)
    around = SurroundingFindings(str(digest), tuple(map(diagnostic_of, problems)))
    plays = {
        str(key): tuple(PlayProblem.of_row(row) for row in rows) for key, rows in played.items()
    }
    items: dict[str, KeptItem] = {}
    files: dict[str, KnownFile] = {}
    of_file: dict[str, bytes] = {}
    for line in lines:
        name, of_text, keys, spans, rows = json.loads(line)
        items.update(zip(keys, map(_item_of, rows), strict=True))
        files[name] = KnownFile(of_text, tuple(keys), tuple(map(EntrySpan._make, spans)))
        of_file[name] = line
    return KeptEntries(plays, around, items, files, int(seeds), of_file)


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
