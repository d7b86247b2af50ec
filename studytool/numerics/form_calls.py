"""The record of the closed forms that a computation called, with the numbers that they gave."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import ParamSpec

import numpy as np

from studytool.numerics.arrays import Operand

_Arguments = ParamSpec("_Arguments")

MOST_VALUES = 4_096
"""Different numbers that are kept of one form; a schedule of more steps keeps the first of them."""


@dataclass(slots=True)
class FormCalls:
    """The closed forms called while it was kept: by name, the single numbers that each gave.

    A form that only gave arrays stands there without a number.
    """

    values: dict[str, set[float]] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """Return the names of the forms that were called."""
        return frozenset(self.values)

    def add(self, name: str, value: Operand) -> None:
        """Keep one call."""
        kept = self.values.setdefault(name, set())
        if np.ndim(value) == 0 and len(kept) < MOST_VALUES:
            kept.add(float(value))


_kept: ContextVar[tuple[FormCalls, ...]] = ContextVar("form_calls", default=())


@contextmanager
def record_forms() -> Iterator[FormCalls]:
    """Record the forms called inside, also by the core's experiments; records may be nested.

    >>> from studytool.numerics.closed_forms import he_limit
    >>> with record_forms() as calls:
    ...     limit = he_limit(6)
    >>> sorted(calls.values.items())
    [('he_limit', {1.0}), ('he_variance', {0.3333333333333333})]
    """
    calls = FormCalls()
    before = _kept.set((*_kept.get(), calls))
    try:
        yield calls
    finally:
        _kept.reset(before)


def recorded(function: Callable[_Arguments, Operand]) -> Callable[_Arguments, Operand]:
    """Make a form tell every record that is being kept that it was called."""
    name = function.__name__

    @wraps(function)
    def called(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> Operand:
        value = function(*args, **kwargs)
        for calls in _kept.get():
            calls.add(name, value)
        return value

    return called
