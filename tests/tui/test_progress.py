"""The progress screen: the figures of ``stats``, counted in a thread, in view at any size."""

import json
import os
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion
from textual.containers import VerticalScroll
from textual.widgets import Static
from textual.worker import WorkerState

from studytool.cli.stats import command
from studytool.language import LANGUAGES, Language
from studytool.session.desk import Desk
from studytool.session.record_names import RecordNames
from studytool.session.records import read_records
from studytool.srs.rating import Rating
from studytool.stats.figures import Bin, Share
from studytool.tui.app import StudyApp
from studytool.tui.home_screen import HomeScreen
from studytool.tui.key_bar import KeyBar
from studytool.tui.progress_screen import ProgressScreen
from studytool.typeset.cells import cell_width
from studytool.wording.records import (
    detailed_sections,
    empty_section,
    overall_sections,
    plain_lines,
)
from studytool.wording.share_picture import BOTH, PREDICTED, TRUE, axis_start, draw_share
from tests.cases import first_quick, first_row_quick
from tests.review_log.drafts import draft
from tests.stats.sample_log import (
    CARD,
    GONE,
    NUMERIC,
    install_sample,
    write_answers,
    write_answers_until_now,
)
from tests.tui.driving import NOW, app_at, press, resize, text_of

NARROW, WIDE = (80, 24), (120, 40)
BESIDE = 6
"""Columns of the window that hold no text."""


@pytest.fixture
def studied(desk: Desk, tmp_path: Path) -> Desk:
    """A desk with a second pack, and answers to it."""
    install_sample(desk, tmp_path / "sample")
    write_answers(desk, NOW)
    return desk


def _app(desk: Desk, now: datetime = NOW) -> StudyApp:
    return app_at(desk, now=now)


def _columns(app: StudyApp) -> str:
    """Give all that can be scrolled to."""
    return "\n".join(str(app.screen.query_one(name, Static).content) for name in _COLUMNS)


_COLUMNS = ("#overall", "#detailed")


@pytest.mark.parametrize("size", [NARROW, WIDE])  # all quick: a snapshot left out counts as stale
@pytest.mark.parametrize("language", LANGUAGES)
async def test_progress(
    studied: Desk, size: tuple[int, int], language: Language, snapshot: SnapshotAssertion
) -> None:
    studied.choose_language(language)
    app = _app(studied)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "p")
        assert text_of(app) == snapshot
        await press(pilot, "end")
        assert text_of(app) == snapshot(name="at the end")


@pytest.mark.parametrize("language", first_quick(LANGUAGES))
async def test_the_screen_shows_line_for_line_what_stats_prints(
    studied: Desk, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = write_answers_until_now(studied)  # the command reads the clock
    monkeypatch.setenv("COLUMNS", str(NARROW[0] - BESIDE))
    app = _app(studied, now)
    studied.choose_language(language)
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "p")
        shown = [line.rstrip() for line in _columns(app).splitlines() if line.strip()]
        printed = CliRunner().invoke(command, ["--lang", language]).output
    assert shown == [line.rstrip() for line in printed.splitlines() if line.strip()]
    assert len(shown) > 40


@pytest.mark.slow
async def test_the_figures_in_view_are_those_of_the_json(studied: Desk) -> None:
    now = write_answers_until_now(studied)
    studied.choose_language("en")
    app = _app(studied, now)
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "p")
        shown = " ".join(_columns(app).split())
    found = json.loads(CliRunner().invoke(command, ["--json"]).output)
    figures = [
        f"reviews: {found['reviews']} · {found['minutes']:.0f} min in all",
        f"in a row now: {found['streak_days']} · longest run: {found['longest_streak_days']}",
        f"today {found['time']['today_minutes']:.1f} min",
        f"per study day {found['time']['minutes_a_study_day']:.1f} min",
        f"{30 * found['time']['minutes_a_recent_day']:.0f} min in the last 30 days",
        f"{found['recent']['share']:.1%} ({found['recent']['low']:.1%}–{found['recent']['high']:.1%})",
        f"target {found['target']:.1%}",
        f"Brier score {found['recall']['brier']:.4f}",
        f"log loss {found['recall']['log_loss']:.4f}",
        f"Brier score {found['confidence']['brier']:.4f}",
        *(f"{one['mean']:.0%} {one['happened']['share']:.0%}" for one in found["recall"]["bins"]),
        *(f"{one['title']} {one['recalled']['share']:.0%}" for one in found["concepts"]),
        *(one["title"] or one["name"] for one in found["hardest"]),
        *(f"(×{one['times']})" for one in found["misconceptions"]),
        found["misconceptions"][0]["feedback"],
        *(day["day"][5:] for day in (found["last_days"][0], found["last_days"][-1])),
    ]
    assert [figure for figure in figures if figure not in shown] == []


