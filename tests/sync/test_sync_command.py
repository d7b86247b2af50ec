"""``studytool sync`` as a learner calls it, on two devices."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from studytool.cli import program
from studytool.review_log.log import ReviewLog
from studytool.settings import Settings, save_settings
from tests.review_log.drafts import draft


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
        "sent": 0, "received": 1, "files": [], "settings": [], "skipped": [{"file": "todo.txt", "why": why}],
    }  # fmt: skip
    assert sorted(path.name for path in folder.iterdir()) == [f"{device}-000001.jsonl", "todo.txt"]


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
