"""A program that does everything a learner can do to a log, and says of each act that it is durable.

    python -m tests.review_log.writer PATH NAME

Prints ``append ID`` of an act, or ``undo ID`` and ``redo ID`` of the act that it concerned, each
after it was written, until it is killed.
"""

import os
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from studytool.review_log.events import Act, MoreNew, SetDue
from studytool.review_log.log import ReviewLog
from studytool.srs.rating import Rating
from tests.review_log.deeds import (
    bury_item,
    move_item,
    re_rate,
    reset_item,
    set_flag,
    set_suspended,
    take_vacation,
)
from tests.review_log.drafts import DAY, NOON, draft

RATINGS = list(Rating)
ROUND = 16
"""So many acts of every kind, reviews the most, before it begins again."""


def _act(log: ReviewLog, item: str, k: int, now: datetime) -> Act:
    yes = k % (2 * ROUND) < ROUND
    rating = RATINGS[k % 4]
    acts: dict[int, Callable[[], Act]] = {
        2: lambda: set_flag(log, item, yes, now),
        4: lambda: reset_item(log, item, now),
        6: lambda: set_suspended(log, item, yes, now),
        8: lambda: bury_item(log, item, now + DAY, now),
        10: lambda: re_rate(log, log.last_reviews()[0].id, rating, now),
        9: lambda: move_item(log, item, f"pack/both-{k % 3}", now),
        7: lambda: log.append(SetDue, now, item=item, day=20_700 + k % 30),
        12: lambda: log.append(MoreNew, now, more=k % 5 + 1),
        11: lambda: take_vacation(log, k % 3 + 1, now),
    }
    act = acts.get(k % ROUND, lambda: log.append_review(draft(item, rating, now)))
    return act()


def _said(log: ReviewLog, name: str, k: int) -> str:
    now = NOON + timedelta(minutes=7 * k)
    match k % ROUND:
        case 13 | 14 if undone := log.undo(now):
            return f"undo {undone.id}\n"
        case 15 if redone := log.redo(now):
            return f"redo {redone.id}\n"
        case _:
            item = f"pack/{name}-{k % 5}" if k % 2 else f"pack/both-{k % 5}"
            return f"append {_act(log, item, k, now).id}\n"


def main(path: str, name: str) -> None:
    with ReviewLog.open(Path(path), busy_seconds=60) as log:
        done = len(log.ids())
        for k in range(done, done + 1_000_000):
            said = _said(log, name, k)
            os.write(sys.stdout.fileno(), said.encode())  # one write: whole or not at all
            time.sleep(0.001)  # else the other writer would hardly ever find the file free


if __name__ == "__main__":
    main(*sys.argv[1:])
