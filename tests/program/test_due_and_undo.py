"""``studytool due`` and ``studytool undo``: on a real log, across programs."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from studytool.bundled_pack import bundled_folders
from studytool.cli import due, undo, vacation
from studytool.clock import MACHINE_CLOCK
from studytool.language import Language
from studytool.packs.reader import load_pack
from studytool.quiz.outcome import Outcome
from studytool.review_log.events import ReviewDraft
from studytool.review_log.kinds import KINDS
from studytool.session.desk import Desk
from studytool.settings import Settings, save_settings
from studytool.srs.rating import Rating
from studytool.wording.acts import ACT_NAMES
from tests.cases import first_row_quick

ITEMS = ("deep-learning-notes/xavier-variance", "deep-learning-notes/he-sd")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STUDYTOOL_HOME", str(tmp_path))
    desk = Desk.open(tmp_path, MACHINE_CLOCK)
    began = datetime.now(UTC) - timedelta(days=60)  # noqa: TID251 - the commands read the clock too
    for number, item in enumerate(ITEMS):
        desk.log.append_review(
            ReviewDraft(
                item=item,
                revision="r",
                seed=0,
                answer="1",
                outcome=Outcome.RIGHT,
                rating=Rating.EASY,
                time=began + timedelta(hours=number),
                offset_minutes=0,
                duration_ms=1000,
            )
        )
    desk.close()
    return tmp_path


@pytest.fixture
def seoul(monkeypatch: pytest.MonkeyPatch) -> Iterator[timedelta]:
    monkeypatch.setenv("TZ", "Asia/Seoul")
    time.tzset()
    yield timedelta(hours=9)
    monkeypatch.undo()
    time.tzset()


def _said(command: object, *arguments: str) -> str:
    run = CliRunner().invoke(command, [*arguments])  # type: ignore[arg-type] # a command
    assert run.exit_code == 0, run.output
    return run.output


def _json(command: object, *arguments: str) -> dict[str, object]:
    run = CliRunner().invoke(command, [*arguments, "--json"])  # type: ignore[arg-type] # a command
    assert run.exit_code == 0, run.output
    read: dict[str, object] = json.loads(run.output)
    return read


def test_what_is_due_in_order(home: Path) -> None:
    assert home.exists()
    found = _json(due.command)
    assert found["due"] == list(ITEMS)
    assert _json(due.command, "--limit", "1")["due"] == [ITEMS[0]]
    packs: list[dict[str, object]] = found["packs"]  # type: ignore[assignment] # of rows
    news = [one.pop("new") for one in packs]
    assert sum(map(int, map(str, news))) == 20  # one limit, in turn
    assert packs == [
        {
            "id": pack_id,
            "title": load_pack(folder).manifest.title.text("ko"),
            "due": due,
            "learning": 0,
            "items": len(load_pack(folder).items),
        }
        for due, (pack_id, folder) in zip((2, 0), bundled_folders().items(), strict=True)
    ]


def test_undo_goes_back_to_the_begin_and_redo_forward_again(home: Path) -> None:
    assert home.exists()
    taken = [_json(undo.command)["undone"] for _ in range(3)]
    assert [act and act["item"] for act in taken] == [*reversed(ITEMS), None]  # type: ignore[index] # an act
    assert _json(due.command)["due"] == []
    again = [_json(undo.command, "--redo")["redone"] for _ in range(3)]
    assert again == [taken[1], taken[0], None]
    assert _json(due.command)["due"] == list(ITEMS)


def test_a_pack_that_is_not_there_is_named(home: Path) -> None:
    assert home.exists()
    run = CliRunner().invoke(due.command, ["nope"])
    assert run.exit_code != 0
    assert "nope" in f"{run.output}{run.exception}"


def test_people_read_local_times_and_scripts_utc(home: Path, seoul: timedelta) -> None:
    save_settings(home, Settings(language="en"))
    _json(vacation.command, "3650")
    following = datetime.fromisoformat(str(_json(due.command)["next"]))
    assert following.utcoffset() == timedelta()
    assert f"next: {following + seoul:%Y-%m-%d %H:%M}\n" in _said(due.command)
    act = _json(undo.command)["undone"]
    assert isinstance(act, dict)
    when = datetime.fromisoformat(act["time"])
    assert when.utcoffset() == timedelta()
    assert f"({when + seoul:%Y-%m-%d %H:%M})" in _said(undo.command, "--redo")


@pytest.mark.parametrize(
    ("language", "vacation_said", "review_said"),
    first_row_quick(
        [
            ("ko", "되돌렸습니다: 휴가 (", f"되돌렸습니다: 복습, {ITEMS[1]} ("),
            ("en", "taken back: vacation (", f"taken back: review, {ITEMS[1]} ("),
        ]
    ),
)
def test_undo_names_the_act_in_the_learners_language(
    home: Path, language: Language, vacation_said: str, review_said: str
) -> None:
    save_settings(home, Settings(language=language))
    _json(vacation.command, "5")
    assert _said(undo.command).startswith(vacation_said)
    redone = _json(undo.command, "--redo")["redone"]
    assert isinstance(redone, dict)
    assert (redone["kind"], redone["item"]) == ("vacation", None)
    _said(undo.command)
    assert _said(undo.command).startswith(review_said)


def test_every_kind_of_act_has_a_name() -> None:
    assert set(ACT_NAMES) == {name for name, kind in KINDS.items() if kind.is_act}
