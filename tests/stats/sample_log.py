"""Answers to a small pack over six weeks, the same at every run."""

from datetime import datetime, timedelta
from pathlib import Path

from studytool.clock import MACHINE_CLOCK
from studytool.packs.reader import load_pack
from studytool.quiz.outcome import Outcome
from studytool.review_log.events import ReviewDraft
from studytool.session.desk import Desk
from studytool.srs.rating import Rating
from tests.packs.samples import write_pack

CARD, NUMERIC, GONE = "sample/recall", "sample/doubled", "gone/item"

_ANSWERS = (
    # days ago, item, right, misconception, confidence, seconds
    (41, CARD, True, None, None, 30),
    (41, NUMERIC, True, None, 0.75, 60),
    (40, NUMERIC, True, None, 1.0, 45),
    (39, CARD, True, None, None, 15),
    (29, NUMERIC, True, None, 1.0, 90),
    (29, CARD, False, None, 0.5, 20),
    (28, CARD, True, None, 0.5, 25),
    (27, GONE, False, "odd", 0.5, 600),
    (20, CARD, True, None, 0.75, 12),
    (12, NUMERIC, False, "slip:sign", 1.0, 150),
    (11, NUMERIC, True, None, 0.25, 80),
    (5, CARD, True, None, 1.0, 14),
    (4, NUMERIC, False, "single", 0.75, 200),
    (1, NUMERIC, False, "slip:percent", 1.0, 110),
    (0, NUMERIC, False, "single", 1.0, 70),
    (0, CARD, True, None, 1.0, 9),
)


def install_sample(desk: Desk, folder: Path) -> None:
    """Install the small pack beside the bundled one."""
    desk.library.install(load_pack(write_pack(folder)), folder)
    desk.register_packs()


def write_answers(
    desk: Desk, now: datetime, *, most: int | None = None, offset_minutes: int = 0
) -> None:
    """Append the answers, or the first ``most`` of them; the last of all is at ``now``."""
    for days, item, right, misconception, confidence, seconds in _ANSWERS[:most]:
        desk.log.append_review(
            ReviewDraft(
                item=item,
                revision="r",
                seed=0,
                answer="1",
                outcome=Outcome.RIGHT if right else Outcome.WRONG,
                misconception=misconception,
                confidence=confidence,
                rating=Rating.GOOD if right else Rating.AGAIN,
                time=now - timedelta(days=days),
                offset_minutes=offset_minutes,
                duration_ms=seconds * 1000,
            )
        )


def write_answers_until_now(desk: Desk) -> datetime:
    """Append the answers of a learner who stayed in the machine's zone; return the instant."""
    now = MACHINE_CLOCK.now()
    write_answers(desk, now, offset_minutes=MACHINE_CLOCK.offset_minutes(now))
    return now
