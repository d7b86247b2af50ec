"""A text with blanks, each a list of spellings or a number."""

from typing import Annotated, ClassVar, Literal

from pydantic import Discriminator, Field, StringConstraints, Tag, model_validator

from studytool.packs.answer_key import DEFAULT_TOLERANCE, ShownDigits, StatedTolerance
from studytool.packs.item_fields import ItemFields
from studytool.packs.model import FormulaText, Model, by_key
from studytool.packs.telling import UnfitError, told
from studytool.packs.text import LanguageTag, Text

BlankName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$", max_length=40)]
Spelling = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Spellings = Annotated[list[Spelling], Field(min_length=1, max_length=50)]


def _by_language(value: object) -> str:
    """Tell a map from language to spellings from spellings of all languages."""
    return "map" if isinstance(value, dict) else "list"


class WordBlank(Model):
    """A blank for words: the spellings taken as right, the first of each language the one shown."""

    accept: Annotated[
        Annotated[Spellings, Tag("list")]
        | Annotated[dict[LanguageTag, Spellings], Field(min_length=1), Tag("map")],
        Discriminator(_by_language),
    ]
    say: Text | None = None

    def spellings(self, language: str) -> list[str]:
        """Return every spelling in any language, those of ``language`` first."""
        if isinstance(self.accept, list):
            return list(self.accept)
        own = next(
            (tag for tag in (language, language.partition("-")[0]) if tag in self.accept),
            next(iter(self.accept)),
        )
        others = (word for tag, words in self.accept.items() if tag != own for word in words)
        return list(dict.fromkeys([*self.accept[own], *others]))


class NumberBlank(Model):
    """A blank for a number, computed from params and let, marked as a numeric answer is."""

    formula: FormulaText
    tolerance: StatedTolerance = DEFAULT_TOLERANCE
    show: ShownDigits = "3sf"
    unit: Text | None = None
    units: Literal["convert", "exact", "none"] = "convert"
    say: Text | None = None


Blank = Annotated[
    Annotated[WordBlank, Tag("accept")] | Annotated[NumberBlank, Tag("formula")],
    by_key(("accept", "formula")),
]


class Cloze(ItemFields):
    """A text with blanks ``[[name]]``; those of ``unordered`` may be filled in any order."""

    question_key: ClassVar[str] = "text"
    kind: Literal["cloze"]
    text: Text
    blanks: Annotated[dict[BlankName, Blank], Field(min_length=1, max_length=12)]
    unordered: Annotated[list[BlankName], Field(min_length=2)] | None = None

    @model_validator(mode="after")
    def _unordered_are_blanks_once(self) -> "Cloze":
        group = self.unordered or []
        unknown = next((name for name in group if name not in self.blanks), None)
        if unknown is not None:
            raise UnfitError(
                told("'unordered' names '{unknown}', which is not among 'blanks'", unknown=unknown),
                told("add it to 'blanks', or take it out of 'unordered'"),
            )
        if len(set(group)) != len(group):
            raise UnfitError(told("'unordered' names a blank twice"), told("name it once"))
        return self
