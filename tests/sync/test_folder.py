"""The shared folder: what is written there, and what is passed over and why."""

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from studytool.errors import StateError
from studytool.half_written import half_written
from studytool.review_log.events import Event
from studytool.review_log.lines import BLOCKS_HEADER, HEADER
from studytool.review_log.log import ReviewLog
from studytool.sync import folder as shared_folder
from studytool.sync import part
from studytool.sync.part import read_part, write_parts
from studytool.sync.with_folder import SyncReport, sync_with_folder
from tests.cases import first_row_quick
from tests.disks import ordinary_user
from tests.exchange.samples import EVENTS
from tests.log_lines import read_log, write_log
from tests.review_log.drafts import draft

N = len(EVENTS)
NEW_NAME = "0123456789abcdef-000001.jsonl"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "shared"
    made.mkdir()
    return made


@pytest.fixture
def log(tmp_path: Path) -> Iterator[ReviewLog]:
    with ReviewLog.open(tmp_path / "here.db") as opened:
        yield opened


def _read(path: Path) -> list[Event]:
    return list(read_log(read_part(path).body.splitlines(keepends=True), path.name))


def _content() -> bytes:
    [(_, content)] = write_parts(EVENTS)
    return content


def _whys(done: SyncReport) -> dict[str, str]:
    assert all(one.problem.text("ko") for one in done.skipped)
    return {one.file: str(one.problem) for one in done.skipped}


def test_new_events_are_new_files_and_nothing_new_is_none(folder: Path, log: ReviewLog) -> None:
    log.absorb(EVENTS)
    first, second, third = f"{log.device}-000001.jsonl", f"{log.device}-000002.jsonl", ()
    assert sync_with_folder(log, folder) == SyncReport(N, 0, (first,), ())
    before = (folder / first).read_bytes(), (folder / first).stat().st_mtime_ns
    assert sync_with_folder(log, folder) == SyncReport(0, 0, third, ())
    review = log.append_review(draft())
    assert sync_with_folder(log, folder) == SyncReport(1, 0, (second,), ())
    assert before == ((folder / first).read_bytes(), (folder / first).stat().st_mtime_ns)
    assert sorted(path.name for path in folder.iterdir()) == [first, second]
    lines = (folder / second).read_bytes().splitlines(keepends=True)
    assert [lines[0], *read_log(lines, second)] == [HEADER, review]  # ``log import`` reads it too
    assert json.loads(lines[-1]).keys() == {"count", "sha256"}
    assert json.loads(lines[-1])["count"] == 1