@pytest.mark.parametrize(
    ("row", "scope", "reviews"),
    first_row_quick(
        [
            (0, "all packs", "reviews: 16"),
            (1, "Deep learning notes", "There are no reviews yet"),
            (2, "Sample", "reviews: 15"),
        ]
    ),
)
async def test_p_shows_the_pack_in_view_or_all(
    studied: Desk, row: int, scope: str, reviews: str
) -> None:
    studied.choose_language("en")
    app = _app(studied)
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, *["down"] * row, "p")
        assert f"Progress · {scope}" in text_of(app)
        assert reviews in text_of(app)


async def test_with_one_pack_reviews_of_items_in_no_pack_count_too(desk: Desk) -> None:
    write_answers(desk, NOW)  # the small pack is not installed
    app = _app(desk)
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "p")
        assert "복습 16회" in text_of(app)
        assert GONE in _columns(app)


@pytest.mark.parametrize(
    ("there", "back"),
    first_row_quick([("p", "escape"), ("ㅔ", "escape"), ("p", "ㅔ"), ("p", "q"), ("p", "ㅂ")]),
)
async def test_p_goes_there_and_escape_comes_back(studied: Desk, there: str, back: str) -> None:
    app = _app(studied)
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, there)
        assert isinstance(app.screen, ProgressScreen)
        await press(pilot, back)
        assert isinstance(app.screen, HomeScreen)


@pytest.mark.slow
async def test_everything_can_be_scrolled_to_with_keys(studied: Desk) -> None:
    app = _app(studied)
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "p")
        body = app.screen.query_one("#progress", VerticalScroll)
        assert "odd" not in text_of(app)
        await press(pilot, "down")
        await pilot.wait_for_animation()
        assert body.scroll_y == 1
        await press(pilot, "pagedown")
        await pilot.wait_for_animation()
        assert body.scroll_y > 10
        await press(pilot, "end")
        await pilot.wait_for_animation()
        assert body.scroll_y == body.max_scroll_y > 20
        assert "odd" in text_of(app)  # the last misconception
        await press(pilot, "pageup", "home")
        await pilot.wait_for_animation()
        assert body.scroll_y == 0


async def test_the_language_changes_at_run_time(studied: Desk) -> None:
    app = _app(studied)
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "p")
        assert "학습 기록" in text_of(app)
        await press(pilot, "l")
        assert "At a glance" in text_of(app)
        assert "One (×2)" in _columns(app)  # the pack's words too
        await press(pilot, "ㅣ", "escape")
        assert "꾸러미" in text_of(app)
    assert studied.settings.language == "ko"


@pytest.mark.slow
async def test_two_columns_where_there_is_room_and_one_where_not(studied: Desk) -> None:
    app = _app(studied)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "p")
        assert _is_beside(app)
        await resize(pilot, *NARROW)
        await pilot.pause()
        assert not _is_beside(app)
        await resize(pilot, 50, 7)
        await pilot.pause()
        assert "창이 너무 작습니다." in text_of(app)


def _is_beside(app: StudyApp) -> bool:
    overall, detailed = (app.screen.query_one(name, Static).region for name in _COLUMNS)
    return overall.y == detailed.y and overall.right < detailed.x


async def test_an_empty_log_says_what_will_be_here_and_how_to_begin(desk: Desk) -> None:
    app = _app(desk)
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "p")
        for words in ("아직 복습이 없습니다", "Enter를 눌러 시작", "아직 남은 오개념"):
            assert words in text_of(app)


async def test_before_anything_came_up_again_it_says_so(desk: Desk) -> None:
    write_answers(desk, NOW, most=2)
    app = _app(desk)
    async with app.run_test(size=NARROW) as pilot:
        await press(pilot, "p")
        assert "복습 2회" in text_of(app)
        assert "아직 없습니다" in text_of(app)
        assert "예측" not in _columns(app)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are POSIX's")
