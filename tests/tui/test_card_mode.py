"""Windows beside an editor, from 30×8 on, and very wide ones: all of studying goes on in them."""

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Input

from studytool.language import Language
from studytool.packs.reader import load_pack
from studytool.session.desk import Desk
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.tui.home_screen import HomeScreen
from studytool.tui.key_bar import KeyBar
from studytool.tui.question_view import QuestionView
from studytool.tui.study_screen import StudyScreen
from tests.packs.samples import write_pack
from tests.session.measured_pack import ESTIMATE
from tests.tui.driving import app_at, press, settled, text_of
from tests.tui.tried_pack import desk_with, install_at

SIXTEENTH = """\
- id: sixteenth
  kind: numeric
  concept: scale
  params: {n: {choice: [4]}}
  prompt:
    ko: "분산이 1/16인 독립인 값 넷을 더했습니다. 그 합의 표준편차는 얼마입니까?"
    en: "Four independent values, each of variance 1/16, are added. What is the standard deviation of the sum?"
  answer: {formula: 'sqrt(4/16)', tolerance: {rel: 0.01}}
  check: {sample: 'sum(normal(0,0.25,[reps,4]),axis=1)', statistic: std}
  misconceptions:
    - {id: variance, formula: '4/16', say: {ko: 그것은 분산입니다, en: That is the variance}}
  solution: {ko: '합의 분산은 4/16입니다.', en: 'The variance of the sum is 4/16.'}
"""


@pytest.mark.parametrize("size", [(30, 8), (40, 12)])  # all quick: one left out counts as stale
@pytest.mark.parametrize("language", ["ko", "en"])
async def test_home_question_and_mark(
    desk: Desk,
    tmp_path: Path,
    size: tuple[int, int],
    language: Language,
    snapshot: SnapshotAssertion,
) -> None:
    desk.choose_language(language)
    folder = write_pack(tmp_path / "sample", items=SIXTEENTH)
    install_at(desk, load_pack(folder), folder)
    app, seen = app_at(desk), list[str]()
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        assert isinstance(app.screen, HomeScreen)
        seen.append(text_of(app))
        app.push_screen(StudyScreen(desk, Sitting(desk, Scope(("sample",)))))
        await settled(pilot)
        await press(pilot, *"1/7")
        seen.append(text_of(app))
        await press(pilot, "enter")
        seen.append(text_of(app))
        await press(pilot, "2")
        assert [review.rating for review in desk.log.last_reviews()] == ["hard"]
    assert "\n----\n".join(seen) == snapshot


async def test_a_long_question_is_read_while_its_answer_is_typed(desk: Desk) -> None:
    app = app_at(desk, Sitting(desk, Scope((), "xavier")))
    async with app.run_test(size=(30, 8)) as pilot:
        await settled(pilot)
        await press(pilot, "1", "pagedown", "2")
        body = app.screen.query_one("#body")
        assert body.scroll_offset.y > 0
        assert app.screen.query_one(Input).value == "12"
        await press(pilot, "pageup")
        assert body.scroll_offset.y == 0
        assert app.screen.query_one(KeyBar).size.height == 1


@pytest.mark.parametrize("width", [100, 200])
async def test_a_line_of_the_question_has_at_most_ninety_cells(desk: Desk, width: int) -> None:
    app = app_at(desk, Sitting(desk, Scope((), "xavier")))
    async with app.run_test(size=(width, 60)) as pilot:
        await settled(pilot)
        view, prompt = app.screen.query_one(QuestionView), app.screen.query_one("#prompt")
        assert prompt.size.width <= 92
        left, right = view.region.x, width - view.region.right
        assert abs(left - right) <= 1
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert view.region.x == 0


async def test_an_estimate_is_seen_on_its_axis_as_it_moves_and_its_mark_is_told(
    tmp_path: Path,
) -> None:
    items = ESTIMATE.replace("Estimate ", "Read of it, " * 12)
    folder = write_pack(tmp_path / "sample", items=items)
    desk = desk_with(tmp_path / "home", folder, "en")
    app = app_at(desk, Sitting(desk, Scope(("sample",))))
    async with app.run_test(size=(30, 8)) as pilot:
        await settled(pilot)
        assert "▼" not in text_of(app)
        await press(pilot, "right")
        shown = text_of(app)
        assert "▼" in shown
        assert any(line.strip().startswith("├") and "┤" in line for line in shown.splitlines())
        await press(pilot, "left", "left", "left", "left", "enter")
        assert "Not right. How well" in text_of(app)
    desk.close()
