"""Whole files on real folders: what is there stays until the new one is whole."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path

import pytest

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.files import (
    IrregularFileError,
    LargeFileError,
    durable_file,
    is_stream,
    read_regular,
    take_free_name,
    whole_file,
    whole_folder,
    write_files,
    write_whole,
)
from studytool.half_written import clear_dead, half_written
from studytool.settings.own_home import keep_home_private
from tests.disks import filled, ordinary_user, small_disk

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="POSIX files")
OLD, NEW = b"old\n", b"new\n" * 1000


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_made_or_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    for content in (OLD, NEW, b""):
        write_whole(path, content)
        assert path.read_bytes() == content
        assert names(tmp_path) == ["a.txt"]


@POSIX
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755, 0o400])
def test_the_mode_stays(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(OLD)
    path.chmod(mode)
    write_whole(path, NEW)
    assert path.stat().st_mode & 0o7777 == mode
    assert path.read_bytes() == NEW


@POSIX
def test_a_new_file_has_the_mode_that_the_user_chose(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "a.txt", NEW)
    finally:
        os.umask(before)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o640


@POSIX
def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    elsewhere, link = tmp_path / "elsewhere.txt", tmp_path / "link.txt"
    elsewhere.write_bytes(OLD)
    link.symlink_to(elsewhere)
    write_whole(link, NEW)
    assert not link.is_symlink()
    assert (link.read_bytes(), elsewhere.read_bytes()) == (NEW, OLD)


@POSIX
def test_what_lies_beside_the_file_under_a_likely_name_is_not_written(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_bytes(OLD)
    for name in ("evidence.lock.new", "evidence.lock.tmp", ".evidence.lock.partial"):
        (tmp_path / name).symlink_to(elsewhere)
    write_whole(tmp_path / "evidence.lock", NEW)
    assert ((tmp_path / "evidence.lock").read_bytes(), elsewhere.read_bytes()) == (NEW, OLD)


@POSIX
def test_only_an_ordinary_file_within_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(OLD)
    assert read_regular(path, len(OLD)) == OLD
    with pytest.raises(LargeFileError) as large:
        read_regular(path, len(OLD) - 1)
    assert large.value.size == len(OLD)
    (tmp_path / "link").symlink_to(path)
    (tmp_path / "circle").symlink_to("circle")
    (tmp_path / "device").symlink_to("/dev/zero")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name, what in (
        ("link", "a link"), ("circle", "a link"), ("device", "a link"), ("folder", "a folder"),
        ("pipe", "a pipe"),
    ):  # fmt: skip
        with pytest.raises(IrregularFileError) as refused:
            read_regular(tmp_path / name, 9)
        assert refused.value.what.en == what
    with pytest.raises(IrregularFileError, match="a device"):
        read_regular(Path("/dev/zero"), 9)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as bound, chdir(path.parent):
        bound.bind(path.name)  # by its short name: the whole path may be too long for a socket


@POSIX
@pytest.mark.parametrize(
    ("make", "korean", "english"),
    [
        (Path.mkdir, "폴더", "a folder"),
        (os.mkfifo, "파이프", "a pipe"),
        (_socket, "소켓", "a socket"),
    ],
    ids=["folder", "pipe", "socket"],
)
def test_what_is_no_ordinary_file_stays(
    make: Callable[[Path], None], korean: str, english: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a"
        make(path)
        kind = path.lstat().st_mode
        with pytest.raises(StateError) as refused:
            write_whole(path, NEW)
        assert refused.value.fault is Fault.NOT_A_FILE
        assert korean in refused.value.text("ko")
        assert english in refused.value.text("en")
        assert path.lstat().st_mode == kind
        assert names(Path(folder)) == ["a"]


@POSIX
def test_a_device_stays() -> None:
    with pytest.raises(StateError, match="a device"):
        write_whole(Path(os.devnull), NEW)
    assert Path(os.devnull).is_char_device()


@POSIX
def test_a_full_disk_leaves_the_old_file() -> None:
    with small_disk("1m") as folder:
        path = folder / "a.txt"
        path.write_bytes(OLD)
        with filled(folder), pytest.raises(OSError, match="No space left"):
            write_whole(path, NEW)
        assert (path.read_bytes(), names(folder)) == (OLD, ["a.txt"])


@POSIX
def test_a_folder_that_may_not_be_written_keeps_the_old_file() -> None:
    with ordinary_user() as folder:
        path = folder / "a.txt"
        path.write_bytes(OLD)
        folder.chmod(0o500)
        with pytest.raises(PermissionError):
            write_whole(path, NEW)
        assert (path.read_bytes(), names(folder)) == (OLD, ["a.txt"])


def test_a_block_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(OLD)
    for error in (ValueError, KeyboardInterrupt):
        with pytest.raises(error):
            _fail_half_way(path, error)
        assert (path.read_bytes(), names(tmp_path)) == (OLD, ["a.txt"])


def _fail_half_way(path: Path, error: type[BaseException]) -> None:
    with whole_file(path) as file:
        file.write(NEW)
        raise error


def test_a_program_that_is_killed_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(OLD)
    script = (
        "import sys, time; from pathlib import Path; from studytool.files import whole_file\n"
        "with whole_file(Path(sys.argv[1])) as file:\n"
        "    file.write(b'half'); file.flush(); print('now', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", script, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"now\n"
        writer.send_signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
    assert path.read_bytes() == OLD
    [left] = [name for name in names(tmp_path) if name != "a.txt"]
    machine = left.split(".")[-2].partition("-")[0]
    elsewhere = left.replace(machine, f"{int(machine, 16) ^ 1:08x}")
    (tmp_path / elsewhere).touch()
    write_whole(path, NEW)
    assert names(tmp_path) == sorted([elsewhere, "a.txt"])  # another machine's may be at work still
    os.utime(tmp_path / elsewhere, (0, 0))
    write_whole(path, NEW)
    assert (names(tmp_path), path.read_bytes()) == (["a.txt"], NEW)


def test_a_new_file_takes_no_name_that_is_taken(tmp_path: Path) -> None:
    path, partial = tmp_path / "a.txt", tmp_path / "b.txt"
    path.write_bytes(OLD)
    with pytest.raises(FileExistsError), durable_file(path):
        raise AssertionError
    with durable_file(partial) as file:
        file.write(NEW)
    with pytest.raises(FileExistsError):
        take_free_name(partial, becomes=path)
    assert path.read_bytes() == OLD
    take_free_name(partial, becomes=tmp_path / "c.txt")
    assert (tmp_path / "c.txt").read_bytes() == NEW


@POSIX
def test_a_folder_that_a_killed_program_left_half_made_is_deleted_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    dead = half_written(tmp_path / "new").name.replace(f"-{os.getpid()}-", f"-{ended.pid}-")
    with monkeypatch.context() as patched:
        patched.setattr(os, "getpid", os.getppid)
        other = half_written(tmp_path / "new").name
    for name in (dead, other, ".new.mine", "kept"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text("x", "utf-8")
    with whole_folder(tmp_path / "another"):
        pass
    left = {one.name for one in tmp_path.iterdir()}
    assert left == {other, ".new.mine", "kept", "another"}


def test_a_folder_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    made, files = tmp_path / "made", {"a.yaml": b"a", "items/b.yaml": b"b"}
    with whole_folder(made) as beside:
        write_files(beside, files)
        assert not made.exists()
    found = {path.relative_to(made).as_posix(): path.read_bytes() for path in made.rglob("*.yaml")}
    assert found == files
    with pytest.raises(OSError), whole_folder(made) as beside:  # noqa: PT011 - by the system
        write_files(beside, {"a.yaml": b"other"})
    with pytest.raises(FileExistsError), whole_folder(tmp_path / "new") as beside:
        write_files(beside, {"a.yaml": b"a", "./a.yaml": b"again"})
    with pytest.raises(FileExistsError):
        write_files(made, files)
    assert (made / "a.yaml").read_bytes() == b"a"
    assert list(tmp_path.iterdir()) == [made]


@POSIX
@pytest.mark.parametrize(("name", "expected"), [
    (os.devnull, True), ("/dev/stdout", True), ("/proc/self/fd/1", True),
    ("/dev/none", True), ("/dev/fd/1", True),  # never made there
    ("/dev/shm/log.jsonl", False),  # a folder of ordinary files
    ("a.txt", False), (".", False), ("none.txt", False), ("development/a.txt", False),
])  # fmt: skip
def test_streams(name: str, *, expected: bool) -> None:
    assert is_stream(Path(name)) is expected


@pytest.mark.skipif(sys.platform != "linux", reason="only /proc says when a process began")
def test_a_process_that_has_a_dead_ones_number_keeps_nothing(tmp_path: Path) -> None:
    """As in a container, whose few numbers come round at once."""
    name = half_written(tmp_path / "new").name
    began = name.split("-")[-2]
    for other, is_kept in ((began, True), (str(int(began) - 1), False), ("0", True)):
        left = tmp_path / name.replace(f"-{began}-", f"-{other}-")
        left.touch()
        clear_dead(tmp_path)
        assert left.exists() is is_kept, other
        left.unlink(missing_ok=True)


@pytest.mark.skipif(os.name == "nt", reason="Windows lets no other process look")
@pytest.mark.parametrize("is_start", [False, True], ids=["export", "start"])
def test_what_a_killed_program_left_half_written_is_removed(
    tmp_path: Path, *, is_start: bool
) -> None:
    target = tmp_path / "settings.toml"
    code = (
        "import os, sys; from pathlib import Path; from studytool.files import whole_file\n"
        "with whole_file(Path(sys.argv[1])) as file:\n    file.write(b'x'); file.flush(); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, str(target)], check=False)
    [left] = tmp_path.iterdir()
    alive = half_written(target)
    alive.touch()
    if is_start:
        keep_home_private(tmp_path)
    else:
        write_whole(target, b"whole")
    assert not left.exists()
    assert alive.exists()
