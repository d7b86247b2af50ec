"""Formulas of a question and its mark: in two dimensions, and in their line in a short window."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from studytool.session.desk import Desk
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from tests.packs.samples import write_pack
from tests.tui.driving import app_at, press, resize, settled, text_of
from tests.tui.tried_pack import desk_with

_CARD = r"""
- id: recall
  kind: card
  concept: scale
  front: 'What is $\begin{cases} x, & x > 0 \\ 0, & x \le 0 \end{cases}$?'
  back: '$\frac{x+|x|}{2}$, or `relu(x)`'
"""


@pytest.fixture
def with_formulas(tmp_path: Path) -> Iterator[Desk]:
    desk = desk_with(tmp_path / "home", write_pack(tmp_path / "sample", items=_CARD), "en")
    yield desk
    desk.close()


async def test_formulas_stand_in_two_dimensions_or_in_a_line(with_formulas: Desk) -> None:
    app = app_at(with_formulas, Sitting(with_formulas, Scope(("sample",))))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        rows = [line.strip() for line in text_of(app).splitlines()]
        at = rows.index("⎧x,  x > 0")
        assert rows[at + 1 : at + 3] == ["What is ⎨         ?", "⎩0,  x ≤ 0"]
        await press(pilot, "enter")
        shown = text_of(app)
        assert "█ ─────────, or relu(x)" in shown
        assert "█  x + |x|" in shown
        await resize(pilot, 60, 14)
        await settled(pilot)
        assert "What is {x, x > 0; 0, x ≤ 0}?" in text_of(app)
        assert "(x + |x|)/2, or relu(x)" in text_of(app)
