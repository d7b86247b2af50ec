"""A desk on a home of its own; the bundled pack, which takes half a second, is installed once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from studytool.clock import MACHINE_CLOCK
from studytool.session.desk import Desk
from studytool.tui import running_screen, trying_screen


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("bundled")
    Desk.open(home, MACHINE_CLOCK).close()
    return home


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw no simulation at the pace of an eye; what is drawn meanwhile has tests of its own."""
    monkeypatch.setattr(running_screen, "STEP_SECONDS", 0.0)
    monkeypatch.setattr(trying_screen, "LOOK_SECONDS", 0.0)


@pytest.fixture
def desk(bundled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    home = shutil.copytree(bundled, tmp_path / "home")
    monkeypatch.setenv("STUDYTOOL_HOME", str(home))
    opened = Desk.open(home, MACHINE_CLOCK)
    yield opened
    opened.close()


@pytest.fixture
def make_desk(
    desk: Desk,
) -> Iterator[dict[str, Desk]]:
    """The desks on which the states are met, each opened when it is asked for."""
    opened: dict[str, Desk] = {"": desk}
    yield opened
    for name, one in opened.items():
        if name:
            one.close()
