"""``studytool check`` as a script sees it: exit status, summary, JSON keys."""

import json
from pathlib import Path

from click.testing import CliRunner

from studytool.cli.check import command
from tests.packs.samples import CARD, NUMERIC, write_pack

NO_ENGLISH = CARD.replace(", en: Front", "")
TWO_WRONG = CARD.replace("kind: card", "kind: crad") + NUMERIC


def test_a_right_pack_is_0(tmp_path: Path) -> None:
    done = CliRunner().invoke(command, [str(write_pack(tmp_path))])
    assert (done.exit_code, done.output) == (0, "0 errors, 0 warnings, 2 items, 1 claim\n")


def test_warnings_are_0(tmp_path: Path) -> None:
    done = CliRunner().invoke(command, [str(write_pack(tmp_path, items=NO_ENGLISH + NUMERIC))])
    assert done.exit_code == 0
    assert done.output.endswith("0 errors, 1 warning, 2 items, 1 claim\n")


def test_a_strict_check_does_not_pass_a_warning(tmp_path: Path) -> None:
    folder = str(write_pack(tmp_path, items=NO_ENGLISH + NUMERIC))
    assert CliRunner().invoke(command, [folder, "--strict"]).exit_code == 1
    write_pack(tmp_path)
    assert CliRunner().invoke(command, [folder, "--strict"]).exit_code == 0


def test_errors_are_1_and_what_was_read_is_counted(tmp_path: Path) -> None:
    done = CliRunner().invoke(command, [str(write_pack(tmp_path, items=TWO_WRONG)), "--json"])
    assert done.exit_code == 1
    assert json.loads(done.output) == {
        "diagnostics": [
            {
                "code": "E203",
                "severity": "error",
                "file": "items/all.yaml",
                "line": 2,
                "column": 9,
                "end_column": 13,
                "message": "unknown kind 'crad'",
                "help": "did you mean 'card'?",
                "related": [],
            }
        ],
        "summary": {"errors": 1, "warnings": 0, "items": 1, "claims": 1},
    }
