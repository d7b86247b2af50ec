"""verify: a right pack holds, a wrong key is found, and the same seed gives the same evidence."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from studytool.bundled_pack import bundled_pack_folder
from studytool.cli.verify import command
from studytool.errors import NotFoundError, StateError
from studytool.faults import Fault
from studytool.language import LANGUAGES, Language
from studytool.packs.evidence import Verdict, evidence_text, read_evidence
from studytool.packs.reader import load_pack
from studytool.settings import Settings, save_settings
from studytool.verification.evidence import PackEvidence
from studytool.verification.lock import LockDifference, compare_lock, kept_seconds, write_lock
from studytool.verification.verify import RunProgress, Selection, choose_tasks, verify_pack
from tests.cases import first_row_quick

SOME = Selection(claims=["xavier-compromise", "relu-gradient-survives"], items=["xavier-variance"])


def _timeless(evidence: PackEvidence) -> list[object]:
    return [replace(found, seconds=0.0) for found in (*evidence.claims, *evidence.keys)]


@pytest.mark.slow
def test_the_same_seed_gives_the_same_evidence_whatever_the_jobs() -> None:
    pack = load_pack(bundled_pack_folder())
    alone = verify_pack(pack, selection=SOME)
    assert all(found.verdict is Verdict.HOLDS for found in (*alone.claims, *alone.keys))
    assert _timeless(verify_pack(pack, selection=SOME, jobs=2)) == _timeless(alone)
    assert _timeless(verify_pack(pack, selection=SOME, seed=1)) != _timeless(alone)


def _copy(folder: Path, *, old: str, new: str, file: str) -> Path:
    copied = folder / "pack"
    shutil.copytree(bundled_pack_folder(), copied)
    path = copied / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    return copied


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new"),
    first_row_quick(
        [
            ("xavier_variance(fan_in, fan_out)", "1/fan_in"),
            ("xavier_variance(fan_in, fan_out)", "he_variance(fan_in)"),
            ("xavier_variance(fan_in, fan_out)", "1.05*xavier_variance(fan_in, fan_out)"),
        ]
    ),
)
def test_a_key_that_is_a_misconception_is_refuted(tmp_path: Path, old: str, new: str) -> None:
    answer = "answer: {formula: '%s', tolerance: {rel: 2%%}}"
    copied = _copy(
        tmp_path, old=answer % old, new=answer % new, file="items/50-initialisation.yaml"
    )
    text = (copied / "items/50-initialisation.yaml").read_text("utf-8")
    wrong = f"formula: '{new}'\n      say"
    text = text.replace(
        wrong, f"formula: '3*({new})'\n      say"
    )  # else the key is its own control
    (copied / "items/50-initialisation.yaml").write_text(text, "utf-8")
    result = CliRunner().invoke(command, [str(copied), "--item", "xavier-variance", "--json"])
    assert result.exit_code == 1, result.output
    (key,) = json.loads(result.stdout)["keys"]
    assert key["verdict"] == "refuted"


def _in_each_language(
    home: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> dict[Language, str]:
    """Run a verification that does not hold, once in each language."""
    monkeypatch.setenv("STUDYTOOL_HOME", str(home))
    said: dict[Language, str] = {}
    for language in LANGUAGES:
        save_settings(home, Settings(language=language))
        result = CliRunner().invoke(command, arguments)
        assert result.exit_code == 1
        said[language] = result.output
    return said


@pytest.mark.slow
def test_a_control_that_is_not_rejected_does_not_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = _copy(
        tmp_path,
        old="{id: forward-only, expect: '1/fan_in'}",
        new="{id: forward-only, expect: '1.001*2/(fan_in+fan_out)'}",
        file="claims/xavier-he.yaml",
    )
    arguments = [str(copied), "--claim", "xavier-compromise"]
    said = _in_each_language(tmp_path, monkeypatch, arguments)
    assert "control 'forward-only' was not rejected on 2 of 2" in said["en"]
    assert "대조 'forward-only': 2번 중 2번 기각되지 않았습니다." in said["ko"]


@pytest.mark.slow
def test_zero_without_an_absolute_tolerance_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = "      by: {experiment: activation_moments, with: {activation: tanh"
    old = f"      atol: 0.02\n{by}"
    copied = _copy(tmp_path, old=old, new=by, file="claims/gradients.yaml")
    arguments = [str(copied), "--claim", "tanh-zero-centred"]
    said = _in_each_language(tmp_path, monkeypatch, arguments)
    assert "'0' is 0 here: give the check an atol" in said["en"]
    assert "'0': 여기서 값이 0입니다. 확인에 atol을 쓰세요." in said["ko"]


@pytest.mark.slow
def test_cancelling_keeps_what_was_found() -> None:
    pack = load_pack(bundled_pack_folder())
    seen: list[str] = []

    def keep(progress: RunProgress) -> None:
        seen.extend([] if progress.finding is None else [progress.finding.id])

    evidence = verify_pack(pack, selection=SOME, progress=keep, cancelled=lambda: len(seen) >= 1)
    assert [found.id for found in (*evidence.claims, *evidence.keys)] == seen
    assert len(seen) == 1


def test_the_lock_is_kept_and_goes_stale_with_its_wording(tmp_path: Path) -> None:
    pack = load_pack(bundled_pack_folder())
    evidence = verify_pack(pack, selection=Selection(items=["xavier-variance"]))
    path = write_lock(tmp_path, evidence, version="0")
    kept = json.loads(path.read_text("utf-8"))
    assert kept["keys"]["xavier-variance"]["verdict"] == "holds"
    assert compare_lock(tmp_path, evidence) == LockDifference()
    (key,) = evidence.keys
    reworded = replace(evidence, keys=(replace(key, revision="other"),))
    assert compare_lock(tmp_path, reworded) == LockDifference(missing=("xavier-variance",))
    first, *others = key.measured
    moved = replace(first, estimate=replace(first.estimate, value=1.1 * first.estimate.value))
    other = replace(evidence, keys=(replace(key, measured=(moved, *others)),))
    assert compare_lock(tmp_path, other) == LockDifference(contradicted=("xavier-variance",))
    assert kept_seconds(tmp_path) == {("keys", "xavier-variance"): round(key.seconds, 2)}


def test_a_number_without_an_error_is_of_what_its_own_seed_drew(tmp_path: Path) -> None:
    """The gap of a lasso on designs drawn once is another at another seed, and no error says so."""
    pack = load_pack(bundled_pack_folder())
    evidence = verify_pack(pack, selection=Selection(items=["elastic-net-by-a-lasso"]))
    write_lock(tmp_path, evidence, version="0")
    (key,) = evidence.keys
    moved = [replace(one, estimate=replace(one.estimate, value=1.0)) for one in key.measured]
    other = replace(key, measured=tuple(moved))
    contradicted = LockDifference(contradicted=("elastic-net-by-a-lasso",))
    assert compare_lock(tmp_path, replace(evidence, keys=(other,))) == contradicted
    elsewhere = replace(evidence, keys=(replace(other, seed=7),))
    assert compare_lock(tmp_path, elsewhere) == LockDifference()


@pytest.mark.slow
def test_another_seed_does_not_contradict_the_lock(tmp_path: Path) -> None:
    pack = load_pack(bundled_pack_folder())
    write_lock(tmp_path, verify_pack(pack, selection=SOME), version="0")
    again = verify_pack(pack, selection=SOME, seed=5)
    assert compare_lock(tmp_path, again) == LockDifference()


@pytest.mark.slow
def test_a_damaged_lock_keeps_nothing_and_is_named(tmp_path: Path) -> None:
    (tmp_path / "evidence.lock").write_text("{", "utf-8")
    evidence = verify_pack(load_pack(bundled_pack_folder()), selection=SOME)
    difference = compare_lock(tmp_path, evidence)
    assert set(difference.missing) == {found.id for found in evidence.all}
    assert difference.unreadable == ("evidence.lock",)


def test_the_bundled_evidence_is_of_the_present_wording() -> None:
    pack = load_pack(bundled_pack_folder())
    kept = read_evidence(bundled_pack_folder())
    assert kept.unreadable == ()
    assert {name: row.revision for name, row in kept.keys.items()} == {
        item.id: item.revision for item in pack.items
    }
    assert {name: row.revision for name, row in kept.claims.items()} == {
        claim.id: claim.revision for claim in pack.claims
    }


def test_the_bundled_evidence_is_written_as_it_is_read() -> None:
    folder = bundled_pack_folder()
    text = (folder / "evidence.lock").read_text("utf-8")
    head = json.loads(text)
    versions = {name: head[name] for name in ("studytool", "numpy")}
    assert evidence_text(read_evidence(folder), pack=head["pack"], versions=versions) == text


def test_an_item_is_named_with_its_pack_and_found_by_its_slug() -> None:
    for name in ("batch-norm-value", "deep-learning-notes/batch-norm-value"):
        result = CliRunner().invoke(command, ["--item", name, "--json"])
        (key,) = json.loads(result.stdout)["keys"]
        assert key["item"] == "deep-learning-notes/batch-norm-value"
    with pytest.raises(NotFoundError, match="other/batch-norm-value"):
        CliRunner().invoke(command, ["--item", "other/batch-norm-value"], catch_exceptions=False)


@pytest.mark.slow
def test_json_has_the_promised_keys() -> None:
    result = CliRunner().invoke(command, ["--claim", "xavier-compromise", "--json"])
    read = json.loads(result.stdout)
    assert list(read) == ["pack", "claims", "keys", "summary", "evidence_lock"]
    (claim,) = read["claims"]
    promised = {"id", "verdict", "standing", "measured", "controls", "seconds", "seed"}
    assert promised <= set(claim)
    assert {"holds", "refuted", "undecided", "seconds"} <= set(read["summary"])


@pytest.mark.slow
def test_evidence_that_says_otherwise_fails_and_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDYTOOL_HOME", str(tmp_path))
    save_settings(tmp_path, Settings(language="en"))
    copied = tmp_path / "pack"
    shutil.copytree(bundled_pack_folder(), copied)
    kept = json.loads((copied / "evidence.lock").read_text("utf-8"))
    kept["claims"]["xavier-compromise"]["verdict"] = "refuted"
    (copied / "evidence.lock").write_text(json.dumps(kept), "utf-8")
    arguments = [str(copied), "--claim", "xavier-compromise"]
    result = CliRunner().invoke(command, arguments)
    assert result.exit_code == 1
    assert "1 contradicted by evidence.lock (xavier-compromise)" in result.output
    read = json.loads(CliRunner().invoke(command, [*arguments, "--json"]).stdout)
    lock = {"missing": [], "contradicted": ["xavier-compromise"], "unreadable": []}
    assert read["evidence_lock"] == lock


def test_a_lock_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    evidence = PackEvidence("p", claims=(), keys=(), seconds=0.0)
    with pytest.raises(StateError) as refused:
        write_lock(tmp_path / "nowhere", evidence, version="0")
    assert refused.value.fault is Fault.LOCK_UNWRITABLE
    (tmp_path / "evidence.lock").mkdir()
    with pytest.raises(StateError):
        write_lock(tmp_path, evidence, version="0")
    assert [path.name for path in tmp_path.iterdir()] == ["evidence.lock"]


@pytest.mark.parametrize(
    ("arguments", "en", "ko"),
    [
        (
            ["--claim", "xavier-compromis"],
            "no claim named 'xavier-compromis'. Did you mean 'xavier-compromise'?",
            "이름이 'xavier-compromis'인 주장이 없습니다. 혹시 'xavier-compromise'인가요?",
        ),
        (
            ["--item", "deep-learning-notes/xavier-varianc"],
            "no item named 'xavier-varianc'. Did you mean 'xavier-variance'?",
            "이름이 'xavier-varianc'인 문항이 없습니다. 혹시 'xavier-variance'인가요?",
        ),
    ],
)
def test_a_name_that_the_pack_has_not(arguments: list[str], en: str, ko: str) -> None:
    with pytest.raises(NotFoundError) as missing:
        CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert (missing.value.text("en"), missing.value.text("ko")) == (en, ko)


def test_what_trains_networks_can_be_left_out() -> None:
    """``dropout-learns-slower`` trains; ``averaged-masks`` does by its own, the other by its claim."""
    pack = load_pack(bundled_pack_folder())
    every = choose_tasks(pack, Selection(), 0)
    quick = {(task.part, task.what.id) for task in choose_tasks(pack, Selection(training=False), 0)}
    left_out = {(task.part, task.what.id) for task in every} - quick
    assert ("claims", "dropout-learns-slower") in left_out
    assert ("keys", "averaged-masks") in left_out
    assert {("claims", "xavier-compromise"), ("keys", "xavier-variance")} <= quick
    for task in every:
        behind = {("claims", name) for name in task.claims}
        if behind & left_out:
            assert (task.part, task.what.id) in left_out
    assert 20 < len(left_out) < len(every) / 2
    chosen = Selection(claims=["dropout-learns-slower", "xavier-compromise"], training=False)
    assert [task.what.id for task in choose_tasks(pack, chosen, 0)] == ["xavier-compromise"]
