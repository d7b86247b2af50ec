"""What study days change: due from the day's start, elapsed days, days that stay; old logs carried over."""

import gzip
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import apsw
import pytest

from studytool.backups.folder import FOLDER_NAME, list_backups
from studytool.clock import Clock
from studytool.errors import StateError
from studytool.faults import Fault
from studytool.review_log.database import is_older
from studytool.review_log.events import SettingChange
from studytool.review_log.log import ReviewLog
from studytool.review_log.migration import migrate
from studytool.review_log.study_days import UTC_DAYS, StudyDay, StudyDays
from studytool.session.desk import open_log
from studytool.settings import Settings, save_settings
from studytool.sqlite.watching import Step, watched_by
from studytool.srs.memory import Stage, to_ms
from studytool.srs.policy import Policy
from studytool.srs.rating import Rating
from tests.review_log.drafts import DAY, HOUR, MINUTE, draft
from tests.review_log.queue import due_items

OLD_LOGS = Path(__file__).with_name("old_logs")
AT_4 = StudyDays(start_hour=4)
EVENING = datetime(2026, 3, 2, 21, 13, tzinfo=UTC)
STEPS = Policy(
    learning_steps=(MINUTE, timedelta(minutes=1430)),
    fuzz=False,
)


@pytest.mark.parametrize(
    ("after", "is_due"),
    [
        (timedelta(hours=6, minutes=46), False),  # 03:59, still the same study day
        (timedelta(hours=6, minutes=47), True),  # 04:00
        (timedelta(hours=23, minutes=17), True),  # 20:30 of the next evening
        (timedelta(hours=24, minutes=1), True),
    ],
)
def test_an_item_of_one_day_is_due_from_the_start_of_the_next(
    path: Path, after: timedelta, *, is_due: bool
) -> None:
    with ReviewLog.open(path, policy=Policy(fuzz=False), days=AT_4) as log:
        log.register("pack", [("pack/one", "a", 0)])
        log.append_review(draft("pack/one", Rating.AGAIN, EVENING - 20 * MINUTE))
        log.append_review(draft("pack/one", Rating.GOOD, EVENING - 10 * MINUTE))
        assert log.preview("pack/one", EVENING)[Rating.GOOD] == DAY  # tomorrow
        log.append_review(draft("pack/one", Rating.GOOD, EVENING))
        assert log.state("pack/one").due_day == log.day_of(EVENING) + 1
        assert due_items(log, EVENING + after) == (["pack/one"] if is_due else [])
        morning = datetime(2026, 3, 3, 4, tzinfo=UTC)
        assert log.within().next_due(EVENING) == morning


@pytest.mark.parametrize("minute", [55, 65])
def test_ten_minutes_around_24_hours_change_no_strength(path: Path, minute: int) -> None:
    """The second good 23 h 55 min or 24 h 05 min after the first: one day either way."""
    began = datetime(2026, 3, 2, 10, tzinfo=UTC)
    with ReviewLog.open(path, policy=STEPS, days=AT_4) as log:
        log.register("pack", [("pack/one", "a", 0)])
        log.append_review(draft("pack/one", Rating.GOOD, began))
        dawn = datetime(2026, 3, 3, 4, tzinfo=UTC)  # the step ends there at 09:50: due from 04:00
        assert log.within().next_due(began) == dawn
        assert due_items(log, dawn - MINUTE) == []
        assert due_items(log, dawn) == ["pack/one"]
        log.append_review(draft("pack/one", Rating.GOOD, began + 23 * HOUR + minute * MINUTE))
        memory = log.state("pack/one")
        assert memory.stage is Stage.REVIEW
        assert memory.stability == pytest.approx(7.3151, abs=5e-4)


