"""What CI installs and runs is fixed: actions by commit, packages by version and hash."""

import re
import tomllib
from importlib.metadata import metadata
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
GROUPS = {"": PROJECT["dependencies"], **PROJECT["optional-dependencies"]}
TOOLS = "--no-deps --require-hashes --requirement .ci/tools.txt"
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


@pytest.mark.parametrize("workflow", ["ci", "release"])
def test_each_action_is_fixed_by_its_commit(workflow: str) -> None:
    text = (ROOT / f".github/workflows/{workflow}.yml").read_text("utf-8")
    actions = re.findall(r"uses: (.*)", text)
    assert actions
    assert [
        one for one in actions if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", one)
    ] == []
    assert (
        re.findall(r"pip install (.+)", text)
        == {
            "ci": ['".[test]"', TOOLS],  # as README says; beside it .ci/run installs by the locks
            "release": [TOOLS, "dist/*.whl"],  # what was just built
        }[workflow]
    )


def test_each_tool_of_the_workflows_is_locked_with_its_hashes() -> None:
    locked = re.split(r"^(?=[\w.-]+==)", _text("tools.txt"), flags=re.MULTILINE)[1:]
    names = {one.partition("==")[0] for one in locked}
    assert {"build", "pip-audit"} <= names
    assert [one for one in locked if "--hash=sha256:" not in one] == []
    wanted = re.findall(r"^tools=\((.*)\)$", _text("lock"), flags=re.MULTILINE)[0].split()
    assert {*wanted} <= {one.split()[0] for one in locked}


def test_no_workflow_may_write_but_where_it_signs() -> None:
    for path in (ROOT / ".github/workflows").iterdir():
        workflow = yaml.safe_load(path.read_text("utf-8"))
        assert workflow["permissions"] == {"contents": "read"}, path.name
        writes = {
            (name, right)
            for name, job in workflow["jobs"].items()
            for right, level in job.get("permissions", {}).items()
            if level == "write"
        }
        release = {
            ("build", "id-token"),
            ("build", "attestations"),
            ("publish", "id-token"),
            ("release", "contents"),
        }
        assert writes == (release if path.stem == "release" else set())


def test_the_licence_of_each_package_is_listed_and_of_no_other() -> None:
    text = (ROOT / ".github/LICENCES.md").read_text("utf-8")
    rows = re.findall(r"^\| ([\w.-]+) \| (.+) \| (.+) \|$", text, flags=re.MULTILINE)
    listed = {canonicalize_name(name): purpose for name, purpose, _ in rows if name != "package"}
    wanted: dict[NormalizedName, set[str]] = {}
    for group, lines in GROUPS.items():
        for line in lines:
            wanted.setdefault(canonicalize_name(Requirement(line).name), set()).add(group)
    assert sorted(listed) == sorted(wanted)
    for name, groups in wanted.items():
        named = set(re.findall(r"`(\w+)`", listed[name])) or {""}
        assert named == groups, name


def test_a_release_has_what_was_built_attested_and_listed() -> None:
    text = (ROOT / ".github/workflows/release.yml").read_text("utf-8")
    jobs = yaml.safe_load(text)["jobs"]
    assert (jobs["publish"]["needs"], jobs["release"]["needs"]) == ("build", "publish")
    steps = {name: job["steps"] for name, job in jobs.items()}
    given = {
        name: {
            step["with"]["name"]
            for step in of
            if re.match(r"actions/(up|down)load-artifact", step.get("uses", ""))
        }
        for name, of in steps.items()
    }
    assert given == {"build": {"dist", "sbom"}, "publish": {"dist"}, "release": {"dist", "sbom"}}
    [attested] = [
        step["with"]["subject-path"] for step in steps["build"] if "attest" in str(step.get("uses"))
    ]
    assert attested.split() == ["dist/*", "studytool.cdx.json"]
    made = steps["release"][-1]["run"]
    assert made.startswith('gh release create "$GITHUB_REF_NAME" dist/* studytool.cdx.json ')
    runs = " ".join(str(step.get("run", "")) for step in steps["build"])
    assert "--format cyclonedx-json --output studytool.cdx.json" in runs
    audit = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text("utf-8"))["jobs"]["audit"]
    assert audit["steps"][-1]["run"].endswith(
        "pip_audit --strict --requirement .ci/constraints.txt --require-hashes --disable-pip"
    )


@pytest.mark.parametrize("group", ["", "optimize"])
def test_the_licences_are_those_of_what_is_installed(group: str) -> None:
    """Against the packages' own metadata, of what a learner installs."""
    text = (ROOT / ".github/LICENCES.md").read_text("utf-8")
    for line in GROUPS[group]:
        name = Requirement(line).name
        [listed] = re.findall(rf"^\| {re.escape(name)} \| .+ \| (.+) \|$", text, flags=re.MULTILINE)
        about = metadata(name)
        fields = (about.get_all(field) for field in ("License-Expression", "License", "Classifier"))
        stated = " ".join(next(filter(None, fields), ()))
        known = ("BSD-3-Clause", "Apache-2.0", "any-OSI", "MIT")
        assert next((word for word in known if word in stated), "none stated") in listed, name


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
