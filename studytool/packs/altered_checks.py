"""The formulas within the checks of a claim or item, and another one in the place of each."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from studytool.formula.limits import MAX_CHARACTERS
from studytool.packs.claims import Claim
from studytool.packs.items import Item
from studytool.packs.methods import Measurement, SampleCheck, SecondFormula
from studytool.packs.model import Model

FieldPath = tuple[str | int, ...]
"""Where a formula stands, by keys and places in lists: ``("checks", 0, "by", "also")``."""
_What = TypeVar("_What", bound=Claim | Item)

_NO_CHECK = frozenset({"controls", "misconceptions", "own", "expect", "require", "tests", "given"})
"""What is altered elsewhere, is a wrong statement by design, or says where a check is made."""
_ONE = frozenset({"sample", "over", "also", "margin", "when"})
_SEVERAL = {SampleCheck: ("let",), SecondFormula: ("let",), Measurement: ("with_",)}


def check_formulas(what: Claim | Item) -> Iterator[tuple[FieldPath, str]]:
    """Return each formula by which a claim or item is tried, with its place."""
    yield from _found(what, ())


def _found(value: Any, path: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    match value:
        case Model():
            for key in type(value).model_fields:
                if key not in _NO_CHECK:
                    yield from _in_field(value, key, path)
        case Mapping():
            for key, inner in value.items():
                yield from _found(inner, (*path, key))
        case list() | tuple():
            for place, inner in enumerate(value):
                yield from _found(inner, (*path, place))
        case _:
            pass


def _in_field(model: Model, key: str, path: FieldPath) -> Iterator[tuple[FieldPath, str]]:
    inner, where = getattr(model, key), (*path, key)
    if key in _ONE and isinstance(inner, str):
        yield where, inner
    elif key in _SEVERAL.get(type(model), ()):
        yield from (((*where, name), text) for name, text in inner.items())
    else:
        yield from _found(inner, where)


def part_at(what: Any, path: FieldPath) -> Any:
    """Return what stands at a place."""
    for step in path:
        what = getattr(what, str(step)) if isinstance(what, Model) else what[step]
    return what


def with_check_formula(what: _What, path: FieldPath, text: str) -> _What | None:
    """Put another formula in its place; None where it is too long to be one."""
    changed: _What = _replaced(what, path, text)
    return changed if len(text) <= MAX_CHARACTERS else None


def _replaced(value: Any, path: FieldPath, text: str) -> Any:
    if not path:
        return text
    step, rest = path[0], path[1:]
    if isinstance(value, Model):
        return value.model_copy(
            update={str(step): _replaced(getattr(value, str(step)), rest, text)}
        )
    if isinstance(value, Mapping):
        return {**value, step: _replaced(value[step], rest, text)}
    changed = [
        _replaced(one, rest, text) if place == step else one for place, one in enumerate(value)
    ]
    return type(value)(changed)
