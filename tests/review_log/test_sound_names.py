"""Names that are known to be sound are not tried one by one again, until a bit of any changes."""

import json
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from studytool.errors import StateError
from studytool.review_log import sound_names
from studytool.review_log.log import ReviewLog
from studytool.review_log.schema import PARTS
from studytool.review_log.sound_names import NONE, sound_until
from studytool.sqlite.connection import connect
from studytool.srs.rating import Rating
from tests.review_log.drafts import NOON, draft

LAST = "SELECT max(code) FROM names"
NOTED = "SELECT value FROM meta WHERE key = 'sound_names'"


@pytest.fixture
def noted(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a log whose names were noted when it was opened anew, read in blocks of three."""
    monkeypatch.setattr(sound_names, "_MANY", 2)
    monkeypatch.setattr(sound_names, "_BLOCK", 3)
    with ReviewLog.open(path) as log:
        log.register("pack", [(f"pack/one-{n}", "a", n) for n in range(4)])
        log.append_review(draft("pack/one-1", Rating.GOOD, NOON))
    ReviewLog.open(path).close()
    return path


def _known(path: Path) -> int:
    with closing(connect(path, create=False)) as connection:
        return sound_until(connection)


def _number(path: Path, sql: str) -> object:
    with closing(connect(path, create=False)) as connection:
        return connection.execute(sql).get


def _change(path: Path, sql: str) -> None:
    guard = "names_are_never_changed"
    with closing(apsw.Connection(str(path))) as connection:
        connection.execute(f"DROP TRIGGER {guard}")
        connection.execute(sql)
        connection.execute(PARTS[guard])


def test_many_names_are_noted_once(noted: Path) -> None:
    assert _known(noted) == _number(noted, LAST) != NONE
    before = _number(noted, NOTED)
    with ReviewLog.open(noted) as log:
        log.register("more", [("more/one", "a", 0)])  # two names, which are few
    ReviewLog.open(noted).close()
    assert _number(noted, NOTED) == before
    with ReviewLog.open(noted) as log:
        log.register("last", [("last/one", "a", 0)])
    ReviewLog.open(noted).close()
    assert _known(noted) == _number(noted, LAST)


@pytest.mark.parametrize("change", [
    "UPDATE names SET name = 'pack/onf-1' WHERE name = 'pack/one-1'",
    "UPDATE names SET name = CAST(x'ff' AS TEXT) WHERE name = 'pack/one-1'",
    "UPDATE names SET seal = seal + iif(seal & 4, -4, 4) WHERE name = 'pack/one-1'",
    "UPDATE names SET seal = NULL WHERE name = 'pack/one-1'",
    "UPDATE names SET code = code + 64 WHERE name = 'pack/one-3'",
    "UPDATE names SET code = -code WHERE name = 'pack/one-3'",
    "UPDATE meta SET value = '[99999999999999999999, 1]' WHERE key = 'sound_names'",
    "UPDATE meta SET value = '[null, 1]' WHERE key = 'sound_names'",
    "UPDATE meta SET value = x'ff00' WHERE key = 'sound_names'",
    "UPDATE meta SET value = '7' WHERE key = 'sound_names'",
    "DELETE FROM meta WHERE key = 'sound_names'",
])  # fmt: skip
def test_nothing_is_known_where_a_bit_has_changed(noted: Path, change: str) -> None:
    _change(noted, change)
    assert _known(noted) == NONE


def test_what_has_changed_among_those_noted_is_still_seen(noted: Path) -> None:
    _change(noted, "UPDATE names SET name = 'what' WHERE name = 'pack/one-1'")
    with pytest.raises(StateError, match="checksums of 1 of its names"):
        ReviewLog.open(noted)


def test_a_damaged_name_behind_those_noted_is_seen(noted: Path) -> None:
    with ReviewLog.open(noted) as log:
        log.register("more", [("more/one", "a", 0)])
    _change(noted, "UPDATE names SET name = 'what' WHERE name = 'more/one'")
    assert _known(noted) != NONE
    with pytest.raises(StateError, match="checksums of 1 of its names"):
        ReviewLog.open(noted)


def test_a_note_is_of_codes_and_a_checksum(noted: Path) -> None:
    last, checksum = json.loads(str(_number(noted, NOTED)))
    assert last == _number(noted, LAST)
    assert 0 <= checksum < 1 << 32
