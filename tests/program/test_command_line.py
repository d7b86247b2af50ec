"""Help, version and exit status, as a process and within one; what a start imports."""

import subprocess
import sys
from pathlib import Path

import pytest

from studytool import __version__
from studytool.cli import COMMANDS
from tests.bundled_library import install_bundled_pack
from tests.in_process import run_program


def studytool(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    install_bundled_pack(home)
    return subprocess.run(
        [sys.executable, "-m", "studytool", *arguments],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
        env={"STUDYTOOL_HOME": str(home), "PATH": "", "PYTHONUTF8": "1"},
    )


def ran(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    return run_program(*arguments, home=install_bundled_pack(home))


def test_version(tmp_path: Path) -> None:
    result = studytool("--version", home=tmp_path)
    assert (result.returncode, result.stdout) == (0, f"studytool {__version__}\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, tmp_path: Path) -> None:
    result = ran(command, "--help", home=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert "사용법: studytool " + command in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("shw",), "'shw' 명령은 없습니다. 혹시 'show'인가요?"),
        (("studdy",), "'studdy' 명령은 없습니다. 혹시 'study'인가요?"),
        (("zzzzzz",), "'zzzzzz' 명령은 없습니다.\n"),  # nothing is near
        (("--stdy",), "'--stdy' 옵션은 없습니다."),
        (("show",), "인수가 빠졌습니다."),
        (
            ("show", "deep-learning-notes/xavier-varianc"),
            "혹시 'deep-learning-notes/xavier-variance'인가요?",
        ),
        (("show", "no-such-pack/item"), "no-such-pack"),
        (("verify", "no-such-pack"), "no-such-pack"),
        (("verify", "--claim", "no-such-claim"), "no-such-claim"),
        (("simulate", "no-such-experiment"), "no-such-experiment"),
        (("check", "no-such-folder"), "no-such-folder"),
        (("study", "no-such-pack", "--plain"), "no-such-pack"),
        (("formula", "1/0"), "2번째 글자"),
    ],
)
def test_what_the_caller_can_mend_is_status_2(
    arguments: tuple[str, ...], message: str, tmp_path: Path
) -> None:
    result = ran(*arguments, home=tmp_path)
    assert result.returncode == 2, result.stderr
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_version_imports_nothing_slow() -> None:
    heavy = "numpy pydantic yaml textual apsw textual_plot pylatexenc difflib"
    program = (
        "import sys\nfrom studytool.cli import program\n"
        "program(['--version'], standalone_mode=False)\n"
        f"print([m for m in {heavy.split()!r} if m in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert result.stdout.splitlines()[-1] == "[]", result.stderr
