"""A program that appends reviews and other acts, undoes some, and says of each that it is durable.

    python -m tests.review_log.writer PATH NAME

Prints ``append ID`` or ``undo ID`` after each, until it is killed.
"""

import os
import sys
import time
from datetime import timedelta
from pathlib import Path

from studytool.review_log.events import Act
from studytool.review_log.log import ReviewLog
from studytool.srs.rating import Rating
from tests.review_log.drafts import NOON, draft

RATINGS = list(Rating)


def _act(log: ReviewLog, item: str, k: int) -> Act:
    now = NOON + timedelta(minutes=7 * k)
    match k % 9:
        case 2:
            return log.set_flag(item, k % 2 == 0, now)
        case 4:
            return log.reset(item, now)
        case 6:
            return log.set_suspended(item, k % 2 == 0, now)
        case _:
            return log.append_review(draft(item, RATINGS[k % 4], now))


def main(path: str, name: str) -> None:
    with ReviewLog.open(Path(path), busy_seconds=60) as log:
        done = len(list(log.events()))
        for k in range(done, done + 1_000_000):
            now = NOON + timedelta(minutes=7 * k)
            if k % 9 == 8 and (undone := log.undo(now)) is not None:
                said = f"undo {undone.id}\n"
            else:
                item = f"pack/{name}-{k % 5}" if k % 2 else f"pack/both-{k % 5}"
                said = f"append {_act(log, item, k).id}\n"
            os.write(sys.stdout.fileno(), said.encode())  # one write: whole or not at all
            time.sleep(0.001)  # else the other writer would hardly ever find the file free


if __name__ == "__main__":
    main(*sys.argv[1:])
