"""The lab on the screen: sliders by key and mouse, and the newest setting wins."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.widgets import Input

from studytool.authoring.lab_pack import LAB_PACK
from studytool.errors import ExperimentError
from studytool.language import Language, in_both
from studytool.numerics.lab import measured
from studytool.numerics.registry import find_experiment
from studytool.packs.behind import experiments_behind
from studytool.packs.reader import load_pack
from studytool.quiz.ask import make_variant
from studytool.quiz.key import AxisKey
from studytool.session.desk import Desk
from studytool.session.lab import Bench
from studytool.tui import lab_screen
from studytool.tui.app import StudyApp
from studytool.tui.claims_screen import ClaimsScreen
from studytool.tui.experiments_screen import ExperimentsScreen
from studytool.tui.home_screen import HomeScreen
from studytool.tui.lab_screen import LabScreen
from studytool.tui.slider_list import SliderList
from studytool.wording.lab_question import NOT_MEASURED
from tests.tui.driving import NOW, app_at, press, settled, text_of, words_of


def _lab(app: StudyApp) -> LabScreen:
    assert isinstance(app.screen, LabScreen)
    return app.screen


def _app(desk: Desk, language: Language, experiment: str = "ball_projection") -> StudyApp:
    desk.choose_language(language)
    app = app_at(desk)
    return StudyApp(app.desk, experiment=experiment)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])  # all quick: one left out counts as stale
@pytest.mark.parametrize("language", ["ko", "en"])
async def test_the_lab_looks_like_this(
    desk: Desk, size: tuple[int, int], language: Language, snapshot: SnapshotAssertion
) -> None:
    app = _app(desk, language)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        assert text_of(app) == snapshot
        await press(pilot, "down", "right")
        assert text_of(app) == snapshot(name="along a parameter")
        await press(pilot, "left", "left")
        assert text_of(app) == snapshot(name="the draws")


async def test_from_home_by_words_and_back(desk: Desk) -> None:
    desk.choose_language("en")
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "e")
        assert isinstance(app.screen, ExperimentsScreen)
        assert app.screen.query_one(Input).has_focus
        await press(pilot, *"zzz")
        assert "There is no such experiment." in text_of(app)
        await press(pilot, "enter")  # opens nothing
        assert isinstance(app.screen, ExperimentsScreen)
        await press(pilot, "backspace", "backspace", "backspace", *"nearest diamond", "enter")
        assert _lab(app)._bench.experiment.name == "ball_projection"
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, HomeScreen)
    assert NOW


@pytest.mark.slow
async def test_a_slider_moves_by_keys_by_a_click_and_by_dragging(desk: Desk) -> None:
    app = _app(desk, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "down", "down", "right")
        radius = _lab(app)._bench.values["radius"]
        assert radius == pytest.approx(1.26, rel=0.01)
        assert "1.26" in text_of(app)
        await press(pilot, "d")
        assert _lab(app)._bench.values["radius"] == 1
        sliders = app.screen.query_one(SliderList)
        await pilot.mouse_down(sliders, offset=(13, 3))  # the first cell of distance
        await settled(pilot)
        assert _lab(app)._bench.values["distance"] == 0.02
        await pilot.hover(sliders, offset=(24, 3))
        await settled(pilot)
        assert _lab(app)._bench.values["distance"] == 200
        await pilot.mouse_up(sliders, offset=(24, 3))
        await pilot.hover(sliders, offset=(13, 3))
        await settled(pilot)
        assert _lab(app)._bench.values["distance"] == 200  # it was let go
        await pilot.click(sliders, offset=(20, 0))
        await settled(pilot)
        assert _lab(app)._bench.quantity == "l2_zero_share"


@pytest.mark.slow
async def test_what_is_refused_says_why_and_the_next_works(desk: Desk) -> None:
    app = _app(desk, "en", "signal_depth")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        bench = (
            Bench.of(find_experiment("signal_depth"))
            .put("depth", 1.0)
            .put("scale", 1.0)
            .moved("activation", -3)
        )
        assert bench.refusal is not None
        _lab(app)._take_up(bench)
        await settled(pilot)
        assert bench.refusal.text("en").split()[0] in words_of(app)
        await press(pilot, "d")
        assert "estimate" in text_of(app)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[threading.Event, list[float]]]:
    """A measurement that stands still until it is let go, and what was measured in turn."""
    go_on, begun = threading.Event(), list[float]()
    true = measured

    def stand_still(experiment: object, parameters: object, **named: object) -> object:
        begun.append(parameters.radius)  # type: ignore[attr-defined]
        go_on.wait(30)
        return true(experiment, parameters, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(lab_screen, "measured", stand_still)
    yield go_on, begun
    go_on.set()


async def test_the_newest_setting_wins(
    desk: Desk, slow: tuple[threading.Event, list[float]]
) -> None:
    go_on, begun = slow
    app = _app(desk, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down", "down", *["right"] * 9)
        assert "measuring…" in text_of(app)
        go_on.set()
        await settled(pilot)
        last = _lab(app)._bench.values["radius"]
        assert begun[-1] == last
        assert len(begun) < 9  # of those between, most were never begun
        assert "measuring…" not in text_of(app)


async def test_leaving_ends_the_measurement(
    desk: Desk, slow: tuple[threading.Event, list[float]]
) -> None:
    go_on, _ = slow
    app = _app(desk, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        go_on.set()
        await settled(pilot)
        assert isinstance(app.screen, ExperimentsScreen)


async def test_an_experiment_of_a_pack_is_found_and_opened_in_the_learners_language(
    desk: Desk,
) -> None:
    folder = Path(__file__).parent.parent / "packs/own/compound-interest"
    desk.library.install(load_pack(folder), folder)
    desk.choose_language("ko")
    app = app_at(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "e")
        assert "compound-interest/savings  이자가 붙는 돈" in text_of(
            app
        )  # the first, under the bar
        await press(pilot, *"zq")
        assert "compound-interest/savings" not in text_of(app)  # no row, nothing said of one
        await press(pilot, "backspace", "backspace", *"savings", "enter")
        await settled(pilot)
        assert _lab(app)
        assert "이자가 붙는 돈" in text_of(app)
        await press(pilot, "f9")
        await settled(pilot)
        assert "Savings that bear interest" in text_of(app)


async def test_what_is_found_as_the_program_ends_is_not_shown(desk: Desk) -> None:
    app = _app(desk, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        screen = _lab(app)
        [kept] = [screen._result]
        await screen.query("#bar, #lab, #lab-result").remove()  # as it takes a screen down
        screen._take_in(screen._bench, kept)
        screen._take_in(screen._bench, ExperimentError("x", NOT_MEASURED.of()))
        assert app.is_running


async def test_a_row_says_what_it_is(desk: Desk) -> None:
    app = _app(desk, "ko")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "마름모의 0 비율: 마름모에서" in words_of(app)
        await press(pilot, "down", "down")
        assert "반지름: 원과 마름모의 반지름" in words_of(app)
        await press(pilot, "f9")
        assert "radius: radius of the balls" in words_of(app)


async def test_the_claims_that_it_tries_open_over_the_lab(desk: Desk) -> None:
    app = _app(desk, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "c")
        assert isinstance(app.screen, ClaimsScreen)
        rows = app.screen._rows
        assert rows
        assert all("ball_projection" in experiments_behind(row.claim) for row in rows)
        await press(pilot, "escape", "escape")  # the first takes the words away
        assert isinstance(app.screen, LabScreen)


@pytest.mark.slow
async def test_a_question_is_made_copied_and_written(desk: Desk) -> None:
    app = _app(desk, "en", "signal_depth")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "m")
        assert "- id: lab-signal-depth" in text_of(app)
        await press(pilot, "y")
        assert "Copied." in text_of(app)
        assert app.clipboard.startswith("- id: lab-signal-depth")
        await press(pilot, "w", "w")
        assert "Written to lab.yaml" in words_of(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, LabScreen)
    pack = load_pack(desk.home / LAB_PACK)
    assert [item.id for item in pack.items] == ["lab-signal-depth", "lab-signal-depth-2"]
    [first, _] = pack.items
    variant = make_variant(first, pack_id=pack.id, seed=0, language="ko")
    assert "깊이 {" not in variant.prompt
    assert isinstance(variant.key, AxisKey)


async def test_a_question_that_cannot_be_written_says_why(desk: Desk) -> None:
    (desk.home / LAB_PACK).write_text("in the way")
    app = _app(desk, "en")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "m", "w")
        assert "could not be written" in words_of(app)


async def test_why_nothing_can_be_measured_stays_in_view(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind the message all is shown once more, as at the end of a measurement; no axis is drawn."""

    def fail(*_: object, **__: object) -> None:
        raise ExperimentError("signal_depth", in_both("너무 크다", "too large"))

    monkeypatch.setattr(lab_screen, "measured", fail)
    app = _app(desk, "en", "signal_depth")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "signal_depth: too large" in text_of(app)
        assert "┤" not in text_of(app)
        await press(pilot, "f9")
        assert "signal_depth: 너무 크다" in text_of(app)
        monkeypatch.undo()
        await press(pilot, "d")
        assert "너무 크다" not in text_of(app)
