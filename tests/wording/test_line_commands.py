"""The commands of the line mode: every word in both languages, by letter and by jamo."""

import pytest

from studytool.language import LANGUAGES, Language
from studytool.typeset.cells import cell_width
from studytool.wording.line_commands import (
    COMMANDS,
    LineAct,
    as_answer,
    command_rows,
    find_act,
    how_to,
    is_command,
    unknown,
)
from tests.rows import all_rows


@all_rows(
    ("typed", "act"),
    [
        (":h", LineAct.HINT), (":hint", LineAct.HINT), (":힌트", LineAct.HINT),
        (":ㅗ", LineAct.HINT),  # the key of h on a Korean keyboard
        (":H", LineAct.HINT), (" : h ", LineAct.HINT),
        ("：h", LineAct.HINT),  # the colon of a Korean input method
        (":\u1112\u1175\u11ab\u1110\u1173", LineAct.HINT),  # NFD
        (":s", LineAct.SHOW), (":ㄴ", LineAct.SHOW), (":정답", LineAct.SHOW),
        (":u", LineAct.UNDO), (":되돌리기", LineAct.UNDO), (":r", LineAct.REDO),
        (":redo", LineAct.REDO), (":다시", LineAct.REDO), (":v", LineAct.TRY),
        (":suspend", LineAct.SUSPEND), (":보류", LineAct.SUSPEND), (":bury", LineAct.BURY),
        (":내일", LineAct.BURY), (":flag", LineAct.FLAG), (":깃발", LineAct.FLAG),
        (":?", LineAct.HELP), (":help", LineAct.HELP), (":q", LineAct.QUIT),
        (":ㅂ", LineAct.QUIT), (":끝", LineAct.QUIT),
        (":도움", LineAct.HELP), (":su", LineAct.SUSPEND), (":hin", LineAct.HINT),  # as far as it is one
        (":b", None), (":hints", None), (":도움말말", None),
        (":x", None), (":", None), (":hh", None), (":1", None),
    ],
)  # fmt: skip
def test_what_a_command_does(typed: str, act: LineAct | None) -> None:
    assert is_command(typed)
    assert find_act(typed) is act


@pytest.mark.parametrize(
    ("typed", "answer"), [("h", "h"), ("::q", ":q"), ("a:b", "a:b"), ("::", ":"), ("", "")]
)
def test_what_is_an_answer(typed: str, answer: str) -> None:
    assert not is_command(typed)
    assert as_answer(typed) == answer


def test_no_two_commands_have_one_name() -> None:
    names = [name for row in COMMANDS for name in row.all_names]
    assert len(names) == len(set(names))
    assert {row.act for row in COMMANDS} == set(LineAct)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_is_named_where_it_is_looked_for(language: Language) -> None:
    rows = list(command_rows(language))
    assert len(rows) == len(COMMANDS)
    for names, _ in rows:
        assert names.split()[0] in unknown(":x", language)
        assert all(find_act(name) for name in names.split())
    assert cell_width(how_to(language)) <= 100
    assert ":?" in how_to(language)
