"""What a worker elsewhere returned: taken for a finding only where its whole shape is that of one."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from studytool.verification.evidence import Evidence
from studytool.verification.problems import StrangeAnswer
from studytool.verification.tasks import VerificationTask, not_run


def returned_finding(task: VerificationTask, found: object) -> Evidence:
    """Return what was found of a task; undecided where it is no finding, or of something else."""
    if isinstance(found, Evidence) and _fits(found, Evidence) and _is_of(task, found):
        return found
    return not_run(task, StrangeAnswer())


def _is_of(task: VerificationTask, found: Evidence) -> bool:
    asked = (task.what.id, task.standing, task.seed, task.what.revision)
    return (found.id, found.standing, found.seed, found.revision) == asked


def _fits(value: object, hint: Any) -> bool:
    """Tell whether a value is of a type, whatever it holds too."""
    inner = get_args(hint)
    match get_origin(hint):
        case origin if origin in {Union, UnionType}:
            return any(_fits(value, one) for one in inner)
        case origin if origin is tuple:
            return isinstance(value, tuple) and _fit_all(value, inner)
        case origin if origin is Mapping:
            pairs = value.items() if isinstance(value, Mapping) else [(None, None)]
            return all(_fits(key, inner[0]) and _fits(one, inner[1]) for key, one in pairs)
    if is_dataclass(hint):
        return type(value) is hint and all(
            _fits(getattr(value, name, None), of) for name, of in _hints(hint)
        )
    if hint is float:
        return isinstance(value, float | int) and not isinstance(value, bool)
    return isinstance(value, hint) and (hint is bool or not isinstance(value, bool))


def _fit_all(values: tuple[object, ...], inner: tuple[Any, ...]) -> bool:
    if inner[1:] == (...,):
        return all(_fits(one, inner[0]) for one in values)
    return len(values) == len(inner) and all(map(_fits, values, inner))


@cache
def _hints(kind: type) -> tuple[tuple[str, Any], ...]:
    known = get_type_hints(kind)
    return tuple((one.name, known[one.name]) for one in fields(kind))
