"""The two languages of every learner-facing text, and phrases that exist in both."""

from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import Literal, NamedTuple

from studytool.printable import printable

Language = Literal["ko", "en"]

LANGUAGES: tuple[Language, ...] = ("ko", "en")


class Phrase(NamedTuple):
    """One message of the program in both languages, with ``{fields}`` to fill in.

    >>> Phrase(ko="{n}개 남음", en="{n} left").text("en", n=3)
    '3 left'
    """

    ko: str
    en: str

    def text(self, language: Language, /, **fields: object) -> str:
        """Return the phrase in ``language`` with its fields filled in.

        A field that is a phrase or a message itself is given in the same language, a path in one
        line whatever its name holds.
        """
        own = {name: _of_language(field, language) for name, field in fields.items()}
        return (self.ko if language == "ko" else self.en).format(**own)

    def of(self, **fields: object) -> "Message":
        """Return the phrase together with its fields."""
        return Message(self, fields)


class Message(NamedTuple):
    """A phrase with the fields that fill it in: a text whose language is chosen by its reader.

    >>> why = Phrase(ko="{low} 이상", en="at least {low}").of(low=1)
    >>> Phrase(ko="{name}: {why}", en="{name}: {why}").of(name="{n}", why=why).text("en")
    '{n}: at least 1'
    """

    phrase: Phrase
    fields: Mapping[str, object]

    def text(self, language: Language) -> str:
        """Return the text in ``language``."""
        return self.phrase.text(language, **self.fields)


_WHOLE = Phrase("{ko}", "{en}")


def joined(messages: Iterable[Message], separator: str = "\n") -> Message:
    """Return one message of several, with ``separator`` between them."""
    listed = list(messages)
    ko, en = (separator.join(one.text(language) for one in listed) for language in LANGUAGES)
    return in_both(ko, en)


def in_both(ko: str, en: str) -> Message:
    """Return a message of two texts that are whole already.

    >>> in_both("{1}개", "{1} left").text("en")
    '{1} left'
    """
    return _WHOLE.of(ko=ko, en=en)


def _of_language(field: object, language: Language) -> object:
    """Return a field as it is written: a phrase in the language, a path in one line."""
    if isinstance(field, Phrase | Message):
        return field.text(language)
    return printable(str(field)) if isinstance(field, PurePath) else field
