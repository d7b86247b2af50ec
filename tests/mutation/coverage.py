"""A pytest plugin: which lines of some modules each test runs, written as JSON."""

import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

_room = os.environ.get("MUTATION_ROOM", "")
_lines: defaultdict[str, dict[str, None]] = defaultdict(dict)
_test = ""


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
    sys.settrace(_trace)
    try:
        return (yield)
    finally:
        sys.settrace(None)


def pytest_sessionfinish() -> None:
    """Write what was seen."""
    found = {line: list(tests) for line, tests in _lines.items()}
    Path(os.environ["MUTATION_LINES"]).write_text(json.dumps(found), encoding="utf-8")
