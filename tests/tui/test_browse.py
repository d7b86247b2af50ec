"""Browse: what is typed finds what ``studytool search`` finds, and acts are on the item under the bar."""

from datetime import timedelta

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.events import Key
from textual.widgets import Input, OptionList, Static

from studytool.errors import NotFoundError, SearchError
from studytool.language import Language
from studytool.search.reader import read_search
from studytool.session.acts import Acts
from studytool.session.browsing import ItemShelf
from studytool.session.desk import Desk
from studytool.session.items import read_rows
from studytool.session.searching import find
from studytool.srs.rating import Rating
from studytool.tui import list_screens
from studytool.tui.app import StudyApp
from studytool.tui.browse_screen import MOST_ROWS, BrowseScreen
from studytool.tui.home_screen import HomeScreen
from studytool.tui.row_list import RowList
from studytool.tui.study_screen import StudyScreen
from studytool.wording.browsing import list_lines
from tests.review_log.drafts import draft
from tests.tui.driving import NOW, app_at, press, settled, text_of, words_of

PACK = "deep-learning-notes"
QUERIES = [
    "d", "dr", "dropout", "dropout kind:numeric", "DropOut", "", "he", "item:he-sd", "is:flagged or he-sd",
    "-dropout", "분산", "분산 is:new", "dropout", "drop", "zzz",
]  # fmt: skip


def _status(desk: Desk, item: str) -> tuple[bool, bool, int]:
    [row] = read_rows(desk, NOW, items=[f"{PACK}/{item}"])
    return row.suspended, row.flagged, row.reviews


def _chosen(app: StudyApp) -> str:
    return str(app.screen.query_one("#listing-preview", Static).content).split()[0]


def test_the_shelf_finds_what_a_search_finds(desk: Desk) -> None:
    """One query after another, as they are typed: what was found before narrows only what it may."""
    shelf = ItemShelf(desk, NOW)
    rows = read_rows(desk, NOW)
    assert len(shelf) == len(rows)
    for query in QUERIES:
        wanted = find(desk, read_search(query), rows, NOW) if query else rows
        assert shelf.find(query) == wanted, query
    with pytest.raises(SearchError):
        shelf.find("(")
    with pytest.raises(NotFoundError, match="dropout-is-ridge"):
        shelf.find("claim:dropout-is-ridg")
    assert [row.item for row in shelf.find("claim:dropout-is-ridge")] == [
        f"{PACK}/dropout-as-ridge"
    ]
    assert shelf.find("zzz") == []


async def test_keys_that_come_at_once_act_on_what_they_found(desk: Desk) -> None:
    """The list is drawn behind the letters; an act waits for it, not for the frame."""
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "b")
        for key in "he-sd":
            app.post_message(Key("minus" if key == "-" else key, key))
        app.post_message(Key("f8", None))
        await settled(pilot)
        assert _status(desk, "he-sd")[1]


async def test_what_a_letter_finds_is_drawn_with_the_letter(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_screens, "_BURST_SECONDS", 0.0)
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "b")
        app.screen.query_one(Input).value = "z"
        listed = app.screen.query_one(RowList)
        assert listed in app.screen._dirty_widgets  # at once, and not once it says so itself
        assert listed.option_count < MOST_ROWS


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])  # all quick: one left out counts as stale
@pytest.mark.parametrize("language", ["ko", "en"])
async def test_browse_looks_like_this(
    desk: Desk, size: tuple[int, int], language: Language, snapshot: SnapshotAssertion
) -> None:
    desk.choose_language(language)
    app = app_at(desk)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, "b", *"dropout", "f8", "f6")
        assert text_of(app) == snapshot


@pytest.mark.parametrize(
    ("language", "asked"),
    [("ko", "입력이 …개인 ReLU 층을 He로 초기화합니다"), ("en", "A ReLU layer with … inputs")],
)
async def test_a_row_is_what_its_item_asks(desk: Desk, language: Language, asked: str) -> None:
    """In the language in view, though it changes; the name by which it is found stands below."""
    desk.choose_language("en" if language == "ko" else "ko")
    app = app_at(desk)
    async with app.run_test(size=(160, 30)) as pilot:
        await settled(pilot)
        await press(pilot, "b", *"item:he-sd", "f9")
        [row] = app.screen.query_one(OptionList).options
        assert str(row.prompt).startswith(asked)
        assert _chosen(app) == "he-sd"


def test_an_item_without_a_question_has_its_name(desk: Desk) -> None:
    """So has one whose pack was taken out, or whose library cannot be read."""
    [row] = read_rows(desk, NOW, items=[f"{PACK}/he-sd"])
    _, [line] = list_lines([(row, "")], "en", desk.clock, width=60)
    assert line().startswith("he-sd ")


