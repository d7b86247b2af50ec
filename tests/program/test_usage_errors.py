"""What click says of the command line, in Korean: each of its sentences that this program can call forth."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import click
import pytest

from studytool.cli.usage_errors import usage_message
from tests.in_process import run_program


@pytest.mark.parametrize(("arguments", "said"), [
    (["stat"], "오류: 'stat' 명령은 없습니다. 혹시 'stats'인가요?"),  # the program's own hint
    (["item", "lst"], "오류: 'lst' 명령은 없습니다. 혹시 'list'인가요?"),  # click's
    (["stats", "--zzzz"], "오류: '--zzzz' 옵션은 없습니다."),
    (["study", "--lim", "3"], "오류: '--lim' 옵션은 없습니다. 혹시 이 가운데 하나인가요? '--limit', '--plain'"),
    (["study", "--limit"], "오류: '--limit' 옵션에 값이 빠졌습니다."),  # known of no command
    (["stats", "--json=3"], "오류: '--json' 옵션은 값을 받지 않습니다."),
    (["item", "postpone"], "오류: 'DAYS' 인수가 빠졌습니다."),
    (["item", "advance", "x"], "오류: 'DAYS' 값이 잘못되었습니다. 'x': 정수를 쓰세요."),
    (["item", "advance", "0"], "오류: 'DAYS' 값이 잘못되었습니다. 0: 쓸 수 있는 범위는 1<=x<=3650입니다."),
    (["log", "retract", "--since", "x"], "오류: '--since' 값이 잘못되었습니다. 'x': '%Y-%m-%d' 꼴(예: 2026-12-31)로 쓰세요."),
    (["sync", "a", "b"], "오류: 남는 인수: b"),
    (["check", ".", "--format", "x"], "오류: '--format' 값이 잘못되었습니다. 'x': 쓸 수 있는 것은 'text', 'json', 'sarif', 'github'입니다."),
    (["item", "set-due"], "오류: 'DATE' 인수가 빠졌습니다."),
])  # fmt: skip
def test_an_error_of_the_command_line_in_korean(
    tmp_path: Path, arguments: list[str], said: str
) -> None:
    (tmp_path / "settings.toml").write_text('language = "ko"\n', "utf-8")
    done = run_program(*arguments, home=tmp_path)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, said)


@pytest.mark.parametrize("behind", [False, True])
@pytest.mark.parametrize(("setting", "named", "said"), [
    ("en", "ko", "오류: '--ahead' 값이 잘못되었습니다. 0: 쓸 수 있는 범위는 1<=x<=3650입니다."),
    ("ko", "en", "Error: Invalid value for '--ahead': 0 is not in the range 1<=x<=3650."),
])  # fmt: skip
def test_it_is_in_the_language_that_stands_beside_it(
    tmp_path: Path, setting: str, named: str, said: str, *, behind: bool
) -> None:
    (tmp_path / "settings.toml").write_text(f'language = "{setting}"\n', "utf-8")
    words = ["--ahead", "0", "--lang", named] if behind else ["--lang", named, "--ahead", "0"]
    done = run_program("study", *words, home=tmp_path)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, said)


def test_the_usage_stands_before_it(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('language = "ko"\n', "utf-8")
    lines = run_program("item", "postpone", home=tmp_path).stderr.splitlines()
    assert lines[:2] == [
        "사용법: studytool item postpone [옵션] DAYS [ITEM...]",
        "도움말: studytool item postpone --help",
    ]


def test_what_click_says_of_a_type_is_among_the_sentences() -> None:
    types: list[click.ParamType[Any]] = [
        click.INT, click.IntRange(1, 2), click.FLOAT, click.FloatRange(0, 1), click.Choice(["a", "b"]),
        click.Path(exists=True), click.Path(exists=True, dir_okay=False),
        click.Path(exists=True, file_okay=False), click.DateTime(["%Y-%m-%d"]),
    ]  # fmt: skip
    said = []
    for kind in types:
        for value in ("x", "9", "/", "/dev/null"):
            with suppress(click.BadParameter):
                kind.convert(value, None, None)
                continue
            with pytest.raises(click.BadParameter) as refused:
                kind.convert(value, None, None)
            said.append(refused.value.message)
    assert len(said) > len(types)
    assert [one for one in said if usage_message(one, "ko") == one] == []


def test_a_day_that_stands_behind_the_items_is_told_as_one(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('language = "en"\n', "utf-8")
    done = run_program("item", "set-due", "warmup-why", "tomorrow", home=tmp_path)
    assert (done.returncode, "'warmup-why' is no day" in done.stderr) == (2, True)
