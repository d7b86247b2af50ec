"""From a document's plain values to the models; every pydantic error becomes a diagnostic."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from studytool.packs import models
from studytool.packs.diagnostics import Diagnostic
from studytool.packs.yaml_reader import Document, Path, Value

_KEYS = sorted(
    {
        field.alias or name
        for model in vars(models).values()
        if isinstance(model, type) and issubclass(model, BaseModel)
        for name, field in model.model_fields.items()
        if name != "root"
    }
)


def validate(
    adapter: TypeAdapter[Any], document: Document, path: Path
) -> tuple[Any, list[Diagnostic]]:
    """Make the value at ``path`` a model, or say with its place everything that it lacks."""
    value = _at(document.value, path)
    try:
        return adapter.validate_python(value), []
    except ValidationError as invalid:
        errors = invalid.errors(include_url=False)
        return None, [_diagnostic(document, path, value, error) for error in errors]


def _at(value: Value, path: Path) -> Any:
    part: Any = value
    for step in path:
        part = part[step]
    return part


def _diagnostic(document: Document, path: Path, value: Any, error: ErrorDetails) -> Diagnostic:
    inside, missed = _resolve(value, error["loc"])
    where = (*path, *inside)
    kind = error["type"]
    if kind == "extra_forbidden":
        key = str(error["loc"][-1])
        message, help_ = f"unknown key '{key}'", _did_you_mean(key, _KEYS)
        return Diagnostic(
            "E201", document.key_places.get(where, document.place(where)), message, help_
        )
    if kind == "missing":
        return Diagnostic("E202", document.place(where), f"'{missed}' is missing")
    if kind in ("union_tag_invalid", "literal_error", "enum"):
        return _unknown_word(document, (*where, *_discriminator(error)), error)
    if kind == "union_tag_not_found":
        return Diagnostic(
            "E202",
            document.place(where),
            "'kind' is missing",
            "card, cloze, choice, prediction or numeric",
        )
    return Diagnostic("E204", document.place(where), _sentence(error, inside))


def _discriminator(error: ErrorDetails) -> tuple[str, ...]:
    name = (error.get("ctx") or {}).get("discriminator")
    return () if name is None else (str(name).strip("'"),)


def _unknown_word(document: Document, where: Path, error: ErrorDetails) -> Diagnostic:
    context: Mapping[str, Any] = error.get("ctx") or {}
    expected = re.findall(
        r"'([^']*)'", str(context.get("expected_tags", context.get("expected", "")))
    )
    given = str(context.get("tag", error["input"]))
    name = "kind" if "tag" in context else str(where[-1]) if where else "value"
    message = f"unknown {name} '{given}'"
    help_ = _did_you_mean(given, expected) or f"one of {', '.join(expected)}"
    return Diagnostic("E203", document.place(where), message, help_)


def _resolve(plain: Any, location: tuple[int | str, ...]) -> tuple[Path, str]:
    """Follow pydantic's location through the plain values, past the names of union members."""
    path: list[str | int] = []
    missed = ""
    value = plain
    for step in location:
        if (isinstance(value, dict) and step in value) or (
            isinstance(step, int) and isinstance(value, list) and step < len(value)
        ):
            value = value[step]  # type: ignore[index] # a dict with the key, or a list
            path.append(step)
        else:
            missed = str(step)
    return tuple(path), missed


def _sentence(error: ErrorDetails, inside: Path) -> str:
    text = error["msg"].removeprefix("Value error, ")
    names = [str(step) for step in inside if isinstance(step, str)]
    return f"{names[-1]}: {text}" if names else text


def _did_you_mean(word: str, known: list[str]) -> str:
    near = get_close_matches(word, known, n=1)
    return f"did you mean '{near[0]}'?" if near else ""
