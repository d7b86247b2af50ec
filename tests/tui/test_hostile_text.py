"""Text of others on the screens: seen, and never markup or a control sequence."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.color import Color
from textual.events import Paste
from textual.filter import LineFilter
from textual.widgets import Input, Label, Markdown, Static

from studytool.session.desk import Desk
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.srs.rating import Rating
from studytool.tui.shown_text import ControlFilter, shown
from tests.review_log.drafts import draft
from tests.tui.driving import NOW, app_at, press, settled, text_of

CONTROLS = "\x1b]52;c;aGk=\x07\x9b2J\u202e\x00\x7f"
HOSTILE = f"{CONTROLS}[red][@click=app.quit][/x]"
ACTED_ON = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
SIZE = (120, 40)


def _is_clean(app: App[None]) -> bool:
    """Tell whether the texts of all cells are harmless; what stands between them is Textual's own."""
    strips = app.screen._compositor.render_strips()
    return not any(ACTED_ON.search(segment.text) for strip in strips for segment in strip)


class _OthersWidgets(App[None]):
    """Widgets that were given a text as it is."""

    def compose(self) -> ComposeResult:
        yield Static(HOSTILE, markup=False)
        yield Label(f"a\udcff{CONTROLS}b", markup=False, id="row")
        yield Markdown(f"`{CONTROLS}` {CONTROLS}")
        yield Input(CONTROLS, placeholder=CONTROLS)


class _Gated(_OthersWidgets):
    def get_line_filters(self) -> list[LineFilter]:
        return [*super().get_line_filters(), ControlFilter()]


async def test_no_widget_goes_by_the_gate() -> None:
    async with _OthersWidgets().run_test(size=SIZE) as pilot:
        assert not _is_clean(pilot.app)  # so that it is seen that the gate does it
    async with _Gated().run_test(size=SIZE) as pilot:
        assert _is_clean(pilot.app)


def test_the_program_has_the_gate(desk: Desk) -> None:
    assert any(isinstance(one, ControlFilter) for one in app_at(desk).get_line_filters())


def test_the_gate_keeps_the_cells_of_a_line() -> None:
    line = [Segment(f"한\udcff{CONTROLS}b\t"), Segment("글")]
    gate: LineFilter = ControlFilter()
    kept = gate.apply(line, Color(0, 0, 0))
    assert [cell_len(one.text) for one in kept] == [cell_len(one.text) for one in line]
    assert "".join(one.text for one in kept) == "한\ufffd]52;c;aGk=2Jb글"
    plain = [Segment("층 정규화 σ²")]
    assert gate.apply(plain, Color(0, 0, 0)) is plain


def test_a_text_shows_controls_as_code_points_and_markup_as_it_is() -> None:
    assert shown(HOSTILE).plain == (
        "<U+001B>]52;c;aGk=<U+0007><U+009B>2J<U+202E><U+0000><U+007F>[red][@click=app.quit][/x]"
    )


@pytest.mark.parametrize("language", ["ko", "en"])
async def test_what_a_log_holds_is_text_on_the_progress_screen(desk: Desk, language: str) -> None:
    desk.choose_language("ko" if language == "ko" else "en")
    for day in range(3):
        written = draft(f"mine/{HOSTILE}", Rating.AGAIN, NOW - timedelta(days=3 - day))
        desk.log.append_review(replace(written, answer=HOSTILE, misconception=HOSTILE))
    app = app_at(desk)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert _is_clean(app)
        await press(pilot, "p")
        assert _is_clean(app)
        assert "<U+001B>]52" in text_of(app).replace("\n", "")


@pytest.mark.parametrize("screen", ["study", "search"])
async def test_what_is_pasted_is_seen_and_can_be_deleted(desk: Desk, screen: str) -> None:
    sitting = Sitting(desk, Scope((), "xavier")) if screen == "study" else None
    app = app_at(desk, sitting)
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        if screen == "search":
            await press(pilot, "s", "end", "enter")
        app.post_message(Paste(f"12{HOSTILE}"))
        await settled(pilot)
        entry = next(one for one in app.screen.query(Input) if one.display)
        assert entry.value.startswith("12<U+001B>]52;c;aGk=<U+0007>")
        assert "<U+001B>" in text_of(app)
        assert _is_clean(app)
        await press(pilot, "enter")  # what it says of it is text too
        assert _is_clean(app)
