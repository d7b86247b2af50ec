"""A checked tree as text: what is read back from it is the same tree, but for its columns."""

from studytool.formula.tree import (
    Call,
    Comparison,
    Conditional,
    Constant,
    FormulaNode,
    Name,
    Operation,
)

_CONDITIONAL, _OR, _AND, _NOT, _COMPARISON, _SUM, _PRODUCT, _SIGN, _POWER, _ATOM = range(10)
"""How tightly each binds, the loosest first, as the parser reads them."""
_BINARY = {"or": _OR, "and": _AND, "+": _SUM, "-": _SUM, "**": _POWER}
"""Of the operators with two sides; those of a product are all others."""


def text_of(node: FormulaNode) -> str:
    """Write a tree as a formula, with no more brackets than it needs.

    >>> from studytool.formula.parse import parse
    >>> text_of(parse("((a - (b + c))) * 2**-n").tree)
    '(a - (b + c)) * 2 ** -n'
    """
    match node:
        case Constant(value):
            return f"{value:.0f}" if value.is_integer() and value < 1e15 else repr(value)
        case Name(name):
            return name
        case Operation():
            return _operation(node)
        case Comparison(first, rest):
            pairs = (f"{operator} {_side(one, _SUM)}" for operator, one in rest)
            return " ".join((_side(first, _SUM), *pairs))
        case Conditional(condition, then, otherwise):
            return f"{_side(then, _OR)} if {_side(condition, _OR)} else {text_of(otherwise)}"
        case Call():
            return _call(node)


def _operation(node: Operation) -> str:
    level = _level(node)
    match node.operator, node.operands:
        case "not", (one,):
            return f"not {_side(one, _NOT)}"
        case sign, (one,):
            return f"{sign}{_side(one, _SIGN)}"
        case "**", (base, exponent):
            return f"{_side(base, _ATOM)} ** {_side(exponent, _SIGN)}"
        case operator, (left, right):
            return f"{_side(left, level)} {operator} {_side(right, level + 1)}"
        case _:
            raise AssertionError(node)


def _call(node: Call) -> str:
    arguments = [text_of(one) for one in node.arguments]
    arguments += [f"{name}={text_of(one)}" for name, one in node.keywords]
    if node.shape is not None:
        arguments.append(f"[{', '.join(map(text_of, node.shape))}]")
    return f"{node.function}({', '.join(arguments)})"


def _side(node: FormulaNode, least: int) -> str:
    """Write a part, in brackets where it binds less tightly than its place asks."""
    text = text_of(node)
    return text if _level(node) >= least else f"({text})"


def _level(node: FormulaNode) -> int:
    match node:
        case Conditional():
            return _CONDITIONAL
        case Comparison():
            return _COMPARISON
        case Operation("not", _):
            return _NOT
        case Operation(_, (_,)):
            return _SIGN
        case Operation(operator, _):
            return _BINARY.get(operator, _PRODUCT)
        case Call() | Constant() | Name():
            return _ATOM
