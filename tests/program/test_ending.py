"""How a run ends: Ctrl-C, a pipe that nobody reads, a full disk under the output."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from studytool.language import Language
from studytool.settings import Settings, save_settings
from tests.bundled_library import install_bundled_pack
from tests.cases import first_quick, first_row_quick
from tests.fitting.simulated import make_home, simulate
from tests.packs.samples import write_pack

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and pipes")
PROGRAM = [sys.executable, "-m", "studytool"]
INTERRUPTED, UNREAD = 130, 141
PATIENCE = 120.0


def _environment(home: Path, **more: str) -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return {**plain, "STUDYTOOL_HOME": str(home), "PYTHONUTF8": "1", **more}


def _start(home: Path, *arguments: str, **more: str) -> subprocess.Popen[bytes]:
    install_bundled_pack(home)
    return subprocess.Popen(
        [*PROGRAM, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(home, **more),
    )


def _wait(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.01)


# --- Ctrl-C -------------------------------------------------------------------------------------


@pytest.fixture
def slow(tmp_path: Path) -> Path:
    """Code that Python runs first: it says that a module is about to be imported, and waits."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site/sitecustomize.py").write_text(
        "import os, sys, time, pathlib\n"
        "class Wait:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == os.environ.get('WAIT_AT'):\n"
        "            pathlib.Path(os.environ['WAITING']).touch()\n"
        "            time.sleep(30)\n"
        "sys.meta_path.insert(0, Wait())\n"
    )
    return tmp_path / "site"


@POSIX
@pytest.mark.parametrize(
    ("line", "where"),
    first_row_quick(
        [
            ("due", "studytool.session.desk"),  # before the log is open
            ("due", "studytool.session.queue"),  # after it
            ("stats", "studytool.session.records"),
            ("verify", "studytool.verification.verify"),  # before it listens to Ctrl-C itself
            ("verify", "studytool.cli.verify"),  # before click knows the command
            ("formula 1", "studytool.formula.parse"),
            ("item list", "studytool.cli.item"),
            ("study --plain", "studytool.session.desk"),
            ("optimize", "studytool.fitting.history"),
            ("sync TMP/shared", "studytool.sync.with_folder"),
        ]
    ),
)
def test_control_c_is_130_wherever_it_comes(
    tmp_path: Path, slow: Path, line: str, where: str
) -> None:
    waiting = tmp_path / "waiting"
    more = {"PYTHONPATH": str(slow), "WAIT_AT": where, "WAITING": str(waiting)}
    arguments = [word.replace("TMP", str(tmp_path)) for word in line.split()]
    with _start(tmp_path / "home", *arguments, **more) as running:
        _wait(lambda: waiting.exists() or running.poll() is not None)
        running.send_signal(signal.SIGINT)
        output, complaint = running.communicate(timeout=PATIENCE)
    assert (running.returncode, output, complaint.strip()) == (INTERRUPTED, b"", b"")


@pytest.fixture
def counting(tmp_path: Path) -> Path:
    """Code that Python runs first: Ctrl-C comes at one of the program's steps, the ``INTERRUPTED_AT``-th.

    A step is a module looked for or run, or a file opened, once the program's end is watched.
    """
    (tmp_path / "site").mkdir()
    (tmp_path / "site/sitecustomize.py").write_text(
        "import os, signal, sys\n"
        "steps = None\n"
        "def count(event, arguments):\n"
        "    global steps\n"
        "    if event not in {'import', 'open', 'exec'}:\n"
        "        return\n"
        "    if steps is None and event == 'import' and arguments[0] == 'studytool.cli.ending':\n"
        "        steps = 0\n"
        "    if steps is not None:\n"
        "        steps += 1\n"
        "        if steps == int(os.environ['INTERRUPTED_AT']):\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.addaudithook(count)\n"
    )
    return tmp_path / "site"


