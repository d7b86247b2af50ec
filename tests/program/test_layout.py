"""The promises of the checkout itself: its top level, its two commands, its reference."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from studytool.cli import COMMANDS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def _tracked() -> list[str]:
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("not a git checkout: there is no list of tracked files to look at")
    anybodys = ["git", "-c", "safe.directory=*", "ls-files"]  # git refuses another user's checkout
    listed = subprocess.run(anybodys, cwd=ROOT, check=True, capture_output=True)
    return listed.stdout.decode().splitlines()


def test_the_visible_top_level_is_the_five_names() -> None:
    top = {path.split("/")[0] for path in _tracked()}
    visible = {name for name in top if not name.startswith(".")}
    assert visible == {"studytool", "content", "tests", "pyproject.toml", "README.md"}


def test_ci_runs_the_readmes_own_test_command() -> None:
    commands = re.findall(r"```sh\n(.*?)\n```", README, flags=re.DOTALL)
    assert commands[1] in (ROOT / ".ci" / "run").read_text("utf-8").splitlines()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"| `studytool {command}" in README


def test_every_setting_is_in_the_readme() -> None:
    from dataclasses import fields

    from studytool.settings import Settings

    assert [f.name for f in fields(Settings) if f"| `{f.name}` |" not in README] == []
