"""Acts under a clock that was set back: what overrides an earlier act is not before it."""

import os
from contextlib import closing
from pathlib import Path

import pytest

from studytool.review_log.database import Database
from studytool.review_log.events import SettingChange
from studytool.review_log.log import ReviewLog
from studytool.review_log.rows import insert_readable
from tests.review_log.deeds import bury_item, reset_item, set_flag, set_suspended, take_vacation
from tests.review_log.drafts import DAY, HOUR, NOON, draft


@pytest.mark.parametrize("hours", [0, 1, 5])
def test_an_act_with_the_last_word_is_never_before_what_it_overrides(
    log: ReviewLog, hours: int
) -> None:
    set_flag(log, "pack/one", True, NOON + 3 * HOUR)
    now = NOON + hours * HOUR
    latest = max(now, NOON + 3 * HOUR)
    assert set_flag(log, "pack/one", False, now).time == latest
    assert set_suspended(log, "pack/one", True, now).time == latest
    assert bury_item(log, "pack/one", NOON + DAY, now).time == latest
    assert set_flag(log, "pack/two", True, now).time == now  # of another item


def test_an_act_that_overrides_nothing_keeps_the_clock_s_time(log: ReviewLog) -> None:
    set_flag(log, "pack/one", True, NOON + 3 * HOUR)
    assert reset_item(log, "pack/one", NOON).time == NOON
    assert take_vacation(log, 2, NOON).time == NOON


def test_an_act_overrides_no_review_and_no_reset(log: ReviewLog) -> None:
    log.append_review(draft("pack/one", time=NOON + 3 * HOUR))
    reset_item(log, "pack/one", NOON + 4 * HOUR)
    assert set_flag(log, "pack/one", True, NOON).time == NOON
    assert log.append_review(draft("pack/one", time=NOON)).time == NOON


def test_a_setting_is_never_before_the_setting_that_it_changes(log: ReviewLog) -> None:
    log.append(SettingChange, NOON + 3 * HOUR, name="new_per_day", value=3)
    assert take_vacation(log, 2, NOON).time == NOON  # which overrides no setting
    assert log.append(SettingChange, NOON, name="new_per_day", value=4).time == NOON + 3 * HOUR


def test_a_row_that_is_here_already_is_not_inserted_again(path: Path) -> None:
    with ReviewLog.open(path) as log:
        log.append_review(draft())
    with closing(Database(path)) as db, db.writing():
        columns = [name for _, name, *_ in db.rows("PRAGMA table_info(events)")]
        [row] = db.rows("SELECT * FROM events")
        assert insert_readable(db, dict(zip(columns, row, strict=True))) is False
        assert db.number("SELECT count(*) FROM events") == 1


def test_a_row_is_put_where_it_was_if_that_is_free(path: Path) -> None:
    with ReviewLog.open(path) as log:
        log.append_review(draft())
    with closing(Database(path)) as db, db.writing():
        columns = [name for _, name, *_ in db.rows("PRAGMA table_info(events)")]
        [row] = db.rows("SELECT * FROM events")
        known = dict(zip(columns, row, strict=True))
        for place in (50, 50, 1):
            assert insert_readable(db, {**known, "id": os.urandom(16), "seq": place}) is True
        assert db.rows("SELECT seq FROM events ORDER BY seq") == [(1,), (50,), (51,), (52,)]
