"""What an error says decides nothing: its code does. Only others' errors, which have none, are read."""

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import studytool
from tests.sources import dotted_name, nodes_of

PROGRAM = Path(studytool.__file__).parent
OF_OTHERS = {
    "cli/unexpected.py",  # the loader's, of an extension that finds no memory
    "fitting/optimiser.py",  # fsrs-rs', passed on as it is
    "formula/computing.py",  # NumPy's
    "reasons.py",  # TOML's and the system's
    "sqlite/faults.py",  # SQLite's
}
_WORDS = {"text", "message", "args"}


def _errors(nodes: Sequence[ast.AST]) -> Iterator[str]:
    """Return the names that stand for an error: caught ones and arguments."""
    for node in nodes:
        match node:
            case ast.ExceptHandler(name=str(name)):
                yield name
            case ast.arg(arg=name, annotation=ast.expr() as kind):
                if ast.unparse(kind).endswith(("Error", "Exception")):
                    yield name
            case _:
                pass


def sentences_read(nodes: Sequence[ast.AST]) -> Iterator[str]:
    """Return where an error is made a text, or its words are compared."""
    errors = set(_errors(nodes))
    for node in nodes if errors else ():
        match node:
            case ast.Call(func=ast.Name(id="str" | "repr"), args=[ast.Name(id=name)]):
                if name in errors:
                    yield ast.unparse(node)
            case ast.Compare():
                names = {dotted_name(one) for one in ast.walk(node)}
                if names & {f"{error}.{word}" for error in errors for word in _WORDS}:
                    yield ast.unparse(node)
            case _:
                pass


def test_no_error_of_the_program_is_known_by_its_sentence() -> None:
    paths = sorted(PROGRAM.rglob("*.py"))
    found = {
        path.relative_to(PROGRAM).as_posix()
        for path in paths
        if any(sentences_read(nodes_of(path)))
    }
    assert found == OF_OTHERS


@pytest.mark.parametrize("source", [
    "def f(error: StateError): return str(error).startswith('the log')",
    "try: f()\nexcept StateError as found:\n    if str(found) == 'gone': g()",
    "try: f()\nexcept StateError as found:\n    if 'gone' in found.text('en'): g()",
    "try: f()\nexcept StateError as found:\n    if found.message is GONE: g()",
])  # fmt: skip
def test_a_sentence_that_is_read_would_be_seen(source: str) -> None:
    assert list(sentences_read(list(ast.walk(ast.parse(source)))))
