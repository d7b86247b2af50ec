"""A home is its owner's alone, and an emptied one is not taken for a new one."""

import os
import shutil
import stat
from pathlib import Path

import pytest

from studytool.review_log.log import ReviewLog
from tests.in_process import run_program
from tests.review_log.drafts import draft


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def begin(home: Path) -> None:
    assert run_program("due", home=home).returncode == 0
    with ReviewLog.open(home / "reviews.db") as log:
        log.append_review(draft())
    assert run_program("due", home=home).returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX's")
@pytest.mark.parametrize("before", [None, 0o755, 0o777])  # a new home, and older ones
def test_nobody_else_reads_a_home(tmp_path: Path, before: int | None) -> None:
    home, mask = tmp_path / "home", os.umask(0o022)
    try:
        begin(home)
        assert run_program("backup", home=home).returncode == 0
        if before is not None:
            home.chmod(before)
            (home / "reviews.db").chmod(before & 0o666)
            assert run_program("due", home=home).returncode == 0
    finally:
        os.umask(mask)
    backups = home / "backups"
    assert (mode(home), mode(home / "reviews.db"), mode(backups)) == (0o700, 0o600, 0o700)
    assert {mode(path) for path in backups.glob("*.db")} == {0o600}


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX's")
def test_a_folder_that_holds_other_files_is_left_open(tmp_path: Path) -> None:
    (tmp_path / "page.html").touch()
    tmp_path.chmod(0o755)
    begin(tmp_path)
    assert (mode(tmp_path), mode(tmp_path / "reviews.db")) == (0o755, 0o600)


@pytest.mark.parametrize("emptied", [b"", None, b"S"])
def test_a_home_that_once_had_reviews_says_that_they_are_gone(
    tmp_path: Path, emptied: bytes | None
) -> None:
    home = tmp_path / "home"
    begin(home)
    log = home / "reviews.db"
    log.unlink()
    shutil.rmtree(home / "backups", ignore_errors=True)
    if emptied is not None:
        log.write_bytes(emptied)
    for command in (("due",), ("stats",), ("log", "export", "-"), ("doctor",)):
        done = run_program(*command, home=home)
        assert done.returncode
        assert ".reviews-begun" in done.stderr + done.stdout, command
    (home / ".reviews-begun").unlink()  # to begin anew, as it says
    assert run_program("due", home=home).returncode == 0
    assert run_program("doctor", home=home).returncode == 0
