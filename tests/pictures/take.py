"""Take README's pictures; ``python -m tests.pictures`` writes them under ``.github/``.

Each is the program itself on the bundled pack, at a fixed time and seed: a question answered with
a common misconception, its mark, the solution and the evidence.
"""

import re
from datetime import datetime
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

from textual.widgets import Input

from studytool.clock import MACHINE_CLOCK
from studytool.language import Language
from studytool.quiz.ask import make_variant
from studytool.quiz.key import NumberKey
from studytool.session.desk import Desk
from studytool.session.question import Question
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from tests.tui.driving import app_at, settled, study_screen

FOLDER = Path(__file__).parents[2] / ".github"
SIZE = (80, 30)
ITEM, SEED = "deep-learning-notes/relu-second-moment", 1

_FONT_FACES = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
_ROWS = re.compile(r'<text [^>]*y="([\d.]+)"[^>]*>([^<]*)</text>')


class _FixedSitting(Sitting):
    """A sitting that asks one item, always with the same numbers."""

    def start_next(self, now: datetime) -> Question:  # noqa: ARG002 - at any time the same
        item, pack_id = self._desk.library.item(ITEM), ITEM.partition("/")[0]
        variant = make_variant(item, pack_id=pack_id, seed=SEED, language=self.language)
        self.question = Question(item, variant)
        return self.question


def picture_path(language: Language) -> Path:
    """Return where a picture is kept."""
    return FOLDER / ("study.svg" if language == "en" else f"study.{language}.svg")


async def take_picture(language: Language) -> str:
    """Run the program and return its screen as SVG, which names no font of the network."""
    with TemporaryDirectory() as folder:
        desk = Desk.open(Path(folder) / "home", MACHINE_CLOCK)
        desk.choose_language(language)
        app = app_at(desk, _FixedSitting(desk, Scope()))
        async with app.run_test(size=SIZE) as pilot:
            await settled(pilot)
            question = study_screen(app)._session.question
            assert question is not None
            assert isinstance(question.variant.key, NumberKey)
            app.screen.query_one(
                Input
            ).value = f"{question.variant.key.misconceptions[0].value:.4g}"
            await pilot.press("enter")
            await settled(pilot)
            svg = app.export_screenshot(title="studytool", simplify=True)
        desk.close()
    return _FONT_FACES.sub("", svg)


def words_of(svg: str) -> list[str]:
    """Return what a picture says, row by row: colours and places may change with the libraries."""
    rows: dict[str, str] = {}
    for y, text in _ROWS.findall(svg):
        rows[y] = rows.get(y, "") + unescape(text).replace("\xa0", " ")
    return [" ".join(row.split()) for row in rows.values()]
