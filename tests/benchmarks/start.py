"""Starting the program: whole processes against a bare interpreter and a minimal Textual app."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks.row import Row, paired_medians

_LEAVE = """
async def leave(pilot):
    pilot.app.exit()
"""

MINIMAL_APP = f"""
from textual.app import App
from textual.widgets import Static
{_LEAVE}
class Minimal(App):
    def compose(self):
        yield Static("ready")
Minimal().run(headless=True, size=(80, 24), auto_pilot=leave)
"""

HOME_FIRST_FRAME = f"""
from studytool.clock import MACHINE_CLOCK
from studytool.session.desk import Desk
from studytool.settings import home_folder
from studytool.tui.app import StudyApp
{_LEAVE}
desk = Desk.open(home_folder(), MACHINE_CLOCK)
StudyApp(desk).run(headless=True, size=(80, 24), auto_pilot=leave)
"""


def process(program: str, environment: dict[str, str] | None = None) -> Callable[[], object]:
    """Give a run of ``program``, Python source, in a process of its own."""
    command = [sys.executable, "-c", program]
    return lambda: subprocess.run(
        command, check=True, capture_output=True, env={**os.environ, **(environment or {})}
    )


def rows(*, smoke: bool) -> Iterator[Row]:
    """Time ``--version`` and the first frame of the home screen."""
    runs = 1 if smoke else 11
    version = process(
        "from studytool.cli import main; import sys; sys.argv[1:] = ['--version']; main()"
    )
    ours, peer = paired_medians(version, process("pass"), runs=runs)
    yield Row("studytool --version", ours, "python -c pass", peer, goal=6.0)

    with tempfile.TemporaryDirectory() as home:
        environment = {"STUDYTOOL_HOME": str(Path(home))}
        first_frame = process(HOME_FIRST_FRAME, environment)
        first_frame()  # the first run installs the bundled pack
        ours, peer = paired_medians(first_frame, process(MINIMAL_APP), runs=runs)
        yield Row("start to first frame of home", ours, "minimal Textual app", peer, goal=1.6)
