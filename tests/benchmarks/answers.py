"""One answer: from the rating to the durable row, and on to the next question."""

import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import apsw

from studytool.clock import MACHINE_CLOCK
from studytool.quiz.outcome import Outcome
from studytool.review_log.events import ReviewDraft
from studytool.review_log.log import ReviewLog
from studytool.review_log.study_days import StudyDays
from studytool.session.desk import Desk
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.settings import Settings, save_settings
from studytool.srs.rating import Rating
from tests.benchmarks.anki_peer import NOT_INSTALLED, find_anki, opened
from tests.benchmarks.row import Row, Skipped, Timed, fastest_tenths

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
COMMITS, SECONDS = 1.5, 0.010
"""The goal: so many bare commits, and so much for the next variant."""

OFFSET_MINUTES = 540
ITEMS = 1000
"""Of a pack that is there before the first answer, as Anki's cards are."""

DAYS = StudyDays(lambda _: OFFSET_MINUTES)

DURABLE, NEXT = "answer to durable", "answer to durable to next variant"
FOLDED = "answer to durable, and its memory read"
BARE, THEIRS = "bare SQLite commit", "Anki's answer_card"


def _draft(number: int) -> ReviewDraft:
    return ReviewDraft(
        item=f"pack/item-{number % ITEMS}",
        revision="0123456789ab",
        seed=number,
        answer="0.0125",
        outcome=Outcome.RIGHT,
        rating=Rating.GOOD,
        time=BEGAN + timedelta(minutes=number),
        offset_minutes=OFFSET_MINUTES,
        duration_ms=8000,
        parameters={"fan_in": 64.0, "fan_out": 32.0},
    )


class Answerer:
    """Answers one question after another; what each rating leads to is shown with the question."""

    def __init__(self, log: ReviewLog) -> None:
        self._log, self._number = log, 0

    def reveal(self) -> None:
        """Have a question in view, as Anki has once it was fetched."""
        self._draft = _draft(self._number)
        self._number += 1
        self._log.preview(self._draft.item, self._draft.time)

    def rate(self) -> None:
        """Append the review."""
        self._log.append_review(self._draft)

    def rate_and_look(self) -> None:
        """Append the review, and read the memory that it leaves."""
        self._log.append_review(self._draft)
        self._log.state(self._draft.item)


class BareCommits:
    """A table of two columns, in a database as durable as the log."""

    def __init__(self, path: Path) -> None:
        self._database = apsw.Connection(str(path))
        self._database.pragma("journal_mode", "WAL")
        self._database.pragma("synchronous", "FULL")
        self._database.execute("CREATE TABLE t(a, b)")

    def commit(self) -> None:
        """Write one row, durably."""
        self._database.execute("INSERT INTO t VALUES (?, ?)", ("0.0125", 8000))

    def close(self) -> None:
        """Close the file."""
        self._database.close()


class Sitter:
    """Answers the questions of the bundled pack as good, a minute after the last; day after day."""

    def __init__(self, desk: Desk, *, began: datetime) -> None:
        packs = [pack.id for pack in desk.library.packs()]
        self._sitting: Sitting = Sitting(desk, Scope(tuple(packs)))
        self._now = began

    def reveal(self) -> None:
        """Have a question in view that can be rated."""
        self._now += timedelta(minutes=1)
        while self._sitting.question is None and self._sitting.start_next(self._now) is None:
            self._now += timedelta(days=1)
        self._sitting.reveal()

    def rate_and_go_on(self) -> None:
        """Rate it, durably, and make the next."""
        self._sitting.rate(Rating.GOOD, self._now)
        self._sitting.start_next(self._now)


def rows(*, smoke: bool) -> Iterator[Row | Skipped]:
    """Time answers of ours, bare commits and answers in Anki in turn; each waits for the disk."""
    runs = 20 if smoke else 150
    with tempfile.TemporaryDirectory() as folder:
        yield from _rows(Path(folder), runs=runs)


def _rows(folder: Path, *, runs: int) -> Iterator[Row | Skipped]:
    home = folder / "home"
    home.mkdir()
    save_settings(home, Settings(new_per_day=9999))
    with (
        closing(_log(folder / "reviews.db")) as log,
        closing(_log(folder / "folded.db")) as folded,
        closing(BareCommits(folder / "bare.db")) as bare,
        closing(Desk.open(home, MACHINE_CLOCK)) as desk,
    ):
        answerer, looker = Answerer(log), Answerer(folded)
        sitter = Sitter(desk, began=BEGAN)
        works = {
            DURABLE: Timed(answerer.rate, before=answerer.reveal),
            FOLDED: Timed(looker.rate_and_look, before=looker.reveal),
            NEXT: Timed(sitter.rate_and_go_on, before=sitter.reveal),
            BARE: Timed(bare.commit),
        }
        if (anki := find_anki()) is None:
            yield from _beside_commits(fastest_tenths(works, runs=runs))
            yield Skipped(DURABLE, "Anki", NOT_INSTALLED)
            return
        with opened(anki, folder / "collection.anki2", cards=2 * runs + 10) as peer:
            works[THEIRS] = Timed(peer.answer, before=peer.take_next)
            found = fastest_tenths(works, runs=runs)
        yield from _beside_commits(found)
        yield Row(DURABLE, found[DURABLE], THEIRS, found[THEIRS], goal=1.0)
        yield Row(FOLDED, found[FOLDED], THEIRS, found[THEIRS], goal=None)


def _log(path: Path) -> ReviewLog:
    log = ReviewLog.open(path, days=DAYS)
    log.register(
        "pack", ((f"pack/item-{number}", "pack/concept", number) for number in range(ITEMS))
    )
    return log


def _beside_commits(found: dict[str, float]) -> Iterator[Row]:
    yield Row(DURABLE, found[DURABLE], BARE, found[BARE], goal=None)
    yield beside_commit(NEXT, found[NEXT], found[BARE])


def beside_commit(work: str, seconds: float, bare: float) -> Row:
    """Make the row of a durable answer with the next question, beside a bare commit."""
    return Row(work, seconds, BARE, bare, goal=(COMMITS * bare + SECONDS) / bare)
