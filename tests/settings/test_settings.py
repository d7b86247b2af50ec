"""Settings: what a file may hold, what it is told when it may not, and how it is written."""

import os
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as profile
from hypothesis import strategies as st

from studytool.errors import StateError
from studytool.settings import (
    SettingRule,
    Settings,
    all_settings,
    change_setting,
    home_folder,
    load_settings,
    pack_settings,
    read_settings,
    save_settings,
)
from studytool.settings.rules import ListOf, NumberRange, OneOf, Switch
from tests.disks import ordinary_user

POSIX = pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions and limits")


def _write(home: Path, text: str) -> Path:
    path = home / "settings.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return path


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('language = "fr"', 'language = "fr": it must be ko|en.'),
        ("new_per_day = -1", "new_per_day = -1: it must be a whole number 0–9999."),
        ("new_per_day = 2.5", "new_per_day = 2.5: it must be a whole number 0–9999."),
        ("new_per_day = true", "new_per_day = true: it must be a whole number 0–9999."),
        ("desired_retention = 0.99", "desired_retention = 0.99: it must be 0.7–0.97."),
        ("desired_retention = nan", "desired_retention = NaN: it must be 0.7–0.97."),
        ('day_start_hour = "4"', 'day_start_hour = "4": it must be a whole number 0–23.'),
        ("spread_load = 1", "spread_load = 1: it must be true|false."),
        ("learning_steps_minutes = 5", "it must be up to 10 numbers 0.1–1440."),
        ("learning_steps_minutes = [0]", "it must be up to 10 numbers 0.1–1440."),
        ("new_per_day = 2.5", "Back to the default: studytool config new_per_day default"),
        ("colour = 1", "colour: there is no such setting. If a newer version wrote the file"),
        ("colour = 1", "Remove it: studytool config colour default"),
        ('"a b" = 1', "Remove it: studytool config 'a b' default"),
        ('"-x" = 1', "Remove it: studytool config -- -x default"),
        (
            f"{'x' * 90} = 1",
            f"{'x' * 60}…: no setting has so long a name. Open the file",
        ),
        ("new_per_dya = 1", "there is no such setting. Did you mean new_per_day? If a newer"),
        ("packs = 3", "packs = 3: it must be a table [packs.ID]."),
        ("packs.a = 3", "studytool config desired_retention default --pack a"),
        ("packs.a.desired_retention = 1", "packs.a.desired_retention = 1: it must be 0.7–0.97."),
        ("packs.a.interleave = 1", "packs.a.interleave: there is no such setting"),
        ("language = ", "Correct the file, or delete it"),
        ("\udcff", "Correct the file, or delete it"),  # not UTF-8
    ],
)
def test_a_bad_file_is_told_what_to_mend(tmp_path: Path, text: str, message: str) -> None:
    path = _write(tmp_path, text)
    with pytest.raises(StateError) as error:
        load_settings(tmp_path)
    assert message in str(error.value)
    assert str(path) in str(error.value)


def test_a_near_name_is_a_question_of_its_own(tmp_path: Path) -> None:
    _write(tmp_path, "new_per_dya = 1")
    with pytest.raises(StateError) as error:
        load_settings(tmp_path)
    assert "그런 설정은 없습니다. 혹시 new_per_day인가요? 새 버전" in error.value.text("ko")
    assert "?." not in error.value.text("ko") + error.value.text("en")


def test_all_that_is_wrong_is_told_at_once_in_both_languages(tmp_path: Path) -> None:
    _write(tmp_path, 'colour = 1\norder = "x"\nnew_per_day = 5\n[packs.a]\ndesired_retention = 2')
    with pytest.raises(StateError) as error:
        load_settings(tmp_path)
    for language in ("ko", "en"):
        lines = error.value.text(language).splitlines()
        assert len(lines) == 3
        for name, line in zip(("colour", "order", "packs.a.desired"), lines, strict=True):
            assert name in line
    settings, problems = read_settings(tmp_path)
    assert settings == Settings(new_per_day=5)
    assert len(problems) == 3


def _values(rule: SettingRule) -> st.SearchStrategy[Any]:
    match rule:
        case OneOf(words):
            return st.sampled_from(words)
        case Switch():
            return st.booleans()
        case NumberRange(low, high):
            return st.integers(int(low), int(high)) if rule.whole else st.floats(low, high)
        case ListOf(each, most):
            return st.lists(_values(each), max_size=most).map(tuple)


