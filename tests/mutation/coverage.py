"""A pytest plugin: the lines that each test runs, and its seconds, written as JSON."""

import functools
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

_room = os.environ.get("MUTATION_ROOM", "")
_lines: defaultdict[str, dict[str, None]] = defaultdict(dict)
_seconds: dict[str, float] = {}
_laws: list[str] = []
_test = IMPORTED = ""
"""The name under which lines stand that are run while modules are imported and tests collected."""


def forget_results(modules: str) -> None:
    """Empty the caches of the functions of a folder: what was computed before a test."""
    for module in list(sys.modules.values()):
        if modules in (getattr(module, "__file__", None) or ""):
            for value in list(vars(module).values()):
                if isinstance(value, functools._lru_cache_wrapper):
                    value.cache_clear()


def _trace(frame: FrameType, _event: str, _argument: Any) -> Any:
    if not frame.f_code.co_filename.startswith(_room):
        return None
    return _trace_line


def _trace_line(frame: FrameType, event: str, _argument: Any) -> Any:
    if event in {"line", "return"}:
        _lines[f"{frame.f_code.co_filename}:{frame.f_lineno}"][_test] = None
    return _trace_line


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Trace one test with its fixtures."""
    global _test  # noqa: PLW0603 - a plugin of one process
    _test = item.nodeid
    if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
        _laws.append(_test)
    forget_results(_room)
    begun = time.process_time()
    sys.settrace(_trace)
    try:
        return (yield)
    finally:
        sys.settrace(None)
        _seconds[_test] = time.process_time() - begun


if _room:
    sys.settrace(_trace)  # until the first test: what is run while modules are imported


def pytest_sessionfinish() -> None:
    """Write what was seen, and the modules that are loaded, the first first."""
    found = {
        "lines": {line: list(tests) for line, tests in _lines.items()},
        "seconds": _seconds,
        "laws": _laws,
        "loaded": [name for name in sys.modules if "__main__" not in name],
    }
    Path(os.environ["MUTATION_LINES"]).write_text(json.dumps(found), encoding="utf-8")
