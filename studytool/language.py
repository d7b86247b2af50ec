"""The two languages of every learner-facing text, and phrases that exist in both."""

from typing import Literal, NamedTuple

Language = Literal["ko", "en"]

LANGUAGES: tuple[Language, ...] = ("ko", "en")


class Phrase(NamedTuple):
    """One message of the program in both languages, with ``{fields}`` to fill in.

    >>> Phrase(ko="{n}개 남음", en="{n} left").text("en", n=3)
    '3 left'
    """

    ko: str
    en: str

    def text(self, language: Language, **fields: object) -> str:
        """Return the phrase in ``language`` with its fields filled in."""
        return (self.ko if language == "ko" else self.en).format(**fields)
