"""What counts no more: an import taken back, a device's span, a future; on all devices, and back."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from studytool.cli import program
from studytool.clock import utc_now
from studytool.doctor.examine import examine
from studytool.review_log.events import Import, Review
from studytool.review_log.log import ReviewLog
from studytool.settings import Settings, save_settings
from studytool.srs.memory import from_ms, to_ms
from studytool.srs.rating import Rating
from tests.review_log.activity_since import reviews_since
from tests.review_log.deeds import set_flag
from tests.review_log.drafts import DAY, NOON, draft, foreign
from tests.review_log.queue import flagged_items

FILE = [
    foreign(f"pack/{k}", Rating.GOOD, to_ms(NOON) + k, random=bytes([k] * 10)) for k in range(3)
]
NEVER = from_ms(0)


def _counted(log: ReviewLog) -> int:
    return reviews_since(log, NEVER).reviews


def test_undo_takes_an_import_back_and_redo_brings_it(log: ReviewLog) -> None:
    own = log.append_review(draft("pack/0"))
    memory = log.state("pack/0")
    assert log.import_events(FILE, NOON) == 3
    assert _counted(log) == 4
    undone = log.undo(NOON)
    assert isinstance(undone, Import)
    assert (_counted(log), log.state("pack/0")) == (1, memory)
    assert {event.id for event in log.events()} > {one.id for one in FILE}  # nothing is deleted
    assert log.redo(NOON) == undone
    assert _counted(log) == 4
    log.undo(NOON)
    assert log.undo(NOON) == own  # the act before it


def test_an_import_that_was_taken_back_may_be_made_again(log: ReviewLog) -> None:
    log.import_events(FILE, NOON)
    log.undo(NOON)
    assert log.import_events(FILE[:2], NOON) == 2  # they count again
    assert _counted(log) == 2
    assert log.import_events(FILE[:2], NOON) == 0
    assert len([event for event in log.events() if isinstance(event, Import)]) == 2


def test_an_import_tells_of_an_event_that_is_here_otherwise(log: ReviewLog) -> None:
    log.import_events(FILE, NOON)
    other = replace(FILE[0], rating=Rating.AGAIN)
    assert log.import_events([other], NOON, compared=False) == 0
    found = [log.twofold]
    assert log.import_events([other], NOON) == 0
    assert [*found, log.twofold] == [(), (other.id,)]
    undone = log.undo(NOON)
    assert isinstance(undone, Import)
    assert _counted(log) == 0  # that of the whole file, not of an event that was here before


def test_what_a_retraction_holds_is_not_said_to_be_new(log: ReviewLog) -> None:
    assert log.held == 0
    log.import_events(FILE, NOON)
    assert log.held == 0
    assert log.retract(NOON + DAY, until=NOON + 9 * DAY) == 3
    events = len(list(log.events()))
    assert log.import_events(FILE, NOON + DAY) == _counted(log) == 0
    assert log.held == 3
    assert len(list(log.events())) == events  # so that undo takes the retraction back, no import
    log.undo(NOON + DAY)
    assert _counted(log) == 3
    log.import_events(FILE, NOON + DAY)
    assert log.held == 0


def test_an_import_taken_back_stays_so_on_all_devices(tmp_path: Path) -> None:
    with ExitStack() as open_:
        one, two = (open_.enter_context(ReviewLog.open(tmp_path / f"{n}.db")) for n in "ab")
        one.import_events(FILE, NOON)
        two.absorb(list(one.events()))
        assert _counted(two) == 3
        one.undo(NOON)
        for _ in range(2):  # a file of events still has them
            two.absorb(list(one.events()))
            one.absorb(list(two.events()))
            assert (_counted(one), _counted(two)) == (0, 0)
        third = open_.enter_context(ReviewLog.open(tmp_path / "c.db"))
        third.absorb([event for event in one.events() if not isinstance(event, Review)])
        third.absorb(FILE)  # arrives last
        assert _counted(third) == 0


@pytest.mark.parametrize(("about", "left"), [
    ({"since": NOON + 5 * DAY}, 1),  # a clock that ran ahead
    ({"until": NOON + 5 * DAY}, 1),
    ({"since": NOON + DAY, "until": NOON + 2 * DAY}, 2),
    ({"device": "nobody"}, 2),
    ({}, 0),
])  # fmt: skip
def test_a_span_counts_no_more(log: ReviewLog, about: dict[str, object], left: int) -> None:
    log.append_review(draft("pack/one", time=NOON))
    log.append_review(draft("pack/two", time=NOON + 365 * DAY))
    assert log.retract(NOON, **about) == 2 - left  # type: ignore[arg-type] # as the rows say
    assert _counted(log) == left
    assert log.retract(NOON, **about) == 0  # type: ignore[arg-type] # once is enough
    if left < 2:
        log.undo(NOON)
    assert _counted(log) == 2


def test_a_device_alone(log: ReviewLog) -> None:
    log.append_review(draft("pack/one"))
    log.absorb(FILE)
    assert log.retract(NOON, device=FILE[0].device) == 3
    assert _counted(log) == 1
    log.append_review(draft("pack/two"))  # what is done later counts
    assert _counted(log) == 2


def test_an_undo_that_counts_no_more_undoes_nothing(log: ReviewLog) -> None:
    set_flag(log, "pack/one", True, NOON)
    log.undo(NOON + DAY)
    assert flagged_items(log) == []
    log.retract(NOON, since=NOON + DAY)
    assert flagged_items(log) == ["pack/one"]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    monkeypatch.setenv("STUDYTOOL_HOME", str(home))
    save_settings(home, Settings(language="en"))
    return home


def _run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(program, arguments)
    return done.exit_code, done.output


def test_a_clock_that_ran_ahead_is_named_and_taken_back(home: Path) -> None:
    now = utc_now()  # the command reads the clock too
    with ReviewLog.open(home / "reviews.db") as log:
        log.append_review(draft(time=NOON))
        log.append_review(draft(time=now + 365 * DAY))
    [found] = (one for one in examine(home, now) if one.code == "reviews_in_future")
    for language in ("ko", "en"):
        assert "studytool log retract --future" in found.remedy.text(language)
    assert _run("log", "retract", "--future") == (
        0,
        "events that count no more, on every device: 1. studytool undo takes this back.\n",
    )
    assert not any(one.code == "reviews_in_future" for one in examine(home, now))
    assert (
        _run("log", "retract", "--future")[1] == "there are no such events; nothing was changed.\n"
    )
    assert "taken back: retraction" in _run("undo")[1]
    with ReviewLog.open(home / "reviews.db") as log:
        assert _counted(log) == 2


@pytest.mark.parametrize("options", [[], ["--future", "--since", "2026-01-01"]])
def test_what_to_retract_must_be_said(home: Path, options: list[str]) -> None:
    assert home.exists()
    status, said = _run("log", "retract", *options)
    assert (status, "say which events" in said) == (2, True)


def test_an_import_by_command_is_taken_back_by_undo(home: Path, tmp_path: Path) -> None:
    table = tmp_path / "x.csv"
    table.write_text("card_id,review_time,review_rating\nc1,1700000000000,3\nc2,1700000000000,3\n")
    assert _run("log", "import", str(table))[1].splitlines()[-1] == (
        "studytool undo takes this back, on every device."
    )
    assert "taken back: import" in _run("undo")[1]
    with ReviewLog.open(home / "reviews.db") as log:
        assert _counted(log) == 0
    assert "2 of them new" in _run("log", "import", str(table))[1]  # meant after all
    with ReviewLog.open(home / "reviews.db") as log:
        assert _counted(log) == 2
