"""The language of the surroundings speaks where none was chosen, in POSIX's order of variables."""

from pathlib import Path

import pytest

from studytool.language import Language
from studytool.settings import change_setting, load_settings, save_settings
from studytool.settings.locale_language import locale_language
from tests.in_process import run_program
from tests.rows import all_rows

HANGUL = "가", "힣"


@all_rows(
    ("environment", "language"),
    [
        ({}, "ko"),  # says nothing
        ({"LANG": ""}, "ko"),  # POSIX: empty is not set
        ({"LANG": "C"}, "ko"),
        ({"LANG": "POSIX"}, "ko"),
        ({"LANG": "C.UTF-8"}, "ko"),
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "ko"}, "ko"),
        ({"LANG": "ko-KR"}, "ko"),
        ({"LANG": "ko_KR.eucKR@x"}, "ko"),
        ({"LANG": "KO_kr"}, "ko"),
        ({"LANG": "korean"}, "ko"),  # an old alias
        ({"LANG": "kok_IN"}, "en"),  # Konkani
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "ja_JP.UTF-8"}, "en"),
        ({"LANG": "\x1b[2J"}, "en"),
        ({"LC_ALL": "en_GB", "LANG": "ko_KR"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "ko_KR", "LANG": "en_US"}, "ko"),
        ({"LC_MESSAGES": "de_DE", "LANG": "ko_KR"}, "en"),
        ({"LC_CTYPE": "en_US.UTF-8"}, "ko"),  # is about letters alone
    ],
)
def test_language_of_an_environment(environment: dict[str, str], language: Language) -> None:
    assert locale_language(environment) == language


@pytest.mark.parametrize(
    ("arguments", "ko", "en"),
    [
        (["due"], "새 문항", "new"),
        (["study", "--plain", "--limit", "1"], "답함 0", "answered 0"),
        (["study"], "터미널이 필요합니다", "needs a terminal"),
        (["item", "show", "zzz"], "문항이 없습니다", "no item named"),
        (["config", "language"], "기본값: ko", "default: en"),
    ],
)
def test_a_new_home_speaks_as_its_surroundings(
    tmp_path: Path, arguments: list[str], ko: str, en: str
) -> None:
    for locale, said in (("ko_KR.UTF-8", ko), ("en_US.UTF-8", en)):
        done = run_program(*arguments, home=tmp_path / locale, environment={"LANG": locale})
        assert said in done.stdout + done.stderr
        assert (locale[:2] == "ko") is any("가" <= one <= "힣" for one in done.stdout + done.stderr)


def test_the_setting_wins_and_the_surroundings_are_never_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    assert load_settings(tmp_path).language == "en"
    save_settings(tmp_path, load_settings(tmp_path))
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    assert load_settings(tmp_path).language == "ko"
    change_setting(tmp_path, "language", "en")
    assert load_settings(tmp_path).language == "en"
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    change_setting(tmp_path, "language", "ko")
    save_settings(tmp_path, load_settings(tmp_path))
    assert load_settings(tmp_path).language == "ko"