PACK_IDS = st.sampled_from(["a", "b-2", "with.dot", "한국어", 'quo"te'])
SETTINGS = st.builds(
    Settings,
    packs=st.dictionaries(
        PACK_IDS,
        st.fixed_dictionaries({name: _values(row.rule) for name, row in pack_settings().items()}),
    ),
    **{name: _values(row.rule) for name, row in all_settings().items()},
)
FILES = st.sampled_from(
    [
        "",
        '# mine\nlanguage = "en"  # tail\n\n[packs.a]\ndesired_retention = 0.8 # own\n',
        'packs.a.desired_retention = 0.8\norder = "due"\n',
        "packs = {a = {desired_retention = 0.8}}\nnew_per_day = 3",
        '[packs.a]\ndesired_retention = 0.8\n[packs."with.dot"]\ndesired_retention = 0.75\n',
        "[packs]\n[packs.zz]\n",
        "packs = 3\n",
        "[packs]\na = 3\n",
    ]
)


@pytest.mark.slow
@profile(max_examples=50)
@given(FILES, SETTINGS, SETTINGS)
def test_what_was_saved_last_is_loaded_whatever_was_there(
    tmp_path_factory: pytest.TempPathFactory, text: str, first: Settings, last: Settings
) -> None:
    home = tmp_path_factory.mktemp("home")
    _write(home, text)
    save_settings(home, first)
    assert load_settings(home) == first
    save_settings(home, last)
    assert load_settings(home) == last


@profile(max_examples=50)
@given(FILES, SETTINGS, st.sampled_from(list(all_settings())))
def test_a_change_changes_one_setting(
    tmp_path_factory: pytest.TempPathFactory, text: str, settings: Settings, name: str
) -> None:
    home = tmp_path_factory.mktemp("home")
    path = _write(home, text)
    before = tomllib.loads(text)
    value = getattr(settings, name)
    change_setting(home, name, value)
    plain = list(value) if isinstance(value, tuple) else value
    assert tomllib.loads(path.read_text("utf-8")) == {**before, name: plain}
    change_setting(home, name, None)
    before.pop(name, None)
    assert tomllib.loads(path.read_text("utf-8")) == before


def test_comments_and_what_is_wrong_elsewhere_stay(tmp_path: Path) -> None:
    path = _write(tmp_path, '# mine\norder = "x" # bad\nnew_per_day = 5 # few\ncolour = 1\n')
    change_setting(tmp_path, "new_per_day", 6)
    assert path.read_text() == '# mine\norder = "x" # bad\nnew_per_day = 6 # few\ncolour = 1\n'


def test_without_a_file_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()


def test_a_home_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StateError, match="cannot save the settings"):
        save_settings(tmp_path / "file" / "home", Settings())


@pytest.mark.parametrize("text", ["language = ", "= = 1\n", "[a\n"])
def test_a_file_that_was_broken_meanwhile_is_not_written_over(tmp_path: Path, text: str) -> None:
    """It is told in the words with which a start tells it."""
    path = _write(tmp_path, text)
    with pytest.raises(StateError, match="Correct the file") as told:
        save_settings(tmp_path, Settings(language="en"))
    assert path.read_text() == text
    with pytest.raises(StateError) as at_a_start:
        read_settings(tmp_path)
    assert str(told.value) == str(at_a_start.value)


@POSIX
def test_a_write_that_fails_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    import resource

    path = _write(tmp_path, "new_per_day = 5\n")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20, before[1]))
        with pytest.raises(StateError, match="cannot save the settings"):
            change_setting(tmp_path, "order", "relative-overdue")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert path.read_text() == "new_per_day = 5\n"
    assert [file.name for file in tmp_path.iterdir()] == ["settings.toml"]


@POSIX
def test_a_read_only_home_says_so() -> None:
    with ordinary_user() as home:
        path = _write(home, "new_per_day = 5\n")
        home.chmod(0o500)
        with pytest.raises(StateError, match="Check the folder's permissions") as error:
            change_setting(home, "new_per_day", 6)
        assert str(path) in str(error.value)
        assert path.read_text() == "new_per_day = 5\n"


@POSIX
def test_a_link_to_the_settings_stays_a_link(tmp_path: Path) -> None:
    dotfiles, home = tmp_path / "dotfiles", tmp_path / "home"
    dotfiles.mkdir()
    home.mkdir()
    path = _write(dotfiles, "new_per_day = 5\n")
    (home / "settings.toml").symlink_to(path)
    change_setting(home, "new_per_day", 6)
    assert (home / "settings.toml").is_symlink()
    assert path.read_text() == "new_per_day = 6\n"


def test_the_environment_names_the_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDYTOOL_HOME", str(tmp_path))
    assert home_folder() == tmp_path


def test_a_name_of_tables_out_of_order_can_be_taken_out(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(
        'packs.a.desired_retention = 0.8\norder = "due"\npacks.b.desired_retention = 0.9\n', "utf-8"
    )
    assert load_settings(tmp_path) != Settings()
    save_settings(tmp_path, Settings())
    assert load_settings(tmp_path) == Settings()
