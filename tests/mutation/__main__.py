"""``python -m tests.mutation ROOM``: list the mutants of a room that its own tests do not notice.

With ``--sample N`` only N mutants, drawn evenly; ``--module NAME`` only those of one file. The exit
status is 1 where fewer than 95 % of them were noticed, those that are explained left aside.
"""

import argparse
import os
import sys
from collections import Counter

from tests.mutation.explained import EXPLAINED
from tests.mutation.run import mutants_of, try_mutants

WANTED_SHARE = 0.95


def main() -> int:
    """Run, print what survived, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("room", choices=["quiz", "srs", "formula", "review_log"])
    parser.add_argument("--sample", type=int, metavar="N")
    parser.add_argument("--module", metavar="NAME", default="")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    mutants = [pair for pair in mutants_of(asked.room) if asked.module in pair[0]]
    if asked.sample is not None and asked.sample < len(mutants):
        step = len(mutants) / asked.sample
        mutants = [mutants[int(index * step)] for index in range(asked.sample)]
    fates: Counter[str] = Counter()
    for trial in try_mutants(asked.room, mutants, jobs=asked.jobs):
        why = EXPLAINED.get(f"{trial.module}: {trial.place}")
        fate = trial.fate if why is None or trial.fate in {"killed", "timed out"} else "explained"
        fates[fate] += 1
        if fate in {"survived", "not run"}:
            _print(f"{trial.module}:{trial.line}: {fate}: {trial.place}")
    noticed = fates["killed"] + fates["timed out"]
    tried = max(fates.total() - fates["explained"], 1)
    _print(f"{asked.room}: {dict(fates)}; noticed {noticed / tried:.1%} of {tried}")
    return 0 if noticed / tried >= WANTED_SHARE else 1


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
