"""One row of the benchmark table, measured or skipped, and timing by interleaved medians."""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A measured work beside its peer.

    Attributes:
        ours, peer_value: medians, in seconds unless ``unit`` says otherwise.
        goal: the largest ratio ours / peer that is good enough; None where none is set.
    """

    work: str
    ours: float
    peer: str
    peer_value: float
    goal: float | None
    unit: str = "s"

    @property
    def ratio(self) -> float:
        """Give ours / peer: below 1 is faster than the peer."""
        return self.ours / self.peer_value

    @property
    def met(self) -> bool | None:
        """Tell whether the goal is met; None where none is set."""
        return None if self.goal is None else self.ratio <= self.goal


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that could not be measured, and why."""

    work: str
    peer: str
    why: str


def paired_medians(
    ours: Callable[[], object], peer: Callable[[], object], *, runs: int
) -> tuple[float, float]:
    """Time both in turn, A B A B …, so that a drifting machine hurts both; medians in seconds."""
    found = medians({"ours": Timed(ours), "peer": Timed(peer)}, runs=runs)
    return found["ours"], found["peer"]


@dataclass(frozen=True, slots=True)
class Timed:
    """A work, and what must be done before each time, untimed."""

    work: Callable[[], object]
    before: Callable[[], object] | None = None


def medians(works: Mapping[str, Timed], *, runs: int) -> dict[str, float]:
    """Time all works in turn, A B C A B C …; medians in seconds."""
    return {name: statistics.median(kept) for name, kept in _times(works, runs=runs).items()}


def fastest_tenths(works: Mapping[str, Timed], *, runs: int) -> dict[str, float]:
    """Time all works in turn, A B C A B C …; of each the time that a tenth of its runs kept to.

    Other programs only make a work slower, most of all one that waits for the disk; the least time
    of all may be luck.
    """
    return {name: sorted(kept)[len(kept) // 10] for name, kept in _times(works, runs=runs).items()}


def _times(works: Mapping[str, Timed], *, runs: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(runs):
        for name, timed in works.items():
            if timed.before is not None:
                timed.before()
            start = time.perf_counter()
            timed.work()
            times[name].append(time.perf_counter() - start)
    return times
