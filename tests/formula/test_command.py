"""``studytool formula`` as a script calls it, in the learner's language."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from studytool.cli.formula import command
from studytool.formula.draws import DRAWS
from studytool.formula.functions import FUNCTIONS
from studytool.language import Language
from studytool.settings import Settings, save_settings


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STUDYTOOL_HOME", str(tmp_path))
    return tmp_path


def _run(
    home: Path, language: Language, arguments: list[str], *, standard_input: str = ""
) -> Result:
    save_settings(home, Settings(language=language))
    return CliRunner().invoke(command, arguments, input=standard_input)


@pytest.mark.parametrize(
    ("arguments", "standard_input", "printed"),
    [
        (["2/(a+b)", "a=64", "b=2*16"], "", "0.020833333333333332\n"),  # values are formulas
        (["-", "a=3"], "a**2\n", "9.0\n"),
        (["-2**2"], "", "-4.0\n"),  # a minus before a formula is no option
        (["-a", "a=3"], "", "-3.0\n"),
        (["-h+1", "h=3"], "", "-2.0\n"),
        (["-sqrt(4)"], "", "-2.0\n"),
        (["--2"], "", "2.0\n"),
        (["-.5"], "", "-0.5\n"),
        (["a", "a=-2"], "", "-2.0\n"),
        (["--", "-2**2"], "", "-4.0\n"),
        (["-reps", "--reps", "3"], "", "-3.0\n"),  # true options still work, anywhere
        (["--reps=3", "-reps"], "", "-3.0\n"),
        (["--seed", "1", "-2"], "", "-2.0\n"),
    ],
)
def test_values(home: Path, arguments: list[str], standard_input: str, printed: str) -> None:
    result = _run(home, "en", arguments, standard_input=standard_input)
    assert (result.exit_code, result.stdout) == (0, printed)


@pytest.mark.parametrize(
    ("language", "arguments", "column", "message"),
    [
        ("en", ["2**"], 4, "the formula breaks off here; a value is missing"),
        ("ko", ["2**"], 4, "수식이 여기서 끊겼습니다. 값이 빠졌습니다."),
        ("en", ["a", "a=1/0"], 4, "in a=1/0: '/': division by zero, or a logarithm of 0"),
        ("ko", ["a", "a=1/0"], 4, "a=1/0: '/': 0으로 나누었거나 0의 로그입니다."),
    ],
)
def test_the_error_of_json_follows_the_language(
    home: Path, language: Language, arguments: list[str], column: int | None, message: str
) -> None:
    result = _run(home, language, [*arguments, "--json"])
    assert result.exit_code == 2
    error = {"message": message, "column": column}
    assert json.loads(result.stdout) == {"value": None, "shape": None, "error": error}


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en", "studytool: column 8: a value is missing before ')'\n  sqrt(a-)\n         ^\n"),
        ("ko", "studytool: 8번째 글자: ')' 앞에 값이 빠졌습니다.\n  sqrt(a-)\n         ^\n"),
    ],
)
def test_an_error_points_at_its_place(home: Path, language: Language, printed: str) -> None:
    result = _run(home, language, ["sqrt(a-)", "a=1"])
    assert (result.exit_code, result.stderr) == (2, printed)


def test_an_error_points_at_its_place_within_a_value(home: Path) -> None:
    result = _run(home, "en", ["-a", "a=2+"])
    said = "studytool: column 5: in a=2+: the formula breaks off here; a value is missing\n"
    assert (result.exit_code, result.stderr) == (2, said + "  a=2+\n      ^\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["1", "--sed", "3"], "No such option '--sed'. Did you mean '--seed'?"),
        (["1", "--reps"], "Option '--reps' requires an argument."),
        (["1", "--reps", "0"], "Invalid value for '--reps'"),
        (["--help"], ""),
    ],
)
def test_true_options_are_still_read(home: Path, arguments: list[str], said: str) -> None:
    result = _run(home, "en", arguments)
    assert result.exit_code == (2 if said else 0)
    assert said in result.stderr


def test_the_caret_stands_under_what_follows_wide_characters(home: Path) -> None:
    result = _run(home, "ko", ["\N{FULLWIDTH LATIN SMALL LETTER X}"])
    assert result.stderr.splitlines()[-1] == "  ^"
    result = _run(home, "ko", ["가+1"])
    assert "U+AC00 (HANGUL SYLLABLE GA)" in result.stderr


@pytest.mark.parametrize(
    ("language", "arguments", "words"),
    [
        ("en", [], "give a formula"),
        ("ko", [], "수식을 쓰세요"),
        ("en", ["a", "1=a"], "'1=a' is not name=value"),
        ("ko", ["a", "1=a"], "'1=a': name=value 꼴로 쓰세요."),
    ],
)
def test_a_call_that_says_too_little(
    home: Path, language: Language, arguments: list[str], words: str
) -> None:
    result = _run(home, language, arguments)
    assert result.exit_code == 2
    assert words in result.stderr


def test_json_gives_value_shape_and_no_error(home: Path) -> None:
    result = _run(home, "en", ["normal(0,1,[2,reps])", "--reps", "3", "--json"])
    read = json.loads(result.stdout)
    assert (read["shape"], read["error"], len(read["value"])) == ([2, 3], None, 2)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("constants", "square root", "random draws", "closed forms of the core")),
        ("ko", ("상수", "제곱근", "뽑기", "핵심부의 닫힌 식")),
    ],
)
def test_the_list_has_every_name(home: Path, language: Language, words: tuple[str, ...]) -> None:
    listed = _run(home, language, ["--list"]).stdout
    names = [line.split("(")[0].strip() for line in listed.splitlines()]
    assert {*FUNCTIONS, *DRAWS} - set(names) == set()
    assert [word for word in words if word not in listed] == []
