"""A home that cannot be written: commands that only read show what they show of the writable one."""

import json
import sys
import tempfile
from pathlib import Path

import pytest

from studytool.review_log.log import ReviewLog
from studytool.srs.rating import Rating
from tests.bundled_library import install_bundled_pack
from tests.disks import filled, ordinary_user, read_only, small_disk
from tests.in_process import run_program
from tests.review_log.drafts import DAY, NOON, draft

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX mounts and modes")

READING = (
    ("due", "--json"),
    ("stats", "--json"),
    ("item", "list", "--json"),
    ("item", "show", "he-sd", "--json"),
    ("search", "dropout", "--json"),
    ("exam", "--json"),
    ("exam", "--missed", "--json"),
    ("vacation", "--json"),
    ("forecast", "--days", "2", "--draws", "2", "--json"),
    ("log", "export"),
    ("log", "export", "--format", "fsrs-csv"),
)
SAYS = {"ko": "읽기만 합니다", "en": "it is only read"}


def _fill(home: Path, language: str = "en") -> None:
    (home / "settings.toml").write_text(f'language = "{language}"\n', "utf-8")
    install_bundled_pack(home)
    with ReviewLog.open(home / "reviews.db") as log:
        for day in (0, 1, 9):
            log.append_review(draft("deep-learning-notes/he-sd", Rating.EASY, NOON + day * DAY))
    assert run_program("due", home=home).returncode == 0  # registers the pack


@pytest.mark.slow
def test_reading_on_a_full_disk_against_reading_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not a byte is free for the index without which SQLite does not read a file with a journal."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with small_disk("16m") as home:
        _fill(home)
        for command in (("due", "--json"), ("stats", "--json"), ("log", "export")):
            wanted = run_program(*command, home=home)
            with filled(home):
                found = run_program(*command, home=home)
            assert (found.returncode, found.stdout) == (0, wanted.stdout), command
            assert SAYS["en"] in found.stderr
        with filled(home):
            refused = run_program("item", "suspend", "he-sd", home=home)
        assert refused.returncode == 2
        assert "the disk is full" in refused.stderr


@pytest.mark.slow
@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_reading_a_read_only_disk_against_reading_before(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # another program's copies are not ours
    with small_disk("16m") as home:
        _fill(home)
        wanted = run_program(*command, home=home)
        with read_only(home):
            before = {path.name: path.stat().st_mtime_ns for path in home.iterdir()}
            found = run_program(*command, home=home)
            assert {path.name: path.stat().st_mtime_ns for path in home.iterdir()} == before
        assert (found.returncode, found.stdout) == (0, wanted.stdout)
        assert SAYS["en"] in found.stderr
        assert list(tmp_path.glob("studytool-*")) == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_modes_that_forbid_writing_are_the_same_as_a_read_only_disk(language: str) -> None:
    with ordinary_user() as home:
        _fill(home, language)
        for path in home.iterdir():
            path.chmod(0o500 if path.is_dir() else 0o400)
        home.chmod(0o500)
        found = run_program("stats", home=home)
        assert found.returncode == 0, found.stderr
        assert SAYS[language] in found.stderr
        assert "3" in found.stdout


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("options", [(), ("--repair", "--yes")], ids=" ".join)
def test_the_doctor_finds_a_read_only_disk_well(language: str, options: tuple[str, ...]) -> None:
    with small_disk("16m") as home:
        _fill(home, language)
        assert run_program("backup", home=home).returncode == 0
        wanted = run_program("doctor", "--json", home=home)
        with read_only(home):
            told = run_program("doctor", *options, "--json", home=home)
            said = run_program("doctor", *options, home=home)
        assert (told.returncode, said.returncode) == (0, 0), said.stdout + said.stderr
        first, *others = json.loads(told.stdout)["findings"]
        assert (first["code"], first["severity"], first["repairable"]) == (
            "home_read_only",
            "info",
            False,
        )
        assert str(home) in first["message"]
        assert others == json.loads(wanted.stdout)["findings"]
        assert json.loads(told.stdout)["repairs"] == []


@pytest.mark.parametrize("options", [(), ("--repair", "--yes")], ids=" ".join)
def test_the_doctor_names_what_it_cannot_repair_on_a_read_only_disk(
    options: tuple[str, ...],
) -> None:
    with small_disk("16m") as home:
        _fill(home)
        (home / "reviews.db").write_bytes(b"\xff" * 8192)
        with read_only(home):
            done = run_program("doctor", *options, "--json", home=home)
        assert done.returncode == 1
        first, damaged = json.loads(done.stdout)["findings"]
        assert (first["code"], damaged["code"]) == ("home_read_only", "log_damaged")
        assert "log_damaged" in first["message"]
        assert str(home / "reviews.db") in damaged["message"]
        assert (json.loads(done.stdout)["repairs"], damaged["repairable"]) == ([], False)


def test_what_is_in_the_journal_alone_is_read_too() -> None:
    with small_disk("16m") as home:
        _fill(home)
        with ReviewLog.open(home / "reviews.db") as log:  # open: its last event is in the journal
            log.append_review(draft("deep-learning-notes/he-sd", Rating.AGAIN, NOON + 50 * DAY))
            assert (home / "reviews.db-wal").stat().st_size
            for name in ("reviews.db", "reviews.db-wal", "settings.toml", "library.db"):
                (home / "still").mkdir(exist_ok=True)
                (home / "still" / name).write_bytes((home / name).read_bytes())
        with read_only(home):
            exported = run_program("log", "export", home=home / "still").stdout
        assert exported.count('"kind": "review"') == 4


def test_a_damaged_log_is_told_by_its_own_name() -> None:
    with small_disk("16m") as home:
        _fill(home)
        (home / "reviews.db").write_bytes(b"\xff" * 8192)
        with read_only(home):
            refused = run_program("due", home=home)
        assert refused.returncode == 2
        assert str(home / "reviews.db") in refused.stderr


def test_without_a_log_a_read_only_home_is_refused() -> None:
    with small_disk("16m") as home, read_only(home):
        refused = run_program("due", home=home)
    assert refused.returncode == 2
    assert str(home / "reviews.db") in refused.stderr
