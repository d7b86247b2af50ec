"""A value out of JSON held against the type that the program declares for it."""

from collections.abc import Iterator, Mapping
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)


def typed_dicts(kind: Any) -> Iterator[type]:
    """Yield every object type that ``kind`` is made of, itself among them."""
    if is_typeddict(kind):
        yield kind
        for inner in get_type_hints(kind, include_extras=True).values():
            yield from typed_dicts(inner)
    else:
        for part in get_args(kind):
            yield from typed_dicts(part)


def fits(kind: Any, value: Any, place: str = "") -> Iterator[type]:
    """Yield the object types met in ``value``; fail where it is not as ``kind`` says."""
    origin, parts = get_origin(kind), get_args(kind)
    if is_typeddict(kind):
        yield kind
        yield from _members(kind, value, place)
    elif origin is Annotated:
        _hold_note(parts[1], value, place)
        yield from fits(parts[0], value, place)
    elif origin is NotRequired:
        yield from fits(parts[0], value, place)
    elif origin in {UnionType, Union}:
        yield from _one_of(parts, value, place)
    elif origin is None:
        _hold_plain(kind, value, place)
    else:
        yield from _elements(origin, parts[-1], value, place)


def _elements(origin: Any, kind: Any, value: Any, place: str) -> Iterator[type]:
    """Hold the elements of a list, or of an object of any names."""
    if origin is list:
        assert isinstance(value, list), f"{place} is no list: {value!r}"
    else:
        assert origin in {dict, Mapping}
        assert isinstance(value, dict), f"{place} is no object: {value!r}"
    for one in value.values() if isinstance(value, dict) else value:
        yield from fits(kind, one, f"{place}[]")


def _hold_note(note: Any, value: Any, place: str) -> None:
    """A note is the words that may stand, or says what kind of text it is."""
    assert not isinstance(note, tuple) or value in note, f"{place} = {value!r} is none of {note}"


def _hold_plain(kind: Any, value: Any, place: str) -> None:
    if kind is Any:
        return
    if kind is float:
        assert isinstance(value, int | float), f"{place} is no number: {value!r}"
    else:
        assert isinstance(value, kind), f"{place} is no {kind.__name__}: {value!r}"
    assert kind is bool or not isinstance(value, bool), f"{place} is a bool: {value!r}"


def _one_of(kinds: tuple[Any, ...], value: Any, place: str) -> Iterator[type]:
    if value is None:
        assert NoneType in kinds, f"{place} is null"
        return
    told = []
    for kind in kinds:
        if kind is NoneType:
            continue
        try:
            met = list(fits(kind, value, place))
        except AssertionError as error:
            told.append(str(error))
        else:
            yield from met
            return
    raise AssertionError("; ".join(told))


def _members(kind: Any, value: Any, place: str) -> Iterator[type]:
    assert isinstance(value, dict), f"{place} is no object: {value!r}"
    hints = get_type_hints(kind, include_extras=True)
    needed = {name for name, one in hints.items() if get_origin(one) is not NotRequired}
    assert needed <= value.keys() <= hints.keys(), (place, needed ^ value.keys())
    for name, one in value.items():
        yield from fits(hints[name], one, f"{place}.{name}")
