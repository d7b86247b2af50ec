"""A log that was copied is another device; one that was moved or restored is the same."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from studytool.review_log import machine
from studytool.review_log.log import ReviewLog
from studytool.review_log.machine import LogPlace, machine_name
from tests.review_log.drafts import NOON, draft


def _device(log: Path) -> str:
    with ReviewLog.open(log) as opened:
        return opened.device


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home whose log was opened there, and has a review."""
    made = tmp_path / "home"
    made.mkdir()
    with ReviewLog.open(made / "reviews.db") as log:
        log.append_review(draft())
    return made


def test_a_copy_on_another_machine_is_another_device(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "machine_name", lambda: "one")
    with ReviewLog.open(path) as log:
        first = log.append_review(draft())
        device, learner = log.device, log.learner
    monkeypatch.setattr(machine, "machine_name", lambda: "two")
    with ReviewLog.open(path) as there:
        assert (there.device != device, there.learner) == (True, learner)
        assert there.undo(NOON) is None  # what the other did
        own = there.append_review(draft())
        assert own.device == there.device
        named = there.device
    with ReviewLog.open(path) as there:
        assert there.device == named  # once
        assert list(there.events()) == [first, own]
        assert there.undo(NOON) == own
    monkeypatch.setattr(machine, "machine_name", lambda: "")
    with ReviewLog.open(path) as unknown:
        assert unknown.device == named


def _move(home: Path, to: Path) -> None:
    home.rename(to)


def _copy(home: Path, to: Path) -> None:
    shutil.copytree(home, to)


def _link(home: Path, to: Path) -> None:
    to.symlink_to(home)


def _mount(home: Path, to: Path) -> None:
    """Show the same file under another path, as a mount does."""
    to.mkdir()
    os.link(home / "reviews.db", to / "reviews.db")


def _move_and_begin_anew(home: Path, to: Path) -> None:
    home.rename(to)
    home.mkdir()
    _device(home / "reviews.db")


def _copy_and_lose(home: Path, to: Path) -> None:
    shutil.copytree(home, to)
    shutil.rmtree(home)


def _copy_and_harm(home: Path, to: Path) -> None:
    shutil.copytree(home, to)
    (home / "reviews.db").write_bytes(b"no database")


@pytest.mark.parametrize(
    ("how", "same"),
    [
        (_move, True),
        (_link, True),
        (_mount, True),
        (_move_and_begin_anew, True),  # another log has the old path
        (_copy, False),
        (_copy_and_lose, False),  # or moved to another disk: only the reach of undo is lost
        (_copy_and_harm, False),  # what the old path has cannot be told
    ],
)
def test_a_log_at_another_path(
    home: Path, tmp_path: Path, how: Callable[[Path, Path], None], *, same: bool
) -> None:
    device = _device(home / "reviews.db")
    there = tmp_path / "there"
    how(home, there)
    beside = sorted(home.parent.glob("home/*"))
    found = _device(there / "reviews.db")
    assert sorted(home.parent.glob("home/*")) == beside  # where it was, nothing is left by the look
    assert (found == device) is same
    assert _device(there / "reviews.db") == found  # once and for all


def test_of_a_home_and_its_copy_the_device_is_never_one(home: Path, tmp_path: Path) -> None:
    """Whichever is opened first, and wherever the first one is by then."""
    copy, moved, put_back = (tmp_path / name for name in ("copy", "moved", "back"))
    shutil.copytree(home, copy)
    shutil.copytree(home, put_back)
    home.rename(moved)
    put_back.rename(home)  # a copy has the old path, so it is the home; what was moved is not
    logs = [folder / "reviews.db" for folder in (copy, moved, home)]
    assert len({*map(_device, logs)}) == 3
    assert len({*map(_device, reversed(logs))}) == 3


def test_two_programs_that_open_a_copy_at_once_are_one_device(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(home, tmp_path / "copy")
    is_copy, quicker = LogPlace.is_copy_of, list[str]()

    def is_copy_of(here: LogPlace, before: LogPlace, device: str) -> bool:
        if not quicker:
            quicker.append("")
            quicker[0] = _device(tmp_path / "copy" / "reviews.db")
        return is_copy(here, before, device)

    monkeypatch.setattr(LogPlace, "is_copy_of", is_copy_of)
    assert _device(tmp_path / "copy" / "reviews.db") == quicker[0] != _device(home / "reviews.db")


def test_a_backup_that_is_put_back_is_the_same_device(home: Path) -> None:
    log = home / "reviews.db"
    device = _device(log)
    kept = home / "kept.db"
    shutil.copy(log, kept)
    log.unlink()
    shutil.copy(kept, log)
    assert _device(log) == device


def test_a_place_that_was_not_written_by_this_program_says_nothing(path: Path) -> None:
    assert LogPlace.read("[]") is LogPlace.read('{"machine": ""}') is LogPlace.read("{") is None
    device = _device(path)
    assert LogPlace.read(LogPlace.of(path).written()) == LogPlace.of(path)
    with ReviewLog.open(path) as log:
        log._db.rows("UPDATE meta SET value = '?' WHERE key = 'place'")
    assert _device(path) == device


def test_a_machine_has_one_name() -> None:
    assert machine_name() == machine_name()


def test_a_machine_is_named_by_its_file_or_its_card_and_neither_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty, named, absent = tmp_path / "empty", tmp_path / "named", tmp_path / "absent"
    empty.write_text("\n")
    named.write_text("0123abcd\n")

    def name(*files: Path, node: int) -> str:
        monkeypatch.setattr(machine, "_FILES", files)
        monkeypatch.setattr("uuid.getnode", lambda: node)
        return machine_name()

    card, random = 0x02_42_AC_11_00_02, 0x13_42_AC_11_00_02  # a random number has that bit
    by_file = name(absent, empty, named, node=card)
    assert len(by_file) == 16
    assert "0123abcd" not in by_file
    assert by_file == name(named, node=random)
    by_card = name(absent, empty, node=card)
    assert len(by_card) == 16
    assert by_card not in {by_file, name(node=card + 1)}
    assert name(absent, empty, node=random) == ""
