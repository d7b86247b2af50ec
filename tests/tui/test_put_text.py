"""A text that takes as many lines as the one before lays nothing out anew."""

from textual.app import App, ComposeResult
from textual.widgets import Static

from studytool.tui.put_text import put_text
from studytool.tui.shown_text import ShownText, shown
from tests.tui.driving import settled


class _Noted(Static):
    laid_out: tuple[bool, ...] = ()

    def update(self, content: object = "", *, layout: bool = True) -> None:
        assert isinstance(content, ShownText)
        self.laid_out += (layout,)
        super().update(content, layout=layout)


class _Shown(App[None]):
    CSS = "Static { height: auto; }"

    def compose(self) -> ComposeResult:
        yield _Noted("")


_TEXTS = (
    ("one", (True,)),  # the first
    ("two", (False,)),
    ("two", ()),  # the same
    ("two\nlines", (True,)),
    ("as many as before", (False,)),  # wrapped
    ("일이삼사오육칠팔구십", (False,)),  # twenty cells
    ("일이삼사오", (True,)),
)  # fmt: skip


async def test_only_other_lines_are_a_new_layout() -> None:
    app = _Shown()
    async with app.run_test(size=(16, 6)) as pilot:
        await settled(pilot)
        below = app.query_one(_Noted)
        for text, laid_out in _TEXTS:
            below.laid_out = ()
            put_text(below, shown(text))
            await settled(pilot)
            assert below.laid_out == laid_out, text
        below.display = False
        await settled(pilot)
        below.laid_out = ()
        put_text(below, shown("unseen"))
        assert any(below.laid_out)  # how many lines it took, nobody knows
