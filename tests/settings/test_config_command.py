"""``studytool config``: on real settings files, and a real log whose memories follow them."""

import json
import re
import shlex
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from studytool.cli import config as config_command
from studytool.cli import program
from studytool.clock import MACHINE_CLOCK
from studytool.errors import StateError
from studytool.exchange.fsrs_csv import read_csv
from studytool.faults import Fault
from studytool.review_log.log import ReviewLog
from studytool.review_log.study_days import StudyDays
from studytool.session.desk import Desk, open_log
from studytool.session.policy import policy_of
from studytool.settings import Settings, all_settings, load_settings, save_settings
from studytool.srs.parameters import FSRS_6
from tests.cases import first_row_quick
from tests.data.real_log import real_log
from tests.in_process import run_program

PACK = "deep-learning-notes"
REVIEWS = 1_000


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STUDYTOOL_HOME", str(tmp_path))
    save_settings(tmp_path, Settings(language="en"))
    return tmp_path


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(program, ["config", *arguments])


def _said(*arguments: str) -> str:
    run = _run(*arguments)
    assert run.exit_code == 0, run.output
    return run.output


def _refused(*arguments: str) -> str:
    run = _run(*arguments)
    assert run.exit_code == 2, run.output
    return run.output


def test_every_setting_is_listed_with_its_default_and_a_line_of_explanation(home: Path) -> None:
    for language in ("ko", "en"):
        _said("language", language)
        listed = json.loads(_said("--json"))
        assert listed["path"] == str(home / "settings.toml")
        assert [one["name"] for one in listed["settings"]] == list(all_settings())
        for one in listed["settings"]:
            text = _said(one["name"])
            about = all_settings()[one["name"]].about
            assert one["about"] == (about.ko if language == "ko" else about.en)
            assert one["about"] in text
            assert one["allowed"] in text
            assert json.loads(_said(one["name"], "--json")) == one
        lines = _said().splitlines()
        assert [line[2:].split()[0] for line in lines[2::2]] == list(all_settings())


def test_a_changed_setting_is_marked(home: Path) -> None:
    assert home.exists()
    _said("new_per_day", "5")
    marked = [line.split()[1:] for line in _said().splitlines() if line.startswith("*")]
    assert marked == [["language", "en", "ko"], ["new_per_day", "5", "20"]]


@pytest.mark.parametrize(
    ("name", "words", "value"),
    [
        ("new_per_day", ["0"], 0),
        ("desired_retention", ["0.85"], 0.85),
        ("learning_steps_minutes", ["1,10"], (1, 10)),
        ("learning_steps_minutes", ["1", "10"], (1, 10)),
        ("learning_steps_minutes", ["[0.5, 10]"], (0.5, 10)),
        ("relearning_steps_minutes", ["none"], ()),
        ("spread_load", ["off"], False),
        ("spread_load", ["false"], False),
        ("ask_confidence", ["on"], True),
        ("ask_confidence", ["yes"], True),
        ("spread_load", ["No"], False),
        ("order", ["retrievability"], "retrievability"),
        ("parameters", [",".join(map(str, FSRS_6.defaults))], FSRS_6.defaults),
    ],
)  # fmt: skip
def test_a_value_is_set_shown_again_and_restored(
    home: Path, name: str, words: list[str], value: object
) -> None:
    _said(name, *words)
    assert getattr(load_settings(home), name) == value
    shown = _said(name).splitlines()[0].removeprefix(f"{name} = ")
    _said(name, "default")
    assert load_settings(home) == Settings(language="en")
    assert name not in (home / "settings.toml").read_text()
    _said(name, shown)  # what is shown can be typed
    assert getattr(load_settings(home), name) == value


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("new_per_day", "-1"), "new_per_day = -1: it must be a whole number 0–9999."),
        (("new_per_day", "many"), 'new_per_day = "many": it must be a whole number 0–9999.'),
        (("new_per_day", "5", "6"), "it must be a whole number"),
        (("desired_retention", "nan"), "it must be 0.7–0.97."),
        (("spread_load", "1"), 'spread_load = "1": it must be true|false.'),
        (("order", "random"), "it must be due|relative-overdue|retrievability."),
        (("learning_steps_minutes", "1,x"), "it must be up to 10 numbers 0.1–1440."),
        (("learning_steps_minutes", *["1"] * 11), "it must be up to 10 numbers 0.1–1440."),
        (("parameters", "1", "2"), "FSRS-6 needs 21 of them, not 2."),
        (("ordr", "due"), "no setting named 'ordr'. Did you mean 'order'?"),
        (("ordr",), "Did you mean 'order'?"),
        (("ordr", "default"), "Did you mean 'order'?"),
        (("desired_retention", "0.5", "--pack", PACK), "it must be 0.7–0.97."),
        (("desired_retention", "0.8", "--pack", "deep-notes"), f"Did you mean '{PACK}'?"),
        (("interleave", "on", "--pack", PACK), "What can: desired_retention, new_per_day,"),
    ],
)
def test_a_bad_change_says_what_may_be_and_writes_nothing(
    home: Path, arguments: tuple[str, ...], message: str
) -> None:
    before = (home / "settings.toml").read_bytes()
    assert message in _refused(*arguments)
    assert (home / "settings.toml").read_bytes() == before


