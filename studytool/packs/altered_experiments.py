"""Another formula in an experiment of a pack, and another experiment in what measures it."""

import json
from collections.abc import Iterator
from typing import Any, TypeVar

from studytool.formula.limits import MAX_CHARACTERS
from studytool.packs.claims import Claim
from studytool.packs.experiments import PackExperiment
from studytool.packs.items import Item
from studytool.packs.methods import Measurement
from studytool.packs.model import Model

_Part = tuple[str, ...]
_What = TypeVar("_What", bound=Claim | Item)


def formulas_of(given: PackExperiment) -> Iterator[tuple[_Part, str]]:
    """Return what an experiment computes, with its place; closed forms are only shown beside it."""
    for key in ("let", "state", "step"):
        for name, text in getattr(given, key).items():
            yield (key, name), text
    if given.repeat is not None:
        yield ("repeat",), given.repeat
    for name, one in given.measure.items():
        yield ("measure", name, "value"), one.value
        if one.over is not None:
            yield ("measure", name, "over"), one.over


def with_formula(given: PackExperiment, part: _Part, text: str) -> PackExperiment | None:
    """Put another formula in its place; None where it is too long to be one."""
    whole: dict[str, Any] = json.loads(given.text)
    inner = whole
    for key in part[:-1]:
        inner = inner[key]
    inner[part[-1]] = text
    return PackExperiment.model_validate(whole) if len(text) <= MAX_CHARACTERS else None


def with_experiment(what: _What, name: str, other: PackExperiment) -> _What:
    """Put another experiment into everything of a claim or item that measures that name."""
    changed: _What = _replaced(what, name, other)
    return changed


def measures(value: Any, name: str) -> bool:
    """Tell whether a claim or item, or a part of one, measures an experiment of that name."""
    match value:
        case Measurement(own=own) if own is not None:
            return bool(value.experiment == name)
        case Model():
            return any(measures(getattr(value, key), name) for key in type(value).model_fields)
        case dict():
            return any(measures(one, name) for one in value.values())
        case list() | tuple():
            return any(measures(one, name) for one in value)
        case _:
            return False


def _replaced(value: Any, name: str, other: PackExperiment) -> Any:
    """Put another experiment into every measurement of that name; what has none stays as it is."""
    match value:
        case Measurement(own=own) if own is not None:
            return value.model_copy(update={"own": other}) if value.experiment == name else value
        case Model():
            fields = {key: getattr(value, key) for key in type(value).model_fields}
            new = {key: _replaced(one, name, other) for key, one in fields.items()}
            update = {key: one for key, one in new.items() if one is not fields[key]}
            return value.model_copy(update=update) if update else value
        case dict():
            pairs = {key: _replaced(one, name, other) for key, one in value.items()}
            return pairs if any(pairs[key] is not value[key] for key in value) else value
        case list() | tuple():
            parts = type(value)(_replaced(one, name, other) for one in value)
            is_same = all(new is old for new, old in zip(parts, value, strict=True))
            return value if is_same else parts
        case _:
            return value
