"""Every screen and state in both languages, sizes and themes: words, keys, focus and contrast hold."""

import re
from itertools import cycle
from pathlib import Path

import pytest
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widgets import Input

from studytool.language import LANGUAGES, Language
from studytool.session.desk import Desk
from studytool.tui.app import StudyApp
from studytool.tui.jump_screen import JumpScreen
from studytool.tui.key_bar import KeyBar
from studytool.tui.themes import THEMES
from studytool.wording.key_lookup import bar_keys
from tests.tui.colours import weak_texts
from tests.tui.driving import resize, settled, text_of
from tests.tui.states import STATES, state_shown

SIZES = ((160, 50), (80, 24), (40, 12))
CONTRASTS = {"dark": 4.5, "light": 4.5, "contrast": 7.0}
"""The ratios of luminances that WCAG 2.1 asks for at its levels AA and AAA, of text of any size."""
_HANGUL = re.compile("[가-힣]+")
_OTHER_LANGUAGE = "한국어"
_ENGLISH = re.compile(r"(?:(?<![\w:/`.-])[a-z]+ ){3,}[a-z]+")
"""Four plain words in a row: a sentence, no name."""
_IN_BOTH = {"lab's question"}
"""Its YAML is written in both languages."""

_ROWS = [
    *zip(STATES, cycle(LANGUAGES), strict=False),
    *zip(STATES, cycle(reversed(LANGUAGES)), strict=False),
]


def _check_words(app: StudyApp, language: Language) -> None:
    text = text_of(app)
    hangul = set(_HANGUL.findall(text)) - {_OTHER_LANGUAGE}
    packs = [pack.id for pack in app.desk.library.packs()]
    if language == "en":  # the notes' own sentence stands behind its translation
        claims = [claim for pack in packs for claim in app.desk.library.claims(pack)]
        quotes = " ".join(claim.notes.quote for claim in claims if claim.notes is not None)
        assert not {word for word in hangul if word not in quotes}
    else:
        assert hangul or isinstance(app.screen, JumpScreen)
        manifests = [app.desk.library.manifest(pack) for pack in packs]
        sources = " ".join(str(manifest.sources) for manifest in manifests).lower()
        assert not [said for said in _ENGLISH.findall(text) if said not in sources]


def _check_keys(app: StudyApp) -> None:
    """Each key of the bottom line stands in it whole, where the window is not small; it can be clicked."""
    for bar in app.screen.query(KeyBar):
        if bar.place is None or app.screen.has_class("short"):
            continue
        assert Region.from_offset((0, 0), app.size).contains_region(bar.region)
        shown = "\n".join(text_of(app).splitlines()[bar.region.y : bar.region.bottom])
        pressed = {
            app.screen.get_style_at(x, y).meta.get("presses")
            for y in range(bar.region.y, bar.region.bottom)
            for x in range(bar.region.width)
        }
        keys = dict(bar_keys(bar.place, idle=bar.idle))
        assert keys.keys() - bar.deaf
        for name, does in keys.items():
            assert (does.text(app.desk.settings.language) in shown) == (name not in bar.deaf), name
        assert len(pressed - {None}) >= len(keys.keys() - bar.deaf)


def _check_focus(app: StudyApp) -> None:
    """Where words are typed, the entry has the cursor."""
    entries = [one for one in app.screen.query(Input) if one.display and one.region.area]
    if entries and not isinstance(app.screen, JumpScreen):
        assert app.focused in entries


async def _weak(app: StudyApp, pilot: Pilot[None]) -> list[tuple[str, str, float]]:
    weak = []
    for theme, least in CONTRASTS.items():
        app.theme = THEMES[theme]
        await pilot.pause()
        weak += [(theme, text, ratio) for text, ratio in weak_texts(app, least).items()]
    return weak


@pytest.mark.slow
@pytest.mark.parametrize(("name", "language"), _ROWS)
async def test_a_screen_in_any_size_language_and_theme(
    name: str, language: Language, make_desk: dict[str, Desk], tmp_path: Path
) -> None:
    async with state_shown(name, make_desk, tmp_path, language) as (app, pilot):
        for size in SIZES:
            if size != (80, 24) and STATES[name].closes:
                continue
            await resize(pilot, *size)
            await settled(pilot) if STATES[name].waits else None
            if name not in _IN_BOTH:
                _check_words(app, language)
            _check_keys(app)
            if not STATES[name].asks_confidence:  # digits choose; the entry waits
                _check_focus(app)
        assert await _weak(app, pilot) == []