def test_a_changed_start_of_the_day_rewrites_no_past_day(path: Path) -> None:
    times = [(3, 1, 0), (4, 2, 0), (5, 1, 0), (5, 23, 30)]
    with ReviewLog.open(path, days=AT_4) as log:
        for day, hour, minute in times:
            log.append_review(draft(time=datetime(2026, 3, day, hour, minute, tzinfo=UTC)))
        now = datetime(2026, 3, 5, 23, 40, tzinfo=UTC)
        before = list(log.review_days())
        assert before == [date(2026, 3, day) for day in (5, 4, 3, 2)]
        assert log.streak_days(now) == 4
        log.days = StudyDays()
        assert (list(log.review_days()), log.streak_days(now)) == (before, 4)


# --- logs of version 1 ----------------------------------------------------------------------------


def _old_home(home: Path, name: str) -> Path:
    path = home / "reviews.db"
    path.write_bytes(gzip.decompress((OLD_LOGS / f"{name}.db.gz").read_bytes()))
    return path


def _rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(apsw.Connection(str(path))) as connection:
        return connection.execute(sql).fetchall()


@pytest.mark.parametrize("name", ["fold_1", "fold_2"])
@pytest.mark.parametrize("hour", [0, 4, 13])
def test_an_older_log_gets_its_days_by_offset_and_hour_and_is_backed_up(
    tmp_path: Path, name: str, hour: int
) -> None:
    path = _old_home(tmp_path, name)
    columns = ", ".join(str(row[1]) for row in _rows(path, "PRAGMA table_info(events)"))
    before = _rows(path, f"SELECT {columns} FROM events ORDER BY seq")
    assert is_older(path)
    save_settings(tmp_path, Settings(language="en", day_start_hour=hour))
    now = datetime(2026, 11, 1, tzinfo=UTC)
    _, log = open_log(tmp_path, Clock(lambda: now, lambda _: 540))
    with log:
        events = [event for event in log.events() if not isinstance(event, SettingChange)]
        assert len(events) == len(before)
        for event in events:
            rule = StudyDay(event.offset_minutes, hour)
            assert event.study_day == rule.number(to_ms(event.time))
    assert not is_older(path)
    kept = _rows(path, f"SELECT {columns} FROM events ORDER BY seq LIMIT {len(before)}")
    assert kept == before
    [backup] = list_backups(tmp_path / FOLDER_NAME)
    assert is_older(backup.path)
    assert _rows(backup.path, f"SELECT {columns} FROM events ORDER BY seq") == before


def test_a_log_whose_migration_breaks_off_is_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _old_home(tmp_path, "fold_2")
    before = _rows(path, "SELECT * FROM events")

    def break_off(connection: apsw.Connection, *, start_hour: int) -> None:
        migrate(connection, start_hour=start_hour)
        raise StateError(Fault.READ_ONLY, path=path, why="")

    with monkeypatch.context() as patch:
        patch.setattr("studytool.review_log.database.migrate", break_off)
        with pytest.raises(StateError):
            ReviewLog.open(path)
    assert is_older(path)
    assert _rows(path, "SELECT * FROM events") == before
    with ReviewLog.open(path) as log:  # and the next start carries it over
        assert len(list(log.events())) == len(before)


def test_carrying_over_tells_the_watch_and_is_not_done_twice(tmp_path: Path) -> None:
    path, steps = _old_home(tmp_path, "fold_2"), list[Step]()
    for _ in range(2):
        with watched_by(lambda step, _share: steps.append(step)), ReviewLog.open(path):
            pass
    assert steps == [Step.MIGRATING]


@pytest.mark.parametrize(
    ("at", "waits"),
    [
        (datetime(2026, 3, 2, 22, tzinfo=UTC), HOUR),  # later today: as the clock runs
        (datetime(2026, 3, 2, 0, tzinfo=UTC), -21 * HOUR),  # it is over
        (datetime(2026, 3, 3, 0, tzinfo=UTC), DAY),  # tomorrow is a day away, in the evening too
        (datetime(2026, 3, 3, 23, tzinfo=UTC), DAY),
        (datetime(2026, 3, 4, 0, tzinfo=UTC), 2 * DAY),
    ],
)
def test_how_long_a_learner_waits(at: datetime, waits: timedelta) -> None:
    assert UTC_DAYS.until(at, datetime(2026, 3, 2, 21, tzinfo=UTC)) == waits
