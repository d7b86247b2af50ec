"""Run the long job, or a share of it, and print its figures; exit status 1 where anything is wrong."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

KILLS = 10_000


def main() -> int:
    """Run the parts."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy: children are forked
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*", default=["kills"])
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    from tests.endurance.kills import kill

    with tempfile.TemporaryDirectory() as folder:
        figures = kill(
            max(2, round(KILLS * asked.share)), Path(folder), seed=asked.seed, tell=_tell
        )
    for line in figures.lines():
        sys.stdout.write(f"{line}\n")
    return 1 if figures.wrong else 0


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
