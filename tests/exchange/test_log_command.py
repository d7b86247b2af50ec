"""``studytool log`` as a learner calls it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from studytool.cli import program
from studytool.review_log.log import ReviewLog
from studytool.settings import Settings, save_settings
from tests.cases import first_quick
from tests.exchange.samples import EVENTS
from tests.log_lines import write_log

N = len(EVENTS)
TABLE = b"card_id,review_time,review_rating\n7,1711744352250,3\n"
APART = "items that neither a pack nor the log knows, kept apart (1): imported/7"

UNDO = "studytool undo takes this back, on every device."


@pytest.fixture
def homes(tmp_path: Path) -> tuple[Path, Path]:
    one, other = tmp_path / "one", tmp_path / "other"
    for home in (one, other):
        home.mkdir()
        save_settings(home, Settings(language="en"))
    with ReviewLog.open(one / "reviews.db") as log:
        log.absorb(EVENTS)
    return one, other


def _run(home: Path, *arguments: str, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(
        program, ["log", *arguments], input=stdin, env={"STUDYTOOL_HOME": str(home)}
    )


def test_from_one_home_to_another(homes: tuple[Path, Path], tmp_path: Path) -> None:
    one, other = homes
    file = tmp_path / "log.jsonl"
    assert _run(one, "export", str(file)).output == f"{N} written to {file}.\n"
    assert file.read_bytes() == b"".join(write_log(EVENTS)) == _run(one, "export").stdout_bytes
    assert _run(other, "import", str(file)).output == f"{N} read, {N} of them new.\n{UNDO}\n"
    again = _run(other, "import", "-", "--json", stdin=file.read_bytes())
    assert json.loads(again.output) == {
        "read": N,
        "added": 0,
        "held": 0,
        "apart": [],
        "left_out": 0,
        "twofold": [],
        "backup": None,
    }
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["log.jsonl"]
    with ReviewLog.open(other / "reviews.db") as log:
        *events, act = log.events()
        assert (tuple(events), act.kind) == (EVENTS, "import")


def test_the_table_by_the_name_of_its_file(homes: tuple[Path, Path], tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_bytes(TABLE)
    assert (
        _run(homes[1], "import", str(file)).output == f"1 read, 1 of them new.\n{APART}\n{UNDO}\n"
    )
    assert _run(homes[1], "import", "-", "--format", "fsrs-csv", stdin=TABLE).output == (
        f"1 read, 0 of them new.\n{APART}\n"
    )
    out = _run(homes[1], "export", "--format", "fsrs-csv").output
    assert out.splitlines()[1:] == ["7,1711744352250,3,0,0"]
    written = _run(homes[1], "export", str(tmp_path / "out.CSV"), "--json")
    assert json.loads(written.output) == {"path": str(tmp_path / "out.CSV"), "written": 1}


def test_the_log_as_it_was_before_is_kept(homes: tuple[Path, Path], tmp_path: Path) -> None:
    home, file = homes[0], tmp_path / "in.csv"
    file.write_bytes(TABLE)
    first, apart, undo, said = _run(home, "import", str(file)).output.splitlines()
    assert (first, apart, undo) == ("1 read, 1 of them new.", APART, UNDO)
    name = said.removeprefix("the log as it was before is the backup ").removesuffix(".")
    assert [path.name for path in (home / "backups").glob("*.db")] == [name]

    again = _run(home, "import", str(file), "--json")  # nothing new: no backup
    assert json.loads(again.output) == {
        "read": 1,
        "added": 0,
        "held": 0,
        "apart": ["imported/7"],
        "left_out": 0,
        "twofold": [],
        "backup": None,
    }
    assert len(list((home / "backups").glob("*.db"))) == 1

    restored = CliRunner().invoke(
        program, ["restore", name, "--yes"], env={"STUDYTOOL_HOME": str(home)}
    )
    assert restored.exit_code == 0, restored.output
    with ReviewLog.open(home / "reviews.db") as log:
        assert tuple(log.events()) == EVENTS
    once_more = _run(home, "import", str(file), "--json")  # the last backup is of all that is here
    assert json.loads(once_more.output) == {
        "read": 1,
        "added": 1,
        "held": 0,
        "apart": ["imported/7"],
        "left_out": 0,
        "twofold": [],
        "backup": name,
    }


def test_without_a_backup_nothing_is_added(homes: tuple[Path, Path]) -> None:
    (homes[0] / "backups").write_bytes(b"no folder")
    refused = _run(homes[0], "import", "-", "--format", "fsrs-csv", stdin=TABLE)
    assert (refused.exit_code, "no backup was made" in refused.stderr) == (2, True)
    with ReviewLog.open(homes[0] / "reviews.db") as log:
        assert tuple(log.events()) == EVENTS


def test_a_bad_line_is_status_2_and_adds_nothing(homes: tuple[Path, Path], tmp_path: Path) -> None:
    file = tmp_path / "bad.jsonl"
    file.write_bytes(b"".join(write_log(EVENTS)) + b'{"kind": "undo"}\n')
    refused = _run(homes[1], "import", str(file))
    assert refused.exit_code == 2
    assert refused.stderr == (
        f"studytool: {file}:{N + 2}: undo lacks device, id, learner, offset_minutes, target, time; "
        "add it, or delete the line.\n"
    )
    with ReviewLog.open(homes[1] / "reviews.db") as log:
        assert list(log.events()) == []


def test_files_that_are_not_to_be_had(homes: tuple[Path, Path], tmp_path: Path) -> None:
    for arguments, said in [
        (("import", str(tmp_path / "no.jsonl")), "it cannot be read"),
        (("import", str(tmp_path)), "it cannot be read"),
        (("export", str(tmp_path / "no" / "a.jsonl")), "it cannot be written"),
        (("export", str(tmp_path)), "no ordinary file but a folder"),
    ]:
        refused = _run(homes[0], *arguments)
        assert (refused.exit_code, said in refused.stderr) == (2, True), refused.stderr
    nothing = _run(homes[1], "export")
    assert (nothing.exit_code, nothing.stdout) == (2, "")
    assert "there are no reviews yet" in nothing.stderr
    assert not (homes[1] / "reviews.db").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX devices and pipes")
def test_a_device_or_a_pipe_that_is_named_is_written_to(
    homes: tuple[Path, Path], tmp_path: Path
) -> None:
    whole = _run(homes[0], "export").stdout
    assert _run(homes[0], "export", os.devnull).exit_code == 0
    assert Path(os.devnull).is_char_device()

    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True) as cat:
        assert _run(homes[0], "export", str(pipe)).exit_code == 0
        assert cat.communicate(timeout=60)[0] == whole
    assert pipe.is_fifo()

    full = _run(homes[0], "export", "/dev/full")
    assert (full.exit_code, "no space left" in full.stderr) == (2, True), full.stderr
    assert Path("/dev/full").is_char_device()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX's /dev/stdout")
@pytest.mark.parametrize("before", first_quick(["", "what was there\n"]))
def test_standard_output_by_its_path_is_what_it_was_redirected_to(
    homes: tuple[Path, Path], tmp_path: Path, before: str
) -> None:
    whole, out = _run(homes[0], "export").stdout, tmp_path / "all.jsonl"
    out.write_text(before, "utf-8")
    command = [sys.executable, "-m", "studytool", "log", "export", "/dev/stdout"]
    environment = {**os.environ, "STUDYTOOL_HOME": str(homes[0]), "PYTHONUTF8": "1"}
    with out.open("ab") as appended:
        done = subprocess.run(command, check=False, stdout=appended, env=environment, timeout=60)
    assert done.returncode == 0
    assert out.read_text("utf-8") == before + whole
    assert Path("/dev/stdout").is_symlink()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX links")
def test_a_link_that_is_named_stays_a_link(homes: tuple[Path, Path], tmp_path: Path) -> None:
    link, target = tmp_path / "link.jsonl", tmp_path / "target.jsonl"
    target.write_text("old", "utf-8")
    link.symlink_to(target)
    assert _run(homes[0], "export", str(link)).exit_code == 0
    assert link.is_symlink()
    assert target.read_text("utf-8") == _run(homes[0], "export").stdout
