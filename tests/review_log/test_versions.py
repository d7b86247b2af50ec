"""Files of other versions of the program: older ones are carried over, newer ones left alone.

``old_logs`` holds files that earlier commits of this program wrote: ``fold_1`` by the first of all,
20b3678, and ``fold_2`` by 76d84a5, the first that knew all acts but vacations.
"""

import gzip
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import apsw
import pytest
from click.testing import CliRunner

from studytool.backups.taking import take
from studytool.cli.log import command
from studytool.doctor.examine import examine
from studytool.doctor.recover import recover
from studytool.doctor.repair import remake_caches
from studytool.faults import Fault
from studytool.language import LANGUAGES, Language
from studytool.quiz.outcome import Outcome
from studytool.review_log.damage import damaged_places
from studytool.review_log.events import Review, Undo
from studytool.review_log.log import ReviewLog
from studytool.review_log.migration import migrate
from studytool.review_log.rows import count_unreadable
from tests.review_log.activity_since import reviews_since
from tests.review_log.deeds import set_flag
from tests.review_log.drafts import DAY, HOUR, NOON, draft
from tests.review_log.fresh_fold import differing_rows
from tests.review_log.queue import flagged_items, suspended_items
from tests.review_log.refusals import refused
from tests.review_log.sealing import seal_rows

OLD_LOGS = Path(__file__).with_name("old_logs")
ITEMS = [f"pack/{k}" for k in range(6)]
OF_FOLD_2 = {
    "review", "undo", "redo", "suspend", "unsuspend", "bury", "flag", "unflag", "reset", "re-rate",
}  # fmt: skip
LATER = NOON + 999 * DAY


