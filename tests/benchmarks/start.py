"""Starting the program: whole processes against a bare interpreter and a minimal Textual app.

First frames are timed on a pseudo-terminal, from the start of the process until what a learner waits
for was written. What Python compiles is kept from the first start on, as after any installation.
"""

import os
import select
import signal
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping

from tests.benchmarks.row import Row, paired_medians

MINIMAL_APP = """
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    def compose(self):
        yield Static("ready")
Minimal().run()
"""
READY = b"ready"

HOME = "from studytool.cli import main; import sys; sys.argv[1:] = []; main()"
IN_VIEW = b"Deep learning"
"""What home shows of the bundled pack."""

HAS_TERMINALS = sys.platform != "win32"
NO_TERMINALS = "there are no pseudo-terminals"
PATIENCE_SECONDS = 60.0

HOME_FIRST_FRAME = """
from studytool.clock import MACHINE_CLOCK
from studytool.session.desk import Desk
from studytool.settings import home_folder
from studytool.tui.app import StudyApp
async def leave(pilot):
    pilot.app.exit()
desk = Desk.open(home_folder(), MACHINE_CLOCK)
StudyApp(desk).run(headless=True, size=(80, 24), auto_pilot=leave)
"""
"""Home in a process that ends by itself, to see what it holds."""


def process(program: str, environment: Mapping[str, str] | None = None) -> Callable[[], object]:
    """Give a run of ``program``, Python source, in a process of its own."""
    command = [sys.executable, "-c", program]
    return lambda: subprocess.run(
        command, check=True, capture_output=True, env=_environment(environment or {})
    )


def first_frame(
    program: str, shows: bytes, environment: Mapping[str, str] | None = None
) -> Callable[[], object]:
    """Give a run of ``program`` on a pseudo-terminal, ended when it has written ``shows``."""
    command = [sys.executable, "-c", program]
    surroundings = {"TERM": "xterm-256color", "LC_ALL": "en_US.UTF-8"}
    return lambda: _run_until(command, shows, _environment({**surroundings, **(environment or {})}))


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    """Return the surroundings of a start: of an installed program, all is compiled."""
    return {name: value for name, value in os.environ.items() if name != _UNCOMPILED} | dict(more)


_UNCOMPILED = "PYTHONDONTWRITEBYTECODE"


def _run_until(command: list[str], shows: bytes, environment: dict[str, str]) -> None:
    import fcntl  # none of these on Windows
    import pty
    import termios

    child, terminal = pty.fork()
    if child == 0:
        os.execve(command[0], command, environment)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    written = b""
    try:
        while shows not in written:
            if not select.select([terminal], [], [], PATIENCE_SECONDS)[0]:
                raise RuntimeError(written.decode(errors="replace")[-2000:])
            written += os.read(terminal, 65536)  # the program's end raises
    except OSError as error:
        raise RuntimeError(written.decode(errors="replace")[-2000:]) from error
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)


def rows(*, smoke: bool) -> Iterator[Row]:
    """Time ``--version``; first frames are timed with logs of several sizes."""
    version = process(
        "from studytool.cli import main; import sys; sys.argv[1:] = ['--version']; main()"
    )
    ours, peer = paired_medians(version, process("pass"), runs=1 if smoke else 11)
    yield Row("studytool --version", ours, "python -c pass", peer, goal=6.0)
