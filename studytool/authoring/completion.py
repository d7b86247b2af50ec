"""What an author may mean at a cursor: keys, words, names of the pack and of the core."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from studytool.authoring.cursor import Cursor, cursor_at
from studytool.authoring.schema_walk import is_formula, keys_at, words_at
from studytool.formula.draws import DRAWS
from studytool.formula.functions import FUNCTIONS, draw_signature, signature
from studytool.language import Language
from studytool.numerics.closed_forms import CLOSED_FORMS
from studytool.numerics.experiment import Experiment
from studytool.numerics.registry import EXPERIMENTS
from studytool.packs.claims import Claim
from studytool.packs.own_experiments import made_experiment
from studytool.packs.reader import Reading

_OF_CLAIMS = frozenset({"claims", "claim", "because"})
_OF_CONCEPTS = frozenset({"concept", "requires"})


class SuggestionKind(StrEnum):
    """What a suggestion is, for the sign beside it."""

    KEY = "key"
    WORD = "word"
    CONCEPT = "concept"
    CLAIM = "claim"
    SOURCE = "source"
    EXPERIMENT = "experiment"
    QUANTITY = "quantity"
    PARAMETER = "parameter"
    FUNCTION = "function"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that may be written at the cursor.

    Attributes:
        about: a line that says what it is; of a key the model that has it.
    """

    text: str
    kind: SuggestionKind
    about: str = ""


def suggestions_at(
    reading: Reading, name: str, text: str, *, line: int, column: int, language: Language
) -> list[Suggestion]:
    """Return what may be written at a place of a file, both counted from 0.

    Args:
        reading: of the pack, as it could be read last.
        name: of the file in the pack.
        text: of it, as it stands in the editor.
        line: of the cursor.
        column: of the cursor.
        language: of what is said of each.
    """
    cursor, schema = cursor_at(text, line, column), schema_of(name)
    if cursor is None or schema is None:
        return []
    found = _Suggestions(reading, schema, cursor, language)
    return list({one.text: one for one in found.all()}.values())


def schema_of(name: str) -> str | None:
    """Return the name of the schema of a pack's file; None of another file."""
    if name == "pack.yaml":
        return "pack"
    part, _, file = name.partition("/")
    return part if part in ("items", "claims", "experiments") and file.endswith(".yaml") else None


def experiments_of(reading: Reading, language: Language) -> dict[str, Experiment[Any]]:
    """Return every experiment that a measurement of the pack may name."""
    own = {
        given.id: made_experiment(name, given, language)
        for name, given in reading.experiments.items()
    }
    return {**own, **EXPERIMENTS}


@dataclass(frozen=True, slots=True)
class _Suggestions:
    reading: Reading
    schema: str
    cursor: Cursor
    language: Language

    def all(self) -> Iterator[Suggestion]:
        cursor = self.cursor
        if cursor.key is None:
            if cursor.levels[-1].key == "with":
                yield from self._parameters()
            for key, model in keys_at(self.schema, cursor.levels).items():
                yield Suggestion(key, SuggestionKind.KEY, model)
            return
        for word in words_at(self.schema, cursor.levels, cursor.key):
            yield Suggestion(word, SuggestionKind.WORD)
        yield from self._named(cursor.key)
        if is_formula(self.schema, cursor.levels, cursor.key):
            yield from _functions()
            yield from self._names()

    def _named(self, key: str) -> Iterator[Suggestion]:
        """Return what the pack or the core has of the kind that a key names."""
        if key in _OF_CONCEPTS:
            yield from self._concepts()
        elif key in _OF_CLAIMS:
            yield from self._claims()
        elif key == "ref":
            yield from self._sources()
        elif key == "experiment":
            for name, one in experiments_of(self.reading, self.language).items():
                yield Suggestion(name, SuggestionKind.EXPERIMENT, one.doc)
        elif key == "quantity":
            measured = self._measured(self.cursor.beside)
            for quantity in () if measured is None else measured.quantities:
                yield Suggestion(quantity.name, SuggestionKind.QUANTITY, quantity.doc)

    def _concepts(self) -> Iterator[Suggestion]:
        manifest = self.reading.manifest
        for one in () if manifest is None else manifest.concepts:
            yield Suggestion(one.id, SuggestionKind.CONCEPT, one.title.text(self.language))

    def _sources(self) -> Iterator[Suggestion]:
        manifest = self.reading.manifest
        for one in () if manifest is None else manifest.sources:
            yield Suggestion(one.id, SuggestionKind.SOURCE, one.citation)

    def _claims(self) -> Iterator[Suggestion]:
        for located in self.reading.entries:
            if isinstance(located.value, Claim):
                said = located.value.statement.text(self.language)
                yield Suggestion(located.value.id, SuggestionKind.CLAIM, said)

    def _measured(self, beside: Mapping[str, str]) -> Experiment[Any] | None:
        name = beside.get("experiment", "").strip("'\"").rpartition("/")[2]
        return experiments_of(self.reading, self.language).get(name)

    def _parameters(self) -> Iterator[Suggestion]:
        levels = self.cursor.levels
        experiment = self._measured(levels[-2].beside) if len(levels) > 1 else None
        for one in () if experiment is None else experiment.parameters:
            if one.name not in self.cursor.beside:
                yield Suggestion(one.name, SuggestionKind.PARAMETER, one.doc)

    def _names(self) -> Iterator[Suggestion]:
        """Return the names of the entry, as far as it could be read last."""
        id_ = self.cursor.levels[0].beside.get("id")
        for located in self.reading.entries:
            if located.value.id == id_:
                for part in ("params", "let", "state", "measure"):
                    for name in getattr(located.value, part, None) or ():
                        yield Suggestion(name, SuggestionKind.NAME, part)


def _functions() -> Iterator[Suggestion]:
    for name in CLOSED_FORMS:
        yield Suggestion(
            name, SuggestionKind.FUNCTION, f"{signature(name)}: {CLOSED_FORMS[name].doc}"
        )
    for name, function in FUNCTIONS.items():
        if name not in CLOSED_FORMS:
            yield Suggestion(name, SuggestionKind.FUNCTION, f"{signature(name)}: {function.doc}")
    for name, draw in DRAWS.items():
        yield Suggestion(name, SuggestionKind.FUNCTION, f"{draw_signature(name)}: {draw.doc}")
