"""The core with one closed form that gives another number, wherever the program calls it."""

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import cast

import pytest

from studytool.formula import evaluate as evaluating
from studytool.formula.functions import FUNCTIONS
from studytool.formula.kinds import Elementwise
from studytool.formula.single_numbers import single_numbers
from studytool.numerics.arrays import Operand
from studytool.numerics.closed_forms import CLOSED_FORMS


def alter(monkeypatch: pytest.MonkeyPatch, name: str, factor: float) -> None:
    """Multiply what a closed form returns, in the core's modules and in formulas."""
    right = CLOSED_FORMS[name].function

    def wrong(*operands: Operand) -> Operand:
        return factor * right(*operands)

    for module in [one for one in sys.modules if one.startswith("studytool.numerics")]:
        if getattr(sys.modules[module], name, None) is right:
            monkeypatch.setattr(sys.modules[module], name, wrong)
    function = cast("Elementwise", FUNCTIONS[name])
    table = cast("dict[str, object]", FUNCTIONS)
    compile_anew(monkeypatch)
    monkeypatch.setitem(table, name, replace(function, apply=cast("Callable[..., Operand]", wrong)))


def compile_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no formula be computed as it was compiled with the right functions."""
    monkeypatch.setattr(evaluating, "single_numbers", single_numbers.__wrapped__)
