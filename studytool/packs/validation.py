"""From a document's plain values to the models; every pydantic error becomes a diagnostic."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from studytool.packs.diagnostics import Diagnostic
from studytool.packs.document import Document, Path
from studytool.packs.format_0 import became, missed_key
from studytool.packs.located import did_you_mean
from studytool.packs.model import Model
from studytool.packs.plain_numbers import number_remedy
from studytool.packs.text import PACK_LANGUAGES, is_language_tag


def every_model(model: type[Model]) -> Iterator[type[Model]]:
    """Return the models made from one, and those made from them."""
    for one in model.__subclasses__():
        yield one
        yield from every_model(one)


_KEYS_OF = {
    model.__name__: {field.alias or key for key, field in model.model_fields.items()}
    for model in every_model(Model)
}
_HELD_BY = {
    "answer": "AnswerKey",
    "tolerance": "StatedTolerance",
    "precision": "StatedPrecision",
    "estimate": "EstimateKey",
    "source": "Citation",
    "options": "Option",
    "outcomes": "PredictionOutcome",
    "things": "Thing",
    "misconceptions": "Misconception",
    "tests": "ItemTest",
    "concepts": "Concept",
    "sources": "Source",
    "glossary": "GlossaryEntry",
}
"""By a key, the one model that its value, or each entry of it, is."""
_PATTERNS = {
    "^[a-z0-9]+(-[a-z0-9]+)*$": "lower-case letters and digits, joined by single hyphens",
    "^[A-Za-z_][A-Za-z0-9_]*$": "a name: letters, digits and _, not beginning with a digit",
    "^(slip:)?[a-z0-9]+(-[a-z0-9]+)*$": "the id of a misconception, or a slip such as slip:sign",
    "^[A-Za-z0-9_-]+$": "a name: letters, digits, _ and -",
    r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$": "a language such as ko, en or pt-BR",
    r"^\d+\.\d+\.\d+$": "a version like 1.0.0",
    r"^https?://[^\s]+$": "a link that begins with http:// or https://",
    "^[1-9][0-9]?sf$|^[0-9][0-9]?dp$": "significant figures like 3sf or decimal places like 2dp",
    r"^notes(\.[A-Za-z0-9-]+)*\.md$": "a file beside pack.yaml, named like notes.ko.md",
}
_TYPES = {
    "string_type": ("a text is wanted", "put it in quotes"),
    "float_type": ("a number is wanted", "write it in digits, without quotes"),
    "int_type": ("a whole number is wanted", "write it in digits, without quotes"),
    "bool_type": ("true or false is wanted", "write true or false, without quotes"),
    "list_type": ("a list is wanted", "begin each entry with '- ', or write [a, b]"),
    "tuple_type": ("a list is wanted", "write [low, high]"),
    "dict_type": ("a mapping is wanted", "write 'key: value'"),
    "model_type": ("a mapping is wanted", "write 'key: value'"),
    "model_attributes_type": ("a mapping is wanted", "begin with '- id: ...'"),
}


def validate(
    adapter: TypeAdapter[Any], document: Document, path: Path, *, languages: Sequence[str] = ()
) -> tuple[Any, list[Diagnostic]]:
    """Make the value at ``path`` a model, or say with its place everything that it lacks.

    What the reading already refused is not reported again. ``languages`` are the pack's.
    """
    try:
        context = {PACK_LANGUAGES: languages}
        return adapter.validate_python(document.at(path), context=context), []
    except ValidationError as invalid:
        errors = _without_other_methods(_without_misspelt(invalid.errors(include_url=False)))
        found = (_diagnostic(document, path, error) for error in errors)
        return None, [diagnostic for diagnostic in found if diagnostic is not None]


def _without_misspelt(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """Leave out a missing key where an unknown key beside it is that key misspelt."""
    unknown = [error["loc"] for error in errors if error["type"] == "extra_forbidden"]
    return [
        error
        for error in errors
        if error["type"] != "missing"
        or not any(
            one[:-1] == error["loc"][:-1] and get_close_matches(str(one[-1]), [_last(error)], n=1)
            for one in unknown
        )
    ]


def _without_other_methods(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """Leave one error of a mapping that is another way to try a number than the one wanted there."""
    others = {
        error["loc"][:-1]
        for error in errors
        if error["type"] == "extra_forbidden" and _last(error) in ("sample", "also")
    }
    return [
        error
        for error in errors
        if error["loc"][:-1] not in others or _last(error) in ("sample", "also")
    ]


def _last(error: ErrorDetails) -> str:
    return str(error["loc"][-1]) if error["loc"] else ""


def _diagnostic(document: Document, path: Path, error: ErrorDetails) -> Diagnostic | None:
    inside, missed = _resolve(document.at(path), error["loc"])
    where = (*path, *inside)
    if document.is_refused(where):
        return None
    match error["type"]:
        case "extra_forbidden":
            return _unknown_key(document, where)
        case "missing" | "union_tag_not_found":
            return _missing(document, where, missed)
        case "union_tag_invalid" | "literal_error" | "enum":
            return _unknown_word(document, (*where, *_discriminator(error)), error)
        case _:
            torn = _torn_text(document, where) or _torn_text(document, where[:-1])
            return torn or _other(document, where, error)


def _unknown_key(document: Document, where: Path) -> Diagnostic:
    key = str(where[-1])
    beside = document.at(where[:-1])
    known = _keys_beside(beside, where[:-1])
    help_ = became(key, beside) or did_you_mean(key, known)
    help_ = help_ or f"keys here: {', '.join(sorted(known))}"
    return Diagnostic("E201", document.key_place(where), f"unknown key '{_short(key)}'", help_)


def _keys_beside(mapping: Mapping[str, Any], where: Path) -> set[str]:
    """Return the keys of the model that a mapping was most likely meant to be."""
    kind = str(mapping.get("kind", "")).capitalize()
    if where[-2:-1] == ("measure",):
        kind = "Measurement"
    held_by = next((step for step in reversed(where) if isinstance(step, str)), "")
    for name in (kind, _HELD_BY.get(held_by, "")):
        if name in _KEYS_OF:
            return _KEYS_OF[name]
    given = set(mapping)
    return max(_KEYS_OF.values(), key=lambda keys: (len(keys & given), -len(keys)))


def _missing(document: Document, where: Path, missed: tuple[int | str, ...]) -> Diagnostic:
    step = missed[-1] if missed else "kind"
    help_ = "kind: card, cloze, choice, order, numeric or prediction"
    if missed:
        beside = document.at(where)
        help_ = missed_key(str(step), beside) if isinstance(beside, dict) else ""
    what = f"'{step}'" if isinstance(step, str) else f"value {step + 1}"
    return Diagnostic("E202", document.place(where), f"{what} is missing", help_)


def _discriminator(error: ErrorDetails) -> tuple[str, ...]:
    name = (error.get("ctx") or {}).get("discriminator")
    return () if name is None else (str(name).strip("'"),)


def _unknown_word(document: Document, where: Path, error: ErrorDetails) -> Diagnostic:
    context: Mapping[str, Any] = error.get("ctx") or {}
    allowed = str(context.get("expected_tags", context.get("expected", "")))
    expected = re.findall(r"'([^']*)'", allowed) or [allowed]
    given = str(context.get("tag", error["input"]))
    name = next((str(step) for step in reversed(where) if isinstance(step, str)), "value")
    help_ = did_you_mean(given, expected) or f"one of {', '.join(expected)}"
    return Diagnostic("E203", document.place(where), f"unknown {name} '{_short(given)}'", help_)


def _torn_text(document: Document, where: Path) -> Diagnostic | None:
    """Find the commonest slip of all: ``{en: one, two}``, where the comma ends the text."""
    mapping = document.at(where)
    if not isinstance(mapping, dict) or not is_language_tag(next(iter(mapping), "")):
        return None
    torn = next((key for key in list(mapping)[1:] if mapping[key] is None), None)
    if torn is None:
        return None
    why = f"the text before '{_short(torn)}' ends at its comma"
    help_ = "inside {...}, put a text that contains a comma in quotes"
    return Diagnostic("E206", document.key_place((*where, torn)), why, help_)


def _other(document: Document, where: Path, error: ErrorDetails) -> Diagnostic:
    message, help_ = _sentence(error)
    name = next((f"{step}: " for step in reversed(where) if isinstance(step, str)), "")
    message = message if message.startswith(name) else name + message
    return Diagnostic("E204", document.place(where), message, help_)


def _sentence(error: ErrorDetails) -> tuple[str, str]:
    kind = error["type"]
    if error["loc"][-1:] == ("version",) and kind in ("string_type", "string_pattern_mismatch"):
        return f"{error['input']} is no version", _version_remedy(str(error["input"]))
    if kind in ("float_type", "int_type"):
        return _TYPES[kind][0], number_remedy(error["input"], whole=kind == "int_type")
    if kind in _TYPES:
        return _TYPES[kind]
    if kind == "string_pattern_mismatch":
        wanted = _PATTERNS[(error.get("ctx") or {})["pattern"]]
        return f"'{_short(error['input'])}' is not {wanted}", ""
    text = error["msg"].removeprefix("Value error, ").replace(" after validation", "")
    text, _, help_ = text.partition("\n")
    return text[0].lower() + text[1:], help_


def _version_remedy(given: str) -> str:
    """Return how a version is written that is given as this.

    >>> _version_remedy("1.0"), _version_remedy("v2"), _version_remedy("first")
    ("write '1.0.0'", "write '2.0.0'", "write three numbers: '1.0.0'")
    """
    numbers = re.findall(r"[0-9]+", given)[:3]
    if not numbers:
        return "write three numbers: '1.0.0'"
    return f"write '{'.'.join([*numbers, *['0'] * (3 - len(numbers))])}'"


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _resolve(
    value: Any, location: tuple[int | str, ...]
) -> tuple[tuple[int | str, ...], tuple[int | str, ...]]:
    """Split pydantic's location into the path through the values, and the steps not found there.

    The names of union members stand in the location too; some of them are keys as well, so both
    readings are tried. The one that finds the last step wins, then the longer one.
    """
    if not location:
        return (), ()
    step, rest = location[0], location[1:]
    path, missed = _resolve(value, rest)
    skipped = (path, (step, *missed))
    if not _has(value, step):
        return skipped
    path, missed = _resolve(value[step], rest)
    taken = ((step, *path), missed)
    return max((taken, skipped), key=lambda one: (one[0][-1:] == location[-1:], len(one[0])))


def _has(value: Any, step: int | str) -> bool:
    if isinstance(value, dict):
        return step in value
    return isinstance(value, list) and isinstance(step, int) and step < len(value)
