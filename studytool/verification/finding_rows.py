"""Findings as rows of JSON, so that a later run can take them up whole."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any, get_args

from studytool.language import LANGUAGES, Message, in_both
from studytool.numerics.estimate import Doubt, Estimate
from studytool.numerics.intervals import Basis, ConfidenceInterval
from studytool.numerics.tails import TailDiagnosis
from studytool.packs.evidence import Independence, Verdict
from studytool.verification.evidence import (
    ControlResult,
    Evidence,
    MeasuredQuantity,
    Relation,
)
from studytool.verification.problems import Problem

_RECORDS: Mapping[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        Evidence,
        MeasuredQuantity,
        ControlResult,
        Estimate,
        ConfidenceInterval,
        TailDiagnosis,
        *get_args(Problem),
    )
}
_CHOICES: Mapping[str, type[StrEnum]] = {
    kind.__name__: kind for kind in (Verdict, Relation, Independence, Basis, Doubt)
}
_MAPPING, _MESSAGE = "", "Message"


def finding_row(finding: Evidence) -> Any:
    """Return a finding as JSON keeps it; messages whole, in both languages.

    Raises:
        TypeError: it holds something that no row can.
    """
    return _row(finding)


def finding_of(row: Any) -> Evidence:
    """Read a finding as JSON keeps it.

    Raises:
        ValueError, TypeError, KeyError: the row is none of ours.
    """
    found = _value(row)
    if not isinstance(found, Evidence):
        raise TypeError
    return found


def _row(value: Any) -> Any:
    name = type(value).__name__
    if isinstance(value, StrEnum):
        return {name: value.value}
    if isinstance(value, Message):
        return {_MESSAGE: [value.text(language) for language in LANGUAGES]}
    if is_dataclass(value):
        return {name: [_row(getattr(value, one.name)) for one in fields(_RECORDS[name])]}
    if isinstance(value, tuple):
        return [_row(one) for one in value]
    if isinstance(value, Mapping):
        return {_MAPPING: {key: _row(one) for key, one in value.items()}}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError(name)


def _value(row: Any) -> Any:
    if isinstance(row, list):
        return tuple(map(_value, row))
    if not isinstance(row, dict):
        return row
    ((name, content),) = row.items()
    if name == _MAPPING:
        return {key: _value(one) for key, one in content.items()}
    if name == _MESSAGE:
        return in_both(*content)
    if name in _CHOICES:
        return _CHOICES[name](content)
    return _RECORDS[name](*map(_value, content))
