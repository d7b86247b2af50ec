"""Surroundings that nobody wants, and that happen: told in one line, or got over; never a traceback.

A row is a surrounding, the command that meets it, its exit status and what is said in each language.
"""

import errno
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from studytool import clock
from studytool.cli import due as due_command
from studytool.cli import output
from studytool.language import LANGUAGES, Language, Phrase
from tests.bundled_library import install_bundled_pack
from tests.cases import first_quick
from tests.in_process import run_program

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="names, zones and limits of POSIX")
NOTHING = Phrase("", "")
Prepare = Callable[[Path], str]


@dataclass(frozen=True)
class Row:
    """One surrounding.

    Attributes:
        name: of the row.
        said: of standard error, in either language.
        status: of the exit.
        line: the command.
        home: makes the home out of a folder of the test's own, which is one already.
        settings: what stands in the file of settings behind the language.
        environment: further variables.
    """

    name: str
    said: Phrase = NOTHING
    status: int = 2
    line: str = "due"
    home: Prepare = str
    settings: str = ""
    environment: dict[str, str] = field(default_factory=dict)


def _under(*names: str) -> Prepare:
    return lambda tmp: str(tmp.joinpath(*names))


def _long(length: int) -> Prepare:
    return lambda tmp: str(tmp) + "/x" * ((length - len(str(tmp))) // 2)


def _file(tmp: Path) -> str:
    (tmp / "file").write_text("mine")
    return str(tmp / "file")


def _link_to_itself(tmp: Path) -> str:
    (tmp / "link").symlink_to(tmp / "link")
    return str(tmp / "link")


def _closed(tmp: Path) -> str:
    (tmp / "closed").mkdir(mode=0o000)
    return str(tmp / "closed")


def _in_closed(tmp: Path) -> str:
    (tmp / "closed" / "home").mkdir(parents=True)
    (tmp / "closed").chmod(0o000)
    return str(tmp / "closed" / "home")


TOO_LONG = Phrase("이름이 너무 긺", "the name is too long")
NOT_UTF8 = Phrase("UTF-8이 아님", "it is not UTF-8")
CONTROLS = Phrase("제어 문자가 있음", "it has control characters")
NO_FOLDER = Phrase("폴더가 아닙니다", "is not a folder")
CLOSED = Phrase("들어갈 수 없습니다(권한이 없음)", "cannot be entered (permission denied)")
NOT_MADE = Phrase("만들 수 없습니다", "cannot make the folder")
NO_ZONE = Phrase("UTC로 계산합니다", "UTC is used")
TOO_DEEP = Phrase("settings.toml: 너무 깊이", "settings.toml: it is nested too deeply")
TOO_BIG = Phrase("settings.toml: 너무 큼", "settings.toml: it is too large")
NO_TOML = Phrase("문법에 맞지 않음", "settings.toml: ")
OUTPUT_CLOSED = Phrase("표준 출력이 닫혀 있어", "standard output is closed")
WRONG_CLOCK = Phrase("컴퓨터의 시계가 틀렸습니다", "the computer's clock is wrong")

HOMES = [
    Row("a name of 256 bytes", TOO_LONG, home=_under("n" * 256)),
    Row("Hangul of 258 bytes", TOO_LONG, home=_under("가" * 86)),
    Row("a path that SQLite does not open", TOO_LONG, home=_long(520)),
    Row("a path beside which no backup has room", TOO_LONG, home=_long(470)),
    Row("a path longer than any", TOO_LONG, home=_long(5000)),
    Row("bytes that are no UTF-8", NOT_UTF8, home=_under("caf\udce9")),
    Row("the end of a line", CONTROLS, home=_under("a\nstudytool: all is well")),
    Row("an escape sequence", CONTROLS, home=_under("\x1b[2J")),
    Row("a turn of direction", CONTROLS, home=_under("a\u202eb")),
    Row("doctor is not content with it", CONTROLS, line="doctor", home=_under("\x9b")),
    *(
        Row(f"no folder can be made there, {line}", NOT_MADE, line=line, home=lambda _: "/proc/1/x")
        for line in ("due", "doctor", "doctor --json", "doctor --repair --yes")
        if sys.platform == "linux"
    ),
    Row("a file", NO_FOLDER, home=_file),
    Row("below a file", NO_FOLDER, home=lambda tmp: f"{_file(tmp)}/home"),
    Row("a link to itself", NO_FOLDER, home=_link_to_itself),
    Row("a device", NO_FOLDER, home=lambda _: "/dev/null"),
    Row("of no user", Phrase("전체 경로를", "the whole path"), home=lambda _: "~no-such-user/x"),
    Row("help asks for no home", status=0, line="help", home=_file),
    Row("nor does a formula", status=0, line="formula 1+1", home=_under("n" * 256)),
    Row("nor a simulation", status=0, line="simulate dense_layer", home=_under("\x1b")),
]  # fmt: skip
NOT_AS_ROOT = [
    Row("a home that is closed", CLOSED, home=_closed),
    Row("doctor, of a home that is closed", CLOSED, line="doctor", home=_closed),
    Row("config, of a home that is closed", CLOSED, line="config", home=_closed),
    Row("a folder above that is closed", CLOSED, home=_in_closed),
]
SETTINGS = [
    Row("lists in lists", TOO_DEEP, settings="learning_steps_minutes = " + "[" * 2000),
    Row("lists in lists that end", TOO_DEEP, settings=f"a = {'[' * 5000}{']' * 5000}"),
    Row("tables in tables", TOO_DEEP, settings=f"a = {'{a = ' * 2000}1{'}' * 2000}"),
    Row("to be changed", TOO_DEEP, line="config order due", settings="a = " + "[" * 2000),
    Row("a long file", TOO_BIG, settings="# " + "x" * 70_000),
    Row("a long file to be changed", TOO_BIG, line="config order due", settings="#" * 70_000),
    Row("many wrong lines", Phrase("그 밖에 280개", "and 280 more"),
        settings="".join(f"k{n} = 1\n" for n in range(300))),
    Row("a long name", Phrase("k…: 이렇게 긴 이름의", "k…: "), settings="k" * 60_000 + " = 1"),
    Row("bytes of zero", NO_TOML, settings="\0\0\0"),
    Row("a number of 5,000 digits", Phrase("수가 너무 긺", "a number in it is too long"),
        settings=f"new_per_day = {'9' * 5000}"),
]  # fmt: skip
ZONES = [
    Row(f"TZ={zone}, {line}", said, 0, line, environment={"TZ": zone})
    for zone, said in {
        "UTC+99": NO_ZONE,
        "AAA99999": NO_ZONE,
        "<+25>-25": NO_ZONE,
        "AAA-24:59:59": NO_ZONE,
        "garbage": NOTHING,
        ":/etc/passwd": NOTHING,
        "../../../dev/zero": NOTHING,
        "": NOTHING,
    }.items()
    for line in ("due", "study --plain", "stats", "doctor")
]


def _met(row: Row, tmp: Path, language: Language) -> None:
    home = row.home(tmp)
    if Path(home) == tmp:
        install_bundled_pack(tmp)
        (tmp / "settings.toml").write_text(f'language = "{language}"\n{row.settings}')
    done = run_program(*row.line.split(), home=home, within=tmp, environment=row.environment)
    assert done.returncode == row.status, done.stderr
    assert row.said.text(language) in done.stderr
    if row.status:
        assert len(done.stderr.splitlines()) <= 22
        assert len(done.stderr) < 8000
        assert done.stdout == ""
    assert not list(tmp.glob("**/report-*.txt"))


@pytest.fixture
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Language:
    """The language of a home that cannot be read is a guess; here it is the one asked for."""
    chosen: Language = request.param
    read = output.learner_language

    def learner_language(home: Path | None = None) -> Language:
        found = read(home)
        return chosen if found == "ko" else found

    monkeypatch.setattr(output, "learner_language", learner_language)
    return chosen


BOTH = pytest.mark.parametrize("language", LANGUAGES, indirect=True)


@POSIX
@BOTH
@pytest.mark.parametrize("row", HOMES, ids=lambda row: row.name)
def test_a_home_that_cannot_be_one_is_named(row: Row, language: Language, tmp_path: Path) -> None:
    _met(row, tmp_path, language)


@POSIX
@BOTH
@pytest.mark.parametrize("row", SETTINGS, ids=lambda row: row.name)
def test_settings_have_limits(row: Row, language: Language, tmp_path: Path) -> None:
    _met(row, tmp_path, language)


@POSIX
@BOTH
@pytest.mark.parametrize("row", first_quick(ZONES), ids=lambda row: row.name)
@pytest.mark.usefixtures("_zone_after")
def test_a_zone_that_is_none_is_taken_for_utc(
    row: Row, language: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", row.environment["TZ"])
    time.tzset()
    _met(row, tmp_path, language)


@pytest.fixture
def _zone_after(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield
    monkeypatch.undo()
    time.tzset()


@POSIX
@BOTH
@pytest.mark.parametrize("row", NOT_AS_ROOT, ids=lambda row: row.name)
def test_a_closed_home_is_named_alike(row: Row, language: Language, tmp_path: Path) -> None:
    if os.geteuid():
        _met(row, tmp_path, language)
        return
    run_program(*row.line.split(), home=tmp_path / "warm")  # what another user may not import
    with tempfile.TemporaryDirectory() as folder:
        open_to_all = Path(folder)
        open_to_all.chmod(0o755)
        assert _status_as_nobody(row, language, open_to_all) == 0


def _status_as_nobody(row: Row, language: Language, tmp: Path) -> int:
    home = row.home(tmp)
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.setresuid(65534, 65534, 65534)
            done = run_program(*row.line.split(), home=home)
            said = row.said.text(language) in done.stderr
            status = 0 if said and done.returncode == row.status else 1
        finally:
            os._exit(status)
    return os.waitpid(child, 0)[1]


# --- the clock ----------------------------------------------------------------------------------


class _Clock:
    """A clock that says one time, or that Python cannot read."""

    def __init__(self, moment: datetime | None) -> None:
        self._moment = moment

    def now(self, zone: tzinfo) -> datetime:
        if self._moment is None:
            raise OverflowError("timestamp out of range for platform time_t")
        return self._moment.astimezone(zone)


MOMENTS = {
    "1900-01-01": datetime(1900, 1, 1, tzinfo=UTC),
    "1969-12-31": datetime(1969, 12, 31, 23, tzinfo=UTC),
    "2262-01-01": datetime(2262, 1, 1, tzinfo=UTC),
    "9500-06-30": datetime(9500, 6, 30, tzinfo=UTC),
    "?": None,
}
READS_CLOCK = ["due", "study --plain", "stats", "undo", "doctor", "vacation 3", "item list"]


@BOTH
@pytest.mark.parametrize("date", MOMENTS)
@pytest.mark.parametrize("line", first_quick(READS_CLOCK))
def test_a_wrong_clock_is_named_with_its_date(
    date: str, line: str, language: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "settings.toml").write_text(f'language = "{language}"\n')
    install_bundled_pack(tmp_path)
    run_program("due", home=tmp_path)  # there is a log
    monkeypatch.setattr(clock, "datetime", _Clock(MOMENTS[date]))
    done = run_program(*line.split(), home=tmp_path)
    assert done.returncode == 2, done.stderr
    assert WRONG_CLOCK.text(language) in done.stderr
    assert date in done.stderr
    assert len(done.stderr.splitlines()) == 1  # no second line of a backup that was not made
    assert not (tmp_path / "reports").exists()


@BOTH
@pytest.mark.parametrize("moment", [MOMENTS["9500-06-30"], datetime(2026, 11, 30, tzinfo=UTC)])
def test_python_cannot_read_a_clock_that_is_too_far_on(
    moment: datetime, language: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OverflowError("timestamp too large to convert to C _PyTime_t")

    (tmp_path / "settings.toml").write_text(f'language = "{language}"\n')
    monkeypatch.setattr(due_command.command, "callback", refuse)
    monkeypatch.setattr(clock, "datetime", _Clock(moment))
    done = run_program("due", home=tmp_path)
    if moment.year == 9500:
        assert (done.returncode, WRONG_CLOCK.text(language) in done.stderr) == (2, True)
        assert not (tmp_path / "reports").exists()
    else:  # control: an overflow of the program's own
        assert (done.returncode, WRONG_CLOCK.text(language) in done.stderr) == (70, False)
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("date", MOMENTS)
@pytest.mark.parametrize("line", ["help", "formula 1+1", "config"])
def test_what_needs_no_clock_goes_on(
    date: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "datetime", _Clock(MOMENTS[date]))
    assert run_program(*line.split(), home=tmp_path).returncode == 0


@BOTH
@pytest.mark.parametrize("error", [
    UnicodeError("UTF-16 stream does not start with BOM"),  # whatever is to be done with characters
    UnicodeDecodeError("utf-8", b"\xff", 0, 1, "control: the program's own"),
], ids=["stream", "character"])  # fmt: skip
def test_an_input_of_another_encoding_is_named(
    error: UnicodeError, language: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error

    (tmp_path / "settings.toml").write_text(f'language = "{language}"\n')
    monkeypatch.setattr(due_command.command, "callback", refuse)
    done = run_program("due", home=tmp_path)
    is_of_stream = type(error) is UnicodeError
    assert (done.returncode, len(done.stderr.splitlines())) == (2 if is_of_stream else 70, 1)
    assert ("PYTHONIOENCODING" in done.stderr) is is_of_stream
    assert ("(utf-8)" in done.stderr) is is_of_stream


# --- a standard output that is closed ------------------------------------------------------------


@BOTH
@pytest.mark.parametrize("line", first_quick(["formula 1+1", "--version", "--help", "due", "stats",
                                              "log export -", "study --plain", "undo --json"]))  # fmt: skip
def test_a_closed_output_is_no_success(line: str, language: Language, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(f'language = "{language}"\n')
    if line.startswith("log"):  # it refuses to write of a home in which nothing was done
        run_program("vacation", "3", home=tmp_path)
    done = run_program(*line.split(), home=tmp_path, closed="stdout")
    assert (done.returncode, done.stdout) == (2, "")
    assert OUTPUT_CLOSED.text(language) in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(("line", "status"), [("formula 1+1", 0), ("formula 1+", 2)])
def test_closed_errors_change_no_status(line: str, status: int, tmp_path: Path) -> None:
    assert run_program(*line.split(), home=tmp_path, closed="stderr").returncode == status


# --- what a system may refuse at any time -------------------------------------------------------


REFUSED = {
    errno.EACCES: Phrase("권한이 없음", "permission denied"),
    errno.EROFS: Phrase("읽기만 되는 파일 시스템", "read-only file system"),
    errno.EIO: Phrase("입출력 오류", "input/output error"),
    errno.EMFILE: Phrase("열린 파일이 너무 많음", "too many open files"),
    errno.ENAMETOOLONG: TOO_LONG,
    errno.EDQUOT: Phrase("할당된 공간을 다 씀", "disk quota exceeded"),
    errno.ENOSPC: Phrase("디스크에 남은 공간이 없음", "no space left on the disk"),
}


@BOTH
@pytest.mark.parametrize("number", REFUSED)
def test_what_the_system_refuses_is_no_fault_of_the_program(
    number: int, language: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number), "/nowhere/file")

    (tmp_path / "settings.toml").write_text(f'language = "{language}"\n')
    monkeypatch.setattr(due_command.command, "callback", refuse)
    done = run_program("due", home=tmp_path)
    assert done.returncode == 2
    assert REFUSED[number].text(language) in done.stderr
    assert len(done.stderr.splitlines()) == 1


# --- a process of its own ------------------------------------------------------------------------


def _python(**names: str) -> dict[str, str]:
    return {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", **names}


PROCESSES: list[tuple[str, dict[str, str]]] = [
    ("due", {"COLUMNS": "99999999", "LINES": "-1"}),
    ("study --plain", _python(PYTHONIOENCODING="cp949")),
    ("study --plain", _python(PYTHONIOENCODING="cp1252")),
    ("stats", _python(PYTHONIOENCODING="latin1")),
    ("stats", _python(PYTHONIOENCODING="ascii:strict")),
    ("stats", _python(PYTHONIOENCODING="utf-16")),
    ("stats", _python(PYTHONIOENCODING="cp037")),
    ("item list", _python(PYTHONIOENCODING="punycode")),
    ("study --plain", _python(LC_ALL="C")),
    ("study --plain", _python(LC_ALL="xx_YY.eucKR")),
    ("help", {"COLUMNS": "0", "LINES": "x"}),
    ("stats", {"COLUMNS": "1"}),
    ("item list", {"TERM": "garbage", "NO_COLOR": ""}),
    ("due", {"HOME": "", "XDG_DATA_HOME": ""}),
    ("doctor", {"TMPDIR": "/nowhere"}),
    ("due", {"PYTHONDEVMODE": "1"}),
]


@pytest.fixture
def ascii_folder() -> Iterator[Path]:
    """Make a folder whose name can be read without UTF-8, whatever that of the tests is."""
    with TemporaryDirectory(dir="/tmp") as name:
        yield Path(name)


@POSIX
@pytest.mark.slow
@BOTH
@pytest.mark.parametrize(("line", "names"), PROCESSES)
def test_a_process_gets_over_its_variables(
    line: str, names: dict[str, str], language: Language, ascii_folder: Path
) -> None:
    home = install_bundled_pack(ascii_folder / "home")
    (home / "settings.toml").write_text(f'language = "{language}"\n')
    done = subprocess.run(
        [sys.executable, "-m", "studytool", *line.split()],
        env={**os.environ, "STUDYTOOL_HOME": str(home), **names},
        input=b"\xff\xfe\x00\x1b[2J\n:q\n",
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    assert len(done.stdout) < 1_000_000
    assert not (home / "reports").exists()


LINUX_LIMITS = ["-v 300000", "-v 220000"] if sys.platform == "linux" else []
"""Of the memory, in kB: enough for a sitting or not."""


@POSIX
@pytest.mark.slow
@BOTH
@pytest.mark.parametrize("limit", ["-n 12", "-f 0", "-s 256", *LINUX_LIMITS])
def test_a_process_gets_over_its_limits(limit: str, language: Language, tmp_path: Path) -> None:
    home = install_bundled_pack(tmp_path / "home")
    (home / "settings.toml").write_text(f'language = "{language}"\n')
    done = subprocess.run(
        ["/bin/sh", "-c", f"ulimit {limit}; exec {sys.executable} -m studytool study --plain"],
        env={**os.environ, "STUDYTOOL_HOME": str(home)},
        input=b":q\n",
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode in {0, 2}, done.stderr
    assert b"Traceback" not in done.stderr
    assert not (home / "reports").exists()


@pytest.mark.skipif(not LINUX_LIMITS, reason="no limit of the address space holds elsewhere")
@pytest.mark.slow
@BOTH
@pytest.mark.parametrize("kib", [60_000, 100_000, 150_000, 200_000])
def test_no_library_says_in_its_words_that_memory_is_short(
    kib: int, language: Language, tmp_path: Path
) -> None:
    home = install_bundled_pack(tmp_path / "home")
    (home / "settings.toml").write_text(f'language = "{language}"\n')
    done = subprocess.run(
        ["/bin/sh", "-c", f"ulimit -v {kib}; exec {sys.executable} -m studytool stats"],
        env={**os.environ, "STUDYTOOL_HOME": str(home)},
        capture_output=True,
        check=False,
        timeout=120,
    )
    words = {"ko": "메모리가 모자랍니다", "en": "there is too little memory"}
    assert done.returncode == 2, done.stderr
    assert done.stderr.decode().startswith(f"studytool: {words[language]}")
    assert done.stderr.count(b"\n") == 1
    assert not (home / "reports").exists()


def test_there_are_enough_surroundings() -> None:
    rows = [*HOMES, *NOT_AS_ROOT, *SETTINGS, *ZONES]
    assert len({row.name for row in rows}) == len(rows)
    assert len(rows) + len(MOMENTS) + len(REFUSED) + len(PROCESSES) >= 40
