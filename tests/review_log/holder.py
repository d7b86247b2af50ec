"""A program that keeps the log locked for writing, as another one in the middle of a write does.

    python -m tests.review_log.holder PATH SECONDS

Prints ``locked``, and lets go after so many seconds, or when it is killed.
"""

import sys
import time
from contextlib import closing

import apsw


def main(path: str, seconds: str) -> None:
    with closing(apsw.Connection(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        sys.stdout.write("locked\n")
        sys.stdout.flush()
        time.sleep(float(seconds))
        connection.execute("ROLLBACK")


if __name__ == "__main__":
    main(*sys.argv[1:])
