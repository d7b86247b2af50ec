"""What nobody expected: one line, a report without the learner's text, its own exit status."""

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import apsw
import pexpect
import pytest

from studytool.cli import due as due_command
from tests.cases import first_quick
from tests.in_process import run_program
from tests.packs.samples import write_pack

SECRET = "비밀 secret"
CODE = "import sys; sys.argv[0] = 'studytool'; from studytool.cli import main; main()"
WORDS = {
    "ko": "예기치 못한 오류가 났습니다(ValueError)",
    "en": "something unexpected happened (ValueError)",
}


def _fail(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        secret = SECRET
        raise error from KeyError(secret)

    monkeypatch.setattr(due_command.command, "callback", fail)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def _speak(home: Path, language: str) -> None:
    home.mkdir()
    (home / "settings.toml").write_text(f'language = "{language}"\n')


@pytest.mark.parametrize("language", ["ko", "en"])
def test_it_is_one_line_and_a_report(
    home: Path, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _speak(home, language)
    _fail(ValueError(SECRET), monkeypatch)
    done = run_program("due", home=home)
    assert (done.returncode, done.stdout) == (70, "")
    (line,) = done.stderr.splitlines()
    assert WORDS[language] in line
    (report,) = (home / "reports").iterdir()
    assert str(report) in line
    told = report.read_text("utf-8")
    assert "command: due" in told
    assert "ValueError" in told
    assert "KeyError" in told
    assert "studytool/cli/ending.py:" in told
    assert str(Path.home()) not in told
    assert not any(word in told for word in SECRET.split())


@pytest.mark.parametrize(
    ("language", "remedy"),
    [
        ("ko", "studytool doctor --repair가 읽을 수 있는 복습을"),
        ("en", "studytool doctor --repair moves every review that can be read"),
    ],
)
def test_what_a_damaged_log_led_to_is_told_as_its_damage(
    home: Path, language: str, remedy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No studytool's fault, then, and no report: an index may lead to values that no event has."""
    _speak(home, language)
    assert run_program("due", home=home).returncode == 0
    with closing(apsw.Connection(str(home / "reviews.db"))) as log:
        log.execute("DROP TABLE meta")
    _fail(ValueError(SECRET), monkeypatch)
    done = run_program("due", home=home)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert str(home / "reviews.db") in line
    assert remedy in line
    assert not (home / "reports").exists()


def test_the_oldest_reports_go(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _speak(home, "en")
    reports = home / "reports"
    reports.mkdir()
    for n in range(12):
        (reports / f"report-20200101T0000{n:02}-1.txt").write_text("old")
    _fail(ValueError(SECRET), monkeypatch)
    assert run_program("due", home=home).returncode == 70
    left = sorted(path.name for path in reports.iterdir())
    assert len(left) == 10
    assert left[0] == "report-20200101T000003-1.txt"


def test_where_the_home_takes_no_report_another_folder_does(
    home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _speak(home, "en")
    (home / "reports").write_text("a file")
    _fail(ValueError(SECRET), monkeypatch)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    done = run_program("due", home=home)
    (report,) = tmp_path.glob("studytool-report-*.txt")
    assert str(report) in done.stderr
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    done = run_program("due", home=home)
    assert done.returncode == 70
    assert "send this line to the developers" in done.stderr
    assert "test_unexpected.py:" in done.stderr


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(
    ("error", "words"),
    [
        (MemoryError(), {"ko": "메모리가 모자랍니다", "en": "too little memory"}),
        (RecursionError(SECRET), {"ko": "너무 깊이 겹쳐", "en": "nested too deeply"}),
    ],
)
def test_a_limit_of_the_machine_is_no_fault(
    home: Path,
    language: str,
    error: Exception,
    words: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _speak(home, language)
    _fail(error, monkeypatch)
    done = run_program("due", home=home)
    assert done.returncode == 2
    assert words[language] in done.stderr
    assert not (home / "reports").exists()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell closes the streams")
@pytest.mark.parametrize(
    "line",
    first_quick(
        ["study --plain <&-", "review - <&-", "due >&-", "due 2>&-", "formula - <&- 2>&- >&-"]
    ),
)
def test_a_stream_that_is_closed_is_empty_or_leads_nowhere(home: Path, line: str) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f"exec {sys.executable} -m studytool {line}"],
        env={**os.environ, "STUDYTOOL_HOME": str(home)},
        capture_output=True,
        check=False,
    )
    assert done.returncode in {0, 2}
    assert b"Traceback" not in done.stderr
    assert not (home / "reports").exists()


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp949", "utf-16"])
def test_any_encoding_of_the_terminal_survives(home: Path, encoding: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "studytool", "study", "--plain"],
        env={**os.environ, "STUDYTOOL_HOME": str(home), "PYTHONIOENCODING": encoding},
        input=b"\xff\xfe\x00:q\n",
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("line", ["", "study", "study deep-learning-notes"])
def test_where_there_is_no_terminal_the_full_screen_says_so(home: Path, line: str) -> None:
    _speak(home, "en")
    done = run_program(*line.split(), home=home)
    assert done.returncode == 2
    assert "the full screen needs a terminal" in done.stderr


def test_where_there_is_no_terminal_a_preview_names_its_own_lines(
    home: Path, tmp_path: Path
) -> None:
    _speak(home, "en")
    pack = write_pack(tmp_path / "my pack")
    done = run_program("pack", "preview", str(pack), home=home)
    assert done.returncode == 2
    assert f"in a pipe use: studytool check --watch '{pack}'" in done.stderr


@pytest.mark.slow
@pytest.mark.terminal
def test_the_full_screen_ends_clean(home: Path) -> None:
    broken = (
        "from studytool.tui.home_screen import HomeScreen\n"
        f"def fail(self): raise ValueError({SECRET!r})\n"
        "HomeScreen.action_progress = fail\n"
    )
    child = pexpect.spawn(
        sys.executable,
        ["-c", broken + CODE],
        env={**os.environ, "STUDYTOOL_HOME": str(home)},
        dimensions=(24, 80),
        timeout=120,
        encoding="utf-8",
    )
    child.expect("처음이신가요")
    child.send("p")
    child.expect(pexpect.EOF)
    child.wait()
    said = child.before.rpartition("\x1b[?1049l")[2]  # the screen as it was is back
    assert child.exitstatus == 70
    assert WORDS["ko"] in said.replace("\r\n", "")
    assert "Traceback" not in said
    assert len(list((home / "reports").iterdir())) == 1
