"""An item that cannot be drawn ends no sitting: it is passed over, flagged once and named."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from studytool.cli import program
from studytool.clock import MACHINE_CLOCK
from studytool.packs.reader import load_pack
from studytool.session.cram import Cram
from studytool.session.desk import Desk
from studytool.session.overview import read_overview
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.session.study_session import StudySession
from studytool.srs.rating import Rating
from studytool.wording.study import passed_over_lines
from tests.cases import first_row_quick
from tests.packs.samples import CARD, MANIFEST, NUMERIC, write_pack
from tests.review_log.queue import flagged_items
from tests.tui.driving import app_at, press, settled, words_of

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
UNDRAWABLE = NUMERIC.replace("n > 1", "n > 100")
LATER = CARD.replace("recall", "later").replace("scale", "next").replace("Front", "Later")
MANIFEST_OF_TWO = MANIFEST.replace(
    "sources:", "  - {id: next, title: Next, requires: [scale]}\nsources:"
)
SCOPE = Scope(("sample",))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    assert UNDRAWABLE != NUMERIC
    opened = Desk.open(tmp_path / "home", MACHINE_CLOCK)
    folder = write_pack(
        tmp_path / "pack", manifest=MANIFEST_OF_TWO, items=UNDRAWABLE + CARD + LATER
    )
    opened.library.install(load_pack(folder), folder)
    opened.register_packs()
    yield opened
    opened.close()


def _asked(session: StudySession) -> list[str]:
    """Answer everything, each item well; return what was asked."""
    asked: list[str] = []
    while (question := session.start_next(NOW + timedelta(seconds=len(asked)))) is not None:
        asked.append(question.id)
        session.reveal()
        session.rate(Rating.EASY, NOW + timedelta(seconds=len(asked)))
    return asked


def test_a_sitting_goes_on_and_flags_the_item_once(desk: Desk) -> None:
    sitting = Sitting(desk, SCOPE)
    assert sitting.start_next(NOW) is not None
    [passed] = sitting.passed_over
    assert passed.item == "sample/doubled"
    assert flagged_items(desk.log) == ["sample/doubled"]
    assert _asked(sitting) == ["sample/recall", "sample/later"]  # what waited for it comes too
    assert sitting.summary(NOW).answered == 2
    assert Sitting(desk, SCOPE).start_next(NOW) is None  # at the next start too
    assert len([event for event in desk.log.events() if event.kind == "flag"]) == 1


def test_what_is_passed_over_is_not_counted_as_waiting(desk: Desk) -> None:
    sitting = Sitting(desk, SCOPE)
    sitting.start_next(NOW)
    assert sitting.progress(NOW).new == 2  # the third with what it waits for
    [sample] = [pack for pack in read_overview(desk, NOW).packs if pack.id == "sample"]
    assert sample.new == 3  # the home screen has not tried it


def test_a_cram_goes_on_and_writes_nothing(desk: Desk) -> None:
    cram = Cram(desk, SCOPE, NOW)
    assert set(_asked(cram)) == {"sample/recall", "sample/later"}
    assert flagged_items(desk.log) == []


def test_taking_the_flag_back_leaves_the_sitting_as_it_is(desk: Desk) -> None:
    sitting = Sitting(desk, SCOPE)
    assert sitting.start_next(NOW) is not None
    with pytest.raises(Exception, match="sample/doubled"):
        sitting.undo(NOW)
    assert flagged_items(desk.log) == []
    question = sitting.start_next(NOW)
    assert question is not None
    assert question.id == "sample/recall"
    assert sitting.passed_over == ()


@pytest.mark.parametrize(
    ("language", "words"), first_row_quick([("ko", "깃발을 달고 넘어갑니다"), ("en", "is flagged")])
)
def test_the_line_names_the_item_and_the_condition(desk: Desk, language: str, words: str) -> None:
    sitting = Sitting(desk, SCOPE)
    sitting.start_next(NOW)
    [line] = passed_over_lines(sitting.passed_over, language, flagged=True)  # type: ignore[arg-type] # of LANGUAGES
    assert line.count("sample/doubled") == 1
    assert words in line


@pytest.mark.slow
async def test_the_screen_says_so_and_asks_the_next(desk: Desk) -> None:
    desk.choose_language("en")
    app = app_at(desk, Sitting(desk, SCOPE))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "sample/doubled" in words_of(app)
        assert "flagged and passed over" in words_of(app)
        assert "Front" in words_of(app)
        await press(pilot, "f4")
        assert "Front" in words_of(app)


@pytest.mark.parametrize("command", ["show", "mark"])
def test_show_and_mark_say_which_condition_refuses(tmp_path: Path, command: str) -> None:
    pack = write_pack(tmp_path, items=UNDRAWABLE)
    answer = ["--answer", "1", "--seed", "0"] if command == "mark" else []
    done = CliRunner().invoke(program, [command, f"{pack}/doubled", "--lang", "en", *answer])
    assert done.exit_code == 2
    assert "'n > 100'" in done.output
