"""Exams set, moved and removed midway: each day what was promised is asked, and the words are of that day."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studytool.clock import Clock
from studytool.numerics.streams import Rng, stream
from studytool.packs.reader import load_pack
from studytool.session.agenda_walk import exams_ahead, read_agenda
from studytool.session.desk import Desk
from studytool.session.due import list_due
from studytool.session.exams import read_exams, remove_exam, set_exam
from studytool.session.overview import read_overview
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.settings import Settings
from studytool.srs.rating import Rating
from studytool.wording.exam import exam_line
from tests.session.learner import PlainCard, write_cards

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
CLOCK = Clock(lambda: START, lambda _: 0)
DAY = timedelta(days=1)
DAYS = 20
BOTH = Scope(("one", "two"))

Act = Callable[[Desk, int, datetime], object]
"""What is done about exams on a day: with the desk, the study day's number and the instant."""

STORIES: dict[str, dict[int, Act]] = {
    "set, brought forward, put off, removed": {
        1: lambda desk, day, now: set_exam(desk, day + 12, ["one"], now, minutes=3),
        4: lambda desk, day, now: (
            remove_exam(desk, None, now),
            set_exam(desk, day + 4, ["one"], now, minutes=3),
        ),
        6: lambda desk, day, now: (
            remove_exam(desk, None, now),
            set_exam(desk, day + 9, ["one"], now, minutes=2),
        ),
        10: lambda desk, _, now: remove_exam(desk, None, now),
    },
    "one of a concept and one of its pack, the first removed": {
        2: lambda desk, day, now: set_exam(desk, day + 5, ["two/y"], now, minutes=2),
        3: lambda desk, day, now: set_exam(desk, day + 8, ["two"], now, minutes=2),
        6: lambda desk, _, now: remove_exam(desk, read_exams(desk.log)[0].day, now),
    },
    "two packs on one day, then everything in its place": {
        0: lambda desk, day, now: set_exam(desk, day + 7, ["one", "two"], now, minutes=3),
        3: lambda desk, day, now: set_exam(desk, day + 4, [], now, minutes=1),
        9: lambda desk, day, now: set_exam(desk, day + 3, ["one/x"], now),
        10: lambda desk, day, now: set_exam(desk, day + 5, ["two/z"], now),
        11: lambda desk, _, now: remove_exam(desk, read_exams(desk.log)[-1].day, now),
    },
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("studytool.session.desk.bundled_folders", dict)  # they only take time here
        opened = Desk.open(tmp_path / "home", CLOCK)
    with closing(opened):
        for name in ("one", "two"):
            about = [(n, "xyz"[n % 3]) for n in range(16)]
            cards = [PlainCard(f"{name}{n:02}", x, f"{x}{n // 6}", f"front {n}") for n, x in about]
            folder = write_cards(tmp_path / name, cards, {"y": ["x"]})
            opened.library.install(load_pack(folder), folder)
            listed = [(one.item, one.concept, one.position) for one in opened.library.listed(name)]
            opened.log.register(name, listed)
        opened.settings = replace(Settings(), new_per_day=4, reviews_per_day=9, lessons=False)
        yield opened


@pytest.mark.slow
@pytest.mark.parametrize("story", STORIES)
def test_promised_is_asked_however_exams_are_moved(desk: Desk, story: str) -> None:
    acts, rng, streak, seen = STORIES[story], stream("moved exams", story), 0, set[int]()
    for n in range(DAYS):
        now = START + n * DAY + float(rng.uniform(0, 9)) * timedelta(hours=1)
        today = desk.log.day_of(now)
        before = read_agenda(desk, now, BOTH)
        without = [*before.reviews, *before.new]
        if n in acts:
            acts[n](desk, today, now)
        exams = read_exams(desk.log, since=today)
        assert [one.exam for one in exams_ahead(desk, now)] == exams
        _check_words(desk, now)
        agenda, due = read_agenda(desk, now, BOTH), list_due(desk, now, BOTH)
        overview = read_overview(desk, now)
        promised = sorted([*agenda.reviews, *agenda.new])
        assert (overview.due, overview.new) == (len(agenda.reviews), len(agenda.new))
        assert (due.total.due, due.total.new) == (len(agenda.reviews), len(agenda.new))
        assert _study(desk, now, rng) == promised, (n, exams)
        streak = streak + 1 if promised else 0
        assert desk.log.streak_days(now) == streak or not promised
        seen |= {len(exams)}
        if n in acts:  # control: an exam changes what is asked
            seen |= {-1} if [*agenda.reviews, *agenda.new] != without else set()
    assert {0, 1} < seen  # days with exams and without, and one changed a day's plan


def _check_words(desk: Desk, now: datetime) -> None:
    """Home names each exam ahead with its days left, and says of none that was removed."""
    ahead = exams_ahead(desk, now)
    told = read_overview(desk, now).exams
    assert [one.exam for one in told] == [one.exam for one in ahead]
    for one in told:
        assert one.days_left == one.exam.day - desk.log.day_of(now)
        said = {0: "today", 1: "tomorrow"}.get(one.days_left, f"{one.days_left} days")
        assert said in exam_line(one, "en")
        said = {0: "오늘", 1: "내일"}.get(one.days_left, f"{one.days_left}일")
        assert said in exam_line(one, "ko")


def _study(desk: Desk, now: datetime, rng: Rng) -> list[str]:
    """Answer all that is asked; return the items that were not in steps when it began."""
    sitting, asked = Sitting(desk, BOTH), dict[str, None]()
    while (question := sitting.start_next(now)) is not None:
        asked[question.id] = None
        sitting.reveal()
        again = rng.uniform() < 0.12
        sitting.rate(Rating.AGAIN if again else Rating.GOOD, now)
        now += timedelta(seconds=30)
    return sorted(asked)
