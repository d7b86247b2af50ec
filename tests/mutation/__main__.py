"""``python -m tests.mutation ROOM``: list the mutants of a room that its own tests do not notice.

With ``--sample N`` only N mutants, drawn evenly, so that every large file is met, and Wilson's
interval says what they show of the room; ``--seed S`` draws others, one of each part of the room
as long as the sample's step; ``--module NAME`` only those of one file;
``--again FILE`` only those that an earlier run, whose output the file holds, has listed, or
``verify --mutants core``; ``--each`` says of every one what became of it. The exit
status is 1 where fewer than 95 % of them were noticed, those that are explained left aside.
"""

import argparse
import os
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np

from studytool.numerics.streams import stream
from tests.mutation.explained import EXPLAINED
from tests.mutation.forks import Fate
from tests.mutation.reach import MutantOfModule
from tests.mutation.rooms import ROOMS, Room
from tests.mutation.run import mutants_of, try_mutants
from tests.mutation.wilson import wilson_interval

WANTED_SHARE = 0.95
_LISTED = re.compile(r"^(\S+\.py):\d+: (?:(?:survived|crashed): )?(.+)$", re.MULTILINE)


def main() -> int:
    """Run, print what survived, and return the exit status."""
    asked = _arguments()
    room = Room.named(asked.room)
    mutants = [one for one in mutants_of(room) if asked.module in one.module]
    if asked.again is not None:
        listed = set(_LISTED.findall(Path(asked.again).read_text(encoding="utf-8")))
        mutants = [one for one in mutants if (one.module, one.mutant.place) in listed]
    if asked.sample is not None and asked.sample < len(mutants):
        drawn = drawn_evenly(len(mutants), asked.sample, seed=asked.seed)
        mutants = [mutants[number] for number in drawn]
    fates: Counter[str] = Counter()

    def report(one: MutantOfModule, fate: Fate) -> None:
        unnoticed = fate not in {"killed", "timed out"}
        explained = unnoticed and str(one) in EXPLAINED
        fates["explained" if explained else fate] += 1
        if asked.each or (unnoticed and not explained):
            became = "explained" if explained else fate
            _print(f"{one.module}:{one.mutant.line}: {became}: {one.mutant.place}")

    try_mutants(room, mutants, jobs=asked.jobs, report=report)
    noticed = fates["killed"] + fates["timed out"]
    tried = fates.total() - fates["explained"]
    low, high = wilson_interval(noticed, tried)
    share = noticed / max(tried, 1)
    _print(f"{asked.room}: {dict(fates)}; noticed {noticed} of {tried}")
    _print(f"{share:.1%}; of all such mutants {low:.1%} to {high:.1%}, by a sample of that size")
    return 0 if share >= WANTED_SHARE else 1


def drawn_evenly(total: int, count: int, *, seed: int | None) -> list[int]:
    """Return one number of each of ``count`` equal parts of ``total``: its first, or one drawn.

    >>> drawn_evenly(12, 3, seed=None)
    [0, 4, 8]
    """
    step = total / count
    drawn = np.zeros(count) if seed is None else stream("mutants", seed).random(count)
    return [int((part + within) * step) for part, within in enumerate(drawn)]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("room", choices=ROOMS)
    parser.add_argument("--sample", type=int, metavar="N")
    parser.add_argument("--seed", type=int, metavar="S")
    parser.add_argument("--module", metavar="NAME", default="")
    parser.add_argument("--again", metavar="FILE")
    parser.add_argument("--each", action="store_true")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    return parser.parse_args()


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
