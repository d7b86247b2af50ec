"""A check that reads and plays: entries with errors are not played, those played before neither."""

import hashlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from studytool.authoring.check_options import CheckOptions
from studytool.authoring.kept_checks import CheckResult
from studytool.authoring.kept_entries import KeptEntries, KeptItem
from studytool.authoring.play_problem import PlacedProblem, PlayFault, PlayProblem
from studytool.authoring.playing import PlayTask, languages_for, play_all, plays_for
from studytool.authoring.program_mark import program_mark
from studytool.packs import folder as limits
from studytool.packs.by_item import PackByItem, ReadItem, read_by_item
from studytool.packs.diagnostics import Place, Severity
from studytool.packs.folder import has_too_much
from studytool.packs.located import Located
from studytool.packs.manifest import Manifest
from studytool.packs.reader import read_pack


def check_afresh(
    folder: FilePath,
    options: CheckOptions,
    known: KeptEntries,
    *,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> tuple[CheckResult, KeptEntries]:
    """Read and play what is not known yet of a pack.

    Returns:
        The result, and what was found of every entry.

    Raises:
        Cancelled: the work must stop.
    """
    bounds = limits.LARGE if options.large else limits.ORDINARY
    read = None
    if known.seeds or not has_too_much(folder, bounds):  # else nothing is ever kept of it
        read = read_by_item(folder, bounds, known.known(), program_mark())
        if (
            read is not None
            and read.quiet
            and known.seeds != (options.plays or plays_for(read.count))
        ):
            read = read_by_item(folder, bounds, known.known(quiet=False), program_mark())
    if read is None:  # there is nothing to play
        reading = read_pack(folder, bounds)
        return CheckResult(reading.diagnostics, (), reading.items, reading.claims), known
    seeds = options.plays or plays_for(read.count)
    plays = _Plays(read, known, seeds)
    fresh = plays.unknown()
    task = PlayTask(
        pack=read.manifest.id,
        languages=languages_for(read.manifest.languages),
        plays=seeds,
        entries=tuple(one.model.value for one in fresh),
    )
    for done, (number, found) in enumerate(play_all(task, cancelled, jobs=options.jobs), 1):
        plays.keep(fresh[number], found)
        progress(done, len(fresh))
    placed = sorted(plays.placed, key=lambda one: (one.place, one.problem.fault))
    result = CheckResult(read.diagnostics, tuple(placed), read.count, read.claims)
    return result, plays.kept()


class _Played(NamedTuple):
    """An entry to play, and by what it is kept; ``item`` is None of claims and experiments."""

    key: str
    model: Located[Any]
    item: ReadItem | None


class _Plays:
    """What plays find of the entries of a pack that have no error.

    Attributes:
        placed: every problem, at its place.
    """

    def __init__(self, read: PackByItem, known: KeptEntries, seeds: int) -> None:
        self.placed: list[PlacedProblem] = []
        self._read = read
        self._seeds = seeds
        self._known = known
        self._others: dict[str, tuple[PlayProblem, ...]] = {}
        self._before = known.items if known.seeds == seeds else {}
        self._items = {item.key: self._kept(item) for item in read.items if item.key}

    def unknown(self) -> list[_Played]:
        """Return the entries that must be played; what is known of the others is taken over."""
        fresh = []
        wrong = _with_errors(self._read)
        for item in self._read.items:
            if item.record.facts is None or (item.file, item.start) in wrong:
                continue
            before = self._before.get(item.key)
            if before is None or before.played is None:
                fresh.append(_Played(item.key, self._read.load(item), item))
            else:
                self._place(item, before.played)
        for model in self._read.others:
            place = model.place(())
            if (place.file, place.line) in wrong:
                continue
            entry = _Played(_other_key(self._read.manifest, self._seeds, model.value), model, None)
            if (found := self._known.plays.get(entry.key)) is None:
                fresh.append(entry)
            else:
                self.keep(entry, found)
        return fresh

    def keep(self, entry: _Played, found: tuple[PlayProblem, ...]) -> None:
        """Keep what the plays of an entry found."""
        placed = tuple(_placed(entry.model, problem) for problem in found)
        if entry.item is None:
            self._others[entry.key] = found
            self.placed += placed
        else:
            if entry.item.key:
                self._items[entry.item.key] = KeptItem(entry.item.record, placed)
            self._place(entry.item, placed)

    def kept(self) -> KeptEntries:
        """Return all that was found."""
        read = self._read
        return KeptEntries(
            self._others,
            read.around,
            self._items,
            read.files,
            self._seeds,
            is_between=read.is_between,
            quiet=read.quiet,
        )

    def _kept(self, item: ReadItem) -> KeptItem:
        """Return what was kept of an item where it still holds, else what reading it found."""
        before = self._before.get(item.key)
        return before if before and before.record is item.record else KeptItem(item.record)

    def _place(self, item: ReadItem, played: tuple[PlacedProblem, ...]) -> None:
        for one in played:
            place = Place(item.file, one.place.line + item.line, one.place.column)
            self.placed.append(replace(one, place=place))


def _other_key(manifest: Manifest, seeds: int, entry: Any) -> str:
    """Return a digest of everything that the plays of a claim or experiment depend on."""
    content = entry.model_dump_json(by_alias=True, exclude_defaults=True)
    about = f"{program_mark()}\0{manifest.id}\0{manifest.languages}\0{seeds}\0{content}"
    return hashlib.sha256(about.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _with_errors(read: PackByItem) -> set[tuple[str, int]]:
    """Return file and first line of the entries in whose lines an error is, up to the next one's."""
    starts: dict[str, list[int]] = defaultdict(list)
    for item in read.items:
        starts[item.file].append(item.start)
    for other in read.others:
        place = other.place(())
        starts[place.file].append(place.line)
    wrong = set()
    for found in read.diagnostics:
        if found.severity is Severity.ERROR and (of_file := starts.get(found.place.file)):
            before = bisect_right(of_file, found.place.line) - 1
            wrong.add((found.place.file, of_file[max(0, before)]))
    return wrong


def _placed(located: Located[Any], problem: PlayProblem) -> PlacedProblem:
    """Find the part of a file that a problem is about."""
    if problem.fault is PlayFault.NOT_SET:
        from studytool.authoring.set_texts import formula_place  # late: nothing else is set here

        if spot := formula_place(located.value, problem):
            where, at, length = spot
            place = located.document.place_in_text((*located.path, *where), at)
            return PlacedProblem(place, problem, length=length)
    document, path = located.document, (*located.path, *problem.path)
    if problem.at is not None:
        length = int(problem.fields.get("length", 1))
        return PlacedProblem(document.place_in_text(path, problem.at), problem, length=length)
    if not problem.path:
        return PlacedProblem(located.place(("id",)), problem)
    try:
        is_part = isinstance(document.at(path), dict | list)
    except (KeyError, IndexError, TypeError):
        is_part = False  # a default, which stands nowhere
    place = document.key_place(path) if is_part else document.place(path)
    return PlacedProblem(place, problem)