async def test_it_answers_while_it_counts_and_leaving_stops_the_count(studied: Desk) -> None:
    settings = studied.home / "settings.toml"
    settings.unlink(missing_ok=True)
    os.mkfifo(settings)  # the thread's desk waits to read it, until somebody writes
    app = _app(studied)
    async with app.run_test(size=NARROW) as pilot:
        try:
            await pilot.press("p")
            assert "세는 중" in text_of(app)
            [count] = app.workers
            await pilot.press("down", "escape")
            assert isinstance(app.screen, HomeScreen)
            assert count.state is WorkerState.CANCELLED
        finally:
            settings.write_text("", "utf-8")
            settings.unlink()
        await press(pilot, "p")  # and it may be asked for anew
        assert "복습 16회" in text_of(app)


async def test_what_cannot_be_read_is_told_and_escape_still_works(studied: Desk) -> None:
    app = _app(studied)
    async with app.run_test(size=NARROW) as pilot:
        (studied.home / "settings.toml").write_text("new_per_day = 'many'\n", "utf-8")
        await press(pilot, "p")
        assert "new_per_day" in text_of(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)


@pytest.mark.parametrize("width", first_quick([60, 80, 120]))
@pytest.mark.parametrize("language", first_quick(LANGUAGES))
async def test_no_key_is_cut_from_the_bottom_lines(
    studied: Desk, width: int, language: Language
) -> None:
    studied.choose_language(language)
    app = _app(studied)
    async with app.run_test(size=(width, 24)) as pilot:
        assert {"Enter", "↑↓", "p", "l", "?", "q"} <= _keys(app)
        await press(pilot, "p")
        assert {"↑↓", "PgUp", "PgDn", "l", "Esc"} <= _keys(app)


def _keys(app: StudyApp) -> set[str]:
    lines = text_of(app).splitlines()[-app.screen.query_one(KeyBar).size.height :]
    return set(" ".join(lines).split())


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_fits_whatever_the_width_and_the_names(
    studied: Desk, language: Language
) -> None:
    records = read_records(studied, NOW)
    printable = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z", "M")))

    @given(width=st.integers(50, 200), name=printable)
    def holds(width: int, name: str) -> None:
        names = RecordNames(
            {"scale": name}, {NUMERIC: name, CARD: name}, {(NUMERIC, "single"): "분산 " * 40}
        )
        sections = [
            *overall_sections(records, language, width=width),
            *detailed_sections(records, names, language, width=width),
            empty_section(language, width=width),
        ]
        assert [line for line in plain_lines(sections) if cell_width(line) > width] == []

    holds()


_SHARES = st.floats(0, 1)


@given(st.lists(st.tuples(_SHARES, _SHARES, _SHARES, _SHARES), min_size=1), st.integers(3, 40))
def test_a_picture_has_its_width_and_both_marks(
    drawn: list[tuple[float, float, float, float]], width: int
) -> None:
    bins = []
    for mean, *shares in drawn:
        low, share, high = sorted(shares)
        bins.append(Bin(0.0, 1.0, mean, Share(share, low, high, 9)))
    start = axis_start(bins)
    assert all(start <= min(one.mean, one.happened.low) for one in bins)
    for one in bins:
        line = draw_share(one, start=start, width=width)
        assert len(line) == width
        assert (line.count(TRUE), line.count(PREDICTED), line.count(BOTH)) in ((1, 1, 0), (0, 0, 1))
        if BOTH not in line:
            assert (line.index(TRUE) < line.index(PREDICTED)) == (one.happened.share < one.mean)


async def test_a_name_that_a_terminal_would_act_on_is_shown_by_code_points(desk: Desk) -> None:
    """An older version took such names in."""
    desk.log.append_review(draft("deep-learning-notes/\x1b]52;c;aGk=\x07", Rating.AGAIN, NOW))
    app = _app(desk)
    async with app.run_test(size=WIDE) as pilot:
        await press(pilot, "p")
        assert "\x1b" not in _columns(app)
        assert "<U+001B>]52;c;aGk=<U+0007>" in _columns(app)
