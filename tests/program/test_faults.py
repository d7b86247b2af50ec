"""What a learner is told by the commands when the disk or the log's file is not as it should be."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from studytool.language import LANGUAGES, Language
from studytool.review_log.log import ReviewLog
from studytool.srs.rating import Rating
from tests.bundled_library import install_bundled_pack
from tests.disks import filled, read_only, small_disk
from tests.in_process import run_program
from tests.review_log.drafts import DAY, NOON, draft

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="POSIX mounts")
PAGE = 4096
IN_BOTH = pytest.mark.parametrize("language", LANGUAGES)


def _studytool(home: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    return run_program(*arguments, home=home, typed=typed)


def _refused(done: subprocess.CompletedProcess[str], *parts: str) -> None:
    """The caller can mend it: status 2, a message that says how, and no traceback."""
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    for part in parts:
        assert part in done.stderr


def _speak(home: Path, language: Language) -> None:
    (home / "settings.toml").write_text(f'language = "{language}"\n', "utf-8")


def _fill(home: Path, n: int = 5) -> list[str]:
    with ReviewLog.open(home / "reviews.db") as log:
        return [
            log.append_review(draft(f"pack/{k}", Rating.EASY, NOON + k * DAY)).id for k in range(n)
        ]


def _ids(home: Path) -> list[str]:
    with ReviewLog.open(home / "reviews.db") as log:
        return [event.id for event in log.events()]


@pytest.fixture
def disk() -> Iterator[Path]:
    with small_disk("16m") as folder:
        yield folder


# --- the disk -----------------------------------------------------------------------------------


@pytest.mark.slow
@POSIX
@IN_BOTH
def test_a_full_disk_ends_a_sitting_with_what_to_do(disk: Path, language: Language) -> None:
    _speak(install_bundled_pack(disk), language)
    with subprocess.Popen(
        [sys.executable, "-m", "studytool", "study", "--plain"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "STUDYTOOL_HOME": str(disk), "PYTHONUTF8": "1"},
    ) as studying:
        assert studying.stdin is not None
        assert studying.stdout is not None
        heard = b""
        studying.stdin.write(b":s\n3\n:s\n")  # one answer is saved, and the key of a second shown
        studying.stdin.flush()
        while heard.count(b"> ") < 4:
            byte = studying.stdout.read(1)
            assert byte, heard.decode()  # it ended before its time
            heard += byte
        with filled(disk):
            said, complaint = studying.communicate(b"1\n", timeout=60)  # what is shown is forgotten
    assert studying.returncode == 2  # the last rating was not saved
    denied = {"ko": "복습할 것이 없습니다", "en": "Nothing is due"}
    assert denied[language] not in said.decode()
    expected = {"ko": "공간을 비운 뒤 다시 해 보세요", "en": "Free some space and try again"}
    assert expected[language] in complaint.decode()
    assert "Traceback" not in complaint.decode()
    assert len(_ids(disk)) == 1


@POSIX
@IN_BOTH
def test_a_full_disk_makes_no_backup_and_says_what_to_do(disk: Path, language: Language) -> None:
    _speak(disk, language)
    ids = _fill(disk)
    assert _studytool(disk, "backup").returncode == 0
    with ReviewLog.open(disk / "reviews.db"), filled(disk):  # open, so that its index is there
        done = _studytool(disk, "backup")
    _refused(done, {"ko": "공간", "en": "space"}[language], str(disk / "backups"))
    assert len(list((disk / "backups").glob("*.db"))) == 1
    assert _ids(disk) == ids


@POSIX
@IN_BOTH
@pytest.mark.parametrize("command", [("vacation", "3"), ("study", "--plain"), ("undo",)])
def test_a_read_only_disk_is_told_and_how_to_go_elsewhere(
    disk: Path, language: Language, command: tuple[str, ...]
) -> None:
    _speak(disk, language)
    ids = _fill(disk)
    with read_only(disk):
        done = _studytool(disk, *command)
    remedy = {"ko": "STUDYTOOL_HOME에 쓸 수 있는 폴더", "en": "set STUDYTOOL_HOME to a folder"}
    _refused(done, remedy[language], str(disk / "reviews.db"))
    assert _ids(disk) == ids


# --- the file -----------------------------------------------------------------------------------


@IN_BOTH
@pytest.mark.slow
@pytest.mark.parametrize("at", [0, PAGE], ids=["header", "first page of words"])
def test_damage_is_told_by_any_command_and_mended_by_the_one_it_names(
    tmp_path: Path, language: Language, at: int
) -> None:
    _speak(tmp_path, language)
    ids = _fill(tmp_path, 20)
    log = tmp_path / "reviews.db"
    whole = log.read_bytes()
    log.write_bytes(whole[:at] + b"\xff" * PAGE + whole[at + PAGE :])
    harmed = log.read_bytes()

    _refused(_studytool(tmp_path, "due"), "studytool doctor", "--repair", "studytool restore")
    assert log.read_bytes() == harmed
    found = _studytool(tmp_path, "doctor")
    assert found.returncode == 1
    assert "studytool doctor --repair" in found.stdout
    repaired = _studytool(tmp_path, "doctor", "--repair", "--yes")
    assert repaired.returncode == 0, repaired.stderr
    assert _studytool(tmp_path, "due").returncode == 0
    assert _ids(tmp_path) == ids
