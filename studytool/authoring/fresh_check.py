"""A check that reads and plays: entries with errors are not played, those played before neither."""

import hashlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path as FilePath
from typing import Any

from studytool.authoring.check_options import CheckOptions
from studytool.authoring.kept_checks import CheckResult, PlaysByEntry
from studytool.authoring.play_problem import PlacedProblem, PlayFault, PlayProblem
from studytool.authoring.playing import PlayTask, languages_for, play_all, plays_for
from studytool.authoring.program_mark import program_mark
from studytool.authoring.set_texts import formula_place
from studytool.packs import folder as limits
from studytool.packs.diagnostics import Severity
from studytool.packs.located import Located
from studytool.packs.reader import Reading, read_pack

_Entries = Sequence[Located[Any]]


def check_afresh(
    folder: FilePath,
    options: CheckOptions,
    known: PlaysByEntry,
    *,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> tuple[CheckResult, PlaysByEntry]:
    """Read a pack and play what is not known yet.

    Returns:
        The result, and what plays found of every entry that was played.

    Raises:
        Cancelled: the work must stop.
    """
    reading = read_pack(folder, limits.LARGE if options.large else limits.ORDINARY)
    placed: list[PlacedProblem] = []
    plays: dict[str, tuple[PlayProblem, ...]] = {}
    if reading.manifest is not None:
        entries = _without_errors(reading)
        task = PlayTask(
            pack=reading.manifest.id,
            languages=languages_for(reading.manifest.languages),
            plays=options.plays or plays_for(reading.items),
            entries=tuple(located.value for located in entries),
        )
        keys = [_entry_key(task, entry) for entry in task.entries]
        plays = {key: known[key] for key in keys if key in known}
        fresh = [number for number, key in enumerate(keys) if key not in plays]
        part = task.part(fresh)
        for done, (number, found) in enumerate(play_all(part, cancelled, jobs=options.jobs), 1):
            plays[keys[fresh[number]]] = found
            progress(done, len(fresh))
        for key, located in zip(keys, entries, strict=True):
            placed += [_placed(located, problem) for problem in plays[key]]
    placed.sort(key=lambda one: (one.place, one.problem.fault))
    result = CheckResult(reading.diagnostics, tuple(placed), reading.items, reading.claims)
    return result, plays


def _entry_key(task: PlayTask, entry: Any) -> str:
    """Return a digest of everything that the plays of an entry depend on."""
    content = entry.model_dump_json(by_alias=True, exclude_defaults=True)
    about = f"{program_mark()}\0{task.pack}\0{task.languages}\0{task.plays}\0{content}"
    return hashlib.sha256(about.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _without_errors(reading: Reading) -> list[Located[Any]]:
    """Return the entries in whose lines no error is: from their own to the next one's."""
    starts: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, located in enumerate(reading.entries):
        place = located.place(())
        starts[place.file].append((place.line, number))
    wrong = set()
    for found in reading.diagnostics:
        if found.severity is Severity.ERROR and (of_file := starts.get(found.place.file)):
            before = bisect_right(of_file, (found.place.line, len(reading.entries))) - 1
            wrong.add(of_file[max(0, before)][1])
    return [one for number, one in enumerate(reading.entries) if number not in wrong]


def _placed(located: Located[Any], problem: PlayProblem) -> PlacedProblem:
    """Find the part of a file that a problem is about."""
    if problem.fault is PlayFault.NOT_SET and (spot := formula_place(located.value, problem)):
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
