"""Lines of which only those that change are drawn anew: counted, and read off the screen."""

from collections.abc import Sequence

from textual.app import App, ComposeResult
from textual.strip import Strip

from studytool.tui.line_view import LineView
from studytool.tui.shown_text import ShownText, shown
from tests.tui.driving import settled, text_of


class _Counted(LineView):
    drawn: tuple[int, ...] = ()

    def render_line(self, y: int) -> Strip:
        self.drawn += (y,)
        return super().render_line(y)


class _Shown(App[None]):
    def compose(self) -> ComposeResult:
        yield _Counted()


def _plain(*lines: str) -> list[ShownText]:
    return [shown(line) for line in lines]


_CHANGES: tuple[tuple[Sequence[ShownText], tuple[int, ...], str], ...] = (
    (_plain("one", "two", "three"), (0, 1, 2), "one\ntwo\nthree\n"),
    (_plain("one", "2", "three"), (1,), "one\n2\nthree\n"),
    (_plain("one", "2", "three"), (), "one\n2\nthree\n"),  # the same
    ([shown("one", "reverse"), *_plain("2", "three")], (0,), "one\n2\nthree\n"),  # in its style
    (_plain("one", "2"), (0, 2), "one\n2\n\n"),  # fewer: where a line was is nothing
    (_plain("one", "2", "x", "4", "5"), (2, 3), "one\n2\nx\n4"),  # more than there is room for
    (_plain("일이삼사오육칠팔구십일", "2", "x", "4"), (0,), "일이삼사오육칠팔구십\n2\nx\n4"),  # not wrapped
)  # fmt: skip


async def test_only_lines_that_change_are_drawn() -> None:
    app = _Shown()
    async with app.run_test(size=(20, 4)) as pilot:
        view = app.query_one(_Counted)
        for lines, drawn, seen in _CHANGES:
            view.drawn = ()
            view.show_lines(lines)
            await settled(pilot)
            assert tuple(sorted(set(view.drawn))) == drawn, seen
            assert text_of(app) == seen
