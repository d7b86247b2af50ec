"""A pack is installed whole or not at all, wherever the program is killed."""

import json
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from studytool.clock import MACHINE_CLOCK
from studytool.errors import NotFoundError, StateError
from studytool.faults import Fault
from studytool.library.installing import (
    LockedPack,
    find_locked,
    is_whole,
    keep_pack,
    pin_pack,
    read_lock,
    remove_pack,
    write_lock,
)
from studytool.library.pack_tree import PackSource, read_folder
from studytool.library.reading_trees import read_tree
from studytool.session.added_packs import added_faults, unlisted
from studytool.session.desk import Desk
from studytool.settings.home import LOCK_NAME
from tests.bundled_library import install_bundled_pack
from tests.cases import first_quick
from tests.packs.samples import CARD, MANIFEST, write_pack

SOURCE = PackSource("folder", "/somewhere")
KILLED = 9
STEPS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "shutil.rmtree"}
"""What the interpreter tells of, before it asks the system to do it."""


def written(folder: Path, version: str) -> Path:
    manifest = MANIFEST.replace("1.0.0", version)
    return write_pack(folder, manifest=manifest, items=CARD.replace("Front", version))


def keep(home: Path, folder: Path) -> LockedPack:
    tree = read_folder(folder)
    pack = read_tree(tree, folder).pack
    new = LockedPack(pack.id, pack.manifest.version, pack.digest, SOURCE)
    keep_pack(home, new, tree)
    return new


def started(home: Path) -> dict[str, str]:
    """Start on a home, as the program does; return the packs that are there then, by version."""
    desk = Desk.open(home, MACHINE_CLOCK)
    try:
        assert set(desk.log.registrations()) == {pack.id for pack in desk.library.packs()}
        return {pack.id: pack.version for pack in desk.library.packs()}
    finally:
        desk.close()


def killed_at(step: int, act: Callable[[], object], home: Path) -> bool:
    """Do something in a process that is killed before its ``step``-th step; tell whether it was.

    A step is what it asks of the system in ``home``.
    """
    child = os.fork()
    if child == 0:
        steps, inside = count(1), str(home)
        try:
            sys.addaudithook(
                lambda event, told: (
                    os._exit(KILLED)
                    if event in STEPS and str(told[0]).startswith(inside) and next(steps) == step
                    else None
                )
            )
            act()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
@pytest.mark.parametrize("every", first_quick([11, 1]))
@pytest.mark.parametrize("act", first_quick(["update", "add", "remove"]))
def test_killed_at_any_step_it_is_the_old_or_the_new(act: str, every: int, tmp_path: Path) -> None:
    old, new = written(tmp_path / "old", "1.0.0"), written(tmp_path / "new", "2.0.0")
    home = install_bundled_pack(tmp_path / "home")
    if act != "add":
        keep(home, old)
    before, after = {
        "update": ("1.0.0", "2.0.0"),
        "add": (None, "2.0.0"),
        "remove": ("1.0.0", None),
    }[act]
    assert started(home).get("sample") == before
    kept = shutil.copytree(home, tmp_path / "kept")

    def do() -> None:
        if act == "remove":
            remove_pack(home, "sample")
        else:
            keep(home, new)

    met = set()
    for step in count(1, every):
        shutil.rmtree(home)
        shutil.copytree(kept, home)
        was_killed = killed_at(step, do, home)
        locked = read_lock(home)
        assert all(is_whole(home, one) for one in locked.values()), step
        found = started(home).get("sample")
        assert found in {before, after}, step
        assert found == (locked["sample"].version if locked else None), step
        met.add(found)
        if not was_killed:
            assert found == after
            break
    keep(home, new)
    do()
    assert started(home).get("sample") == after
    assert {path.name for path in (home / "packs").iterdir()} - {"sample"} == {".lock"}
    assert len([*(home / "packs").glob("sample/*")]) == (0 if after is None else 1)
    assert met == {before, after}


def test_a_folder_that_cannot_be_written_changes_nothing(tmp_path: Path) -> None:
    home = install_bundled_pack(tmp_path / "home")
    keep(home, written(tmp_path / "old", "1.0.0"))
    lock = (home / LOCK_NAME).read_bytes()
    (home / "packs/sample").rename(tmp_path / "aside")
    (home / "packs/sample").write_text("in the way")
    with pytest.raises(StateError) as refused:
        keep(home, written(tmp_path / "new", "2.0.0"))
    assert refused.value.fault is Fault.PACKS_UNWRITABLE
    assert (home / LOCK_NAME).read_bytes() == lock


DAMAGED = [
    "", "{", "[]", '{"format": "2", "packs": {}}', '{"format": 1}', '{"format": 1, "packs": [1]}',
    '{"format": 1, "packs": {"../x": {"digest": "' + "a" * 64 + '"}}}', "[" * 100_000,
    '{"format": 1, "packs": {"x": {"version": "1", "digest": "../..", "source": {}, "pinned": true}}}',
]  # fmt: skip


