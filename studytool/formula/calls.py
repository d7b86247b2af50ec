"""Check a call against the tables: the name, the arguments, the keywords, the list of sizes."""

from dataclasses import dataclass

from studytool.errors import FormulaError
from studytool.formula import refusals
from studytool.formula.draws import DRAWS
from studytool.formula.functions import (
    FUNCTIONS,
    draw_signature,
    function_of,
    signature,
)
from studytool.formula.hints import hint_for
from studytool.formula.kinds import Function, Reduction
from studytool.formula.tree import Call


@dataclass(frozen=True, slots=True)
class CallOutline:
    """What is seen of a call before its arguments are read.

    Attributes:
        arguments: how many, the list of sizes aside.
        is_draw: whether it ends with a list of sizes.
    """

    name: str
    column: int
    arguments: int
    is_draw: bool


def check_name(call: CallOutline, *, may_draw: bool) -> None:
    """Refuse a call of a function that there is not, or a draw where none is allowed.

    Raises:
        FormulaError: says what to write, where that is known.
    """
    if call.name in DRAWS and (call.is_draw or call.name not in FUNCTIONS):
        if not call.is_draw and (hint := hint_for(call.name, call.arguments, is_draw=False)):
            raise FormulaError(hint.phrase, call.column, **hint.fields)
        if not may_draw:
            raise FormulaError(refusals.DRAWS, call.column, name=call.name)
    elif call.name not in FUNCTIONS:
        hint = hint_for(call.name, call.arguments, is_draw=call.is_draw)
        hint = hint or refusals.NO_FUNCTION.of(name=call.name)
        raise FormulaError(hint.phrase, call.column, **hint.fields)


def check_call(call: Call) -> None:
    """Refuse a call with too few or many arguments, or a keyword that the function has not.

    Raises:
        FormulaError: names the call and what it takes.
    """
    is_draw = call.function in DRAWS and (call.shape is not None or call.function not in FUNCTIONS)
    takes = draw_signature(call.function) if is_draw else signature(call.function)
    if (call.shape is not None) != is_draw or not _fits(function_of(call), len(call.arguments)):
        raise FormulaError(refusals.CALL_IT_SO, call.column, signature=takes)
    function = function_of(call)
    allowed = function.keywords if isinstance(function, Reduction) else ()
    names = [name for name, _ in call.keywords]
    for name in names:
        if name not in allowed:
            raise FormulaError(
                refusals.NO_ARGUMENT,
                call.column,
                function=call.function,
                name=name,
                signature=takes,
            )
        if names.count(name) > 1:
            raise FormulaError(refusals.ARGUMENT_TWICE, call.column, name=name)


def _fits(function: Function, given: int) -> bool:
    if isinstance(function, Reduction) and function.arguments[-1] == "...":
        return given >= 1
    return given == len(function.arguments)
