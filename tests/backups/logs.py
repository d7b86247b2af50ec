"""Real logs to back up, short to write."""

import shutil
import tempfile
from pathlib import Path

from studytool.backups.folder import list_backups
from studytool.review_log.events import Event, Review
from studytool.review_log.log import ReviewLog
from studytool.srs.memory import Memory, to_ms
from studytool.srs.rating import Rating
from tests.review_log.drafts import DAY, NOON, draft, foreign

RATINGS = list(Rating)
MANY = 20


def fill(path: Path, n: int = 5, *, first: int = 0) -> list[str]:
    """Add ``n`` reviews of 20 items, many of them in one go; give their ids."""
    with ReviewLog.open(path) as log:
        log.register("pack", [(f"pack/{k}", "a", k) for k in range(20)])
        if n > MANY:
            reviews = [_foreign(k) for k in range(first, first + n)]
            log.absorb(reviews)
            return [review.id for review in reviews]
        return [
            log.append_review(draft(f"pack/{k % 20}", RATINGS[k % 4], NOON + k * DAY / 4)).id
            for k in range(first, first + n)
        ]


def _foreign(k: int) -> Review:
    ms = to_ms(NOON + k * DAY / 4)
    return foreign(f"pack/{k % 20}", RATINGS[k % 4], ms, random=k.to_bytes(10, "big"))


def events(path: Path) -> list[Event]:
    """Give the events of a log, or of a copy of a backup: opening changes a file."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.db"
        for end in ("", "-wal"):
            if (part := path.with_name(path.name + end)).exists():
                shutil.copy(part, copy.with_name(copy.name + end))
        with ReviewLog.open(copy) as log:
            assert log._db.rows("PRAGMA integrity_check") == [("ok",)]
            return list(log.events())


def ids(path: Path) -> list[str]:
    return [event.id for event in events(path)]


def states(path: Path) -> dict[str, Memory]:
    with ReviewLog.open(path) as log:
        return {f"pack/{k}": log.state(f"pack/{k}") for k in range(20)}


def names(folder: Path) -> list[str]:
    return [backup.path.name for backup in list_backups(folder)]


def leftovers(folder: Path) -> list[str]:
    """Files that are no backups, nor the lock."""
    known = {*names(folder), ".lock"}
    return sorted({path.name for path in folder.iterdir()} - known)
