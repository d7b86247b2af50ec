"""The numbers of variants in rows of a damaged file: with their names, or not at all."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import apsw
import pytest

from studytool.backups.taking import take
from studytool.doctor.recover import recover
from studytool.review_log.events import Review
from studytool.review_log.log import ReviewLog
from tests.backups.logs import events
from tests.review_log.drafts import DAY, NOON, draft

NOW = NOON + 400 * DAY
PARAMETERS: list[dict[str, float]] = [
    {"fan_in": 64.0, "rate": 0.5},
    {"n": 3},
    {},
    {"rate": 0.25, "fan_in": 8},
]


def _fill(log: Path, *, words: int, since: int) -> list[Review]:
    """Write reviews behind so many words that nothing else has."""
    with ReviewLog.open(log) as opened:
        opened.register("other", [(f"other/{k}", "a", k) for k in range(words)])
        return [
            opened.append_review(
                replace(draft(time=NOON + (since + k) * DAY), parameters=parameters)
            )
            for k, parameters in enumerate(PARAMETERS)
        ]


def _spoil_header(log: Path) -> None:
    log.write_bytes(b"\xa5" * 100 + log.read_bytes()[100:])


@pytest.mark.parametrize("words", [0, 7])
def test_they_keep_their_names_beside_another_logs_words(
    log: Path, folder: Path, words: int
) -> None:
    """The backup, of a log begun anew, gives the same names other codes."""
    early = _fill(log, words=0, since=0)
    take(log, folder, NOON)
    log.unlink()
    late = _fill(log, words=words, since=9)
    _spoil_header(log)
    done = recover(log, folder, NOW)
    assert (done.events, done.from_backup, done.unreadable) == (8, 4, 0)
    assert [repr(event) for event in events(log)] == [repr(event) for event in [*early, *late]]


def test_numbers_without_names_are_unreadable(log: Path, folder: Path) -> None:
    reviews = _fill(log, words=0, since=0)
    with closing(apsw.Connection(str(log))) as connection:
        connection.execute("DROP TRIGGER names_are_never_deleted")
        connection.execute("DELETE FROM names WHERE name = '[\"n\"]'")
        connection.execute("VACUUM")  # no trace of it on any page
    _spoil_header(log)
    done = recover(log, folder, NOW)
    assert (done.events, done.unreadable) == (3, 1)
    assert events(log) == [reviews[0], *reviews[2:]]
