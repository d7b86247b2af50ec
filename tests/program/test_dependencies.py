"""What the program and its tests import is declared, no more and no less, with an upper bound."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

from tests.rows import all_rows
from tests.sources import nodes_of

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
OPTIONAL = ("optimize", "serve", "lsp", "cluster", "sign")
OF_TOOLS = {"pytest-asyncio", "pytest-xdist", "textual-serve", "tzdata"}
"""Declared for the tests, and imported by pytest or by Python, or read as files."""

NAMES = {
    "fsrs_rs_python": "fsrs-rs-python",
    "markdown_it": "markdown-it-py",
    "pydantic_core": "pydantic",  # its own core, of one fixed version
    "sklearn": "scikit-learn",
    "yaml": "pyyaml",
}
"""Distributions of modules that have another name, where they need not be installed."""


def _name(requirement: str) -> str:
    return re.split(r"[<>=!~;\[ ]", requirement, maxsplit=1)[0].lower()


def _imported(folder: Path) -> set[str]:
    """Return the distributions that the files below ``folder`` import."""
    modules: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in nodes_of(path):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.partition(".")[0])
            elif (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "importorskip"
            ):
                modules.add(ast.literal_eval(node.args[0]).partition(".")[0])
    modules -= {*sys.stdlib_module_names, "studytool", "tests"}
    installed = packages_distributions()
    return {
        (NAMES.get(module) or installed.get(module, [module])[0]).lower().replace("_", "-")
        for module in modules
    }


def test_the_program_declares_what_it_imports() -> None:
    declared = {_name(one) for one in PROJECT["dependencies"]}
    optional = {_name(one) for extra in OPTIONAL for one in EXTRAS[extra]}
    assert _imported(ROOT / "studytool") - optional == declared


@pytest.mark.slow
def test_the_tests_declare_what_they_import() -> None:
    declared = {_name(one) for one in PROJECT["dependencies"]}
    extras = {
        _name(one)
        for extra in ("test", "anki", "oracle", "cluster", "sign")
        for one in EXTRAS[extra]
    }
    imported = _imported(ROOT / "tests")
    assert imported - declared - extras == set()
    assert extras - imported - _imported(ROOT / "studytool") - OF_TOOLS == set()


@all_rows(
    "requirement",
    [*PROJECT["dependencies"], *(one for extra in OPTIONAL for one in EXTRAS[extra])],
)
def test_a_major_version_that_may_break_is_kept_out(requirement: str) -> None:
    assert re.search(r">=[\d.]+,<\d+", requirement)