def test_many_events_are_several_parts(
    folder: Path, log: ReviewLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(part, "PART_EVENTS", 4)
    log.absorb(EVENTS)
    done = sync_with_folder(log, folder)
    assert done.sent == N
    assert [_read(folder / name) for name in done.files] == [
        list(EVENTS[first : first + 4]) for first in range(0, N, 4)
    ]


@pytest.mark.parametrize(
    ("name", "change"),
    [
        (NEW_NAME, lambda content: content),
        ("renamed by hand.txt", lambda content: content),
        ("0123456789abcdef-000001 (conflicted copy).jsonl", lambda content: content),
        (NEW_NAME, lambda content: content.rstrip(b"\n")),
        (NEW_NAME, lambda content: content.replace(b"\n", b"\r\n")),  # git's autocrlf
    ],
)
def test_whole_files_of_any_name(
    folder: Path, log: ReviewLog, name: str, change: Callable[[bytes], bytes]
) -> None:
    (folder / name).write_bytes(change(_content()))
    assert sync_with_folder(log, folder) == SyncReport(0, N, (), ())
    assert tuple(log.events()) == EVENTS


LATER = "not wholly copied yet; the next sync reads it again."
ALONE = "not a studytool-log file; it was left alone."


@pytest.mark.parametrize(
    ("name", "content", "said"),
    first_row_quick(
        [
            (NEW_NAME, b"", LATER),
            (NEW_NAME, bytes(4096), LATER),
            (NEW_NAME, HEADER[:10], LATER),
            (NEW_NAME, HEADER, LATER),
            ("holiday.jpg", b"\xff\xd8\xff", ALONE),
            ("notes.txt", b"", ALONE),
            ("export.jsonl", b"".join(write_log(EVENTS)), LATER),  # without a seal nobody knows
            (
                NEW_NAME,
                _content().replace(b'"pack/one"', b'"pack/two"'),
                "its content does not match",
            ),
            (
                NEW_NAME,
                HEADER.replace(b"2", b"4") + b"{}\n",
                "a newer studytool wrote this (format 4; this one knows up to 3); update studytool.",
            ),
            (
                NEW_NAME,
                part.sealed([b'{"kind": "xyz"}\n']),
                f"{NEW_NAME}:2: unknown kind 'xyz'; known are",
            ),
        ]
    ),
)
def test_other_files_are_named_and_the_rest_goes_on(
    folder: Path, log: ReviewLog, name: str, content: bytes, said: str
) -> None:
    (folder / name).write_bytes(content)
    (folder / "whole.jsonl").write_bytes(_content())
    (folder / ".stfolder").mkdir()
    (folder / ".hidden.tmp").write_bytes(b"the carrying program's own")
    review = log.append_review(draft())
    done = sync_with_folder(log, folder)
    assert (done.sent, done.received) == (1, N)
    assert list(_whys(done)) == [name]
    assert _whys(done)[name].startswith(said)
    assert (folder / name).read_bytes() == content
    assert log.ids() == {review.id, *(event.id for event in EVENTS)}


def test_a_file_cut_anywhere_is_left_for_later(folder: Path, log: ReviewLog) -> None:
    content = _content()
    ends = [*range(0, len(content) - 1, 97), *(m.start() for m in re.finditer(b"\n", content))][:-1]
    for end in ends:
        (folder / NEW_NAME).write_bytes(content[:end])
        done = sync_with_folder(log, folder)
        assert (done.received, _whys(done)) == (0, {NEW_NAME: LATER}), end
    (folder / NEW_NAME).write_bytes(content)
    assert sync_with_folder(log, folder) == SyncReport(0, N, (), ())


def test_an_oversize_file(folder: Path, log: ReviewLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part, "MOST_BYTES", 2**20)
    (folder / NEW_NAME).write_bytes(bytes(3 * 2**20))
    said = "too large to be read (3 MB; the limit is 1 MB)."
    assert _whys(sync_with_folder(log, folder)) == {NEW_NAME: said}


def test_an_oversize_file_of_blocks(
    folder: Path, log: ReviewLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever its first line says: a block is read wherever it stands."""
    monkeypatch.setattr(part, "MOST_BYTES_OF_BLOCKS", 2**20)
    lines = [b"\n" * 2**20, b'{"reviews": 1, "id": ""}\n']
    (folder / NEW_NAME).write_bytes(part.sealed(lines).replace(BLOCKS_HEADER, HEADER))
    said = "too large to be read (1 MB; the limit is 1 MB)."
    assert _whys(sync_with_folder(log, folder)) == {NEW_NAME: said}
    (folder / NEW_NAME).write_bytes(part.sealed(lines[:1]))
    assert _whys(sync_with_folder(log, folder)) == {}


def test_a_damaged_file_of_ones_own_is_replaced(folder: Path, log: ReviewLog) -> None:
    log.absorb(EVENTS)
    [name] = sync_with_folder(log, folder).files
    (folder / name).write_bytes((folder / name).read_bytes()[:500])
    done = sync_with_folder(log, folder)
    assert (done.sent, done.files) == (N, (f"{log.device}-000002.jsonl",))


def test_a_killed_programs_partial_file_is_cleared(folder: Path, log: ReviewLog) -> None:
    """And no other: a second program of this device may be writing at this moment."""
    dead, living = half_written(folder / log.device), half_written(folder / log.device)
    dead = dead.with_name(dead.name.replace(f"-{os.getpid()}-", "-999999999-"))
    of_another_id = dead.with_name(dead.name.replace(log.device, "0123456789abcdef"))
    old = folder / f".{log.device}.00000000-1-00000000.partial"  # of another machine, long ago
    for path in (dead, living, old, of_another_id):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    sync_with_folder(log, folder)
    assert list(folder.iterdir()) == [living]


def test_two_programs_of_one_device_take_two_names(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "d-000001.jsonl").write_bytes(b"the other's")
    monkeypatch.setattr(shared_folder, "_number", lambda *_: 0)  # it was not there yet
    monkeypatch.setattr(Path, "exists", lambda _: False)
    assert shared_folder.publish(b"ours", folder, "d").name == "d-000002.jsonl"
    assert (folder / "d-000001.jsonl").read_bytes() == b"the other's"


def test_without_hard_links(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert shared_folder.publish(b"one", folder, "d").name == "d-000001.jsonl"
    assert shared_folder.publish(b"two", folder, "d").name == "d-000002.jsonl"
    assert [path.read_bytes() for path in sorted(folder.iterdir())] == [b"one", b"two"]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_a_folder_that_may_not_be_written_still_gives() -> None:
    with ordinary_user() as home, ReviewLog.open(home / "r.db") as log:
        folder = home / "shared"
        folder.mkdir()
        (folder / NEW_NAME).write_bytes(_content())
        (folder / "secret.jsonl").write_bytes(b"")
        (folder / "secret.jsonl").chmod(0)
        log.append_review(draft())
        folder.chmod(0o500)
        with pytest.raises(StateError, match="All that was received is saved") as refused:
            sync_with_folder(log, folder)
        assert str(folder) in refused.value.text("ko")
        assert len(log.ids()) == N + 1
        folder.chmod(0o700)
        done = sync_with_folder(log, folder)
        assert (done.sent, _whys(done)) == (
            1, {"secret.jsonl": "it cannot be read (permission denied)."},
        )  # fmt: skip


def test_a_folder_that_is_not_there(tmp_path: Path, log: ReviewLog) -> None:
    with pytest.raises(StateError, match="there is no folder"):
        sync_with_folder(log, tmp_path / "no")
    (tmp_path / "file").touch()
    with pytest.raises(StateError, match="is a file, not a folder"):
        sync_with_folder(log, tmp_path / "file")
