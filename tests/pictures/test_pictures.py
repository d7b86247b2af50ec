"""The pictures are the program as it is now, and fetch nothing."""

from pathlib import Path

import pytest

from studytool.language import LANGUAGES, Language
from tests.cases import first_row_quick
from tests.pictures.take import FOLDER, SCENES, picture_path, take_picture, words_of

PICTURES = [(name, language) for name in SCENES for language in reversed(LANGUAGES)]
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("name", "language"), first_row_quick(PICTURES))
async def test_a_picture_is_current(name: str, language: Language) -> None:
    """Where this fails, ``python -m tests.pictures`` takes the pictures anew."""
    kept = picture_path(name, language).read_text(encoding="utf-8")
    assert words_of(kept) == words_of(await take_picture(name, language))


def test_twenty_pictures_are_kept_and_fetch_nothing() -> None:
    kept = sorted(FOLDER.glob("*"))
    assert kept == sorted(picture_path(*one) for one in PICTURES)
    assert len(kept) == 20
    for path in kept:
        text = path.read_text(encoding="utf-8")
        assert [one for one in ("url(http", "@font-face", "href") if one in text] == [], path.name


@pytest.mark.parametrize(
    ("page", "language"), [("README.md", "en"), (".github/README.ko.md", "ko")]
)
def test_a_readme_shows_four(page: str, language: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert text.count(f".{language}.svg)") == 4
