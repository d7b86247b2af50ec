"""A program that takes backups one after the other, until it is killed.

    python -m tests.backups.taker LOG FOLDER

Prints the name of each backup when it is durable.
"""

import os
import sys
from datetime import timedelta
from pathlib import Path

from studytool.backups.folder import list_backups
from studytool.backups.taking import take
from tests.review_log.drafts import NOON


def main(log: str, folder: str) -> None:
    done = len(list_backups(Path(folder)))
    os.write(sys.stdout.fileno(), b"ready\n")
    for k in range(done, done + 100_000):
        taken = take(Path(log), Path(folder), NOON + timedelta(hours=k))
        os.write(sys.stdout.fileno(), f"{taken.backup.path.name}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
