"""A desk on a home of its own; the bundled pack, which takes half a second, is installed once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from studytool.clock import MACHINE_CLOCK
from studytool.session.desk import Desk


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("bundled")
    Desk.open(home, MACHINE_CLOCK).close()
    return home


@pytest.fixture
def desk(bundled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    home = shutil.copytree(bundled, tmp_path / "home")
    monkeypatch.setenv("STUDYTOOL_HOME", str(home))
    opened = Desk.open(home, MACHINE_CLOCK)
    yield opened
    opened.close()
