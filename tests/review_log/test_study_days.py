"""Study days in nights when clocks are set and on journeys, by the machine's own time zones."""

import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from studytool.clock import local_offset_minutes
from studytool.review_log.log import ReviewLog
from studytool.review_log.study_days import StudyDay, StudyDays, as_date
from studytool.srs.memory import to_ms
from tests.review_log.activity_since import reviews_since
from tests.review_log.days import day_start
from tests.review_log.deeds import bury_item
from tests.review_log.drafts import DAY, HOUR, MINUTE, draft
from tests.review_log.queue import new_items, new_since

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="TZ and tzset are of POSIX")

NEW_YORK, BERLIN, LORD_HOWE = "America/New_York", "Europe/Berlin", "Australia/Lord_Howe"
AT_4 = StudyDays(local_offset_minutes, 4)
ZONES = [NEW_YORK, BERLIN, LORD_HOWE, "America/St_Johns", "Asia/Seoul", "Pacific/Apia"]


class Machine:
    """This machine, wherever it is taken."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self._zone = ZoneInfo("UTC")

    def take_to(self, zone: str) -> None:
        self._monkeypatch.setenv("TZ", zone)
        time.tzset()
        self._zone = ZoneInfo(zone)

    def at(self, *local: int, fold: int = 0) -> datetime:
        """Give the instant at which the clock on the wall shows this; the second time, if so."""
        return datetime(*local, tzinfo=self._zone, fold=fold).astimezone(UTC)  # type: ignore[arg-type,misc] # numbers of a date


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    with monkeypatch.context() as patch:
        yield Machine(patch)
    time.tzset()


@pytest.mark.parametrize(
    ("zone", "instant", "minutes"),
    [
        (NEW_YORK, (2026, 3, 8, 6, 59), -300),  # the night clocks are set forward
        (NEW_YORK, (2026, 3, 8, 7, 0), -240),
        (NEW_YORK, (2026, 11, 1, 5, 59), -240),  # and back
        (NEW_YORK, (2026, 11, 1, 6, 0), -300),
        (BERLIN, (2026, 3, 29, 0, 59), 60),
        (BERLIN, (2026, 3, 29, 1, 0), 120),
        (BERLIN, (2026, 10, 25, 0, 59), 120),
        (BERLIN, (2026, 10, 25, 1, 0), 60),
        (LORD_HOWE, (2026, 4, 4, 14, 59), 660),  # half an hour
        (LORD_HOWE, (2026, 4, 4, 15, 0), 630),
        ("America/St_Johns", (2026, 1, 1, 0, 0), -210),
        ("Pacific/Kiritimati", (2026, 1, 1, 0, 0), 840),
        ("Pacific/Pago_Pago", (2026, 1, 1, 0, 0), -660),
    ],
)
def test_the_offset_is_that_of_the_instant_and_the_place(
    machine: Machine, zone: str, instant: tuple[int, int, int, int, int], minutes: int
) -> None:
    machine.take_to(zone)
    assert local_offset_minutes(datetime(*instant, tzinfo=UTC)) == minutes


# --- where a day begins and ends ------------------------------------------------------------------

HOURS_OF_2026 = st.integers(0, 365 * 24 * 4 - 1).map(
    lambda quarters: datetime(2026, 1, 1, tzinfo=UTC) + quarters * timedelta(minutes=15)
)


def _offset_in(zone: str, instant: datetime) -> int:
    offset = instant.astimezone(ZoneInfo(zone)).utcoffset()
    assert offset is not None
    return int(offset.total_seconds() // 60)


def _number(zone: str, start_hour: int, instant: datetime) -> int:
    return StudyDay(_offset_in(zone, instant), start_hour).number(to_ms(instant))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(ZONES), st.integers(0, 23), HOURS_OF_2026)
@example(NEW_YORK, 4, datetime(2026, 3, 8, 7, 30, tzinfo=UTC))  # 03:30, an hour after 01:30
@example(NEW_YORK, 2, datetime(2026, 3, 8, 12, tzinfo=UTC))  # began at 02:00, which never was
@example(NEW_YORK, 1, datetime(2026, 11, 1, 6, 30, tzinfo=UTC))  # began at the first 01:00
@example(BERLIN, 4, datetime(2026, 10, 25, 2, 30, tzinfo=UTC))  # 03:30 of a night of 25 hours
def test_a_study_day_is_all_instants_between_its_beginning_and_the_next(
    zone: str, start_hour: int, now: datetime
) -> None:
    def offset_at(instant: datetime) -> int:
        return _offset_in(zone, instant)

    began = day_start(now, start_hour=start_hour, offset_at=offset_at)
    ends = day_start(now, start_hour=start_hour, offset_at=offset_at, days=1)
    assert began <= now < ends
    assert ends - began in {DAY + change for change in _changes(zone)}
    number = _number(zone, start_hour, now)
    assert {_number(zone, start_hour, at) for at in (began, ends - MINUTE)} == {number}
    assert _number(zone, start_hour, began - MINUTE) == number - 1
    assert _number(zone, start_hour, ends) == number + 1
    assert day_start(ends, start_hour=start_hour, offset_at=offset_at) == ends


def _changes(zone: str) -> list[timedelta]:
    """Give by how much longer or shorter a day can be there."""
    change = {LORD_HOWE: HOUR / 2}.get(zone, HOUR)
    return [-change, timedelta(), change]


# --- what a day holds -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        (NEW_YORK, (2026, 3, 7)),  # its night is of 23 hours
        (NEW_YORK, (2026, 10, 31)),  # of 25
        (BERLIN, (2026, 3, 28)),
        (BERLIN, (2026, 10, 24)),
    ],
)
def test_a_night_when_clocks_are_set_is_one_day_of_the_streak(
    machine: Machine, log: ReviewLog, zone: str, day: tuple[int, int, int]
) -> None:
    """Reviews late each evening, and in that night at 03:30: before the day starts at 4."""
    machine.take_to(zone)
    evening = machine.at(*day, 22)
    log.days = AT_4
    for time_ in (evening - 24 * HOUR, evening, machine.at(*day, 3, 30) + DAY, evening + 23 * HOUR):
        offset = local_offset_minutes(time_)
        log.append_review(draft(time=time_, offset_minutes=offset))
    began = date(*day)
    days = [began + timedelta(days=n) for n in (1, 0, -1)]
    assert list(log.review_days()) == days
    now = evening + 23 * HOUR + MINUTE
    assert log.streak_days(now) == 3


@pytest.mark.parametrize(
    ("zone", "evening", "ends"),
    [
        (NEW_YORK, (2026, 3, 7, 22), (2026, 3, 8, 8)),  # 04:00 EDT, five hours after 22:00
        (NEW_YORK, (2026, 10, 31, 22), (2026, 11, 1, 9)),  # 04:00 EST, seven
        (BERLIN, (2026, 3, 28, 22), (2026, 3, 29, 2)),
        (BERLIN, (2026, 10, 24, 22), (2026, 10, 25, 3)),
    ],
)
def test_what_is_buried_in_such_a_night_rests_until_4_by_the_new_clock(
    machine: Machine,
    log: ReviewLog,
    zone: str,
    evening: tuple[int, int, int, int],
    ends: tuple[int, int, int, int],
) -> None:
    machine.take_to(zone)
    now = machine.at(*evening)
    until = day_start(now, start_hour=4, offset_at=local_offset_minutes, days=1)
    assert until == datetime(*ends, tzinfo=UTC)
    bury_item(log, "pack/one", until, now, offset_minutes=local_offset_minutes(now))
    assert "pack/one" not in new_items(log, until - MINUTE)
    assert "pack/one" in new_items(log, until)


@pytest.mark.parametrize(
    ("zone", "night"),
    [(NEW_YORK, (2026, 3, 8)), (NEW_YORK, (2026, 11, 1)), (BERLIN, (2026, 10, 25))],
)
def test_new_items_of_a_whole_day_count_until_its_end(
    machine: Machine, log: ReviewLog, zone: str, night: tuple[int, int, int]
) -> None:
    """Asked at 03:59 by the new clock: the day began at 4 by the old one."""
    machine.take_to(zone)
    now = machine.at(*night, 3, 59)
    before = date(*night) - timedelta(days=1)
    began = machine.at(before.year, before.month, before.day, 4)
    log.days = AT_4
    for item, time_ in (("pack/one", began - MINUTE), ("pack/two", began), ("pack/three", now)):
        log.append_review(draft(item, time=time_, offset_minutes=local_offset_minutes(time_)))
    found = day_start(now, start_hour=4, offset_at=local_offset_minutes)
    assert found == began
    assert new_since(log, found) == 2
    assert (
        new_since(log, day_start(now + MINUTE, start_hour=4, offset_at=local_offset_minutes)) == 0
    )


def test_a_journey_across_the_date_line_loses_nothing(machine: Machine, log: ReviewLog) -> None:
    """From Kiritimati, the first place of each day, to Pago Pago, the last: 25 hours back."""
    machine.take_to("Pacific/Kiritimati")
    reviews = [machine.at(2026, 1, day, 12) for day in (8, 9, 10)]
    offsets = [local_offset_minutes(instant) for instant in reviews]
    machine.take_to("Pacific/Pago_Pago")
    reviews += [machine.at(2026, 1, day, 22) for day in (9, 10, 11)]  # the 9th and 10th again
    offsets += [local_offset_minutes(instant) for instant in reviews[3:]]
    assert set(offsets) == {840, -660}
    log.days = AT_4
    for instant, offset in zip(reviews, offsets, strict=True):
        log.append_review(draft(time=instant, offset_minutes=offset))
    days = [date(2026, 1, day) for day in (11, 10, 9, 8)]
    assert list(log.review_days()) == days
    now = reviews[-1] + MINUTE
    assert log.streak_days(now) == 4
    began = day_start(now, start_hour=4, offset_at=local_offset_minutes)
    assert reviews_since(log, began).reviews == log.reviews_on(log.day_of(now)).reviews == 1
    assert reviews_since(log, reviews[0]).reviews == len(list(log.events())) == 6
    assert log.state("pack/one").reps == 6


EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
OFFSETS = st.integers(-44, 56).map(lambda quarters: 15 * quarters)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.integers(0, 24 * 5), min_size=1, max_size=8, unique=True),
    st.tuples(OFFSETS, OFFSETS),
    st.integers(0, 24 * 5),
    st.integers(0, 23),
)
@example([60, 74], (-660, 840), 70, 0)  # from Pago Pago to Kiritimati in ten hours
@example([48, 49], (0, -105), 49, 0)  # the later review is of the earlier day
@example([31, 32], (-300, -240), 32, 4)  # 03:30 twice, in New York: of two days
def test_after_one_change_of_clocks_each_day_of_a_review_is_given_once(
    hours: list[int], offsets: tuple[int, int], change: int, start_hour: int
) -> None:
    days = set()
    with tempfile.TemporaryDirectory() as folder, ReviewLog.open(Path(folder) / "r.db") as log:
        log.days = StudyDays(start_hour=start_hour)
        log._db.connection.execute("PRAGMA synchronous = OFF")  # many logs, none to keep
        for hour in hours:
            time_, offset = EPOCH + hour * HOUR + 30 * MINUTE, offsets[hour >= change]
            log.append_review(draft(time=time_, offset_minutes=offset))
            days.add(as_date(StudyDay(offset, start_hour).number(to_ms(time_))))
        assert list(log.review_days()) == sorted(days, reverse=True)
