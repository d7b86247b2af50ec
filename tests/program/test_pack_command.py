"""The life of a stranger's pack: built, added, studied, updated, pinned, removed and added again."""

import json
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from time import sleep

import pytest

from studytool.bundled_pack import bundled_pack_folder
from studytool.errors import Cancelled, PackError
from studytool.library import git_tree
from studytool.library.git_tree import read_git
from studytool.library.pack_tree import PackSource
from studytool.packs.folder import PackLimits
from tests.bundled_library import install_bundled_pack
from tests.in_process import run_program
from tests.packs.samples import CARD, MANIFEST, NUMERIC, write_pack

Run = Callable[..., CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """The program in a home of its own, in English."""
    home = install_bundled_pack(tmp_path / "home")
    (home / "settings.toml").write_text('language = "en"\n')

    def run(line: str, typed: str = "") -> CompletedProcess[str]:
        return run_program(*shlex.split(line), typed=typed, home=home, within=tmp_path)

    return run


def told(done: CompletedProcess[str]) -> dict[str, object]:
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


RENAMED = CARD.replace("id: recall", "id: recalled\n  was: [recall]")
NEWER = MANIFEST.replace("1.0.0", "1.1.0")


def test_a_zip_built_here_is_added_updated_and_its_progress_stays(run: Run, tmp_path: Path) -> None:
    write_pack(tmp_path / "first")
    other = NUMERIC.replace('"2*v", tolerance', '"3*v", tolerance').replace("2*sum", "3*sum")
    added = CARD.replace("recall", "added")
    write_pack(tmp_path / "second", manifest=NEWER, items=RENAMED + other + added)
    run("pack build first --output first.zip")
    run("pack build second --output second.zip")
    for language, others in (("ko", "다른 사람은"), ("en", "Others install it")):
        assert others in run(f"pack build first --output first.zip --lang {language}").stdout
    before = (tmp_path / "first.zip").read_bytes()
    assert told(run("pack build first --output first.zip --json"))["bytes"] == len(before)
    assert (tmp_path / "first.zip").read_bytes() == before

    done = run("pack add first.zip", typed="y\n")
    assert done.returncode == 0
    for word in ("Sample (sample 1.0.0)", "by someone; licence: MIT", "items: 2", "3 of 3 hold"):
        assert word in done.stderr, word
    done = run("study --plain sample", typed="\n4\n:q\n")
    assert "answered in" in done.stdout
    done = run("pack add second.zip --yes")
    assert (done.returncode, "pack update sample" in done.stderr) == (2, True)

    assert "is pinned" in run("pack pin sample").stdout
    assert "pinned" in run("pack list").stdout
    done = run("pack update sample second.zip --yes")
    assert (done.returncode, "is pinned" in done.stderr) == (2, True)
    run("pack pin sample --off")
    done = run("pack update sample second.zip", typed="n\n")
    assert done.returncode == 2
    for word in (
        "1.0.0 → 1.1.0", "+ new: 1 (added)", "! other keys or numbers: 1 (doubled)",
        "> renamed: 1 (recall → recalled)",
    ):  # fmt: skip
        assert word in done.stderr, word
    assert run("item show sample/recalled").returncode == 2
    assert told(run("pack update sample second.zip --yes --json"))["updated"] is True
    shown = told(run("item show sample/recalled --json"))
    assert shown["reviews"] == 1

    assert run("pack remove sample", typed="").returncode == 2  # the end of the input is no yes
    assert run("pack remove sample --yes").returncode == 0
    assert run("study --plain sample").returncode == 2
    assert run("due").returncode == 0
    run("pack add second --yes")
    assert told(run("item show sample/recalled --json"))["reviews"] == 1
    assert told(run("pack update sample --yes --json"))["updated"] is False


REFUSED = [
    ("pack add nowhere", "no such folder or file"),
    ("pack add empty", "no pack.yaml"),
    ("pack add file.txt", "not a complete zip"),
    ("pack add linked", "items/all.yaml: it is a link"),
    ("pack add wrong", "cannot be used"),
    ("pack add device", "'nul' is the name of a device"),
    ("pack build wrong", "cannot be used"),
    ("pack build first --output none/x.zip", "could not be written"),
    ("pack add https://example.org/a.zip", "download the zip first"),
    ("pack add https://example.org/a.git", "the commit's 40 digits"),
    ("pack add https://example.org/a.git@main", "the commit's 40 digits"),
    ("pack add ftp://example.org/a.git@" + "0" * 40, "cannot be used"),
    ("pack add file:///nowhere@" + "0" * 40 + ":a/../b", "the folder in the repository"),
    (f"pack add {bundled_pack_folder()}", "comes with studytool"),
    ("pack remove deep-learning-notes --yes", "comes with studytool"),
    ("pack update sample --yes", "no pack named 'sample'"),
    ("pack remove sample --yes", "no pack named 'sample'"),
    ("pack pin sample", "no pack named 'sample'"),
]


def test_a_pack_without_its_row_in_the_lock_is_told_and_no_bundled_one(
    run: Run, tmp_path: Path
) -> None:
    write_pack(tmp_path / "first")
    assert run("pack add first --yes").returncode == 0
    assert "not in studytool.lock" not in run("pack list").stdout
    (tmp_path / "home/studytool.lock").unlink()
    assert run("pack list").stdout.count("not in studytool.lock") == 1
    rows = {row["id"]: row for row in json.loads(run("pack list --json").stdout)["packs"]}
    assert (rows["sample"]["source"], rows["sample"]["bundled"]) == (None, False)
    assert rows["deep-learning-notes"]["bundled"]
    for line in ("pack update sample --yes", "pack pin sample"):
        done = run(line)
        assert (done.returncode, "studytool pack add" in done.stderr) == (2, True), line
    done = run("doctor --json")
    found = json.loads(done.stdout)["findings"]
    assert "packs_unlisted" in [one["code"] for one in found]
    assert done.returncode == 1
    run("pack add first --yes")
    assert "not in studytool.lock" not in run("pack list").stdout
    assert run("doctor").returncode == 0
    (tmp_path / "home/studytool.lock").unlink()
    assert told(run("pack remove sample --yes --json"))["version"] == "1.0.0"
    assert run("doctor").returncode == 0


@pytest.mark.slow
def test_what_is_refused_says_why_and_changes_nothing(run: Run, tmp_path: Path) -> None:
    write_pack(tmp_path / "first")
    write_pack(tmp_path / "wrong", items=CARD.replace("kind: card", "kind: crad"))
    linked = write_pack(tmp_path / "linked") / "items/all.yaml"
    linked.unlink()
    linked.symlink_to(tmp_path / "first/items/all.yaml")
    write_pack(tmp_path / "device", manifest=MANIFEST.replace("id: sample", "id: nul"))
    (tmp_path / "empty").mkdir()
    (tmp_path / "file.txt").write_text("no zip")
    before = sorted(path.name for path in (tmp_path / "home").iterdir())
    for line, words in REFUSED:
        done = run(f"{line} --yes" if " add " in line else line)
        assert done.returncode == 2, line
        assert words in done.stderr, (line, done.stderr)
        left = sorted(path.name for path in (tmp_path / "home").iterdir())
        assert left == before, line
        assert not (tmp_path / "home/studytool.lock").exists()


@pytest.mark.slow
def test_a_pack_is_tried_before_it_is_added(run: Run, tmp_path: Path) -> None:
    """What --verify found is what its cards say then."""
    write_pack(tmp_path / "first", items=NUMERIC)
    wrong = NUMERIC.replace('formula: "2*v"', 'formula: "3*v"')
    write_pack(tmp_path / "wrong", items=wrong, manifest=MANIFEST.replace("sample", "other"))
    done = run("pack add first --verify --yes")
    assert "tried here: 2 hold, 0 do not" in done.stderr
    badge = told(run("show sample/doubled --json"))["evidence"]
    assert isinstance(badge, dict)
    assert (badge["source"], badge["verdict"]) == ("here", "holds")
    done = run("pack add wrong --verify", typed="n\n")
    assert "these do not hold: doubled" in done.stderr
    assert told(run("pack add wrong --verify --yes --json"))["failed"] == ["doubled"]


def _git(folder: Path, *words: str) -> str:
    own = [
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@example.org",
        "-c",
        "protocol.file.allow=always",
    ]
    done = subprocess.run(["git", *own, *words], cwd=folder, check=True, capture_output=True)
    return done.stdout.decode().strip()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a pack at its top, one in a folder, and much that is not to be touched."""
    if shutil.which("git") is None:
        pytest.skip("there is no git here")
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    folder = write_pack(tmp_path / "repository")
    write_pack(folder / "packs/other", manifest=MANIFEST.replace("id: sample", "id: other"))
    (folder / "run.sh").write_text("exit 1\n")
    (folder / ".gitattributes").write_text("*.yaml filter=evil\n")
    _git(folder, "init", "--quiet")
    _git(folder, "add", ".")
    _git(folder, "commit", "--quiet", "--message", "a pack")
    return folder


@pytest.mark.slow
def test_a_commit_of_a_repository_is_added(run: Run, repository: Path, tmp_path: Path) -> None:
    first = _git(repository, "rev-parse", "HEAD")
    write_pack(repository, manifest=NEWER, items=RENAMED)
    _git(repository, "commit", "--quiet", "--all", "--message", "newer")
    second = _git(repository, "rev-parse", "HEAD")
    url = f"file://{repository}"
    quoted = shlex.quote(url)
    assert told(run(f"pack add {quoted}@{first} --yes --json"))["version"] == "1.0.0"
    assert told(run(f"pack add {quoted}@{first}:packs/other --yes --json"))["id"] == "other"
    assert told(run(f"pack update sample {quoted}@{second} --yes --json"))["removed"] == ["doubled"]
    lock = json.loads((tmp_path / "home/studytool.lock").read_text())
    assert lock["packs"]["sample"]["source"] == {"kind": "git", "at": url, "commit": second}
    for source, words in (
        (f"{url}@{'1' * 40}", "could not be fetched"),
        (f"file://{tmp_path}/nowhere@{first}", "could not be fetched"),
        (f"{url}@{first}:none", "could not be fetched"),
        (f"{url}@{first}:packs", "no pack.yaml"),
    ):
        done = run(f"pack add {shlex.quote(source)} --yes")
        assert (done.returncode, words in done.stderr) == (2, True), done.stderr


@pytest.mark.slow
def test_git_that_hangs_is_ended_with_what_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark, program = tmp_path / "mark", tmp_path / "bin/git"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n(sleep 2; touch {mark}) & sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/bin:/usr/bin")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    (tmp_path / "scratch").mkdir()
    source = PackSource("git", "https://example.org/a.git", "0" * 40)
    with pytest.raises(Cancelled):
        read_git(source, lambda: True)
    monkeypatch.setattr(git_tree, "PATIENCE_SECONDS", 0.1)
    with pytest.raises(PackError, match="not fetched within"):
        read_git(source)
    assert [*(tmp_path / "scratch").iterdir()] == []
    sleep(2.5)
    assert not mark.exists()


def test_links_and_hooks_of_a_repository_do_nothing(
    run: Run, repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "ran"
    for hook in ("post-checkout", "reference-transaction", "post-merge", "pre-auto-gc"):
        path = repository / ".git/hooks" / hook
        path.write_text(f"#!/bin/sh\ntouch {mark}\n")
        path.chmod(0o755)
    url = f"file://{repository}"
    (repository / "items/link.yaml").symlink_to("/etc/passwd")
    _git(repository, "-c", "core.hooksPath=/dev/null", "add", ".")
    _git(repository, "-c", "core.hooksPath=/dev/null", "commit", "--quiet", "--message", "link")
    head = _git(repository, "rev-parse", "HEAD")
    done = run(f"pack add {shlex.quote(url)}@{head} --yes")
    assert "items/link.yaml: it is a link" in done.stderr
    assert not mark.exists()
    monkeypatch.setenv("PATH", str(tmp_path))
    done = run(f"pack add {shlex.quote(url)}@{'1' * 40} --yes")
    assert (done.returncode, "there is no program git" in done.stderr) == (2, True)


def test_a_large_pack_is_added_where_its_reader_says_so(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pack(tmp_path / "first")
    monkeypatch.setattr("studytool.library.reading_trees.ORDINARY", PackLimits(99, 10**6, 30))
    for line in ("pack build first", "pack add first --yes"):
        done = run(line)
        assert done.returncode == 2
        assert "E119" in done.stderr
        assert run(f"{line} --large").returncode == 0
    write_pack(tmp_path / "first", manifest=NEWER)
    assert "E119" in run("pack update sample --yes").stderr
    assert "updated sample" in run("pack update sample --yes --large").stdout