def test_parameters_out_of_the_models_bounds_are_each_named(home: Path) -> None:
    values = [*FSRS_6.defaults]
    values[4], values[20] = 0.5, 0.9
    said = _refused("parameters", *map(str, values))
    assert "w4 = 0.5: it must be 1–10." in said
    assert "w20 = 0.9: it must be 0.1–0.8." in said
    assert said.count("it must be") == 2
    assert load_settings(home).parameters == ()


def test_a_model_is_not_changed_under_another_models_parameters(home: Path) -> None:
    _said("parameters", *map(str, FSRS_6.defaults))
    assert "studytool config parameters default" in _refused("memory_model", "leitner")
    _said("parameters", "default")
    _said("memory_model", "leitner")
    _said("parameters", "0.8")
    assert policy_of(load_settings(home)).parameters == (0.8,)


def test_a_pack_has_its_own_retention_until_its_default_is_restored(home: Path) -> None:
    _said("desired_retention", "0.8", "--pack", PACK)
    assert load_settings(home).pack_retention == {PACK: 0.8}
    assert f"* packs.{PACK}.desired_retention" in _said()
    own, *_ = json.loads(_said("--pack", PACK, "--json"))["settings"]
    assert (own["value"], own["default"]) == (0.8, 0.9)
    _said("desired_retention", "default", "--pack", PACK)
    assert load_settings(home).pack_retention == {}


def test_a_pack_that_is_gone_can_still_be_taken_out(home: Path) -> None:
    save_settings(home, Settings(language="en", packs={"gone": {"desired_retention": 0.8}}))
    _said("desired_retention", "default", "--pack", "gone")
    assert load_settings(home).pack_retention == {}


def test_a_library_that_cannot_be_opened_hinders_nothing(home: Path) -> None:
    with closing(sqlite3.connect(home / "library.db")) as another_programs:
        another_programs.execute("CREATE TABLE theirs(x)")
    _said("desired_retention", "0.8", "--pack", "mine")
    assert load_settings(home).pack_retention == {"mine": 0.8}


def test_a_bad_file_is_mended_setting_by_setting(home: Path) -> None:
    (home / "settings.toml").write_text(
        'language = "en"\norder = "x"\ncolour = 1\nparameters = [1.0]\n'
        "[packs.a]\ndesired_retention = 5\n"
    )
    said = _refused()
    assert all(word in said for word in ("order = ", "colour", "packs.a.desired_retention", "21"))
    assert said.count(str(home / "settings.toml")) == 5  # the title's, then each problem's
    for arguments, left in (
        (("order", "due"), 3),
        (("colour", "default"), 2),
        (("desired_retention", "default", "--pack", "a"), 1),
        (("parameters", "default"), 0),
    ):
        assert _said(*arguments).count("studytool: ") == left
    assert load_settings(home) == Settings(language="en")
    assert "studytool: " not in _said()


def test_a_file_that_is_no_toml_is_left_alone(home: Path) -> None:
    (home / "settings.toml").write_text("order = ")
    for arguments in ((), ("order",), ("order", "due"), ("order", "default")):
        assert str(home / "settings.toml") in _refused(*arguments)
    assert (home / "settings.toml").read_text() == "order = "


