"""Settings: what a file may hold, and what it is told when it may not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.errors import StateError
from studytool.settings import Settings, home_folder, load_settings, save_settings


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('language = "fr"', "language = 'fr': it must be ko | en."),
        ("new_per_day = -1", "new_per_day = -1: it must be 0–9999."),
        ("new_per_day = 2.5", "new_per_day = 2.5: it must be 0–9999."),
        ("new_per_day = true", "new_per_day = True: it must be 0–9999."),
        ("desired_retention = 0.99", "desired_retention = 0.99: it must be 0.7–0.97."),
        ("desired_retention = nan", "desired_retention = nan: it must be 0.7–0.97."),
        ('day_start_hour = "4"', "day_start_hour = '4': it must be 0–23."),
        ("colour = 1", "unknown colour"),
        ("language = ", "Mend the file, or delete it"),
        ("\udcff", "Mend the file, or delete it"),  # not UTF-8
    ],
)
def test_a_bad_file_is_told_what_to_mend(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "settings.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(StateError) as error:
        load_settings(tmp_path)
    assert message in str(error.value)
    assert str(tmp_path / "settings.toml") in str(error.value)


@given(
    st.builds(
        Settings,
        language=st.sampled_from(["ko", "en"]),
        desired_retention=st.floats(0.7, 0.97),
        new_per_day=st.integers(0, 9999),
        day_start_hour=st.integers(0, 23),
    )
)
def test_saving_then_loading_is_identity(
    tmp_path_factory: pytest.TempPathFactory, settings: Settings
) -> None:
    home = tmp_path_factory.mktemp("home")
    save_settings(home, settings)
    assert load_settings(home) == settings


def test_without_a_file_the_defaults(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="cannot save the settings"):
        save_settings(tmp_path / "gone", Settings())


def test_the_environment_names_the_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDYTOOL_HOME", str(tmp_path))
    assert home_folder() == tmp_path
