"""``studytool sync`` as a learner calls it, on two devices."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from studytool.cli import program
from studytool.language import Language
from studytool.review_log.json_values import TOO_LATE
from studytool.review_log.log import ReviewLog
from studytool.review_log.write_in_bulk import write_events
from studytool.settings import Settings, save_settings
from studytool.srs.memory import to_ms
from studytool.srs.rating import Rating
from studytool.sync.part import sealed
from tests.in_process import run_program
from tests.log_lines import write_log
from tests.review_log.drafts import draft, foreign


def _run(home: Path, *arguments: str) -> Result:
    environment = {"STUDYTOOL_HOME": str(home)}
    return CliRunner().invoke(program, ["sync", *arguments], env=environment)


def test_two_devices(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    (folder / "todo.txt").write_text("milk", "utf-8")
    for name in ("a", "b"):
        _home(tmp_path, name)
    with ReviewLog.open(tmp_path / "a" / "reviews.db") as log:
        log.append_review(draft())
        device = log.device
    why = "not a studytool-log file; it was left alone."
    said = f"sent 1, received 0\nskipped todo.txt: {why}\n"
    assert _run(tmp_path / "a", str(folder)).output == said
    found = _run(tmp_path / "b", str(folder), "--json")
    assert found.exit_code == 0
    assert json.loads(found.output) == {
        "sent": 0, "received": 1, "files": [], "settings": [], "twofold": [],
        "skipped": [{"file": "todo.txt", "why": why}],
    }  # fmt: skip
    assert sorted(path.name for path in folder.iterdir()) == [f"{device}-000001.jsonl", "todo.txt"]


@pytest.mark.parametrize(
    ("language", "more"), [("ko", "건너뛴 파일이 10개"), ("en", "skipped: 10")]
)
def test_of_many_files_that_are_not_its_own_a_few_are_named(
    tmp_path: Path, language: Language, more: str
) -> None:
    save_settings(_home(tmp_path, "a"), Settings(language=language))
    folder = tmp_path / "shared"
    folder.mkdir()
    for number in range(30):
        (folder / f"todo-{number:02}.txt").write_text("milk", "utf-8")
    lines = _run(tmp_path / "a", str(folder)).output.splitlines()
    assert [line.split(":")[0][-11:] for line in lines[1:-1]] == [
        f"todo-{number:02}.txt" for number in range(20)
    ]
    assert more in lines[-1]
    assert len(json.loads(_run(tmp_path / "a", str(folder), "--json").output)["skipped"]) == 30
    (folder / "todo-00.txt").unlink()
    for path in sorted(folder.glob("todo-*.txt"))[20:]:
        path.unlink()
    assert len(_run(tmp_path / "a", str(folder)).output.splitlines()) == 21  # no line of no more


def test_a_mistyped_folder_is_status_2_and_makes_nothing(tmp_path: Path) -> None:
    refused = _run(tmp_path / "home", str(tmp_path / "no"))
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "폴더가 없습니다" in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_was_there_is_backed_up_before_others_events_come_in(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    own = {}
    for name in ("a", "b"):
        with ReviewLog.open(_home(tmp_path, name) / "reviews.db") as log:
            own[name] = log.append_review(draft(f"pack/{name}"))
    assert _run(tmp_path / "a", str(folder)).exit_code == 0
    assert not (tmp_path / "a" / "backups").exists()  # nothing came in
    assert _run(tmp_path / "b", str(folder)).output == "sent 1, received 1\n"
    [backup] = (tmp_path / "b" / "backups").glob("*.db")
    with ReviewLog.open(backup) as log:
        assert [event.id for event in log.events()] == [own["b"].id]


def _home(folder: Path, name: str) -> Path:
    home = folder / name
    home.mkdir()
    save_settings(home, Settings(language="en"))
    return home


@pytest.mark.parametrize("language", ["ko", "en"])
def test_events_dated_in_the_future_are_told_and_far_ones_refused(
    tmp_path: Path, language: Language
) -> None:
    """As a device with a wrong clock writes them; no clock of this program goes as far as 2262."""
    folder, home, file = tmp_path / "shared", tmp_path / "home", tmp_path / "file.jsonl"
    for made in (folder, home):
        made.mkdir()
    save_settings(home, Settings(language=language))
    for n, (year, is_taken) in enumerate([(2020, True), (2200, True), (2262, False)]):
        ms = to_ms(datetime(year, 1, 1, tzinfo=UTC))
        by_sync, by_import = (
            foreign("pack/a", Rating.GOOD, ms, random=bytes([n, k] * 5)) for k in (0, 1)
        )
        (folder / f"{n}.jsonl").write_bytes(sealed(list(write_events([by_sync]))))
        file.write_bytes(b"".join(write_log([by_import])))
        synced = run_program("sync", str(folder), home=home)
        imported = run_program("log", "import", str(file), home=home)
        told = year == 2200
        assert ("log retract --future" in synced.stderr, "2200-01-01" in synced.stderr) == (
            told,
        ) * 2
        assert ("log retract --future" in imported.stderr) is told
        assert (synced.returncode, imported.returncode) == (0, 0 if is_taken else 2)
        if not is_taken:
            shown = TOO_LATE.text(
                language, name="time", value="'2262-01-01T00:00:00.000Z'", year=2262
            )
            assert f"{n}.jsonl:2: {shown}" in synced.stdout
            assert f"{file}:2: {shown}" in imported.stderr
    assert run_program("log", "retract", "--future", home=home).returncode == 0
    assert "reviews_in_future" not in run_program("doctor", "--json", home=home).stdout
