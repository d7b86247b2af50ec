"""What every command prints with --json, held against its type, both ways."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from studytool.cli import COMMANDS, program
from studytool.clock import MACHINE_CLOCK
from studytool.json_output import JSON_OUTPUTS
from studytool.quiz.outcome import Outcome
from studytool.review_log.events import ReviewDraft
from studytool.session.desk import Desk
from studytool.settings import Settings, save_settings
from studytool.srs.rating import Rating
from tests.fitting.simulated import make_home, simulate
from tests.packs.samples import CARD, CLAIM, write_pack
from tests.program.json_shape import fits, typed_dicts
from tests.review_log.deeds import set_flag

PACK = "deep-learning-notes"
RATE, CARD_ITEM = f"{PACK}/cosine-rate", f"{PACK}/cosine-wrong-period"
NOW = datetime.now(UTC)  # noqa: TID251 - the commands read the clock too
UNNOTICED = CLAIM.replace('"a + 1"', '"a**2"').replace('"1 + a"', '"a*a"')

RUNS: dict[str, list[str]] = {
    "show": [f"show {RATE}", f"show {CARD_ITEM}", f"show {PACK}/predict-sigmoid-depth"],
    "mark": [
        *(f"mark {RATE} --seed 1 --answer {answer}" for answer in ("7", "what", "1,000")),
        f"mark {PACK}/predict-constant-init --seed 1 --answer 1",
    ],
    "verify": [f"verify --claim cosine-value --item {RATE}"],
    "verify --mutants core": ["verify TMP/pack --mutants core --sample 100"],
    "check": ["check TMP/wrong", "check TMP/unnoticed --mutants"],
    "check --explain": ["check --explain E121", "check --explain E100"],
    "review": ["review TMP/good.jsonl", "review TMP/bad.jsonl"],
    "log export": ["log export TMP/log.jsonl", "log export TMP/log.csv"],
    "log import": ["log import TMP/log.jsonl", "log import TMP/table.csv"],
    "log retract": ["log retract --future", "log retract --since 2020-01-01"],
    "sync": ["sync TMP/shared"],
    "backup": ["backup"],
    "backup --list": ["backup --list"],
    "restore": ["restore --yes"],
    "doctor": ["doctor", "doctor --repair --yes"],
    "due": ["due"],
    "undo": ["undo"],
    "undo --redo": ["undo --redo"],
    "vacation": ["vacation", "vacation --from +9d 2"],
    "vacation DAYS": ["vacation 2"],
    "exam": ["exam", f"exam +9d {PACK}"],
    "exam --missed": ["exam --missed"],
    "search": ["search cosine"],
    "claims": ["claims cosine", "claims --pack statistics-primer"],
    "item list": ["item list"],
    "item show": [f"item show {RATE}"],
    "item suspend|unsuspend|flag|unflag": [
        f"item {act} {RATE}" for act in ("suspend", "suspend", "unsuspend", "flag", "unflag")
    ],
    "item bury": [f"item bury {RATE}"],
    "item set-due|postpone|advance": [
        f"item set-due +3d {RATE}",
        f"item postpone 2 {RATE} {CARD_ITEM}",
        f"item advance 1 {RATE} --search is:review",
    ],
    "item reset": [f"item reset {RATE} {CARD_ITEM}"],
    "item rate": [f"item rate {RATE} hard"] * 2,
    "item move": [f"item move gone {RATE}"] * 2,
    "config": ["config"],
    "config NAME": ["config order", "config order retrievability"],
    "optimize": ["optimize"],
    "optimize --reset|--back": ["optimize --reset", "optimize --back"],
    "forecast": ["forecast --days 2 --draws 4"],
    "stats": ["stats"],
    "formula": ["formula 1+1", "formula 1/0"],
    "formula --list": ["formula --list"],
    "simulate": ["simulate dense_layer --replicates 100"],
    "simulate --list": ["simulate --list", "simulate"],
    "pack list": ["pack list"],
    "pack add": ["pack add TMP/pack --yes", "pack add TMP/pack --yes"],
    "pack update": ["pack update sample TMP/newer --yes"],
    "pack remove": ["pack remove sample --yes"],
    "pack pin": ["pack pin sample"],
    "pack new": ["pack new TMP/mine"],
    "pack schema": ["pack schema TMP/pack"],
    "pack import": ["pack import TMP/cards.md TMP/imported"],
    "pack export": ["pack export statistics-primer TMP/exam.xml --concept bernoulli --variants 1"],
    "pack build": ["pack build TMP/pack --output TMP/pack.zip"],
}
"""By the entry in the table of types, with TMP for a folder of the test; each is run with --json."""


def _draft(days_ago: float, rating: Rating, **more: Any) -> ReviewDraft:
    outcome = Outcome.WRONG if rating is Rating.AGAIN else Outcome.RIGHT
    return ReviewDraft(
        item=RATE,
        revision="r",
        seed=0,
        answer="7",
        outcome=outcome,
        rating=rating,
        time=NOW - timedelta(days=days_ago),
        offset_minutes=0,
        duration_ms=2500,
        **more,
    )


@pytest.fixture(scope="module")
def studied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with something for every list: a confidence, a misconception, an undone event."""
    home: Path = tmp_path_factory.mktemp("studied")
    save_settings(home, Settings(language="en", packs={PACK: {"desired_retention": 0.85}}))
    desk = Desk.open(home, MACHINE_CLOCK)
    desk.log.append_review(replace(_draft(50, Rating.EASY), item=f"{PACK}/gone"))
    desk.log.append_review(_draft(40, Rating.EASY, confidence=0.7))
    desk.log.append_review(_draft(20, Rating.EASY))
    desk.log.append_review(_draft(9, Rating.AGAIN, confidence=0.7, misconception="linear"))
    set_flag(desk.log, RATE, True, NOW)
    desk.log.undo(NOW)
    desk.close()
    return home


