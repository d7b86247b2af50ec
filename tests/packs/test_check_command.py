"""``studytool check`` as a script sees it: exit status, summary, JSON keys."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from studytool.cli import program
from studytool.cli.check import command
from studytool.packs.folder import PackLimits
from tests.cases import first_quick
from tests.packs.samples import CARD, NUMERIC, write_pack

NO_ENGLISH = CARD.replace(", en: Front", "")
TWO_WRONG = CARD.replace("kind: card", "kind: crad") + NUMERIC


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep results of checks apart from those of other tests."""
    monkeypatch.setenv("STUDYTOOL_HOME", str(tmp_path / "home"))


def test_a_right_pack_is_0(tmp_path: Path) -> None:
    done = CliRunner().invoke(command, [str(write_pack(tmp_path)), "--lang", "en"])
    assert (done.exit_code, done.output) == (0, "0 errors, 0 warnings, 2 items, 1 claim\n")


def test_warnings_are_0(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        command, [str(write_pack(tmp_path, items=NO_ENGLISH + NUMERIC)), "--lang", "en"]
    )
    assert done.exit_code == 0
    assert done.output.endswith("0 errors, 1 warning, 2 items, 1 claim\n")


def test_a_strict_check_does_not_pass_a_warning(tmp_path: Path) -> None:
    folder = str(write_pack(tmp_path, items=NO_ENGLISH + NUMERIC))
    assert CliRunner().invoke(command, [folder, "--lang", "en", "--strict"]).exit_code == 1
    write_pack(tmp_path)
    assert CliRunner().invoke(command, [folder, "--lang", "en", "--strict"]).exit_code == 0


@pytest.mark.parametrize("given", [[], ["--json"]])
def test_a_kept_result_imports_nothing_slow(tmp_path: Path, given: list[str]) -> None:
    (tmp_path / "pack").mkdir()  # the home lies beside it
    folder = write_pack(tmp_path / "pack", items=NO_ENGLISH + NUMERIC)
    first = CliRunner().invoke(command, [str(folder), "--lang", "en", *given])
    again = (
        "import sys\nfrom studytool.cli import program\n"
        f"program({['check', str(folder), '--lang', 'en', *given]!r}, standalone_mode=False)\n"
        "slow = {'numpy', 'pydantic', 'yaml', 'studytool.packs.reader'} & set(sys.modules)\n"
        "print(sorted(slow), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", again], check=True, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == (first.output, "[]\n")


def test_errors_are_1_and_what_was_read_is_counted(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        command, [str(write_pack(tmp_path, items=TWO_WRONG)), "--lang", "en", "--json"]
    )
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


@pytest.mark.parametrize("wrong", first_quick([500, 501, 700]))
def test_the_first_500_problems_are_shown_and_the_rest_is_counted(
    tmp_path: Path, wrong: int
) -> None:
    folder = str(write_pack(tmp_path, items=CARD + "- 1\n" * wrong))
    printed = CliRunner().invoke(command, [folder, "--lang", "en"]).output
    assert printed.count("error[E204]") == 500
    assert ("more, " in printed) == (wrong > 500)
    assert wrong <= 500 or f"\nand {wrong - 500} more, {wrong - 500} of them errors" in printed
    assert f"\n{wrong} errors, 0 warnings" in printed
    read = json.loads(CliRunner().invoke(command, [folder, "--lang", "en", "--json"]).output)
    assert (len(read["diagnostics"]), read["summary"]["errors"]) == (500, wrong)


def test_large_reads_more_than_a_pack_may_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = PackLimits(files=9, characters=10**6, values=30)
    monkeypatch.setattr("studytool.packs.folder.ORDINARY", few)
    folder = str(write_pack(tmp_path / "pack"))
    with monkeypatch.context() as patch:
        patch.setattr("studytool.authoring.fresh_check.read_by_item", None)  # it makes the items
        refused = CliRunner().invoke(program, ["check", folder, "--lang", "en"])
    assert (refused.exit_code, "error[E119]" in refused.stdout) == (1, True)
    assert CliRunner().invoke(program, ["check", folder, "--large"]).exit_code == 0
    shown = CliRunner().invoke(program, ["show", f"{folder}/doubled", "--large"])
    assert shown.exit_code == 0, shown.output
