"""Nothing in the log is ever changed or deleted, whoever tries; and a review is small."""

from pathlib import Path

import apsw
import pytest

from studytool.review_log.log import ReviewLog
from studytool.srs.rating import Rating
from tests.data.real_log import real_log
from tests.review_log.drafts import draft, foreign
from tests.review_log.sealing import seal_open

SEAL_BYTES = 5
"""Four, and one that says so in the row's header."""


@pytest.mark.parametrize(
    ("attempt", "refusal"),
    [
        ("UPDATE events SET rating = 4", "events are never changed"),
        ("DELETE FROM events", "events are never deleted"),
        # REPLACE deletes without firing delete triggers
        ("REPLACE INTO events SELECT * FROM events", "events are never replaced"),
        (
            "INSERT INTO events(seq, id, kind, learner, device, time_ms, offset_minutes) "
            "VALUES (1, randomblob(16), 21, 101, 101, 0, 0)",
            "events are never replaced",
        ),
        ("UPDATE names SET name = 'x'", "names are never changed"),
        ("DELETE FROM names", "names are never deleted"),
        ("REPLACE INTO names VALUES (1, 'good', 0)", "names are never replaced"),
    ],
)
def test_the_file_itself_refuses(log: ReviewLog, path: Path, attempt: str, refusal: str) -> None:
    log.append_review(draft())
    before = list(log.events())
    connection = apsw.Connection(str(path))
    with pytest.raises(apsw.ConstraintError, match=refusal):
        connection.execute(attempt)
    connection.close()
    assert list(log.events()) == before


@pytest.mark.parametrize("kind", ["note", "share"])
def test_later_kinds_of_events_fit_the_table(log: ReviewLog, path: Path, kind: str) -> None:
    log.append_review(draft())
    state = log.state("pack/one")
    connection = apsw.Connection(str(path))
    connection.execute("INSERT INTO names(name) VALUES (?)", (kind,))
    connection.execute(
        "INSERT INTO events(id, kind, learner, device, time_ms, offset_minutes, item, target, "
        "rating, detail) SELECT randomblob(16), (SELECT code FROM names WHERE name = ?), learner, "
        "device, time_ms, 0, item, id, 1, '{\"until\":null}' FROM events",
        (kind,),
    )
    seal_open(connection)
    connection.close()
    log.append_review(draft("pack/two"))  # folds the whole log, and passes over what it knows not
    assert log.state("pack/one") == state


def test_a_review_takes_at_most_200_bytes_and_its_seal(path: Path) -> None:
    """The real log's reviews, as a numeric item would write them."""
    reviews = real_log()[:6000]
    with ReviewLog.open(path) as log:
        log.absorb(
            foreign(
                f"deep-learning-notes/item-{review.card}",
                list(Rating)[review.rating - 1],
                review.time_ms,
                random=number.to_bytes(10, "big"),
            )
            for number, review in enumerate(reviews)
        )
    assert path.stat().st_size / len(reviews) <= 200 + SEAL_BYTES
