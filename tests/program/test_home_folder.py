"""Where the learner's files may lie, and what is said where they cannot; what ``sync`` refuses."""

from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.cases import first_row_quick
from tests.in_process import run_program

NO_FOLDER = {"ko": "폴더가 아닙니다", "en": "is not a folder"}
NO_USER = {"ko": "전체 경로를 쓰세요", "en": "Write the whole path"}


def _run(home: str, *arguments: str, within: Path) -> CompletedProcess[str]:
    data = {name: str(within / "data") for name in ("XDG_DATA_HOME", "LOCALAPPDATA", "HOME")}
    return run_program(*arguments, home=home, within=within, environment=data)


def _refused(done: CompletedProcess[str], *parts: str) -> None:
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1, done.stderr
    for part in parts:
        assert part in done.stderr


@pytest.mark.parametrize(
    "line",
    ["due", "config order due", "doctor", "backup", "log export -", "vacation 1", "item list",
     "optimize", "show a/b", "sync data"],
)  # fmt: skip
def test_a_file_is_no_home_for_any_command(tmp_path: Path, line: str) -> None:
    (tmp_path / "file").write_text("mine")
    done = _run(str(tmp_path / "file"), *line.split(), within=tmp_path)
    _refused(done, "STUDYTOOL_HOME=", str(tmp_path / "file"), NO_FOLDER["ko"])
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(
    ("home", "said"),
    [
        ("file", NO_FOLDER),
        ("file/within/it", NO_FOLDER),
        ("nowhere", NO_FOLDER),  # a link to nothing
        ("~no-such-user/home", NO_USER),
    ],
)
def test_what_can_be_no_home_is_told(
    tmp_path: Path, home: str, said: dict[str, str], language: str
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    done = _run(home, "study", "--plain", "--lang", language, within=tmp_path)
    _refused(done, f"STUDYTOOL_HOME={home}: ", said[language])


@pytest.mark.parametrize(
    ("home", "where"),
    first_row_quick(
        [
            ("relative", "relative"),
            ("no/such/parents", "no/such/parents"),
            ("~/own", "data/own"),
            ("link", "folder"),
            ("", "data"),  # as if it were not set
        ]
    ),
)
def test_other_homes_are_made(tmp_path: Path, home: str, where: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    done = _run(home, "due", within=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    [log] = tmp_path.rglob("reviews.db")
    assert log.is_relative_to(tmp_path / where)
    path = _run(home, "config", "--json", within=tmp_path).stdout.partition('"path": "')[2]
    assert Path(path.partition('"')[0]).resolve() == log.with_name("settings.toml")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_settings_that_are_no_file_are_told(tmp_path: Path, language: str) -> None:
    (tmp_path / "settings.toml").mkdir()
    done = _run(str(tmp_path), "study", "--plain", "--lang", language, within=tmp_path)
    _refused(done, {"ko": "파일인지", "en": "Check that it is a file"}[language])


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(
    ("folder", "ko", "en"),
    [
        ("", "폴더 이름이 비어 있습니다", "the name of the folder is empty"),
        ("home", "studytool의 자료가 있는 폴더", "studytool's own files"),
        ("home/shared", "studytool의 자료가 있는 폴더", "studytool's own files"),
        ("link", "studytool의 자료가 있는 폴더", "studytool's own files"),  # to the home
        ("other", "studytool의 자료가 있는 폴더", "studytool's own files"),  # of another learner
    ],
)
def test_sync_refuses_what_cannot_be_shared(
    tmp_path: Path, folder: str, ko: str, en: str, language: str
) -> None:
    home = tmp_path / "home"
    for made in (home / "shared", tmp_path / "other"):
        made.mkdir(parents=True)
    (tmp_path / "link").symlink_to(home)
    (tmp_path / "other/reviews.db").touch()
    (home / "settings.toml").write_text(f'language = "{language}"\n')
    before = sorted(tmp_path.rglob("*"))
    _refused(_run(str(home), "sync", folder, within=tmp_path), {"ko": ko, "en": en}[language])
    assert sorted(tmp_path.rglob("*")) == before


def test_sync_takes_the_folder_that_holds_the_home(tmp_path: Path) -> None:
    done = _run(str(tmp_path / "home"), "sync", ".", "--json", within=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
