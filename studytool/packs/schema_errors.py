"""The errors of a schema that one slip makes: those that would only repeat it are left out."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic_core import ErrorDetails

ErrorPath = tuple[int | str, ...]

_METHODS = ("sample", "also")


def own_errors(
    errors: Sequence[ErrorDetails],
) -> tuple[list[ErrorDetails], Mapping[ErrorPath, str]]:
    """Return the errors that say something of their own, and the key that each unknown key means.

    A key that is missing beside an unknown one is that key misspelt, or named otherwise, where it
    is near to it or where there is but one of each.
    """
    meant: dict[ErrorPath, str] = {}
    unknown, missing = _by_mapping(errors, "extra_forbidden"), _by_mapping(errors, "missing")
    for mapping, keys in unknown.items():
        for key, wanted in _pairs(keys, missing.get(mapping, [])):
            meant[*mapping, key] = wanted
    found = {(*location[:-1], wanted) for location, wanted in meant.items()}
    kept = [one for one in errors if one["type"] != "missing" or one["loc"] not in found]
    return _without_other_methods(kept), meant


def _by_mapping(errors: Sequence[ErrorDetails], kind: str) -> Mapping[ErrorPath, list[str]]:
    of_mapping: defaultdict[ErrorPath, list[str]] = defaultdict(list)
    for error in errors:
        if error["type"] == kind and error["loc"]:
            of_mapping[error["loc"][:-1]].append(str(error["loc"][-1]))
    return of_mapping


def _pairs(unknown: Sequence[str], missing: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Return each unknown key with the missing one that it stands for."""
    left, wanted = list(unknown), list(missing)
    for key in unknown:
        if near := get_close_matches(key.casefold(), wanted, n=1):
            left.remove(key)
            wanted.remove(near[0])
            yield key, near[0]
    if len(left) == len(wanted) == 1:
        yield left[0], wanted[0]


def _without_other_methods(errors: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """Leave one error of a mapping that is another way to try a number than the one wanted there."""
    others = {
        error["loc"][:-1]
        for error in errors
        if error["type"] == "extra_forbidden" and last_step(error) in _METHODS
    }
    return [
        error for error in errors if error["loc"][:-1] not in others or last_step(error) in _METHODS
    ]


def last_step(error: ErrorDetails) -> str:
    """Return the last step to the value of an error."""
    return str(error["loc"][-1]) if error["loc"] else ""


def alternative_to(key: str, beside: Mapping[str, Any]) -> str | None:
    """Return the key beside one that excludes it.

    >>> alternative_to("formula", {"formula": "2*n", "accept": ["4"]})
    'accept'
    """
    for group in _ALTERNATIVES:
        if key in group:
            return next((one for one in group if one != key and one in beside), None)
    return None


def meant_alternative(
    tags: Sequence[str], beside: Mapping[str, Any], known: Collection[str]
) -> tuple[str, str] | None:
    """Return the unknown key of a mapping that is nearly one of those it must have, and that one."""
    for key in beside:
        near = [] if key in known else get_close_matches(str(key).casefold(), tags, n=1)
        if near:
            return str(key), near[0]
    return None


_ALTERNATIVES = (
    ("accept", "formula"),
    ("choice", "integers", "uniform", "loguniform", "table"),
    ("factor", "abs"),
    ("log", "linear"),
    ("experiment", "sample", "also"),
    ("expect", "greater"),
)
"""Keys of which a mapping has exactly one."""
