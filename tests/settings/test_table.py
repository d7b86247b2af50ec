"""The table of settings: a row is all that a new setting needs; the reference is made from it."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from studytool.cli import program
from studytool.errors import StateError
from studytool.language import LANGUAGES, Language, Phrase
from studytool.settings import (
    Settings,
    all_settings,
    change_setting,
    load_settings,
    save_settings,
    table,
)
from studytool.settings.row import setting
from studytool.settings.rules import NumberRange
from studytool.settings.table import GENERAL
from studytool.typeset.cells import cell_width
from studytool.wording.settings import settings_table


@dataclass(frozen=True, slots=True)
class LargerSettings(Settings):
    """The settings and a made-up row."""

    font_size: int = setting(
        12,
        NumberRange(6, 40),
        group=GENERAL,
        label=Phrase(ko="글자", en="font size"),
        about=Phrase(ko="글자 크기", en="size of the letters"),
        of_packs=True,
    )


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STUDYTOOL_HOME", str(tmp_path))
    monkeypatch.setattr(table, "Settings", LargerSettings)
    (tmp_path / "settings.toml").write_text('language = "en"\n')
    return tmp_path


def _config(*arguments: str, status: int = 0) -> str:
    run = CliRunner().invoke(program, ["config", *arguments])
    assert run.exit_code == status, run.output
    return run.output


def test_a_new_row_is_read_checked_and_written(home: Path) -> None:
    assert getattr(load_settings(home), "font_size") == 12  # noqa: B009 - no field of Settings
    change_setting(home, "font_size", 20)
    settings = load_settings(home)
    assert getattr(settings, "font_size") == 20  # noqa: B009 - the same
    save_settings(home, replace(settings, packs={"mine": {"font_size": 30}}))
    assert load_settings(home).of_pack("mine") == {"font_size": 30}
    change_setting(home, "font_size", 99)
    with pytest.raises(StateError, match="font_size = 99: it must be a whole number 6–40"):
        load_settings(home)


def test_a_new_row_is_listed_explained_set_and_refused(home: Path) -> None:
    assert home.exists()
    assert "saved in" in _config("font_size", "20")
    assert "* font_size" in _config()
    assert "size of the letters (a whole number 6–40)" in _config("font_size")
    every = json.loads(_config("--json"))["settings"]
    [listed] = [one for one in every if one["name"] == "font_size"]
    assert (listed["value"], listed["default"]) == (20, 12)
    assert "it must be a whole number 6–40" in _config("font_size", "5", status=2)
    assert "font_size" in [line.name for line in settings_table("en")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reference_has_every_setting_once_its_groups_together(language: Language) -> None:
    lines = settings_table(language)
    assert sorted(line.name for line in lines) == sorted(all_settings())
    groups = [line.group for line in lines]
    assert groups == sorted(groups, key=groups.index)
    assert all(line.default and line.allowed and line.about for line in lines)
    steps = {"learning_steps_minutes", "relearning_steps_minutes"}
    of_packs = {"desired_retention", "new_per_day", "reviews_per_day", "order", *steps}
    assert {line.name for line in lines if line.of_packs} == of_packs


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_has_a_label_of_its_own_for_people(language: Language) -> None:
    lines = settings_table(language)
    labels = {line.label for line in lines}
    assert len(labels) == len(lines)
    assert not any("_" in label or cell_width(label) > 26 for label in labels)
    if language == "ko":
        assert not any(label.isascii() for label in labels)


def test_every_default_is_admitted_by_its_rule() -> None:
    for row in all_settings().values():
        assert row.rule.admits(row.default), row.name
