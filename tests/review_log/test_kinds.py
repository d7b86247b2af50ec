"""The table of kinds of events: one row is all that a new kind takes, besides its words."""

import json
import os
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path
from typing import cast, get_args

import pytest

from studytool.errors import ExchangeError
from studytool.review_log.event_kinds import SettingValue
from studytool.review_log.events import CLASSES, Act, Event, Review, SettingChange, Vacation
from studytool.review_log.kinds import KINDS, TARGET, EventKind, class_of, kinds_where
from studytool.review_log.lines import HEADER, write_event
from studytool.review_log.log import ReviewLog
from studytool.review_log.names import find_code
from studytool.wording.acts import ACT_NAMES
from studytool.wording.events import EVENT_WORDS
from tests.exchange.samples import EVENTS
from tests.log_lines import read_log
from tests.review_log.drafts import NOON, draft
from tests.rows import all_rows

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_a_new_kind_is_one_row_of_the_table_and_its_words(tmp_path: Path) -> None:
    """Written, read, exported, imported, undone, redone, recovered: nothing else was changed."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.review_log.made_up_kind", str(tmp_path)],
        env={**os.environ, "STUDYTOOL_HOME": str(tmp_path), "PYTHONIOENCODING": "utf-8"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_table_has_every_class_of_events() -> None:
    assert {class_of(name) for name in KINDS} == set(get_args(Event))
    acts = {class_of(name) for name, kind in KINDS.items() if kind.is_act}
    assert acts == set(get_args(Act))


@all_rows("name", KINDS)
def test_a_kind_has_its_fields_and_its_words(name: str) -> None:
    kind: EventKind = KINDS[name]
    made = {field.name for field in fields(cast("type[Event]", CLASSES[name]))}
    assert made == {field.name for field in kind.fields}
    assert (name in EVENT_WORDS, name in ACT_NAMES) == (True, kind.is_act)


DETAILS: dict[str, object] = {
    "until_ms": "soon", "days": "14", "first": 0.5, "more": 5.5, "packs": "pack", "to": 7, "name": None,
    "ids": {}, "day": True,
}  # fmt: skip
"""What each value of a detail cannot be, though it is JSON."""


def test_each_value_of_a_detail_is_tried_before_an_event_is_read(log: ReviewLog) -> None:
    log.absorb(EVENTS)
    log.append(Vacation, NOON, days=3, first=20_600)
    tried = set[str]()
    log._db.rows("DROP TRIGGER events_are_never_changed")
    for seq, name, detail in log._db.rows(
        "SELECT seq, name, detail FROM events JOIN names ON code = kind WHERE detail IS NOT NULL"
    ):
        kind = KINDS[name]
        needs = f"SELECT {kind.needs} FROM events e WHERE seq = ?"
        assert log._db.number(needs, (seq,)) == 1, name
        for key in (
            DETAILS.keys() & {field.key for field in kind.fields} & json.loads(detail).keys()
        ):
            changed = json.dumps({**json.loads(detail), key: DETAILS[key]})
            log._db.rows("UPDATE events SET detail = ? WHERE seq = ?", (changed, seq))
            assert log._db.number(needs, (seq,)) == 0, (name, key)
            tried.add(key)
        log._db.rows("UPDATE events SET detail = '[' WHERE seq = ?", (seq,))
        assert log._db.number(needs, (seq,)) == (kind.needs.find("detail") < 0), name
    assert tried == DETAILS.keys()


def test_a_target_is_an_id_before_an_event_is_read(log: ReviewLog) -> None:
    log.absorb(EVENTS)
    log._db.rows("DROP TRIGGER events_are_never_changed")
    tried = set[str]()
    for seq, name in log._db.rows("SELECT seq, name FROM events JOIN names ON code = kind"):
        if TARGET in KINDS[name].fields:
            needs = f"SELECT {KINDS[name].needs} FROM events e WHERE seq = ?"
            assert log._db.number(needs, (seq,)) == 1
            for target in (None, b"short"):
                log._db.rows("UPDATE events SET target = ? WHERE seq = ?", (target, seq))
                assert log._db.number(needs, (seq,)) == 0, (name, target)
            tried.add(name)
    assert tried == {*kinds_where(lambda kind: TARGET in kind.fields)}


@pytest.mark.parametrize("change", [
    "item = NULL",
    "rating = NULL",
    "outcome = NULL",
    "rating = outcome",  # a word of another table
    "outcome = rating",
])  # fmt: skip
def test_the_words_of_a_review_are_tried_before_it_is_read(log: ReviewLog, change: str) -> None:
    log.append_review(draft())
    needs = f"SELECT {KINDS[Review.kind].needs} FROM events e"
    assert log._db.number(needs) == 1
    log._db.rows("DROP TRIGGER events_are_never_changed")
    log._db.rows(f"UPDATE events SET {change}")
    assert log._db.number(needs) == 0


@pytest.mark.parametrize(("written", "can_be_read"), [
    (None, True),
    ('{"n":1}', True),  # as the first versions wrote them
    ("[{code},1,0.5]", True),
    ("[{code},1]", False),  # one number for two names
    ("[{code},1,0.5,2]", False),
    ("[0,1,0.5]", False),  # the code of no word
    ("[{good},1,0.5]", False),  # of a word that is no list of names
    ("[{code},1,", False),
])  # fmt: skip
def test_the_numbers_of_a_variant_are_tried_before_a_review_is_read(
    log: ReviewLog, written: str | None, *, can_be_read: bool
) -> None:
    log.append_review(replace(draft(), parameters={"n": 1, "rate": 0.5}))
    codes = [find_code(log._db, name) for name in ('["n","rate"]', "good")]
    if written is not None:
        written = written.replace("{code}", str(codes[0])).replace("{good}", str(codes[1]))
    log._db.rows("DROP TRIGGER events_are_never_changed")
    log._db.rows("UPDATE events SET parameters = ?", (written,))
    needs = KINDS[Review.kind].needs
    assert log._db.number(f"SELECT {needs} FROM events e") == can_be_read


@pytest.mark.parametrize(("value", "read"), [
    ((1, 10), (1, 10)),
    ((), ()),
    (0.9, 0.9),
    (None, None),
    ("due", "due"),
    (False, False),
])  # fmt: skip
def test_the_value_of_a_setting_comes_back_as_it_was_given(
    log: ReviewLog, value: SettingValue, read: SettingValue
) -> None:
    log.append(SettingChange, NOON, name="any", value=value)
    [event] = log.events()
    assert isinstance(event, SettingChange)
    assert (event.value, type(event.value)) == (read, type(read))


@pytest.mark.parametrize("minutes", [1439, -1439, 1440, -1440])
def test_an_offset_is_less_than_a_day(minutes: int) -> None:
    lines = [HEADER, write_event(replace(EVENTS[0], offset_minutes=minutes, study_day=None))]
    if abs(minutes) < 1440:
        [event] = read_log(lines, "a.jsonl")
        assert event.offset_minutes == minutes
    else:
        with pytest.raises(ExchangeError):
            list(read_log(lines, "a.jsonl"))