def test_a_damaged_lock_is_told_and_study_goes_on(tmp_path: Path) -> None:
    home = install_bundled_pack(tmp_path / "home")
    keep(home, written(tmp_path / "old", "1.0.0"))
    started(home)
    for text in DAMAGED:
        (home / LOCK_NAME).write_text(text)
        with pytest.raises(StateError) as refused:
            read_lock(home)
        assert refused.value.fault is Fault.PACK_LOCK_UNREADABLE, text[:80]
        assert started(home)["sample"] == "1.0.0"
        with pytest.raises(StateError):
            remove_pack(home, "sample")
        assert (home / LOCK_NAME).read_text() == text
        (home / "library.db").unlink()  # a cache: it is made again of the files
        assert started(home)["sample"] == "1.0.0"


def test_a_lock_of_a_newer_program_is_left_to_it(tmp_path: Path) -> None:
    home = install_bundled_pack(tmp_path / "home")
    newer = '{"format": 2, "packs": {}}'
    (home / LOCK_NAME).write_text(newer)
    with pytest.raises(StateError) as refused:
        keep(home, written(tmp_path / "old", "1.0.0"))
    assert refused.value.fault is Fault.NEWER
    assert (home / LOCK_NAME).read_text() == newer


@pytest.mark.parametrize("lost", [None, {}], ids=["the file", "the row"])
def test_a_pack_that_the_lock_has_lost_stays_and_is_told(
    tmp_path: Path, lost: dict[str, object] | None
) -> None:
    home = install_bundled_pack(tmp_path / "home")
    one = keep(home, written(tmp_path / "old", "1.0.0"))
    started(home)
    (home / LOCK_NAME).unlink()
    if lost is None:
        (home / "library.db").unlink()
    else:
        write_lock(home, {})
    assert started(home)["sample"] == "1.0.0"
    desk = Desk.open(home, MACHINE_CLOCK)
    misplaced, packs = desk.misplaced, desk.library.packs()
    desk.close()
    assert misplaced is not None
    assert misplaced.fault is Fault.PACKS_UNLISTED
    assert unlisted(home, packs, read_lock(home)) == ["sample"]  # the bundled ones need no row

    keep(home, written(tmp_path / "other", "3.0.0"))  # adding it anew ends that
    write_lock(home, {})
    remove_pack(home, "sample")
    assert "sample" not in started(home)
    assert not one.folder(home).exists()


def test_another_pack_that_is_added_leaves_one_without_its_row_alone(tmp_path: Path) -> None:
    home = install_bundled_pack(tmp_path / "home")
    one = keep(home, written(tmp_path / "old", "1.0.0"))
    started(home)
    (home / LOCK_NAME).unlink()
    second = MANIFEST.replace("id: sample", "id: second")
    keep(home, write_pack(tmp_path / "second", manifest=second))
    assert is_whole(home, one)
    assert started(home).keys() >= {"sample", "second"}


def test_a_row_without_its_files_is_told(tmp_path: Path) -> None:
    home = install_bundled_pack(tmp_path / "home")
    one = keep(home, written(tmp_path / "old", "1.0.0"))
    write_lock(home, {"sample": one, "more": replace(one, id="more")})
    desk = Desk.open(home, MACHINE_CLOCK)
    misplaced, packs = desk.misplaced, desk.library.packs()
    desk.close()
    assert misplaced is not None
    assert (misplaced.fault, misplaced.fields["packs"]) == (Fault.PACK_FILES_CHANGED, "more")
    assert [one.fields["packs"] for one in added_faults(home, packs, hashed=True)] == ["more"]
    (one.folder(home) / "items/all.yaml").write_text("- nothing\n")
    (fault,) = added_faults(home, packs, hashed=True)
    assert fault.fields["packs"] == "more, sample"


def test_files_that_were_changed_afterwards_are_seen_and_put_back(tmp_path: Path) -> None:
    home = install_bundled_pack(tmp_path / "home")
    folder = written(tmp_path / "old", "1.0.0")
    one = keep(home, folder)
    (one.folder(home) / "items/all.yaml").write_text("- nothing\n")
    assert not is_whole(home, one)
    assert "sample" not in started(home)  # what was never compiled is not believed
    keep(home, folder)
    assert is_whole(home, one)
    assert started(home)["sample"] == "1.0.0"


def test_only_its_own_folders_are_cleared(tmp_path: Path) -> None:
    home = install_bundled_pack(tmp_path / "home")
    mine = home / "packs/mine/notes.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("precious")
    (home / "packs/elsewhere").symlink_to(tmp_path)
    keep(home, written(tmp_path / "old", "1.0.0"))
    remove_pack(home, "sample")
    assert mine.read_text() == "precious"
    assert (tmp_path / "old/pack.yaml").exists()


def test_the_lock_is_a_plain_table(tmp_path: Path) -> None:
    one = keep(tmp_path, written(tmp_path / "old", "1.0.0"))
    told = json.loads((tmp_path / LOCK_NAME).read_text())
    assert told["packs"]["sample"]["digest"] == f"sha256-tree:{one.digest}"
    assert read_lock(tmp_path) == {"sample": one}
    assert pin_pack(tmp_path, "sample", is_pinned=True)
    assert not pin_pack(tmp_path, "sample", is_pinned=True)
    assert find_locked(tmp_path, "sample").is_pinned
    with pytest.raises(NotFoundError, match="sampel"):
        find_locked(tmp_path, "sampel")
