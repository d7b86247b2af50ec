"""Play many entries: in this process where they are few, else over processes, a chunk at a time."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studytool.authoring.play_problem import PlayFault, PlayProblem
from studytool.collection import begin_collection
from studytool.errors import Cancelled
from studytool.language import LANGUAGES, Language
from studytool.packs.claims import Claim
from studytool.packs.experiments import PackExperiment
from studytool.packs.items import Card, Item
from studytool.packs.walk import walk_texts

if TYPE_CHECKING:
    from studytool.verification.crew import TaskLoss

FEW = 2_000
"""Variants that one process makes sooner than others could start."""
CHUNK = 40
SECONDS = 60.0
"""The longest that one entry may take; all of the bundled pack take a few."""
MEMORY_BYTES = 2**30
MOST_PLAYS = 50
FEWEST_PLAYS = 5
_ALL_PLAYS = 10_000
"""Of all items together, until each has the fewest."""

Found = Iterator[tuple[int, tuple[PlayProblem, ...]]]


def plays_for(items: int) -> int:
    """Return how many seeds each item of a pack is played at.

    >>> [plays_for(n) for n in (1, 200, 1_000, 10_000)]
    [50, 50, 10, 5]
    """
    return max(FEWEST_PLAYS, min(MOST_PLAYS, _ALL_PLAYS // max(1, items)))


def languages_for(tags: Sequence[str]) -> tuple[Language, ...]:
    """Return the languages of the program in which a learner meets each language of a pack.

    A language that the program does not speak is met by learners whose own the pack lacks.

    >>> languages_for(["en", "ko"]), languages_for(["fr"]), languages_for(["fr", "ko"])
    (('ko', 'en'), ('ko',), ('ko', 'en'))
    """
    primary = {tag.partition("-")[0] for tag in tags}
    own = tuple(code for code in LANGUAGES if code in primary)
    others = tuple(code for code in LANGUAGES if code not in primary)
    return own if primary <= set(LANGUAGES) else own + others[:1]


@dataclass(frozen=True, slots=True)
class PlayTask:
    """Entries to play; it can be sent to a process."""

    pack: str
    languages: tuple[Language, ...]
    plays: int
    entries: tuple[Item | Claim | PackExperiment, ...]

    def part(self, numbers: Sequence[int]) -> "PlayTask":
        """Return a task of some of its entries."""
        entries = tuple(self.entries[number] for number in numbers)
        return replace(self, entries=entries)


def play_task(task: PlayTask, stopped: Callable[[], bool]) -> tuple[tuple[PlayProblem, ...], ...]:
    """Play each entry of a task.

    Raises:
        Cancelled: the work must stop.
    """
    found = []
    for entry in task.entries:
        if stopped():
            raise Cancelled
        found.append(() if has_nothing_to_play(entry) else _play(entry, task))
    return tuple(found)


def has_nothing_to_play(entry: Item | Claim | PackExperiment) -> bool:
    """Tell a card that computes nothing, sets no formula and has no tests: no play can find anything."""
    return (
        isinstance(entry, Card)
        and not entry.computes
        and not entry.tests
        and not any("$" in words for _, text in walk_texts(entry) for words in text.root.values())
    )


def _play(entry: Item | Claim | PackExperiment, task: PlayTask) -> tuple[PlayProblem, ...]:
    from studytool.authoring.play import play_entry  # late: an edited card wants none of it

    return play_entry(entry, pack_id=task.pack, languages=task.languages, plays=task.plays)


def play_all(task: PlayTask, cancelled: Callable[[], bool], *, jobs: int | None = None) -> Found:
    """Play the entries of a task; return what each found, by its number, as it comes.

    An entry whose process is killed, or that takes too long, is played again alone, and is then
    a problem of its own.

    Raises:
        Cancelled: the work must stop.
    """
    if not all(map(has_nothing_to_play, task.entries)):
        import studytool.authoring.play  # noqa: F401 - here the collector need not look through it
    begin_collection()
    variants = len(task.entries) * task.plays * len(task.languages)
    jobs = min(_cores() if jobs is None else jobs, -(-len(task.entries) // CHUNK))
    if jobs < 2 or variants < FEW:
        yield from _here(task, range(len(task.entries)), cancelled)
        return
    from studytool.verification.crew import CannotStartError  # late: few want one

    left = set(range(len(task.entries)))
    try:
        for number, problems in _over_processes(task, jobs, cancelled):
            left.discard(number)
            yield number, problems
    except CannotStartError:
        yield from _here(task, sorted(left), cancelled)


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _here(task: PlayTask, numbers: Sequence[int] | range, cancelled: Callable[[], bool]) -> Found:
    for number in numbers:
        [problems] = play_task(task.part([number]), cancelled)
        yield number, problems


def _over_processes(task: PlayTask, jobs: int, cancelled: Callable[[], bool]) -> Found:
    from studytool.verification.crew import TaskLoss

    numbers = range(len(task.entries))
    chunks = {start: numbers[start : start + CHUNK] for start in numbers[::CHUNK]}
    lost: list[int] = []
    for start, found in _run(task, chunks, jobs, cancelled):
        if isinstance(found, TaskLoss):
            lost += chunks[start]
        else:
            yield from zip(chunks[start], found, strict=True)
    alone = {number: numbers[number : number + 1] for number in lost}
    for number, found in _run(task, alone, 1, cancelled):
        if isinstance(found, TaskLoss):
            fields = {"why": found.value, "seconds": SECONDS}
            yield number, (PlayProblem(PlayFault.NOT_PLAYED, (), fields),)
        else:
            yield number, found[0]


def _run(
    task: PlayTask,
    chunks: Mapping[int, Sequence[int]],
    jobs: int,
    cancelled: Callable[[], bool],
) -> Iterator[tuple[int, "tuple[tuple[PlayProblem, ...], ...] | TaskLoss"]]:
    from studytool.verification.crew import Crew

    crew = Crew[PlayTask, tuple[tuple[PlayProblem, ...], ...]](
        play_task, lambda part: SECONDS * len(part.entries), MEMORY_BYTES
    )
    tasks = {start: task.part(part) for start, part in chunks.items()}
    yield from crew.run(tasks, jobs, cancelled)
    if cancelled():
        raise Cancelled
