"""Run the long job, or a share of it, and print its figures; exit status 1 where anything is wrong."""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

AMOUNTS = {"kills": 10_000, "power": 2_000, "full": 200, "open": 288}
"""Of the whole: programs killed, fsyncs at which the power is cut, points of a full disk, looks in two days."""
LEAST = {"kills": 2, "power": 1, "full": 1, "open": 12}


class Figures(Protocol):
    """What came of a part."""

    wrong: list[str]

    def lines(self) -> Iterator[str]:
        """Say it."""
        ...


def main() -> int:
    """Run the parts."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy: children are forked
    parser = argparse.ArgumentParser(prog="python -m tests.endurance", description=__doc__)
    parser.add_argument("parts", nargs="*", help="all where none is named")
    parser.add_argument("--share", type=float, default=1.0, help="of the whole; CI runs 0.01")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    if unknown := set(asked.parts) - set(AMOUNTS):
        parser.error(f"no part named {unknown.pop()!r}; parts: {', '.join(AMOUNTS)}")
    wrong = 0
    for part in asked.parts or AMOUNTS:
        wrong += run_part(part, share=asked.share, seed=asked.seed, say=_say, tell=_tell)
    return 1 if wrong else 0


def run_part(
    part: str,
    *,
    share: float,
    seed: int = 0,
    say: Callable[[str], object] = lambda _: None,
    tell: Callable[[str], object] = lambda _: None,
) -> int:
    """Run a share of a part and say its figures; return how much is wrong."""
    from tests.endurance import full_disk, kills, left_open, power_loss

    amount = max(LEAST[part], round(AMOUNTS[part] * share))
    figures: Figures
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        match part:
            case "kills":
                figures = kills.kill(amount, folder, seed=seed, tell=tell)
            case "power":
                figures = power_loss.cut_power(amount, folder, seed=seed, tell=tell)
            case "full":
                figures = full_disk.fill(amount, folder, seed=seed, tell=tell)
            case _:
                figures = left_open.leave_open(amount, folder, tell=tell)
    for line in figures.lines():
        say(line)
    return len(figures.wrong)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
