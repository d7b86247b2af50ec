"""Take the pictures of the program; ``python -m tests.pictures`` writes them under ``.github/pictures``.

Each is the program itself on the bundled packs, at a fixed time and seed.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import escape, unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from textual.widgets import Input

from studytool.clock import Clock
from studytool.language import Language
from studytool.quiz import prediction
from studytool.quiz.ask import make_variant
from studytool.quiz.key import NumberKey
from studytool.quiz.outcome import Outcome
from studytool.session.desk import Desk
from studytool.session.question import Question
from studytool.session.scope import Scope
from studytool.session.sitting import Sitting
from studytool.srs.rating import Rating
from studytool.tui import running_screen, trying_screen
from studytool.tui.app import StudyApp
from studytool.typeset.cells import cell_width
from tests.review_log.drafts import draft
from tests.tui.driving import NOW, app_at, press, settled, study_screen

FOLDER = Path(__file__).parents[2] / ".github" / "pictures"
PACK, SEED = "deep-learning-notes", 1
MISCONCEPTION = "the first misconception"
"""A key of a scene: the number that it leads to is typed."""

_FONT_FACES = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
_TEXTS = re.compile(
    r'(?P<head><text [^>]*)x="(?P<x>[\d.]+)"(?P<between>[^>]*)textLength="(?P<width>[\d.]+)"'
    r"(?P<tail>[^>]*>)(?P<text>[^<]+)</text>"
)
_SECONDS = re.compile(r"\(\d+\.\d(?: s|초)\)")
_ROWS = re.compile(r'<text [^>]*y="([\d.]+)"[^>]*>([^<]*)</text>')


@dataclass(frozen=True)
class Scene:
    """What is in view.

    Attributes:
        keys: that lead there.
        item: that is asked; empty for home.
        experiment: of the lab; empty for none.
        learned: whether there are six weeks of reviews.
    """

    size: tuple[int, int]
    keys: tuple[str, ...] = ()
    item: str = ""
    experiment: str | None = None
    learned: bool = False


_GUESS = ("right",) * 6
SCENES = {
    "study": Scene((80, 30), (MISCONCEPTION, "enter"), "relu-second-moment"),
    "home": Scene((120, 40), learned=True),
    "lesson": Scene((80, 24), ("f10",), "xavier-variance"),
    "guess": Scene((80, 24), _GUESS, "estimate-xavier-relu"),
    "prediction": Scene((100, 34), (*_GUESS, "enter"), "estimate-xavier-relu"),
    "trial": Scene((100, 34), ("f3", "v"), "xavier-variance"),
    "lab": Scene((120, 40), experiment="ball_projection"),
    "claims": Scene((120, 40), ("n",)),
    "progress": Scene((120, 40), ("p",), learned=True),
    "small": Scene((40, 12), ("f2",), "xavier-variance"),
}
"""By the name of the picture; each is taken in both languages."""


class _FixedSitting(Sitting):
    """A sitting that asks one item, always with the same numbers."""

    item = ""

    def start_next(self, now: datetime) -> Question:  # noqa: ARG002 - at any time the same
        item = self._desk.library.item(f"{PACK}/{self.item}")
        variant = make_variant(item, pack_id=PACK, seed=SEED, language=self.language)
        self.question = Question(item, variant)
        return self.question


def picture_path(name: str, language: Language) -> Path:
    """Return where a picture is kept."""
    return FOLDER / f"{name}.{language}.svg"


async def take_picture(name: str, language: Language) -> str:
    """Run the program and return its screen as SVG, which names no font of the network."""
    scene = SCENES[name]
    prediction._decide.cache_clear()  # so that the simulation runs, whatever was taken before
    with _desk(scene, language) as desk:
        app = _app(scene, desk)
        async with app.run_test(size=scene.size) as pilot:
            await settled(pilot)
            for key in scene.keys:
                if key == MISCONCEPTION:
                    app.screen.query_one(Input).value = _misled(app)
                else:
                    await press(pilot, key)
            await settled(pilot)
            svg = app.export_screenshot(title="studytool", simplify=True)
    return _TEXTS.sub(_of_true_width, _FONT_FACES.sub("", svg))


def _of_true_width(found: re.Match[str]) -> str:
    """Give each word the room of its cells: Rich counts characters, and squeezes what is Korean."""
    text = unescape(found["text"])
    cell, left = float(found["width"]) / len(text), float(found["x"])
    words = []
    for word in re.findall(r"\s+|\S+\s?", text):
        width = cell * cell_width(word)
        shown = escape(word).replace("\xa0", "&#160;")
        words.append(
            f'{found["head"]}x="{left:g}"{found["between"]}textLength="{width:g}"'
            f"{found['tail']}{shown}</text>"
        )
        left += width
    return "".join(words)


@contextmanager
def _desk(scene: Scene, language: Language) -> Iterator[Desk]:
    """Open a fresh home; what runs is drawn at once, to its end."""
    with (
        TemporaryDirectory() as folder,
        patch.object(running_screen, "STEP_SECONDS", 0.0),
        patch.object(trying_screen, "LOOK_SECONDS", 0.0),
    ):
        desk = Desk.open(Path(folder) / "home", Clock(lambda: NOW, lambda _: 0))
        desk.choose_language(language)
        desk.settings = replace(desk.settings, animate=False)  # how far it is would be luck
        if scene.learned:
            _learn(desk)
        yield desk
        desk.close()


def _app(scene: Scene, desk: Desk) -> StudyApp:
    if scene.experiment is not None:
        return StudyApp(app_at(desk).desk, experiment=scene.experiment)
    if not scene.item:
        return app_at(desk)
    sitting = _FixedSitting(desk, Scope())
    sitting.item = scene.item
    return app_at(desk, sitting)


def _misled(app: StudyApp) -> str:
    question = study_screen(app)._session.question
    assert question is not None
    assert isinstance(question.variant.key, NumberKey)
    return f"{question.variant.key.misconceptions[0].value:.4g}"


def _learn(desk: Desk) -> None:
    """Review sixty items over forty days, a fifth of them forgotten, and fall for a misconception."""
    items = [item for item, _ in desk.library.item_concepts()][:60]
    for place, item in enumerate(items):
        rating = Rating.AGAIN if place % 5 == 0 else Rating.GOOD
        days = 1 + place % 40
        for again in range(1 + place % 3):
            at = NOW - timedelta(days=days + 3 * again, minutes=place)
            desk.log.append_review(draft(item, rating, at))
    for slug, misconception in (("he-sd", "variance"), ("xavier-variance", "forward-only")):
        wrong = draft(f"{PACK}/{slug}", Rating.AGAIN, NOW, outcome=Outcome.WRONG)
        desk.log.append_review(replace(wrong, misconception=misconception))


def words_of(svg: str) -> list[str]:
    """Return what a picture says, row by row: colours and places may change with the libraries."""
    rows: dict[str, str] = {}
    for y, text in _ROWS.findall(svg):
        rows[y] = rows.get(y, "") + unescape(text).replace("\xa0", " ")
    return [_SECONDS.sub("(…)", " ".join(row.split())) for row in rows.values()]