def _fill(log: ReviewLog) -> None:
    rows = (f"{r.card},{r.time_ms},{r.rating},0,{r.duration_ms}" for r in real_log()[:REVIEWS])
    header = "card_id,review_time,review_rating,review_state,review_duration"
    log.absorb(read_csv((f"{row}\n".encode() for row in (header, *rows)), "real"))


def _memories(path: Path) -> list[tuple[object, ...]]:
    """Read the cached memories as they lie in the file: to open the log would mend them."""
    with closing(sqlite3.connect(path)) as db:
        columns = "name, stage, due_ms, due_day, stability, lapses"
        sql = f"SELECT {columns} FROM items JOIN names ON code = item ORDER BY name"
        return db.execute(sql).fetchall()


@pytest.mark.parametrize(
    ("arguments", "changes"),
    first_row_quick(
        [
            (("desired_retention", "0.8"), True),
            (("desired_retention", "0.8", "--pack", "imported"), True),
            (("learning_steps_minutes", "none"), True),
            (("maximum_interval_days", "3"), True),
            (("memory_model", "leitner"), True),
            (("parameters", *map(str, [0.3, *FSRS_6.defaults[1:]])), True),
            (("spread_load", "off"), True),
            (("new_per_day", "5"), False),
            (("language", "ko"), False),
            (("memory_model", "fsrs-6"), False),  # as it was
        ]
    ),
)
def test_memories_are_made_anew_at_once_where_they_depend_on_the_setting(
    home: Path, arguments: tuple[str, ...], *, changes: bool
) -> None:
    if "--pack" in arguments:  # of the real log's items, which no pack lists
        save_settings(home, Settings(language="en", packs={"imported": {"desired_retention": 0.9}}))
    with open_log(home, MACHINE_CLOCK)[1] as log:
        _fill(log)
    before = _memories(home / "reviews.db")
    assert ("every memory and due date was recomputed" in _said(*arguments)) is changes
    after = _memories(home / "reviews.db")
    assert (after != before) is changes
    with ReviewLog.open(
        home / "fresh.db", policy=policy_of(load_settings(home)), days=StudyDays(start_hour=4)
    ) as fresh:
        _fill(fresh)
    assert after == _memories(home / "fresh.db")


def test_a_log_that_cannot_be_written_is_told_and_no_success(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_log(home, MACHINE_CLOCK)[1].close()

    def refuse(_: Path) -> None:
        raise StateError(Fault.READ_ONLY, path=home, why="")

    monkeypatch.setattr(config_command, "open_log", refuse)
    done = _run("order", "due")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "cannot be written" in done.stderr


def test_a_change_makes_no_log(home: Path) -> None:
    _said("desired_retention", "0.8")
    assert [path.name for path in home.iterdir()] == ["settings.toml"]


def test_the_installed_packs_are_known(home: Path) -> None:
    Desk.open(home, MACHINE_CLOCK).close()
    _said("desired_retention", "0.8", "--pack", PACK)
    assert "Did you mean" in _refused("desired_retention", "0.8", "--pack", f"{PACK}s")


def test_the_program_says_it_on_standard_error_with_status_2(home: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "studytool", "config", "new_per_day", "-1"],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        env={"STUDYTOOL_HOME": str(home), "PATH": "", "PYTHONUTF8": "1"},
    )
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == "studytool: new_per_day = -1: it must be a whole number 0–9999.\n"


def test_what_is_said_to_mend_a_file_works_as_it_is_typed(home: Path) -> None:
    for text in (
        "colour = 1",
        '"a b" = 1',
        '"-x" = 1',
        '"it\'s" = 1',
        "new_per_day = -1",
        "packs = 3",
        "packs.a = 3",
        '[packs."p q"]\ndesired_retention = 9',
        '[packs."-p"]\ncolour = 9',
    ):
        (home / "settings.toml").write_text(f'language = "en"\n{text}\n', "utf-8")
        with pytest.raises(StateError) as error:
            load_settings(home)
        typed = re.findall(r"studytool config (.+)$", error.value.text("en"), re.MULTILINE)
        assert typed, text
        done = run_program("config", *shlex.split(typed[0]), home=home)
        assert (done.returncode, done.stderr) == (0, ""), text
        assert load_settings(home) == Settings(language="en")