def _run(path: Path, sql: str, values: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    with closing(apsw.Connection(str(path))) as connection:
        return connection.execute(sql, values).fetchall()


def _truth(path: Path) -> set[tuple[object, ...]]:
    """Give every row of what is never changed: all but what older versions had not."""
    columns = [str(name) for _, name, *_ in _run(path, "PRAGMA table_info(events)")]
    kept = ", ".join(name for name in columns if name not in {"study_day", "seal"})
    return {*_run(path, "SELECT code, name FROM names"), *_run(path, f"SELECT {kept} FROM events")}


def _state(log: ReviewLog) -> tuple[object, ...]:
    return [log.state(item) for item in ITEMS], flagged_items(log), suspended_items(log)


# --- older --------------------------------------------------------------------------------------


@pytest.mark.parametrize("column", ["answer", "parameters", "detail"])
def test_text_that_is_none_is_sealed_as_damaged_and_the_rest_as_sound(
    path: Path, column: str
) -> None:
    """The quick sealing stops at such text; what it had sealed by then is sealed all the same."""
    with ReviewLog.open(path) as log:
        for k in range(5):
            log.append_review(draft(f"pack/{k}", time=NOON + k * HOUR))
    whole = _run(path, "SELECT seq, seal FROM events")
    with closing(apsw.Connection(str(path))) as connection:
        connection.execute("DROP TRIGGER events_are_never_changed")
        connection.execute(f"UPDATE events SET {column} = CAST(x'31ff' AS TEXT) WHERE seq = 3")
        for table in ("events", "names"):
            connection.execute(f"ALTER TABLE {table} DROP COLUMN seal")
        connection.execute("PRAGMA user_version = 2")
    with closing(apsw.Connection(str(path))) as connection, connection:
        migrate(connection, start_hour=4)
        assert damaged_places(connection) == [3]
    sealed = _run(path, "SELECT seq, seal FROM events")
    assert sealed == [*whole[:2], (3, None), *whole[3:]]


@pytest.mark.parametrize(
    ("name", "kinds", "flagged", "suspended"),
    [
        ("fold_1", {Review.kind, Undo.kind}, [], []),
        ("fold_2", OF_FOLD_2, ["pack/1"], ["pack/3"]),
    ],
)
def test_a_log_of_an_older_version_is_carried_over_whole(
    path: Path,
    tmp_path: Path,
    name: str,
    kinds: set[str],
    flagged: list[str],
    suspended: list[str],
) -> None:
    path.write_bytes(gzip.decompress((OLD_LOGS / f"{name}.db.gz").read_bytes()))
    truth, own = _truth(path), _run(path, "SELECT * FROM meta WHERE key IN ('device', 'learner')")
    assert len(own) == 2
    with ReviewLog.open(path) as log, ReviewLog.open(tmp_path / "again.db") as again:
        events = list(log.events())
        again.absorb(events)
        assert {event.kind for event in events} == kinds
        assert len(events) == _run(path, "SELECT count(*) FROM events")[0][0]
        assert _state(log) == _state(again)
        assert (flagged_items(log), suspended_items(log)) == (flagged, suspended)
        assert log.registrations() == {}  # so that the packs are told again
        log.register("pack", [(item, "a", n) for n, item in enumerate(ITEMS)], digest="v1")
        assert log.counts(LATER)["pack"].items == len(ITEMS)
        assert log.undo(LATER) is not None  # this device's own acts, of the version before
        log.append_review(draft("pack/5", time=LATER))
    assert _run(path, "SELECT * FROM meta WHERE key IN ('device', 'learner')") == own
    assert truth <= _truth(path)
    assert differing_rows(path) == 0


@pytest.mark.parametrize("name", ["fold_1", "fold_2"])
@pytest.mark.parametrize("outcome", [Outcome.NEAR, Outcome.SHOWN])
def test_a_log_of_an_older_version_takes_an_outcome_that_it_never_had(
    name: str, outcome: Outcome, path: Path
) -> None:
    path.write_bytes(gzip.decompress((OLD_LOGS / f"{name}.db.gz").read_bytes()))
    before = _truth(path)
    with ReviewLog.open(path) as log:
        named_so = replace(draft("pack/1", time=LATER), misconception=str(outcome))
        log.append_review(named_so)  # the word is taken before it is an outcome
        written = log.append_review(draft("pack/1", time=LATER + DAY, outcome=outcome))
        assert reviews_since(log, LATER + DAY).outcomes[outcome] == 1
    with ReviewLog.open(path) as log:
        assert log.last_reviews()[0] == written
    assert before < _truth(path)
    assert differing_rows(path) == 0
    with closing(apsw.Connection(str(path))) as connection:
        assert count_unreadable(connection) == 0


# --- newer --------------------------------------------------------------------------------------


def _open(path: Path) -> None:
    ReviewLog.open(path).close()


@pytest.mark.parametrize(
    "attempt",
    [
        pytest.param(_open, id="open"),
        pytest.param(lambda path: take(path, path.parent / "backups", NOON), id="backup"),
        pytest.param(lambda path: remake_caches(path.parent, NOON), id="doctor"),
    ],
)
def test_a_newer_file_is_left_alone(path: Path, attempt: Callable[[Path], object]) -> None:
    with ReviewLog.open(path) as log:
        log.append_review(draft())
    _run(path, "ALTER TABLE events ADD COLUMN weather TEXT; PRAGMA user_version = 4")
    before = path.read_bytes()
    with refused(Fault.NEWER) as error:
        attempt(path)
    assert "format 4; this one knows up to 3" in error.value.text("en")
    assert "Update studytool" in error.value.text("en")
    assert "studytool을 업데이트하세요" in error.value.text("ko")
    assert path.read_bytes() == before


def test_a_newer_fold_is_made_again_as_this_version_makes_it(path: Path) -> None:
    """The events are the truth: two versions in turn lose nothing, and each has its own fold."""
    with ReviewLog.open(path) as log:
        log.append_review(draft("pack/0"))
        right = _state(log)
    truth = _truth(path)
    _run(path, "UPDATE items SET stability = 99")
    _run(path, "ALTER TABLE items ADD COLUMN of_tomorrow INTEGER")
    _run(path, "UPDATE meta SET value = '999 {}' WHERE key = 'policy'")
    with ReviewLog.open(path) as log:
        assert _state(log) == right
    assert _truth(path) == truth


def test_another_version_of_the_fold_takes_over(path: Path) -> None:
    with ReviewLog.open(path) as log:
        log.append_review(draft("pack/0"))
        _run(path, "UPDATE meta SET value = '999 {}' WHERE key = 'policy'")
        with refused(Fault.OTHER_VERSION) as error:
            log.append_review(draft("pack/1"))
        assert "Close this program and start it again" in error.value.text("en")
        assert "닫고 다시 시작하세요" in error.value.text("ko")
    with ReviewLog.open(path) as log:  # started again
        log.append_review(draft("pack/1"))
        assert [event.item for event in log.events() if isinstance(event, Review)] == [
            "pack/0",
            "pack/1",
        ]


# --- a kind of event that a newer version wrote ---------------------------------------------------

_WRITE_NEWER = """
INSERT INTO events(id, kind, learner, device, time_ms, offset_minutes, item, target, rating, detail,
    study_day)
SELECT randomblob(16), (SELECT code FROM names WHERE name = 'note'), learner, device, time_ms + ?1,
    0, item, id, 1, '{"of tomorrow":[]}', (time_ms + ?1) / 86400000 FROM events
WHERE answer IS NOT NULL
"""


def _add_newer(path: Path) -> None:
    """Add events of another kind beside each review: before it, at its instant, long after it."""
    _run(path, "INSERT INTO names(name) VALUES ('note')")
    for ms in (-1000, 0, 10**10):
        _run(path, _WRITE_NEWER, (ms,))
    seal_rows(path)


@pytest.fixture
def newer(path: Path) -> Path:
    with ReviewLog.open(path) as log:
        for k in range(5):
            log.append_review(draft(f"pack/{k}", time=NOON + k * DAY))
        set_flag(log, "pack/1", True, NOON)
    _add_newer(path)
    assert _run(path, "SELECT count(*) FROM events") == [(5 + 1 + 15,)]
    return path


def _newer_rows(path: Path) -> list[tuple[object, ...]]:
    sql = "SELECT id, time_ms, target, detail FROM events JOIN names ON code = kind WHERE name = ?"
    return sorted(_run(path, sql, ("note",)), key=repr)


def test_an_unknown_kind_changes_nothing_that_is_asked(newer: Path, tmp_path: Path) -> None:
    with ReviewLog.open(newer) as log, ReviewLog.open(tmp_path / "without.db") as without:
        events = list(log.events())
        without.absorb(events)
        assert len(events) == len(log.ids()) == 6
        for step in range(4):  # each folds again what another program left out, and goes on
            assert _state(log) == _state(without)
            assert log.last_reviews() == without.last_reviews()
            assert reviews_since(log, NOON) == reviews_since(without, NOON)
            assert list(log.review_days()) == list(without.review_days())
            given = draft(f"pack/{step}", time=LATER + step * DAY)
            without.absorb([log.append_review(given)])
        undone = log.undo(LATER)
        assert isinstance(undone, Review)
        assert undone.item == "pack/3"
    assert differing_rows(newer) == 0


def test_an_unknown_kind_is_never_lost(newer: Path, tmp_path: Path) -> None:
    rows = _newer_rows(newer)
    assert len(rows) == 15
    with ReviewLog.open(newer) as log:
        log.append_review(draft("pack/0", time=LATER))
        log.undo(LATER)
    assert _newer_rows(newer) == rows
    assert _newer_rows(take(newer, tmp_path / "backups", LATER).backup.path) == rows

    for name in ("folded", "salvaged"):  # with the newest backup, then out of the bare pages
        folder = tmp_path / ("backups" if name == "folded" else "none")
        newer.write_bytes(b"\xff" * 100 + newer.read_bytes()[100:])
        recover(newer, folder, LATER)
        assert _newer_rows(newer) == rows


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_kind_is_told_by_the_doctor_and_on_leaving_it_out(
    newer: Path, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ReviewLog.open(newer) as log:
        assert log.unknown_kinds() == {"note": 15}
    [found] = [one for one in examine(newer.parent, LATER) if one.code == "newer_events"]
    said, remedy = found.message.text(language), found.remedy.text(language)
    assert "15" in said
    assert "note" in said
    assert {"ko": "studytool을 업데이트하면", "en": "Update studytool"}[language] in remedy

    (newer.parent / "settings.toml").write_text(f'language = "{language}"', "utf-8")
    monkeypatch.setenv("STUDYTOOL_HOME", str(newer.parent))
    done = CliRunner().invoke(command, ["export", "-"])
    assert done.exit_code == 0
    assert said in done.stderr
    assert remedy in done.stderr
    assert len(done.stdout.splitlines()) == 1 + 6


def test_a_log_without_such_events_says_nothing_of_them(path: Path) -> None:
    with ReviewLog.open(path) as log:
        log.append_review(draft())
        assert log.unknown_kinds() == {}
    assert "newer_events" not in [one.code for one in examine(path.parent, LATER)]
