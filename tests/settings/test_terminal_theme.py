"""The theme that a home has by its terminal, until one is chosen."""

from pathlib import Path

import pytest

from studytool.settings import change_setting, load_settings, save_settings
from studytool.settings.terminal_theme import terminal_theme
from tests.rows import all_rows


@all_rows(
    ("value", "theme"),
    [
        ("0;15", "light"),
        ("0;default;15", "light"),  # of rxvt with a picture behind
        ("0;7", "light"),
        ("15;0", "dark"),
        ("7;8", "dark"),  # grey
        ("15;default", "dark"),
        ("", "dark"),
        ("0;16", "dark"),  # none of the sixteen
        ("\x1b[2J", "dark"),
    ],
)
def test_theme_of_a_ground(value: str, theme: str) -> None:
    assert terminal_theme({"COLORFGBG": value}) == theme


def test_the_setting_wins_and_the_terminal_is_never_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORFGBG", "0;15")
    assert load_settings(tmp_path).theme == "light"
    save_settings(tmp_path, load_settings(tmp_path))
    monkeypatch.delenv("COLORFGBG")
    assert load_settings(tmp_path).theme == "dark"
    change_setting(tmp_path, "theme", "contrast")
    monkeypatch.setenv("COLORFGBG", "0;15")
    assert load_settings(tmp_path).theme == "contrast"
