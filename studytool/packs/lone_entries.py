"""Numbers without a key inside braces: a list without its brackets, or a number cut by its comma."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from studytool.language import Message
from studytool.packs.telling import told

_LONE = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)? ?%?\)?")
_TENTHS = re.compile(r"[0-9]+ ?%?")
"""What is left of a number behind its decimal comma."""
_THOUSANDS = re.compile(r"[0-9]{3}")
_OF_LISTS = frozenset({"choice", "integers", "uniform", "loguniform", "log", "linear"})
"""Keys whose value is a list of numbers."""


class LoneEntry(NamedTuple):
    """A number where a key stands, its place, and whether only a comma parts it from digits."""

    text: str
    line: int
    column: int
    is_joined: bool


class LoneNumbers(NamedTuple):
    """What is said of a run of lone numbers; ``at_value`` where the value before it is at fault."""

    code: str
    says: Message
    remedy: Message
    at_value: bool


def is_lone(key: str) -> bool:
    """Tell whether a key without a value is a number.

    >>> [is_lone(key) for key in ("3", "2.5)", "02 %", "n", "3x")]
    [True, True, True, False, False]
    """
    return _LONE.fullmatch(key) is not None


def explain_lone(run: Sequence[LoneEntry], mapping: Mapping[str, object]) -> LoneNumbers:
    """Say what a run of lone numbers behind the entries of a mapping is."""
    texts = [entry.text for entry in run]
    last = next(reversed(list(mapping)), None)
    if last is None:
        listed = ", ".join(texts)
        remedy = told("write [{listed}]; of a parameter, {{choice: [{listed}]}}", listed=listed)
        return LoneNumbers("E116", told("numbers without a key"), remedy, at_value=True)
    value = mapping[last]
    if last in _OF_LISTS and isinstance(value, int | float | str):
        listed = ", ".join([str(value).lstrip("("), *texts[:-1], texts[-1].rstrip(")")])
        why = told("the list of '{key}' has no brackets", key=last)
        return LoneNumbers("E204", why, told("write [{listed}]", listed=listed), at_value=True)
    if _is_number(value) and all(entry.is_joined for entry in run):
        if len(run) == 1 and _TENTHS.fullmatch(texts[0]):
            why = told("'{whole},{tenths}' has a decimal comma", whole=value, tenths=texts[0])
            remedy = told("write {whole}.{tenths}", whole=value, tenths=texts[0])
            return LoneNumbers("E117", why, remedy, at_value=True)
        if all(_THOUSANDS.fullmatch(text) for text in texts):
            number = "".join([str(value), *texts])
            remedy = told("write {plain}", plain=number)
            return LoneNumbers("E117", told("commas inside a number"), remedy, at_value=True)
    why = told("the key {key} is not text", key=texts[0])
    remedy = told("put it in quotes; inside {{...}}, so must be a text that contains a comma")
    return LoneNumbers("E116", why, remedy, at_value=False)


def _is_number(value: object) -> bool:
    return type(value) in (int, float)
