"""The promises of the checkout itself: its top level, its two commands."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

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