@POSIX
@pytest.mark.parametrize("step", first_quick(range(3, 2000, 97)))
@pytest.mark.parametrize("line", ["study --plain", "stats"])
def test_control_c_at_any_step_is_no_fault(
    tmp_path: Path, counting: Path, line: str, step: int
) -> None:
    more = {"PYTHONPATH": str(counting), "INTERRUPTED_AT": str(step)}
    with _start(tmp_path / "home", *line.split(), **more) as running:
        output, complaint = running.communicate(timeout=PATIENCE)
    assert (running.returncode, complaint.strip()) in [(INTERRUPTED, b""), (0, b"")]
    if line == "study --plain" and b"Enter" in output:  # a sitting ends as by :q
        assert running.returncode == 0


@pytest.mark.parametrize(
    ("line", "status"),
    first_row_quick([
        ("--help", 0), ("--version", 0), ("due --help", 0), ("formula 1+1", 0),
        ("shw", 2), ("show", 2), ("item", 2), ("due --limit x", 2), ("formula", 2),
    ]),
)  # fmt: skip
def test_other_endings_are_what_click_makes_of_them(tmp_path: Path, line: str, status: int) -> None:
    with _start(tmp_path, *line.split()) as running:
        output, complaint = running.communicate(timeout=PATIENCE)
    assert running.returncode == status
    assert bool(output) == (status == 0)
    assert ("사용법: studytool".encode() in complaint) == (status == 2)


# --- a closed pipe ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def studied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose log is longer than a pipe holds."""
    home: Path = tmp_path_factory.mktemp("studied")
    make_home(install_bundled_pack(home), simulate("ending", items=150, days=120))
    return home


@pytest.mark.slow
@POSIX
@pytest.mark.parametrize(
    ("line", "unbuffered"),
    first_row_quick([
        ("item list", "1"), ("--help", ""), ("due --help", ""), ("due", ""), ("config", ""),
        ("doctor", ""), ("log export -", ""), ("log export -", "1"), ("undo --json", ""),
        ("check PACK", ""), ("formula --list", ""), ("formula 1+1", "1"), ("simulate --list", ""),
    ]),
)  # fmt: skip
def test_a_pipe_that_nobody_reads_ends_quietly(
    studied: Path, tmp_path: Path, line: str, unbuffered: str
) -> None:
    pack = str(write_pack(tmp_path / "sample")) if "PACK" in line else ""
    arguments = [pack if word == "PACK" else word for word in line.split()]
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [*PROGRAM, *arguments],
        check=False,
        stdout=write,
        stderr=subprocess.PIPE,
        timeout=60,
        env=_environment(studied, PYTHONUNBUFFERED=unbuffered),
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (UNREAD, b"")


@POSIX
def test_head_takes_what_it_wants_of_an_export(studied: Path) -> None:
    with _start(studied, "log", "export", "-") as running:
        assert running.stdout is not None
        first = running.stdout.readline()
        running.stdout.close()
        assert running.stderr is not None
        complaint = running.stderr.read()
    assert first.startswith(b'{"format": "studytool-log"')
    assert (running.returncode, complaint) == (UNREAD, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
@pytest.mark.parametrize(
    ("line", "unbuffered", "language", "remedy"),
    first_row_quick(
        [
            ("undo --json", "1", "ko", "남은 공간"),
            ("undo --json", "", "en", "free space"),  # noticed when it is flushed
            ("log export -", "", "ko", "남은 공간"),
        ]
    ),
)
def test_output_that_cannot_be_written_is_told(
    studied: Path, line: str, unbuffered: str, language: Language, remedy: str
) -> None:
    save_settings(studied, Settings(language=language))
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PROGRAM, *line.split()],
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            env=_environment(studied, PYTHONUNBUFFERED=unbuffered),
        )
    said = done.stderr.decode()
    assert (done.returncode, len(said.splitlines())) == (2, 1), said
    assert remedy in said
