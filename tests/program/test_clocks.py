"""A clock that is wrong, set, or taken on a journey: what a day admits, and what is due."""

import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from studytool.clock import MACHINE_CLOCK, Clock
from studytool.doctor.examine import examine
from studytool.review_log.events import Review
from studytool.session.desk import Desk
from studytool.session.overview import read_overview
from studytool.session.plan_day import plan_day
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.srs.rating import Rating
from tests.cases import first_quick
from tests.review_log.drafts import DAY, HOUR, MINUTE
from tests.review_log.queue import due_items, new_items

SUMMER = datetime(2026, 6, 10, 12, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    (tmp_path / "settings.toml").write_text(
        "new_per_day = 3\ngate_new = false\nbury_siblings = false\n", "utf-8"
    )
    before = Clock(lambda: SUMMER - 30 * DAY, MACHINE_CLOCK.offset_minutes)
    with_items = Desk.open(tmp_path, before)
    yield with_items
    with_items.close()


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> str:
    if sys.platform == "win32":
        pytest.skip("TZ and tzset are of POSIX")
    monkeypatch.setenv("TZ", "America/New_York")  # a test may go on from there by the same
    time.tzset()
    return "America/New_York"


def _study(desk: Desk, now: datetime, *, most: int = 9, rating: Rating = Rating.EASY) -> int:
    """Answer new items until the day admits no more; give how many."""
    sitting = Sitting(desk, Scope(limit=most))
    answered = 0
    while sitting.start_next(now + answered * timedelta(seconds=10)) is not None:
        sitting.reveal()
        sitting.rate(rating, now + answered * timedelta(seconds=10))
        answered += 1
    return answered


# --- a clock that ran ahead -----------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("ahead", [3 * DAY, 3650 * DAY])
def test_a_clock_that_ran_ahead_takes_nothing_from_the_days_that_follow(
    desk: Desk, ahead: timedelta
) -> None:
    assert _study(desk, SUMMER + ahead) == 3
    for day in range(3):  # then it was set right
        now = SUMMER + day * DAY
        assert plan_day(desk, now).new_left == 3
        assert _study(desk, now) == 3
        assert plan_day(desk, now).new_left == 0
        overview = read_overview(desk, now + HOUR)
        assert (overview.reviewed_today, overview.streak_days) == (3, day + 1)
    assert sum(isinstance(event, Review) for event in desk.log.events()) == 12


def test_a_clock_set_back_three_days_keeps_order_due_dates_and_undo(desk: Desk) -> None:
    _study(desk, SUMMER, most=2, rating=Rating.GOOD)
    first, second = [event.item for event in desk.log.events() if isinstance(event, Review)]
    due = desk.log.state(first)
    assert due is not None
    now = SUMMER - 3 * DAY
    assert due_items(desk.log, now) == []  # nothing is due by the clock as it is
    assert _study(desk, now, most=1, rating=Rating.GOOD) == 1  # but what is new can be learned
    third = desk.log.last_reviews(limit=3)[-1]  # by time it lies before the others
    assert third.item not in (first, second)
    assert desk.log.state(first) == due
    undone = desk.log.undo(now + MINUTE)
    assert isinstance(undone, Review)
    assert undone.id == third.id  # by arrival it was the last
    redone = desk.log.redo(now + MINUTE)
    assert redone is not None
    assert redone.id == third.id
    assert set(due_items(desk.log, SUMMER + HOUR)) == {
        first,
        second,
        third.item,
    }  # when it is that time


@pytest.mark.parametrize("language", first_quick(["ko", "en"]))
def test_the_doctor_names_reviews_of_a_clock_that_ran_ahead(desk: Desk, language: str) -> None:
    _study(desk, SUMMER)
    assert "reviews_in_future" not in [found.code for found in examine(desk.home, SUMMER + HOUR)]
    [found] = [one for one in examine(desk.home, SUMMER - 3 * DAY) if "future" in one.code]
    said = found.message.text(language) + found.remedy.text(language)  # type: ignore[arg-type] # one of the two
    assert "2026-06-10" in said
    assert {"ko": "이 기기의 날짜와 시각을 확인하세요", "en": "Check this machine's date and time"}[
        language
    ] in said


# --- nights when clocks are set, and journeys -----------------------------------------------------


@pytest.mark.parametrize(
    "day", first_quick([(2026, 3, 7), (2026, 10, 31)]), ids=["forward", "back"]
)
def test_the_day_around_a_night_when_clocks_are_set_admits_its_new_items_once(
    desk: Desk, zone: str, day: tuple[int, int, int]
) -> None:
    """At 04:30 of that day, and again at 03:30 before it ends; then a new one begins at 04:00."""
    began = datetime(*day, 4, 30, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    after = date(*day) + timedelta(days=1)
    night = datetime(after.year, after.month, after.day, 3, 30, tzinfo=ZoneInfo(zone))
    now = night.astimezone(UTC)
    assert now - began in (22 * HOUR, 24 * HOUR)
    assert _study(desk, began) == 3
    assert plan_day(desk, now).new_left == 0
    assert read_overview(desk, now).reviewed_today == 3
    assert _study(desk, now + 30 * MINUTE) == 3  # the next day, at 04:00
    assert read_overview(desk, now + HOUR).streak_days == 2


def test_what_is_buried_in_such_a_night_is_asked_again_at_4(desk: Desk, zone: str) -> None:
    now = datetime(2026, 10, 31, 22, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    sitting = Sitting(desk, Scope())
    first = sitting.start_next(now)
    assert first is not None
    sitting.bury(now)
    until = datetime(2026, 11, 1, 4, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    assert until - now == 7 * HOUR
    assert first.id not in new_items(desk.log, until - MINUTE)
    assert new_items(desk.log, until)[0] == first.id


@pytest.mark.slow
@pytest.mark.usefixtures("zone")
def test_a_journey_changes_no_review_no_due_date_and_breaks_no_streak(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From Kiritimati, the first place of each day, to Pago Pago, the last: 25 hours back."""

    def go_to(place: str) -> None:
        monkeypatch.setenv("TZ", place)
        time.tzset()

    def dues() -> list[object]:
        states = [desk.log.state(event.item) for event in before]
        return [(memory.due, memory.due_day) for memory in states]

    go_to("Pacific/Kiritimati")
    noon = datetime(2026, 6, 10, tzinfo=UTC)  # of 10 June there, of the 9th on the other side
    for day in (-2, -1, 0):
        assert _study(desk, noon + day * DAY) == 3
    before = [event for event in desk.log.events() if isinstance(event, Review)]
    dues_before = dues()
    assert read_overview(desk, noon + MINUTE).streak_days == 3

    go_to("Pacific/Pago_Pago")
    assert (
        read_overview(desk, noon + HOUR).streak_days == 2
    )  # up to the 9th: the 10th is tomorrow here
    assert plan_day(desk, noon + HOUR).new_left == 0  # the 9th had its three
    for day, new, streak in ((1, 0, 3), (2, 3, 4)):  # the 10th again has had its own; the 11th
        assert _study(desk, noon + day * DAY) == new
        assert read_overview(desk, noon + day * DAY + HOUR).streak_days == streak
    events = [event for event in desk.log.events() if isinstance(event, Review)]
    assert events[:9] == before
    assert [event.offset_minutes for event in events] == [840] * 9 + [-660] * 3
    assert dues() == dues_before
