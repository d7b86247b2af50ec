"""An order and an estimate on the screen: moved by keys, drawn as typed, marked in place."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from studytool.clock import MACHINE_CLOCK
from studytool.packs.reader import load_pack
from studytool.quiz.key import OrderKey
from studytool.quiz.outcome import Outcome
from studytool.session.desk import Desk
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.tui.app import StudyApp
from studytool.tui.axis_view import AxisView
from studytool.tui.order_list import OrderList
from studytool.tui.question_view import QuestionView
from tests.cases import first_quick, first_row_quick
from tests.packs.samples import write_pack
from tests.session.measured_pack import ESTIMATE, ORDER
from tests.tui.driving import app_at, press, settled, study_screen, text_of, words_of

ESTIMATED = {"●", "◆"}
"""The estimate, and where it meets the closed form: which of them depends on the numbers drawn."""


@pytest.fixture(params=[ORDER, ESTIMATE], ids=["order", "estimate"])
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    opened = Desk.open(tmp_path / "home", MACHINE_CLOCK)
    folder = write_pack(tmp_path / "pack", items=request.param)
    opened.library.install(load_pack(folder), folder)
    opened.register_packs()
    yield opened
    opened.close()


def _app(desk: Desk) -> StudyApp:
    desk.choose_language("en")
    return app_at(desk, Sitting(desk, Scope(("sample",))))


def _typed(app: StudyApp) -> str:
    return app.screen.query_one(QuestionView).typed


def _places(app: StudyApp) -> dict[str, str]:
    """Return the number on the screen of each thing."""
    question = study_screen(app)._session.question
    assert question is not None
    assert isinstance(question.variant.key, OrderKey)
    return {thing.id: f"{n}" for n, thing in enumerate(question.variant.key.things, start=1)}


@pytest.mark.parametrize("desk", [ORDER], indirect=True)
async def test_digits_place_things_from_the_top(desk: Desk) -> None:
    app = _app(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "The smallest on top" in words_of(app)
        assert _typed(app) == "1 2 3"
        await press(pilot, "3", "9", "3")  # no such number, and one that is placed
        assert _typed(app) == "3 1 2"
        assert "✓ 3." in text_of(app)
        await press(pilot, "2", "1")
        assert _typed(app) == "3 2 1"
        await press(pilot, "1")  # all were placed: it begins anew
        assert _typed(app) == "1 3 2"
        at = _places(app)
        await press(pilot, at["middle"], at["large"], at["small"], at["middle"], at["large"])
        await press(pilot, *(at[name] for name in ("small", "middle", "large")), "enter")
        mark = study_screen(app)._session.mark
        assert mark is not None
        assert _places(app).keys() == {"small", "middle", "large"}


@pytest.mark.slow
@pytest.mark.parametrize("desk", [ORDER], indirect=True)
async def test_a_thing_is_picked_up_moved_and_put_down(desk: Desk) -> None:
    app = _app(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "down", "up", "space", "down")
        assert _typed(app) == "2 1 3"
        assert "↕ 1." in text_of(app)
        await press(pilot, "down", "down")  # the end holds it
        assert _typed(app) == "2 3 1"
        await press(pilot, "space", "up", "up")
        assert "↕" not in text_of(app)
        assert _typed(app) == "2 3 1"
        await press(pilot, "f9")
        assert "작은 것이 맨 위" in words_of(app)
        assert _typed(app) == "2 3 1"  # it stays when the language changes
        await press(pilot, "enter")
        assert study_screen(app)._session.mark is not None
        assert "정답:" in text_of(app)
        await press(pilot, "enter")
    [review] = desk.log.last_reviews()
    assert review.answer == "2 3 1"


@pytest.mark.parametrize("desk", [ORDER], indirect=True)
async def test_the_mouse_drags_a_thing_and_a_click_places_it(desk: Desk) -> None:
    app = _app(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        things = app.screen.query_one(OrderList)
        await pilot.mouse_down(things, offset=(4, 0))
        await settled(pilot)
        assert "↕ 1." in text_of(app)
        await pilot.hover(things, offset=(4, 2))
        await settled(pilot)
        assert _typed(app) == "2 3 1"
        await pilot.mouse_up(things, offset=(4, 2))
        await pilot.hover(things, offset=(4, 0))
        await settled(pilot)
        assert _typed(app) == "2 3 1"  # it was let go
        assert "↕" not in text_of(app)
        await pilot.click(things, offset=(4, 2))
        await settled(pilot)
        assert _typed(app) == "1 2 3"
        assert "✓ 1." in text_of(app)
        assert study_screen(app)._session.mark is None  # no click answers
        await pilot.click("#keys", offset=(3, 0))  # Enter, on the bottom line
        await settled(pilot)
        assert study_screen(app)._session.mark is not None


@pytest.mark.parametrize("desk", [ORDER], indirect=True)
@pytest.mark.parametrize(
    ("order", "outcome"),
    first_row_quick(
        [
            ("small middle large", Outcome.RIGHT),
            ("middle small large", Outcome.PARTIAL),
            ("large middle small", Outcome.WRONG),
        ]
    ),
)
async def test_an_order_is_marked(desk: Desk, order: str, outcome: Outcome) -> None:
    app = _app(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        at = _places(app)
        await press(pilot, *(at[name] for name in order.split()), "enter")
        mark = study_screen(app)._session.mark
        assert mark is not None
        assert mark.outcome is outcome
        right = " → ".join(
            f"{at[name]}. {text}"
            for name, text in (("small", "hundredth"), ("middle", "variance"), ("large", "one"))
        )
        assert f"Answer: {right}" in words_of(app)
        rows = [line for line in text_of(app).splitlines() if ESTIMATED & set(line)]
        [row] = [line for line in rows if "variance" in line]
        assert row.split()[-1].startswith("0.")


@pytest.mark.parametrize("desk", [ESTIMATE], indirect=True)
@pytest.mark.parametrize("size", first_quick([(80, 24), (120, 40), (60, 20)]))
async def test_an_estimate_is_drawn_as_typed_and_marked_in_place(
    desk: Desk, size: tuple[int, int]
) -> None:
    app = _app(desk)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        assert "▼" not in text_of(app)
        line = next(one for one in text_of(app).splitlines() if "├" in one)
        await press(pilot, "0", ".")
        assert "▼" not in text_of(app)
        await press(pilot, "9")
        assert "▼ yours 0.9" in text_of(app) or "yours 0.9 ▼" in text_of(app)
        assert line in text_of(app)  # the axis stays where it was
        await press(pilot, "backspace", "0", "0", "1", "enter")
        assert ESTIMATED & set(text_of(app))
        assert "━" in text_of(app)
        assert "✗ Not right" in text_of(app)
        await press(pilot, "f9")
        assert "(반복 " in text_of(app)


@pytest.mark.parametrize("desk", [ESTIMATE], indirect=True)
async def test_an_estimate_is_moved_by_arrows_and_by_the_mouse(desk: Desk) -> None:
    app = _app(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("right")  # the middle of the axis, which shows where the mark is
        await settled(pilot)
        assert _typed(app) == "0.025"
        assert "▼ yours 0.025" in text_of(app)
        await pilot.press("right", "right", "left", "right")  # quicker than they are drawn
        await settled(pilot)
        assert _typed(app) == "0.063"
        await press(pilot, *["right"] * 9)
        assert _typed(app) == "1"
        await press(pilot, "backspace", *"0.3", "left")  # a typed one moves on from there
        assert _typed(app) == "0.25"
        axis = app.screen.query_one(AxisView)
        await pilot.mouse_down(axis, offset=(0, 1))
        await settled(pilot)
        assert _typed(app) == "0.001"
        await pilot.hover(axis, offset=(71, 1))
        await settled(pilot)
        assert _typed(app) == "1"
        await pilot.mouse_up(axis, offset=(71, 1))
        await pilot.hover(axis, offset=(0, 1))
        await settled(pilot)
        assert _typed(app) == "1"  # it was let go
        await press(pilot, "enter")
        assert study_screen(app)._session.mark is not None
        await pilot.click(axis, offset=(0, 1))  # a marked one stays
        await settled(pilot)
        assert "yours 1" in text_of(app)


@pytest.mark.slow
@pytest.mark.parametrize("desk", [ESTIMATE], indirect=True)
async def test_an_estimate_beside_the_axis_is_asked_again(desk: Desk) -> None:
    app = _app(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "2", "enter")
        assert "The axis goes from 0.001 to 1; type a number on it." in words_of(app)
        assert study_screen(app)._session.mark is None
        await press(pilot, "f3")
        assert "The answer was shown" in words_of(app)
        assert ESTIMATED & set(text_of(app))
        assert "▼" not in text_of(app)
