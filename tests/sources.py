"""The program's source as syntax trees, each read once for all tests that walk the whole of it."""

import ast
from functools import cache
from pathlib import Path


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """Return every node of a module."""
    return tuple(ast.walk(ast.parse(path.read_text("utf-8"))))


def dotted_name(node: ast.AST) -> str:
    """Return a name with its attributes, as ``sys.stdout.buffer``; empty where it is no such."""
    match node:
        case ast.Name():
            return node.id
        case ast.Attribute() if before := dotted_name(node.value):
            return f"{before}.{node.attr}"
        case _:
            return ""
