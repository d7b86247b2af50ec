"""A learner-facing text in the languages of its pack."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import (
    ConfigDict,
    RootModel,
    StringConstraints,
    TypeAdapter,
    ValidationInfo,
    model_validator,
)

from studytool.packs.telling import UnfitError, told

MOST_BYTES = 20 * 2**10
"""Of one text in one language: ten pages."""

LanguageTag = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)
]
"""A language as BCP 47 names it: ``ko``, ``fr``, ``pt-BR``."""

PACK_LANGUAGES = "languages"
"""Of a validation's context: the pack's languages, whose order a text's languages take."""
_TAG: TypeAdapter[str] = TypeAdapter(LanguageTag)


_NO_TEXT = (
    told("a text is wanted"),
    told("write one text in quotes, or a map such as {{ko: ..., en: ...}}"),
)


class Text(RootModel[dict[str, str]]):
    """A learner-facing text: one string, or a map from language to string.

    >>> Text.model_validate({"ko": "분산", "en": "variance"}).text("en")
    'variance'
    >>> Text.model_validate({"pt": "variância", "en": "variance"}).text("pt-BR")
    'variância'
    >>> Text.model_validate("x").text("ko")
    'x'
    """

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _one_string_is_for_all(cls, value: object, info: ValidationInfo) -> object:
        if isinstance(value, str):
            return {"": value}
        if not isinstance(value, dict | Text):
            raise UnfitError(*_NO_TEXT)
        languages = (info.context or {}).get(PACK_LANGUAGES)
        if not languages or not isinstance(value, dict):
            return value
        others = [tag for tag in value if tag not in languages]
        if others and is_language_tag(str(others[0])):
            raise UnfitError(
                told(
                    "'{tag}' is none of the pack's languages: {names}",
                    tag=others[0],
                    names=", ".join(languages),
                ),
                told("add it to 'languages' in pack.yaml, or take it out"),
            )
        return {tag: value[tag] for tag in (*languages, *others) if tag in value}

    @model_validator(mode="after")
    def _languages_and_size(self) -> "Text":
        if not self.root:
            raise UnfitError(
                told("a text with nothing in it"),
                told("write one text in quotes, or a map such as {{ko: ..., en: ...}}"),
            )
        for tag in self.root:
            if tag and not is_language_tag(tag):
                raise UnfitError(
                    told("'{tag}' is no language", tag=tag[:40]),
                    told("write a tag such as ko, en or pt-BR"),
                )
        for words in self.root.values():
            if len(words.encode("utf-8", "surrogatepass")) > MOST_BYTES:
                raise UnfitError(
                    told("a text has at most {most:,} bytes", most=MOST_BYTES),
                    told("split it"),
                )
        return self

    def language_of(self, language: str) -> str:
        """Return the tag whose words ``language`` is shown: empty for a string without one.

        That is the tag itself, else its primary subtag, else the pack's first that there is.
        """
        for tag in (language, language.partition("-")[0], ""):
            if self.root.get(tag):
                return tag
        return next(iter(self.root))

    def text(self, language: str) -> str:
        """Return the words that are shown in ``language``, without white space around them."""
        return self.root[self.language_of(language)].strip()

    def missing(self, languages: Iterable[str]) -> list[str]:
        """Name the languages that this text does not have; one string serves all."""
        return [] if "" in self.root else [tag for tag in languages if not self.root.get(tag)]


def is_language_tag(text: str) -> bool:
    """Tell whether a text is a tag such as ``ko`` or ``pt-BR``."""
    try:
        _TAG.validate_python(text)
    except ValueError:
        return False
    return True
