"""The JSON keys as README writes them, and an answer of the program held against them.

``a {b, c}`` is an object, ``a [{b}]`` a list of objects, ``a/b {c}`` two with the same keys,
``a {name: value}`` an object of any names, ``a (where ...)`` a key that may lack, and other remarks
in brackets are for the reader.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

Shape: TypeAlias = "dict[str, Shape] | list[Shape] | None"
"""None is a value without keys; an empty dict an object of any names."""

_README = Path(__file__).parents[2] / "README.md"
_LIKE = re.compile(r"as (an entry of )?`(.+?)`, and (.*)", re.DOTALL)


def read_shapes() -> dict[str, dict[str, Shape]]:
    """Give what README says of each command's JSON."""
    section = _README.read_text("utf-8").partition("\nJSON keys")[2].partition("\n## ")[0]
    shapes: dict[str, dict[str, Shape]] = {}
    for entry in section.split("\n- `")[1:]:
        command, _, keys = entry.partition("`: ")
        base: dict[str, Shape] = {}
        if like := _LIKE.match(keys):
            one, other, keys = like.groups()
            base = shapes[other]
            if one:
                [[entry_shape]] = [shape for shape in base.values() if isinstance(shape, list)]
                assert isinstance(entry_shape, dict)
                base = entry_shape
        shapes[command] = base | _object(_tokens(keys))
    return shapes


def objects_within(shape: Shape, place: str = "") -> Iterator[str]:
    """Give the place of every object whose names are said."""
    if isinstance(shape, list):
        yield from objects_within(shape[0], f"{place}[]")
    elif shape:
        yield place
        for name, inner in shape.items():
            yield from objects_within(inner, f"{place}.{name.rstrip('?')}")


def hold_against(shape: Shape, value: Any, place: str = "") -> Iterator[str]:
    """Give the place of every object met in ``value``; all are as ``shape`` says."""
    if isinstance(shape, list):
        assert isinstance(value, list | None), f"{place} is no list"
        for one in value or []:
            yield from hold_against(shape[0], one, f"{place}[]")
    elif shape is None:
        assert not _has_objects(value), f"{place} has keys that README does not say"
    elif value is not None:
        assert isinstance(value, dict), f"{place} is no object"
        if shape:
            yield place
            yield from _members(shape, value, place)


def _members(shape: dict[str, Shape], value: dict[str, Any], place: str) -> Iterator[str]:
    needed = {name for name in shape if not name.endswith("?")}
    said = {name.rstrip("?"): inner for name, inner in shape.items()}
    assert needed <= value.keys() <= said.keys(), (place, needed ^ value.keys())
    for name, inner in value.items():
        yield from hold_against(said[name], inner, f"{place}.{name}")


def _has_objects(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(map(_has_objects, value)))


def _tokens(text: str) -> list[str]:
    text = re.sub(r"\s*\(where[^)]*\)", "?", text)
    text = re.sub(r"\([^)]*\)", "", text)
    return re.findall(r"\w+\??|[][{}/:,]", text)


def _object(tokens: list[str]) -> dict[str, Shape]:
    """Read names up to the bracket that closes, which is taken off."""
    members: dict[str, Shape] = {}
    names: list[str] = []
    while tokens and (token := tokens.pop(0)) != "}":
        if token == ":":
            while tokens.pop(0) != "}":
                pass
            return {}
        if token in "{[":
            members |= dict.fromkeys(names, _object(tokens) if token == "{" else _list(tokens))
        elif token == ",":
            names = []
        elif token != "/":
            names.append(token)
            members[token] = None
    return members


def _list(tokens: list[str]) -> Shape:
    inner: Shape = None
    while (token := tokens.pop(0)) != "]":
        if token == "{":
            inner = _object(tokens)
    return [inner]
