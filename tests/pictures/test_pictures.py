"""README's pictures are the program as it is now, and fetch nothing."""

import pytest

from studytool.language import LANGUAGES, Language
from tests.cases import first_quick
from tests.pictures.take import picture_path, take_picture, words_of


@pytest.mark.parametrize("language", first_quick(LANGUAGES))
async def test_a_picture_is_current(language: Language) -> None:
    """Where this fails, ``python -m tests.pictures`` takes the pictures anew."""
    kept = picture_path(language).read_text(encoding="utf-8")
    assert words_of(kept) == words_of(await take_picture(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_fetches_nothing(language: Language) -> None:
    kept = picture_path(language).read_text(encoding="utf-8")
    assert "url(http" not in kept
    assert "@font-face" not in kept
    assert "href" not in kept
