"""The simulated disk loses what was not synced, and nothing else: faults made on purpose are found."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from unittest.mock import patch

import apsw
import pytest

from studytool import files
from studytool.numerics.streams import stream
from studytool.review_log.database import Database
from tests.endurance import power_loss
from tests.endurance.deeds import DEEDS, Deed
from tests.endurance.power_loss import KINDS, cut_power
from tests.endurance.simulated_disk import Image, SimulatedDisk, UnseenFileError


@pytest.fixture
def disk(tmp_path: Path) -> SimulatedDisk:
    """Return a disk with one file on it."""
    (tmp_path / "disk").mkdir()
    (tmp_path / "disk" / "file").write_bytes(b"old")
    return SimulatedDisk(tmp_path / "disk")


def _images(disk: SimulatedDisk) -> Iterator[Image]:
    rng = stream("images", 0)
    for share, names_now in KINDS * 2:
        yield disk.image(rng, share=share, names_now=names_now)


def _cut(disk: SimulatedDisk, act: Callable[[], object]) -> tuple[list[Image], list[Image]]:
    """Return what losses of power leave at each sync of an act, and after it."""
    during: list[Image] = []
    disk.at_sync = lambda: during.extend(_images(disk))
    with disk.mounted():
        act()
    return during, list(_images(disk))


def _without_sync_of(what: Callable[[Path], bool]) -> Callable[[Path, int], None]:
    sync = files._sync
    return lambda path, flags: None if what(path) else sync(path, flags)


def test_a_file_is_blamed_only_where_a_sync_is_missing(disk: SimulatedDisk) -> None:
    path = disk.root / "file"
    during, after = _cut(disk, lambda: files.write_whole(path, b"new" * 999))
    assert {image["file"] for image in during} <= {b"old", b"new" * 999}
    assert {image["file"] for image in after} == {b"new" * 999}
    with patch.object(files, "_sync", _without_sync_of(Path.is_dir)):
        _, after = _cut(disk, lambda: files.write_whole(path, b"newest"))
    assert {image["file"] for image in after} == {b"new" * 999, b"newest"}
    with patch.object(files, "_sync", _without_sync_of(Path.is_file)), patch.object(os, "fsync"):
        during, _ = _cut(disk, lambda: _replace_unsynced(path))
    assert b"" in {image["file"] for image in during}


def _replace_unsynced(path: Path) -> None:
    path.with_name("beside").write_bytes(b"last")
    path.with_name("beside").replace(path)
    files.sync_folder(path.parent)


@pytest.mark.parametrize(
    ("level", "is_durable"), [("FULL", True), ("NORMAL", False), ("OFF", False)]
)
@pytest.mark.parametrize("rounds", [1, 3])
def test_a_row_is_lost_only_where_a_journal_is_not_synced(
    disk: SimulatedDisk, tmp_path: Path, level: str, rounds: int, *, is_durable: bool
) -> None:
    """Where several connections follow each other the numbers of journals are used again."""
    path = disk.root / "rows.db"
    with disk.mounted(), closing(apsw.Connection(str(path))) as connection:
        connection.execute("PRAGMA journal_mode = WAL").fetchall()
        connection.execute("CREATE TABLE rows (n)")
    lost = False
    for number in range(rounds):
        with disk.mounted(), closing(apsw.Connection(str(path))) as connection:
            connection.execute(f"PRAGMA synchronous = {level}")
            connection.execute("INSERT INTO rows VALUES (?)", (number,))
            lost |= any(_rows(image, tmp_path) != number + 1 for image in _images(disk))
    assert lost != is_durable


def _rows(image: Image, folder: Path) -> int:
    """Count the rows of what is left; -1 where it cannot be read."""
    there = folder / "left.db"
    for end in ("", "-wal", "-shm"):
        there.with_name(there.name + end).unlink(missing_ok=True)
        if (content := image.get(f"rows.db{end}")) is not None:
            there.with_name(there.name + end).write_bytes(content)
    with suppress(apsw.Error), closing(apsw.Connection(str(there))) as connection:
        return int(connection.execute("SELECT count(*) FROM rows").get)
    return -1


def test_a_file_with_the_number_of_a_deleted_one_is_another(disk: SimulatedDisk) -> None:
    path = disk.root / "file"
    number = path.stat().st_ino
    for other in ("second", "third"):  # the second one's content was never written
        disk.make(number)
        path.rename(path.with_name(other))
        path = path.with_name(other)
        rng = stream("names", 0)
        assert disk.image(rng, share=1.0, names_now=False)["file"] == b"old"
        assert disk.image(rng, share=1.0, names_now=True)[other] == b""


def test_what_others_do_meanwhile_is_refused(disk: SimulatedDisk) -> None:
    with disk.mounted():
        pass
    (disk.root / "file-wal").touch()
    with pytest.raises(UnseenFileError), disk.mounted():
        pass


@contextmanager
def _carelessly_opened() -> Iterator[None]:
    prepare = Database._prepare

    def careless(log: Database, busy_seconds: float, connection: apsw.Connection) -> None:
        prepare(log, busy_seconds, connection)
        connection.execute("PRAGMA synchronous = OFF")

    with patch.object(Database, "_prepare", careless):
        yield


@pytest.mark.slow
def test_a_program_that_syncs_no_journal_is_found(tmp_path: Path) -> None:
    deeds = (DEEDS[2], lambda *_: Deed(("backup",)))
    with patch.object(power_loss, "DEEDS", deeds), _carelessly_opened():
        assert cut_power(4, tmp_path).wrong != []
