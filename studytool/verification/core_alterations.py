"""What may be wrong in a numerical core: a constant, an operator, a term, an axis, a root, a half."""

import ast
from collections.abc import Iterator

from studytool.verification.alterations import (
    ARITHMETIC,
    other_comparisons,
    other_conditions,
    replaced,
)

_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE, ast.LtE: ast.Gt, ast.Gt: ast.LtE, ast.GtE: ast.Lt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
"""A limit that counts on the other side is no error of a continuous law; a turned sign is."""
_TWINS = {
    "mean": "sum", "sum": "mean", "max": "min", "min": "max", "maximum": "minimum",
    "minimum": "maximum", "sin": "cos", "cos": "sin", "var": "std", "std": "var",
    "argmax": "argmin", "argmin": "argmax", "any": "all", "all": "any",
}  # fmt: skip
_WRAPPERS = frozenset(
    ["sqrt", "square", "abs", "exp", "log", "log10", "log1p", "expm1", "sign", "cumsum", "swapaxes"]
)
_WHOLE_STEP, _SHARE = 1, 1.1


def core_alterations(node: ast.AST) -> Iterator[ast.AST]:
    """Return what may stand in a node's place."""
    match node:
        case ast.Compare():
            yield from other_comparisons(node, _TURNED)
        case ast.BinOp() | ast.AugAssign():
            yield from _other_operations(node)
        case ast.Constant():
            yield from _other_constants(node)
        case ast.keyword(arg="axis", value=value):
            yield from _other_axes(node, value)
        case ast.Call() | ast.Expr(value=ast.Call()):
            yield from _other_calls(node)
        case ast.Attribute(value=value, attr="T"):
            yield value
        case ast.Return(value=ast.expr() as value):
            yield from _halved(node, value)
        case _:
            yield from other_conditions(node)


def _other_operations(node: ast.BinOp | ast.AugAssign) -> Iterator[ast.AST]:
    """Return another operator, and the first or the second term alone."""
    if type(node.op) not in ARITHMETIC:
        return
    yield replaced(node, op=ARITHMETIC[type(node.op)]())
    if isinstance(node, ast.AugAssign) or isinstance(node.op, ast.MatMult):
        return
    yield node.left
    if isinstance(node.op, ast.Add | ast.Mult):
        yield node.right


def _other_constants(node: ast.Constant) -> Iterator[ast.AST]:
    match node.value:
        case bool(value):
            yield replaced(node, value=not value)
        case int(value):
            yield replaced(node, value=value + _WHOLE_STEP)
        case float(value):
            yield replaced(node, value=value * _SHARE if value else _SHARE - 1)
        case _:
            pass


def _other_axes(node: ast.AST, value: ast.expr) -> Iterator[ast.AST]:
    """Return the neighbouring axis."""
    match value:
        case ast.Constant(value=int(axis)):
            yield replaced(node, value=ast.Constant(axis - 1 if axis else 1))
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(axis))):
            yield replaced(node, value=ast.Constant(-2 if axis == 1 else 1 - axis))
        case _:
            pass


def _other_calls(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Expr():
            yield ast.copy_location(ast.Pass(), node)
        case ast.Call(func=ast.Attribute(attr=name) as func) if name in _TWINS:
            yield replaced(node, func=replaced(func, attr=_TWINS[name]))
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), args=[first, *_]):
            if name in _WRAPPERS:
                yield first
        case _:
            pass


def _halved(node: ast.AST, value: ast.expr) -> Iterator[ast.AST]:
    match value:
        case ast.BinOp() | ast.Call(func=ast.Attribute(attr="sqrt") | ast.Name(id="sqrt")):
            yield replaced(node, value=ast.BinOp(value, ast.Div(), ast.Constant(2)))
        case _:
            pass