BEFORE = {
    "backup --list": ["backup"],
    "due": [f"exam +9d {PACK}", "vacation --from +2d 3"],
    "forecast": [f"exam +9d {PACK}"],
    "restore": ["backup"],
    "optimize --reset|--back": ["config memory_model leitner"],
    "undo": [f"item flag {RATE}"],  # a copied home is another device, which has done nothing yet
    "undo --redo": [f"item flag {RATE}", "undo"],
    **{f"pack {act}": ["pack add TMP/pack --yes"] for act in ("list", "update", "remove", "pin")},
}
"""What is run before the runs of an entry."""


@pytest.fixture
def home(studied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = shutil.copytree(studied, tmp_path / "home")
    monkeypatch.setenv("STUDYTOOL_HOME", str(folder))
    return folder


def _prepare(entry: str, home: Path, tmp: Path) -> None:
    """Make what the runs of an entry need besides."""
    (tmp / "good.jsonl").write_text(f'{{"item": "{RATE}", "rating": "good"}}\n')
    (tmp / "bad.jsonl").write_text('{"item": 1}\n')
    (tmp / "cards.md").write_text("one::1\n\nC: [two] and no answer\n\nQ: none\n")
    if entry.startswith("pack "):
        write_pack(tmp / "pack")
        renamed = CARD.replace("id: recall", "id: recalled\n  was: [recall]")
        write_pack(tmp / "newer", items=renamed)
    match entry:
        case "check" | "verify --mutants core":
            write_pack(tmp / "pack", items=CARD, claims=CLAIM)
            write_pack(tmp / "wrong", items=CARD + CARD + CARD.replace("kind: card", "kind: crad"))
            no_english = CARD.replace(", en: Front", "")
            write_pack(tmp / "unnoticed", items=no_english, claims=UNNOTICED)
        case "sync":
            (tmp / "shared").mkdir()
            (tmp / "shared/other-000001.jsonl").write_text("nothing of ours\n")
        case "log import":
            _run("log export TMP/log.jsonl", tmp)
            (tmp / "table.csv").write_text("card_id,review_time,review_rating\n7,1711744352250,3\n")
        case "doctor":
            _run("backup", tmp)
            (home / "reviews.db").unlink()  # which a repair restores
        case "optimize":
            shutil.rmtree(home)
            make_home(home, simulate("json keys", items=150, days=120))
        case _:
            for line in BEFORE.get(entry, ()):
                _run(line, tmp)


def _run(line: str, tmp: Path) -> Any:
    arguments = [word.replace("TMP", str(tmp)) for word in line.split()]
    done = CliRunner().invoke(program, [*arguments, "--json"])
    assert done.exit_code in {0, 1, 2}, done.output
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param(entry, marks=pytest.mark.slow if entry == "verify --mutants core" else ())
        for entry in JSON_OUTPUTS
    ],
)
def test_what_is_printed_has_the_type_that_is_declared(
    entry: str, home: Path, tmp_path: Path
) -> None:
    _prepare(entry, home, tmp_path)
    kind = JSON_OUTPUTS[entry]
    met = {one for line in RUNS[entry] for one in fits(kind, _run(line, tmp_path))}
    assert set(typed_dicts(kind)) - met == set()  # none went untried


def test_every_command_that_knows_json_has_a_type() -> None:
    assert set(RUNS) == set(JSON_OUTPUTS)
    assert {entry.split()[0] for entry in JSON_OUTPUTS} == set(COMMANDS) - {
        "study",
        "lab",
        "help",
        "lsp",
        "serve",
    }


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (int, True),  # a bool is no number
        (float, "1"),
        (list[int], [1, None]),
        (JSON_OUTPUTS["log import"], {"read": 1, "added": 1}),  # a key lacks
        (
            JSON_OUTPUTS["log import"],
            {
                "read": 1,
                "added": 1,
                "held": 0,
                "apart": [],
                "left_out": 0,
                "twofold": [],
                "backup": None,
                "more": 1,
            },
        ),
        (JSON_OUTPUTS["undo"], {"undone": {"kind": "flag"}}),  # one within lacks
    ],
)
def test_the_check_itself_sees_a_wrong_value(kind: type, value: object) -> None:
    with pytest.raises(AssertionError):
        list(fits(kind, value))