def test_a_column_takes_what_stands_in_it(desk: Desk) -> None:
    """Of new items none has a due day, a state or a chance: the question has their cells."""
    rows = [(row, "which? " * 20) for row in read_rows(desk, NOW)[:9]]
    titles, written = list_lines(rows, "en", desk.clock, width=68)
    lines = [write() for write in written]
    assert titles.split() == ["question", "stage", "kind"]
    assert {line.index("new") for line in lines} == {titles.index("stage")}
    assert max(map(len, lines)) == 68 - 2  # the gap behind the last column
    named = titles.index("stage")
    Acts(desk.log, NOW).suspend(rows[0][0].item)
    rows = [(row, "which? " * 20) for row in read_rows(desk, NOW)[:9]]
    titles, _ = list_lines(rows, "en", desk.clock, width=68)
    assert titles.split() == ["question", "stage", "state", "kind"]
    assert titles.index("stage") == named - len("suspended") - 2
    assert list_lines(rows, "en", desk.clock, width=40)[0].split() == ["question", "stage", "state"]


async def test_it_searches_as_it_is_typed_and_says_what_is_wrong(desk: Desk) -> None:
    desk.choose_language("en")
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "b")
        assert isinstance(app.screen, BrowseScreen)
        assert "the first 200 of" in text_of(app)
        await press(pilot, *"item:he-sd")
        assert "items: 1" in text_of(app)
        assert _chosen(app) == "he-sd"
        await press(pilot, "space", "(")
        assert "this bracket" in words_of(app) or "nothing to search for" in words_of(app)
        assert _chosen(app) == "he-sd"  # the list stays as it was
        app.screen.query_one(Input).value = "zzzz"
        await settled(pilot)
        assert "Nothing is found." in text_of(app)
        await press(pilot, "f6", "f7", "f8", "f2", "f3")  # of nothing
        assert "Nothing is found." in text_of(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_acts_are_on_the_item_under_the_bar_and_undone(desk: Desk) -> None:
    desk.choose_language("en")
    desk.log.append_review(draft(f"{PACK}/he-sd", Rating.EASY, NOW - timedelta(days=1)))
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "b", *"item:he-sd", "f6")
        assert _status(desk, "he-sd")[0]
        assert "suspended" in text_of(app)
        await press(pilot, "f8")
        assert _status(desk, "he-sd") == (True, True, 1)
        await press(pilot, "f4", "f4")
        assert _status(desk, "he-sd") == (False, False, 1)
        await press(pilot, "f7")
        assert "buried" in text_of(app)
        await press(pilot, "f4", "f2")
        assert "due when?" in text_of(app)
        await press(pilot, *"soon", "enter")
        assert "is no day" in words_of(app)
        app.screen.query_one(Input).value = "+7d"
        await press(pilot, "enter")
        [row] = read_rows(desk, NOW, items=[f"{PACK}/he-sd"])
        assert row.due is not None
        assert timedelta(days=5) < row.due - NOW < timedelta(days=8)  # in any zone
        assert str(row.due.year) in text_of(app)
        assert app.screen.query_one(Input).value == "item:he-sd"
        await press(pilot, "f2", "escape")
        assert isinstance(app.screen, BrowseScreen)
        await press(pilot, "f3")
        assert _status(desk, "he-sd") == (False, False, 0)


async def test_letters_are_typed_and_the_bar_moves(desk: Desk) -> None:
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "b", *"drops", "backspace", "down", "down", "up")
        assert app.screen.query_one(Input).value == "drop"
        assert app.screen.query_one(OptionList).highlighted == 1
        await press(pilot, "pagedown")
        assert (app.screen.query_one(OptionList).highlighted or 0) > 3
        assert _status(desk, "dropout-p") == (False, False, 0)
        first = _chosen(app)
        await press(pilot, "f9")
        assert _chosen(app) == first
        assert "Browse" in text_of(app)


async def test_what_is_found_is_studied(desk: Desk) -> None:
    desk.log.append_review(draft(f"{PACK}/he-sd", Rating.AGAIN, NOW - timedelta(days=1)))
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "b", *"item:he-sd", "enter")
        assert isinstance(app.screen, StudyScreen)


async def test_while_items_are_read_it_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BrowseScreen, "_read", lambda _: None)
    desk.choose_language("en")
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "b", "f6", "f4", "a")
        assert "reading the items" in text_of(app)


async def test_what_an_item_asks_has_its_lines_and_the_list_moves_for_no_others(desk: Desk) -> None:
    desk.choose_language("en")
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "b", *"kind:choice", "down")
        preview = app.screen.query_one("#listing-preview", Static)
        heights = set()
        for _ in range(9):
            lines = preview.visual.get_height({}, preview.content_size.width)
            assert preview.size.height == min(6, max(2, lines))
            heights.add(preview.size.height)
            await press(pilot, "down")
        assert len(heights) > 1  # else nothing was tried
