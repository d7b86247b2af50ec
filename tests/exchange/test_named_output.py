"""Every command that writes a file which the user names: what may be there under that name."""

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from threading import Thread

import click
import pytest

from studytool.cli import program
from studytool.errors import StateError
from studytool.faults import Fault
from studytool.settings.named_file import named_file
from tests.cases import first_quick
from tests.in_process import run_program
from tests.packs.samples import write_pack

if sys.platform == "win32":
    pytest.skip("links and pipes of POSIX", allow_module_level=True)

ITEM = ("--item", "mean-standard-error", "--variants", "1")
WRITES: dict[str, list[tuple[str, ...]]] = {
    "log export": [("log", "export", "{}/log.jsonl"), ("log", "export", "{}/log.csv")],
    "pack export": [
        ("pack", "export", "statistics-primer", f"{{}}/q{kind}", *ITEM)
        for kind in (".md", ".apkg", ".xml", ".html")
    ],
    "pack build": [("pack", "build", "pack", "--output", "{}/pack.zip")],
}
"""The commands whose path is a file to be written, and lines in which ``{}`` is its folder."""

FOLDERS = {"pack import", "pack new"}
"""Those whose path becomes a folder, where nothing may be: ``test_new_pack`` and ``test_pack_import``."""

READ = {"check", "log import", "pack preview", "pack schema", "review"}
"""Those whose path is read."""

LINES = [line for lines in WRITES.values() for line in lines]


def _with_paths(group: click.Group, before: str = "") -> Iterator[str]:
    with click.Context(group) as context:
        for name in group.list_commands(context):
            found = group.get_command(context, name)
            if isinstance(found, click.Group):
                yield from _with_paths(found, f"{before}{name} ")
            elif found and any(isinstance(one.type, click.Path) for one in found.params):
                yield f"{before}{name}"


def test_every_command_that_takes_a_path_is_in_a_table() -> None:
    assert set(_with_paths(program)) == {*WRITES, *FOLDERS, *READ}


@pytest.fixture
def here(tmp_path: Path) -> Path:
    write_pack(tmp_path / "pack")
    home = tmp_path / "home"
    home.mkdir()
    (home / "settings.toml").write_text('language = "en"\n')
    run_program(
        "review",
        "-",
        home=home,
        typed='{"item": "statistics-primer/mean-standard-error", "rating": "good"}',
    )
    return tmp_path


def _run(here: Path, line: tuple[str, ...], folder: str) -> tuple[int, str, str]:
    words = (word.replace("{}", folder) for word in line)
    done = run_program(*words, home=here / "home", within=here)
    return done.returncode, done.stdout, done.stderr


def _name(line: tuple[str, ...]) -> str:
    return next(word for word in line if "{}" in word).removeprefix("{}/")


@pytest.mark.parametrize("line", first_quick(LINES), ids=_name)
def test_what_lies_under_the_name(line: tuple[str, ...], here: Path) -> None:
    for name in ("plain", "linked", "kept", "none", "new", "folder", "socket", "circle", "pipe"):
        (here / name).mkdir()
    file = _name(line)
    status, _, told = _run(here, line, "plain")
    assert status == 0, told
    assert (here / "plain" / file).is_file()

    (here / "linked" / file).symlink_to(here / "kept" / file)  # to a file
    (here / "kept" / file).write_text("old")
    (here / "new" / file).symlink_to(here / "none" / file)  # to none, not yet
    for link, kept in (("linked", "kept"), ("new", "none")):
        status, _, told = _run(here, line, link)
        assert status == 0, told
        assert (here / link / file).is_symlink()
        assert (here / kept / file).stat().st_size > len("old")
        assert [one.name for one in (here / kept).iterdir()] == [file]

    (here / "folder" / file).mkdir()
    (here / "circle" / file).symlink_to(file)
    with socket.socket(socket.AF_UNIX) as bound, chdir(here / "socket"):
        bound.bind(file)
    for refused, why in (
        ("folder", "a folder"),
        ("circle", "in a circle"),
        ("socket", "other end"),
    ):
        before = (here / refused / file).lstat()
        status, said, told = _run(here, line, refused)
        assert (status, said) == (2, "")
        assert why in told
        assert (here / refused / file).lstat().st_ino == before.st_ino

    os.mkfifo(pipe := here / "pipe" / file)
    read: list[bytes] = []
    reader = Thread(target=lambda: read.append(pipe.read_bytes()), daemon=True)
    reader.start()
    status, said, told = _run(here, line, "pipe")
    reader.join(60)
    assert (status, said) == (0, ""), told  # a pipe may be the standard output itself
    assert read[0][:4] == (here / "plain" / file).read_bytes()[:4]
    assert pipe.is_fifo()


OWN = ("reviews.db", "reviews.db-wal", "library.db", "settings.toml", "backups/x.jsonl", "packs/x")


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("by", ["name", "link"])
def test_no_file_of_studytools_own_is_written_over(
    here: Path, name: str, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDYTOOL_HOME", str(here / "home"))
    own = here / "home" / name
    own.parent.mkdir(exist_ok=True)
    before = own.read_bytes() if own.exists() else None
    (here / "link").symlink_to(own)
    with (
        pytest.raises(StateError) as refused,
        named_file(own if by == "name" else here / "link"),
    ):
        raise AssertionError
    assert refused.value.fault is Fault.OWN_FILE
    assert (own.read_bytes() if own.exists() else None) == before
    with named_file(here / "home" / "my.jsonl") as file:  # the folder is the learner's
        file.write(b"mine")


@pytest.mark.parametrize("line", first_quick(LINES), ids=_name)
def test_no_command_writes_over_the_log(line: tuple[str, ...], here: Path) -> None:
    (here / "linked").mkdir()
    (here / "linked" / _name(line)).symlink_to(here / "home" / "reviews.db")
    log = (here / "home" / "reviews.db").read_bytes()
    status, said, told = _run(here, line, "linked")
    assert (status, said) == (2, "")
    assert "a file that studytool keeps for itself" in told
    assert (here / "home" / "reviews.db").read_bytes() == log


def test_a_disk_is_never_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "disk").write_text("all that there is")
    monkeypatch.setattr(Path, "is_file", lambda _: False)
    monkeypatch.setattr(Path, "is_block_device", lambda _: True)
    with pytest.raises(Exception, match="a device"), named_file(tmp_path / "disk"):
        raise AssertionError
    assert (tmp_path / "disk").read_text() == "all that there is"
