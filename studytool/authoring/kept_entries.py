"""What was found of each entry of a pack, kept until that entry changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studytool.authoring.kept_checks import read_json, write_json
from studytool.authoring.kept_rows import diagnostic_of, diagnostic_row, placed_of, placed_row
from studytool.authoring.play_problem import PlacedProblem, PlayProblem
from studytool.collection import without_collection
from studytool.packs.by_item import ItemRecord
from studytool.packs.diagnostics import Place
from studytool.packs.item_facts import ItemFacts, OldId

PlaysByEntry = Mapping[str, tuple[PlayProblem, ...]]
"""What plays found, by the digest of the entry."""


@dataclass(frozen=True, slots=True)
class KeptItem:
    """What is kept of an item.

    Attributes:
        record: what reading it found.
        played: what playing it found, its lines counted as the record's; None where it was not.
        row: as it was read, so that it is written without being made again.
    """

    record: ItemRecord
    played: tuple[PlacedProblem, ...] | None = None
    row: list[Any] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class KeptEntries:
    """What is kept of the entries of a pack.

    Attributes:
        plays: what plays found of its claims and experiments, by their digests.
        items: by their keys.
        seeds: at how many the items were played.
    """

    plays: PlaysByEntry = field(default_factory=dict)
    items: Mapping[str, KeptItem] = field(default_factory=dict)
    seeds: int = 0


def read_entries(path: Path) -> KeptEntries:
    """Read what is kept; nothing where the file is missing, damaged or none of ours."""
    with without_collection():
        return read_json(path, _entries_of) or KeptEntries()


def write_entries(path: Path, kept: KeptEntries) -> None:
    """Write what is kept; where that cannot be done the next check works anew."""
    items = {key: _item_row(item) for key, item in kept.items.items()}
    plays = {key: [one.as_row() for one in found] for key, found in kept.plays.items()}
    write_json(path, {"plays": plays, "items": items, "seeds": kept.seeds})


def _entries_of(read: dict[str, Any]) -> KeptEntries:
    plays = {
        str(key): tuple(PlayProblem.of_row(row) for row in rows)
        for key, rows in read["plays"].items()
    }
    items = {str(key): _item_of(row) for key, row in read["items"].items()}
    return KeptEntries(plays, items, int(read["seeds"]))


def _item_row(item: KeptItem) -> list[Any]:
    if item.row is not None:
        return item.row
    record, played = item.record, item.played
    return [
        record.values,
        None if record.facts is None else _facts_row(record.facts),
        record.broken,
        [diagnostic_row(one) for one in record.problems],
        record.view,
        None if played is None else [placed_row(one) for one in played],
    ]


def _item_of(row: list[Any]) -> KeptItem:
    values, facts, broken, problems, view, played = row
    record = ItemRecord(
        int(values),
        None if facts is None else _facts_of(facts),
        None if broken is None else (str(broken[0]), str(broken[1])),
        tuple(map(diagnostic_of, problems)),
        str(view),
    )
    return KeptItem(record, None if played is None else tuple(map(placed_of, played)), row)


def _facts_row(facts: ItemFacts) -> list[Any]:
    was = [[old.id, *_spot(old.place)] for old in facts.was]
    own = [facts.id, facts.concept, *_spot(facts.place), was, facts.claims, facts.source]
    return [*own, facts.fronts, _spot(facts.front), facts.is_longest, _spot(facts.options)]


def _facts_of(row: list[Any]) -> ItemFacts:
    id_, concept, line, column, was, claims, source, fronts, front, is_longest, options = row
    return ItemFacts(
        id_,
        concept,
        Place("", line, column),
        tuple(OldId(old, Place("", *spot)) for old, *spot in was),
        tuple(claims),
        source,
        tuple((language, words) for language, words in fronts),
        None if front is None else Place("", *front),
        is_longest,
        None if options is None else Place("", *options),
    )


def _spot(place: Place | None) -> Any:
    return None if place is None else (place.line, place.column)
