"""Check a call against the table of functions: the name, the arguments, the keywords, the shape."""

from difflib import get_close_matches

from studytool.errors import FormulaError
from studytool.formula import refusals
from studytool.formula.functions import FUNCTIONS, Draw, Function, Reduction, signature
from studytool.formula.tree import Call


def find_function(name: str, column: int) -> Function:
    """Return a function by its name.

    Raises:
        FormulaError: there is none; names the nearest.
    """
    if function := FUNCTIONS.get(name):
        return function
    near = get_close_matches(name, FUNCTIONS, n=1)
    if near:
        raise FormulaError(refusals.NO_FUNCTION_BUT, column, name=name, near=near[0])
    raise FormulaError(refusals.NO_FUNCTION, column, name=name)


def check_call(function: Function, call: Call) -> None:
    """Refuse a call with too few or many arguments, or a keyword that the function has not.

    Raises:
        FormulaError: names the call and what it takes.
    """
    takes = signature(call.function)
    wanted, given = len(function.arguments), len(call.arguments)
    if isinstance(function, Reduction) and function.arguments[-1] == "...":
        fits = given >= 1
    else:
        fits = given == wanted
    if not fits or (call.shape is not None) != isinstance(function, Draw):
        raise FormulaError(refusals.CALL_IT_SO, call.column, signature=takes)
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
