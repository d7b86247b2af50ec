"""What CI installs and runs is fixed: actions by commit, packages by version and hash."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
GROUPS = {"": PROJECT["dependencies"], **PROJECT["optional-dependencies"]}
LOCKS = ("constraints.txt", "pytorch-cpu.txt", "pytorch-cuda.txt")


def _locked() -> dict[str, list[str]]:
    """Return the versions of each package in the lock files; one may differ by Python's version."""
    versions: dict[str, list[str]] = {}
    for lock in LOCKS:
        for name, version in re.findall(r"^([\w.-]+)==([^ ;]+)", _text(lock), flags=re.MULTILINE):
            versions.setdefault(canonicalize_name(name), []).append(version)
    return versions


def _text(lock: str) -> str:
    return (ROOT / ".ci" / lock).read_text("utf-8")


def test_each_action_is_fixed_by_its_commit() -> None:
    workflow = (ROOT / ".github/workflows/ci.yml").read_text("utf-8")
    actions = re.findall(r"uses: (.*)", workflow)
    assert actions
    assert [
        one for one in actions if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", one)
    ] == []


@pytest.mark.parametrize("group", GROUPS)
def test_the_locks_have_what_each_group_asks_for(group: str) -> None:
    locked = _locked()
    for line in GROUPS[group]:
        asked = Requirement(line)
        if asked.marker is None or asked.marker.evaluate():
            found = locked.get(canonicalize_name(asked.name), [])
            assert found, f"{line}: run .ci/lock"
            assert all(version in asked.specifier for version in found), f"{line}: run .ci/lock"


@pytest.mark.parametrize("lock", LOCKS)
def test_each_package_of_a_lock_has_a_hash_and_no_address(lock: str) -> None:
    packages = re.split(r"^(?=[a-zA-Z0-9])", _text(lock), flags=re.MULTILINE)[1:]
    assert [one for one in packages if not re.search(r"--hash=sha256:[0-9a-f]{64}", one)] == []
    assert "://" not in _text(lock)
