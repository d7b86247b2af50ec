"""The JSON Schema of a pack's file, walked to a cursor: which keys and words may stand there."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from studytool.authoring.cursor import Level
from studytool.packs.json_schema import FORMULA_LENGTH, schema_text

_Node = Mapping[str, Any]


def keys_at(schema: str, levels: Sequence[Level]) -> dict[str, str]:
    """Return the keys that may still be written in a mapping, each with the model that has it.

    Args:
        schema: its name: pack, items, claims or experiments.
        levels: the mappings around the cursor.
    """
    found: dict[str, str] = {}
    for node in _mappings(schema, levels):
        for key in node.get("properties", {}):
            if key not in levels[-1].beside:
                found.setdefault(key, str(node.get("title", "")))
    return found


def words_at(schema: str, levels: Sequence[Level], key: str) -> list[str]:
    """Return the words that may stand behind a key, where there are only some."""
    listed = (
        node.get("enum", [node["const"]] if "const" in node else [])
        for node in _values(schema, levels, key)
    )
    return list(dict.fromkeys(str(word) for words in listed for word in words))


def is_formula(schema: str, levels: Sequence[Level], key: str) -> bool:
    """Tell whether a formula stands behind a key."""
    return any(one.get("maxLength") == FORMULA_LENGTH for one in _values(schema, levels, key))


def _values(schema: str, levels: Sequence[Level], key: str) -> list[_Node]:
    whole = _schema(schema)
    return [one for node in _mappings(schema, levels) for one in _step(whole, node, key)]


def _mappings(schema: str, levels: Sequence[Level]) -> list[_Node]:
    """Return what the innermost mapping may be: of several, those that fit what is written."""
    whole = _schema(schema)
    nodes = list(_parts(whole, whole))
    for number, level in enumerate(levels):
        if number:
            nodes = [part for node in nodes for part in _step(whole, node, level.key)]
        marks = [_fitness(whole, node, level.beside) for node in nodes]
        nodes = [node for node, mark in zip(nodes, marks, strict=True) if mark == max(marks)]
    return nodes


def _fitness(whole: _Node, node: _Node, beside: Mapping[str, str]) -> tuple[int, int]:
    """Return how well a mapping fits what is written: words that it may not have, and its keys."""
    properties = node.get("properties", {})
    refused = 0
    for key, value in beside.items():
        parts = list(_parts(whole, properties.get(key, {})))
        words = [part["const"] for part in parts if "const" in part]
        refused += bool(words and value and value not in words)
    return -refused, sum(key in properties for key in beside)


def _step(whole: _Node, node: _Node, key: str) -> Iterator[_Node]:
    """Return what may stand behind a key; of a list its elements."""
    if key in node.get("properties", {}):
        yield from _parts(whole, node["properties"][key])
    for pattern, inside in node.get("patternProperties", {}).items():
        if re.search(pattern, key):
            yield from _parts(whole, inside)
    if isinstance(node.get("additionalProperties"), dict):
        yield from _parts(whole, node["additionalProperties"])


def _parts(whole: _Node, node: _Node) -> Iterator[_Node]:
    """Return the alternatives of a node, without references, lists taken for their elements."""
    if "$ref" in node:
        yield from _parts(whole, whole["$defs"][node["$ref"].rpartition("/")[2]])
    elif node.get("type") == "array":
        for inside in (node.get("items"), *node.get("prefixItems", ())):
            yield from _parts(whole, inside) if isinstance(inside, dict) else ()
    elif alternatives := node.get("anyOf") or node.get("oneOf"):
        for one in alternatives:
            yield from _parts(whole, one)
    else:
        yield node


@cache
def _schema(name: str) -> _Node:
    read: _Node = json.loads(schema_text(name))
    return read
