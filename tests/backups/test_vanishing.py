"""A backup that another program takes away while it is being restored, and a folder that is closed."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from studytool.backups import restoring
from studytool.backups.folder import list_backups
from studytool.backups.taking import take
from studytool.cli import restore as restore_command
from studytool.doctor.examine import examine
from studytool.errors import StateError
from studytool.faults import Fault
from tests.backups.logs import fill, ids
from tests.in_process import run_program
from tests.review_log.drafts import DAY, NOON

PHASES = [
    (restore_command, "_count_damaged"),
    (restore_command, "_tell_otherwise"),
    (restoring, "replace_log"),
    (restoring, "_write_over"),
    (restoring, "_change_file"),
    (restoring, "_set_aside"),
    (restore_command, "_go_back"),
]
RESTORED = {"_set_aside", "_go_back"}
"""When these are called it is read already."""


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("is_damaged", [False, True])
@pytest.mark.parametrize(("module", "name"), PHASES)
def test_the_log_is_the_old_or_the_new_whenever_a_backup_vanishes(
    home: Path,
    log: Path,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    module: Any,
    name: str,
    *,
    is_damaged: bool,
    named: bool,
) -> None:
    wanted = fill(log)
    backup = take(log, folder, NOON).backup.path
    fill(log, 9)
    if is_damaged:
        log.write_bytes(log.read_bytes()[:100] + b"\xff" * 5000)
    before = log.read_bytes()
    took_place = _vanishing(monkeypatch, module, name, backup)
    done = run_program("restore", *([backup.name] if named else []), "--yes", home=home)
    if not took_place():
        assert done.returncode == 0  # only a damaged log goes that way
    elif name in RESTORED:
        assert (done.returncode, ids(log)) == (0, wanted), done.stderr
    else:
        assert done.returncode == 2, done.stderr
        assert str(backup) in done.stderr.splitlines()[-1]
        assert log.read_bytes() == before
        assert not list(home.glob("**/.*partial*"))
    assert not (home / "reports").exists()


def _vanishing(
    monkeypatch: pytest.MonkeyPatch, module: Any, name: str, backup: Path
) -> Callable[[], bool]:
    """Take the backup away as a function is called; return what tells whether it was."""
    called: list[str] = []

    def call(*values: Any, **named: Any) -> Any:
        called.append(name)
        backup.unlink(missing_ok=True)
        return was(*values, **named)

    was = getattr(module, name)
    monkeypatch.setattr(module, name, call)
    if name == "replace_log":  # known by its name there, too
        monkeypatch.setattr(restoring, name, call)
    return lambda: bool(called)


def test_what_the_log_had_otherwise_and_what_is_damaged_is_in_the_json(
    home: Path, log: Path, folder: Path
) -> None:
    [first, second, *_] = sorted(fill(log))
    backup = take(log, folder, NOON).backup.path
    _run(log, "UPDATE events SET duration_ms = duration_ms + 1 WHERE hex(id) = ?", first)
    assert _restored(home, backup) == {"damaged": 0, "twofold": [first]}
    _run(backup, "UPDATE events SET duration_ms = duration_ms + 1 WHERE hex(id) = ?", second)
    assert _restored(home, backup) == {"damaged": 1, "twofold": []}


def _restored(home: Path, backup: Path) -> dict[str, object]:
    done = run_program("restore", backup.name, "--yes", "--json", home=home)
    return {name: json.loads(done.stdout)[name] for name in ("damaged", "twofold")}


def _run(path: Path, sql: str, id_: str) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        for (trigger,) in db.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall():
            db.execute(f"DROP TRIGGER {trigger}")
        assert db.execute(sql, (id_.replace("-", "").upper(),)).rowcount == 1


def test_a_folder_that_cannot_be_read_is_a_finding_and_no_failed_backup(
    home: Path, log: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(log)
    take(log, folder, NOON)
    listed = Path.iterdir

    def refuse(path: Path) -> Any:
        if path == folder:
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(StateError) as refused:
        list_backups(folder)
    assert refused.value.fault is Fault.BACKUPS_UNREADABLE
    [finding] = examine(home, NOON + DAY)
    assert finding.code == "backups_unreadable"
    assert str(folder) in finding.message.text("ko")
    assert "(permission denied)" in finding.message.text("en")
