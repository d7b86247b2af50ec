"""Rows of one line each: written and drawn where they are in view, with no new layout around them."""

import asyncio
from functools import partial

import pytest
from textual.app import App, ComposeResult

from studytool.tui.row_list import RowList


class _Listing(App[None]):
    CSS = "RowList { height: 12; width: 30; border: none; padding: 0; }"

    def __init__(self) -> None:
        super().__init__()
        self.written: list[int] = []

    def compose(self) -> ComposeResult:
        yield RowList()

    def list_rows(self, count: int, text: str = "row {}") -> RowList:
        def write(row: int) -> str:
            self.written.append(row)
            return text.format(row)

        listed = self.query_one(RowList)
        listed.list_rows(partial(write, row) for row in range(count))
        return listed

    def lines(self) -> list[str]:
        listed = self.query_one(RowList)
        return [listed.render_line(y).text.strip() for y in range(listed.size.height)]


def test_only_rows_in_view_are_written() -> None:
    async def look() -> None:
        app = _Listing()
        async with app.run_test() as pilot:
            app.list_rows(5_000)
            await pilot.pause()
            assert set(app.written) == set(range(12))
            app.query_one(RowList).highlighted = 4_999
            await pilot.pause()
            assert app.lines()[-1] == "row 4999"
            assert set(app.written) <= {*range(12), *range(4_988, 5_000)}

    asyncio.run(look())


def test_another_list_lays_nothing_out_anew() -> None:
    async def look() -> None:
        app = _Listing()
        async with app.run_test() as pilot:
            app.list_rows(300)
            await pilot.pause()
            laid_out: list[bool] = []

            def refresh(*_: object, layout: bool = False, **__: object) -> RowList:
                laid_out.append(layout)
                return app.query_one(RowList)

            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(app.query_one(RowList), "refresh", refresh)
                app.list_rows(200, "other {}")
            assert laid_out
            assert not any(laid_out)
            assert app.lines()[0] == "other 0"
            assert app.query_one(RowList).max_scroll_y == 200 - 12

    asyncio.run(look())


def test_a_list_that_is_empty_shows_nothing_of_the_one_before() -> None:
    async def look() -> None:
        app = _Listing()
        async with app.run_test() as pilot:
            app.list_rows(3)
            await pilot.pause()
            listed = app.list_rows(0)
            await pilot.pause()
            assert (listed.option_count, listed.highlighted) == (0, None)
            assert not any(app.lines())

    asyncio.run(look())


def test_a_row_that_is_too_long_is_cut_not_wrapped() -> None:
    async def look() -> None:
        app = _Listing()
        async with app.run_test() as pilot:
            app.list_rows(2, "정규화 " * 9 + "{}")
            await pilot.pause()
            first, second, *rest = app.lines()
            assert first == second
            assert first.endswith("…")
            assert not any(rest)

    asyncio.run(look())


def test_the_bar_draws_two_rows_when_it_moves() -> None:
    async def look() -> None:
        app = _Listing()
        async with app.run_test() as pilot:
            listed = app.list_rows(9)
            listed.highlighted = 2
            await pilot.pause()
            drawn: list[int] = []
            render_line = RowList.render_line

            def counted(self: RowList, y: int) -> object:
                drawn.append(y)
                return render_line(self, y)

            listed.render_line = partial(counted, listed)  # type: ignore[method-assign, assignment]
            listed.highlighted = 3
            await pilot.pause()
            assert drawn == [2, 3]

    asyncio.run(look())
