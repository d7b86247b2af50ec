"""The program's own imports: they run in no circle, and only the faces read the clock."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import studytool
from tests.sources import nodes_of

ROOT = Path(studytool.__file__).parent
OF_THE_MACHINE = {"utc_now", "local_offset_minutes", "MACHINE_CLOCK"}
FACES = {"cli", "tui"}


def _modules() -> dict[str, Path]:
    """Return the path of every module of the program, by its dotted name."""
    modules = {}
    for path in sorted(ROOT.rglob("*.py")):
        name = ".".join(path.relative_to(ROOT.parent).with_suffix("").parts)
        modules[name.removesuffix(".__init__")] = path
    return modules


def _imported(path: Path) -> Iterator[tuple[str, str]]:
    """Return what a module imports, at its top, in a function or for its types: module, name."""
    for node in nodes_of(path):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)


def _graph() -> dict[str, set[str]]:
    modules = _modules()
    graph: dict[str, set[str]] = {}
    for module, path in modules.items():
        named = {(parent, f"{parent}.{name}") for parent, name in _imported(path)}
        used = {submodule if submodule in modules else parent for parent, submodule in named}
        graph[module] = used & modules.keys() - {module}
    return graph


def test_no_imports_run_in_a_circle() -> None:
    graph = _graph()
    assert len(graph) > 200  # the walk saw the program
    assert "studytool.session.desk" in graph["studytool.session.sitting"]
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        raise AssertionError(" ← ".join(error.args[1])) from None


def test_only_the_command_line_and_the_screens_ask_the_machine_for_the_time() -> None:
    askers = {
        path.relative_to(ROOT).parts[0]
        for path in _modules().values()
        for module, name in _imported(path)
        if module == "studytool.clock" and name in OF_THE_MACHINE
    }
    assert askers <= FACES
    assert "cli" in askers  # the walk saw them


def test_only_the_clock_reads_the_local_zone() -> None:
    """``astimezone()`` without a zone is the machine's."""
    readers = {
        path.relative_to(ROOT).as_posix()
        for path in _modules().values()
        for node in nodes_of(path)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "astimezone"
        and not node.args
    }
    assert readers == {"clock.py"}


@pytest.mark.parametrize("imported", [
    "studytool.cli.home, studytool.tui.app",  # they come with the first question
    "studytool.cli.review, studytool.session.written_reviews",  # few lines name a misconception
])  # fmt: skip
def test_these_load_neither_numpy_nor_pydantic(imported: str) -> None:
    """Each takes longer than all of home, or than many reviews of another program."""
    heavy = "{'numpy', 'pydantic', 'yaml'} & set(sys.modules)"
    code = f"import sys; import {imported}; print({heavy})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_a_check_loads_no_numpy_before_something_is_computed() -> None:
    """After an edit of a card nothing is; NumPy and formulas take a third of that check."""
    heavy = (
        "[one for one in ('numpy', 'studytool.formula', 'studytool.quiz') if one in sys.modules]"
    )
    code = f"import sys; import studytool.authoring.fresh_check; print({heavy})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


BEHIND_THE_FIRST_FRAME = {
    "studytool.review_log.events", "studytool.quiz.key", "studytool.quiz.mark_value",
    "studytool.packs.evidence", "studytool.library.own_evidence", "studytool.library.pack_rows",
    "studytool.typeset.tree", "studytool.units.unit", "studytool.wording.records_words",
    "studytool.tui.home_panels", "studytool.tui.study_screen",
}  # fmt: skip
"""What home's first frame shows nothing of: a start that imports it is so much slower."""

MOST_AT_A_START = 140
"""Modules of the program; there were 154 when half of them were not used."""


def test_home_imports_before_its_first_frame_only_what_it_shows() -> None:
    modules = _modules()
    found, left = set[str](), ["studytool.tui.app", "studytool.session.desk", "studytool.cli.home"]
    while left:
        if (module := left.pop()) in found:
            continue
        found.add(module)
        tree = nodes_of(modules[module])[0]
        assert isinstance(tree, ast.Module)
        for node in tree.body:  # none in a function, or for types
            if isinstance(node, ast.ImportFrom) and node.module:
                names = (f"{node.module}.{alias.name}" for alias in node.names)
                named = {node.module, *names} & modules.keys()
                left.extend(named)
    assert "studytool.review_log.event_kinds" in found  # the walk saw them
    assert not found & BEHIND_THE_FIRST_FRAME
    assert modules.keys() >= BEHIND_THE_FIRST_FRAME
    assert len(found) <= MOST_AT_A_START


def test_textual_is_told_of_its_ticks_and_keys_before_it_is_imported() -> None:
    """A Textual module imported first took 60 ticks a second, so that a key's second step waited for them."""
    code = (
        "import studytool.tui.app\nfrom textual import constants\n"
        "print(constants.MAX_FPS, constants.DISABLE_KITTY_KEY)"
    )
    left = {key: value for key, value in os.environ.items() if not key.startswith("TEXTUAL_")}
    done = subprocess.run([sys.executable, "-c", code], env=left, capture_output=True, text=True, check=True)  # fmt: skip
    assert done.stdout.split() == ["480", "True"]
