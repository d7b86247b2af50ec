"""What verify keeps: after an edit only what it touches is tried again; safe to lose, never wrong."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from studytool.authoring.kept_checks import kept_path
from studytool.authoring.kept_findings import (
    read_findings,
    read_mutants,
    write_findings,
    write_mutants,
)
from studytool.cli.verify import command
from studytool.language import LANGUAGES, in_both
from studytool.packs.evidence import Verdict
from studytool.packs.oracles import OracleRecord
from studytool.packs.reader import load_pack
from studytool.verification.evidence import Evidence, PackEvidence
from studytool.verification.finding_rows import finding_of, finding_row
from studytool.verification.known_findings import KnownFindings
from studytool.verification.limits import TaskLimits
from studytool.verification.mutant_trial import Fate, MutantTrial
from studytool.verification.power import try_power
from studytool.verification.problems import (
    AuthorMistake,
    CostlySample,
    KilledProcess,
    MemoryShortage,
    Problem,
    SlowTask,
    StrangeAnswer,
    WaitingTask,
)
from studytool.verification.verify import Selection, choose_tasks, verify_pack

PACK = Path(__file__).parent.parent / "packs/own/compound-interest"
ALL = {"claims/limit", "keys/continuous", "keys/by-months"}

FOUND = Evidence(
    "by-months", "", Verdict.HOLDS, measured=(), controls=(), draws=1, seed=0, seconds=3.0, revision="r"
)  # fmt: skip


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACK, tmp_path / "pack"))


def _edit(pack: Path, old: str, new: str) -> None:
    found = [path for path in pack.rglob("*.yaml") if old in path.read_text("utf-8")]
    assert found, old
    for path in found:
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def _run(home: Path, folder: Path, seed: int = 0) -> tuple[set[str], PackEvidence]:
    """Verify as the command does; return the names of what was tried, and the evidence."""
    pack, known = load_pack(folder), read_findings(home, folder)
    before = dict(known.by_name)
    found = verify_pack(pack, seed=seed, known=known)
    write_findings(home, folder, pack, known)
    tried = {name for name, one in known.by_name.items() if one is not before.get(name)}
    return tried, found


def _timeless(found: PackEvidence) -> list[Evidence]:
    return [replace(one, seconds=0.0) for one in found.all]


EDITS = [
    ("formula: 'exp(rate)'", "formula: 'exp(rate)+0.02'", {"keys/continuous"}),
    ("formula: '1+rate'", "formula: '1+rate*1.0'", {"keys/continuous", "keys/by-months"}),
    ("times: {choice: [4, 12, 52]}", "times: {choice: [4, 12]}", {"keys/by-months"}),
    ("expect: '1+r'", "expect: '1+2*r'", {"claims/limit"}),
    ("balance*(1 + rate/times)", "balance + balance*rate/times", ALL),  # the experiment
    ("title: {ko: 복리, en: Compound interest}", "title: {ko: 복리, en: Interest}", set()),
    ("version: 0.1.0", "version: 0.2.0", set()),
    ("\nid: compound-interest", "\nid: compound", ALL),  # every draw is of the pack's name
]


@pytest.mark.parametrize(("old", "new", "tried"), EDITS)
def test_only_what_an_edit_touches_is_unknown(
    tmp_path: Path, pack: Path, old: str, new: str, tried: set[str]
) -> None:
    known = KnownFindings()
    for task in choose_tasks(load_pack(pack), Selection(), 0):
        known.add(task, FOUND)
    write_findings(tmp_path, pack, load_pack(pack), known)
    _edit(pack, old, new)
    read = replace(read_findings(tmp_path, pack), context="")
    tasks = choose_tasks(load_pack(pack), Selection(), 0)
    assert {task.name for task in tasks if read.find(task, 300.0) is None} == tried


@pytest.mark.slow
@pytest.mark.parametrize(("old", "new", "tried"), EDITS)
def test_a_warm_run_finds_what_a_cold_one_does(
    tmp_path: Path, pack: Path, old: str, new: str, tried: set[str]
) -> None:
    home = tmp_path / "home"
    assert _run(home, pack)[0] == ALL
    _edit(pack, old, new)
    tried_now, warm = _run(home, pack)
    assert tried_now == tried
    assert _timeless(warm) == _timeless(verify_pack(load_pack(pack)))
    assert warm.recalled == ALL - tried
    assert _run(home, pack)[0] == set()


@pytest.mark.slow
def test_another_seed_program_or_library_tries_all(
    tmp_path: Path, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    _run(home, pack)
    assert _run(home, pack, seed=1)[0] == ALL
    assert _run(home, pack, seed=1)[0] == set()
    kept = "studytool.authoring.kept_findings."
    for name in ("program_mark", "numpy_version"):
        monkeypatch.setattr(kept + name, lambda: "another")
        assert _run(home, pack, seed=1)[0] == ALL


@pytest.mark.slow
def test_a_key_is_not_recalled_whole_where_its_claim_was_tried(tmp_path: Path, pack: Path) -> None:
    card = "- {id: grows, kind: card, concept: compounding, claims: [limit], front: a, back: b}\n"
    items = next((pack / "items").glob("*.yaml"))
    items.write_text(items.read_text("utf-8") + card, "utf-8")
    home = tmp_path / "home"
    _run(home, pack)
    _edit(pack, "expect: 'exp(r)'", "expect: '1+r+r**2/2'")
    tried, found = _run(home, pack)
    assert tried == {"claims/limit"}
    assert "keys/grows" not in found.recalled
    verdicts = {one.id: one.verdict for one in found.all}
    assert verdicts["limit"] is Verdict.REFUTED
    assert verdicts["grows"] is not Verdict.HOLDS


@pytest.mark.parametrize("damage", [
    lambda kept: kept[:-1],
    lambda kept: kept.replace(b'"holds"', b'"refuted"'),
    lambda kept: kept[:70] + bytes([kept[70] ^ 1]) + kept[71:],
    lambda _: b"",
    lambda kept: b"\xff" * len(kept),
])  # fmt: skip
def test_a_damaged_file_keeps_nothing(
    tmp_path: Path, pack: Path, damage: Callable[[bytes], bytes]
) -> None:
    known = KnownFindings()
    (task,) = choose_tasks(load_pack(pack), Selection(items=["by-months"]), 0)
    known.add(task, FOUND)
    write_findings(tmp_path, pack, load_pack(pack), known)
    assert set(read_findings(tmp_path, pack).by_name) == {"keys/by-months"}
    path = kept_path(tmp_path, pack, "verify")
    path.write_bytes(damage(path.read_bytes()))
    assert read_findings(tmp_path, pack).by_name == {}


@pytest.mark.parametrize("problem", [
    KilledProcess(), MemoryShortage(), SlowTask(1.0), StrangeAnswer(),
    WaitingTask(10.0, 1.0),
])  # fmt: skip
def test_what_the_machine_kept_from_its_end_is_tried_again(pack: Path, problem: Problem) -> None:
    known = KnownFindings()
    (task,) = choose_tasks(load_pack(pack), Selection(items=["by-months"]), 0)
    known.add(task, replace(FOUND, problems=(problem,)))
    assert known.find(task, 300.0) is None
    known.add(task, FOUND)
    assert known.find(task, 300.0) == FOUND
    assert known.find(task, TaskLimits(2.0).seconds) is None  # it took 3: it may not now


def test_another_record_of_an_oracle_tries_the_key_again(pack: Path) -> None:
    known = KnownFindings()
    (task,) = choose_tasks(load_pack(pack), Selection(items=["continuous"]), 0)
    known.add(task, FOUND)
    record = OracleRecord({"rate": 0.5}, 1.6487, 0.0, "numpy.exp", "numpy", "2.0.0")
    assert known.find(replace(task, oracles=(record,)), 300.0) is None
    assert known.find(task, 300.0) == FOUND


def test_a_finding_is_read_back_as_it_was(pack: Path) -> None:
    found = verify_pack(load_pack(pack), selection=Selection(items=["by-months"]))
    assert found.all
    for one in found.all:
        assert finding_of(json.loads(json.dumps(finding_row(one)))) == one
    why = AuthorMistake(in_both("까닭 {", "why {"), {"x": 1.5})
    costly = CostlySample("q", {}, float("inf"))
    read = finding_of(json.loads(json.dumps(finding_row(replace(FOUND, problems=(why, costly))))))
    mistake, sample = read.problems
    assert isinstance(mistake, AuthorMistake)
    assert mistake.condition == why.condition
    assert [mistake.why.text(one) for one in LANGUAGES] == ["까닭 {", "why {"]
    assert sample == costly


@pytest.mark.slow
def test_the_command_says_how_many_are_from_before(
    tmp_path: Path, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDYTOOL_HOME", str(tmp_path / "home"))

    def recalled(*options: str) -> int:
        result = CliRunner().invoke(command, [str(pack), "--json", *options])
        assert result.exit_code == 0, result.output
        return int(json.loads(result.stdout)["summary"]["from_before"])

    assert recalled() == 0
    assert recalled() == len(ALL)
    assert recalled("--again", "--item", "by-months") == 0
    assert recalled() == len(ALL)
    assert recalled("--again") == 0
    said = CliRunner().invoke(command, [str(pack), "--lang", "en"]).output
    assert "3 of these are from an earlier run, unchanged since; --again tries all" in said


@pytest.mark.slow
def test_what_the_cards_of_an_installed_pack_lack_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("STUDYTOOL_HOME", str(home))

    def recalled() -> int:
        asked = ["deep-learning-notes", "--claim", "cosine-value", "--json"]
        result = CliRunner().invoke(command, asked)
        return int(json.loads(result.stdout)["summary"]["from_before"])

    assert [recalled(), recalled()] == [0, 1]
    shutil.rmtree(home / "evidence")
    assert [recalled(), recalled()] == [0, 1]
    assert any((home / "evidence").iterdir())


def test_mutants_are_read_back_as_they_were_unless_damaged(tmp_path: Path, pack: Path) -> None:
    known = read_mutants(tmp_path, pack)
    assert known.by_name == {}
    kept = ("key", tuple(MutantTrial("limit", "exp(r)", 7, "r → n", fate) for fate in Fate))
    part = ("step", "balance")
    of_step = ("key", (MutantTrial("savings", "balance", 1, "b → r", Fate.SURVIVED, part),))
    right = {"claims/limit": kept, "experiments/savings": of_step}
    known.by_name.update({**right, "claims/no-more-in-the-pack": kept})
    known.by_name["experiments/no-more-in-the-pack"] = of_step
    write_mutants(tmp_path, pack, load_pack(pack), known)
    assert read_mutants(tmp_path, pack).by_name == right
    path = kept_path(tmp_path, pack, "mutants")
    path.write_bytes(path.read_bytes().replace(b"noticed", b"survived"))
    assert read_mutants(tmp_path, pack).by_name == {}


@pytest.mark.slow
@pytest.mark.parametrize(("old", "new", "tried"), [
    ("title: {ko: 복리, en: Compound interest}", "title: {ko: 복리, en: Interest}", set()),
    ("answer: {formula: 'exp(rate)'", "answer: {formula: 'exp(rate)*1'", {"keys/continuous"}),
    ("- expect: 'exp(r)'", "- expect: '1*exp(r)'", {"claims/limit"}),
    ("balance*(1 + rate/times)", "balance + balance*rate/times", ALL),
])  # fmt: skip
def test_only_the_mutants_that_an_edit_touches_are_tried_again(
    tmp_path: Path, pack: Path, old: str, new: str, tried: set[str]
) -> None:
    def run() -> set[str]:
        known = read_mutants(tmp_path, pack)
        before = dict(known.by_name)
        assert try_power(load_pack(pack), known=known) == try_power(load_pack(pack))
        write_mutants(tmp_path, pack, load_pack(pack), known)
        return {name for name, one in known.by_name.items() if one is not before.get(name)}

    assert run() == {*ALL, "experiments/savings"}
    _edit(pack, old, new)
    assert run() == ({*tried, "experiments/savings"} if tried else tried)  # what measures it
    assert run() == set()
