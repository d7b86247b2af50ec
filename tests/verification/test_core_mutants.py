"""The core altered: what is altered, how a process takes it on and puts it right, who notices."""

import json
import os
from pathlib import Path

import pytest

from studytool.errors import StudytoolError
from studytool.numerics import (
    closed_forms,
    networks,
    normalization,
    propagation,
    training_step,
)
from studytool.numerics.closed_forms import he_limit, lecun_variance
from studytool.numerics.registry import find_experiment
from studytool.verification import core_tests, core_work, kept_fates
from studytool.verification.alterations import alter
from studytool.verification.core_alterations import core_alterations
from studytool.verification.core_mutants import (
    CoreMutant,
    applied,
    core_mutants,
    source_mutants,
    spread_over,
)
from studytool.verification.core_reasons import REASONS_FILE, core_reasons
from studytool.verification.core_result import CoreResult
from studytool.verification.core_trial import CoreTrial, MutantFate, MutationProgress
from studytool.verification.core_use import TRIED_SECONDS, CoreUse, affordable, users_of
from studytool.verification.kept_fates import KeptFates, key_of_tests, mutant_key
from studytool.wording.core_mutants import core_text, mutation_text
from studytool.wording.core_reasons import CORE_REASONS
from tests.packs.samples import write_pack
from tests.rows import all_rows

KINDS = [
    ("def f(a, b): return a > b", {"f: a > b -> a <= b"}),
    ("def f(a, b): a(b, key=a == b)", {"f: a(b, key=a == b) -> pass", "f: a == b -> a != b"}),
    ("def f(a, b): c = a + b", {"f: a + b -> a - b", "f: a + b -> a", "f: a + b -> b"}),
    ("def f(a, b): c = a - b", {"f: a - b -> a + b", "f: a - b -> a"}),
    ("def f(a, b): c = a ** b", {"f: a ** b -> a * b", "f: a ** b -> a"}),
    ("def f(a): c = 2.0", {"f: 2.0 -> 2.2"}),
    ("def f(a): c = 0.0", {"f: 0.0 -> 0.10000000000000009"}),
    ("def f(a): c = 3", {"f: 3 -> 4"}),
    ("def f(a): c = np.sqrt(a)", {"f: np.sqrt(a) -> a"}),
    ("def f(a): return np.sqrt(a)", {
        "f: np.sqrt(a) -> a", "f: return np.sqrt(a) -> return np.sqrt(a) / 2",
    }),
    ("def f(a): c = a.T", {"f: a.T -> a"}),
    ("def f(a): c = np.mean(a)", {"f: np.mean(a) -> np.sum(a)"}),
    ("def f(a): c = -a if a else a", {
        "f: -a -> a", "f: -a if a else a -> -a if not a else a",
    }),
    ("Experiment(elements=lambda p: p + 1)", {"module: Experiment(elements=lambda p: p + 1) -> pass"}),
]  # fmt: skip


@all_rows(("source", "places"), KINDS)
def test_each_kind_of_alteration(source: str, places: set[str]) -> None:
    assert {one.place for one in alter(source, core_alterations)} == places


@pytest.mark.parametrize(
    ("axis", "other"), [("0", "1"), ("1", "0"), ("2", "1"), ("-1", "-2"), ("-2", "-1")]
)
def test_an_axis_becomes_its_neighbour(axis: str, other: str) -> None:
    places = {one.place for one in alter(f"def f(a): c = g(a, axis={axis})", core_alterations)}
    assert f"f: axis={axis} -> axis={other}" in places


@pytest.mark.slow
def test_every_place_has_a_name_of_its_own() -> None:
    every = core_mutants()
    assert every[0].module == "closed_forms"
    assert len(every) == len({str(one) for one in every}) > 3_000
    sizes = ("_elements:", "_size:", "map_size:")  # in memory
    assert not [one for one in every if one.place.startswith(sizes)]
    drawn = spread_over(every, 50, seed=0)
    assert [every.index(one) * 50 // len(every) for one in drawn] == list(range(50))
    assert drawn == spread_over(every, 50, seed=0) != spread_over(every, 50, seed=1)
    assert spread_over(every, 0, seed=0) == every


def _find(module: str, place: str) -> CoreMutant:
    """Find one inside a function of a module, without making those of all others."""
    every = enumerate(source_mutants(module))
    ((number, found),) = [(number, one) for number, one in every if one.place == place]
    return CoreMutant(module, number, place, found.lines)


def test_an_alteration_is_there_for_the_block_alone() -> None:
    """Also where another form calls the altered one, through what records its calls."""
    mutant = _find("closed_forms", "he_variance: 2.0 -> 2.2")
    with applied(mutant) as is_altered:
        assert is_altered
        assert he_limit(6) == pytest.approx(1.1**0.5)
        assert lecun_variance(11) == pytest.approx(0.1)
    assert he_limit(6) == 1.0
    assert lecun_variance(11) == pytest.approx(1 / 11)


def test_what_an_altered_core_raises_comes_through_and_nothing_stays_altered() -> None:
    mutant = _find("closed_forms", "he_variance: 2.0 -> 2.2")
    with pytest.raises(ValueError, match="of other shapes"), applied(mutant):
        raise ValueError("of other shapes")
    assert he_limit(6) == 1.0


@pytest.mark.slow
def test_a_lambda_in_a_table_is_altered() -> None:
    form = find_experiment("l2_decay").quantity("weight").closed_form
    assert form is not None
    parameters = find_experiment("l2_decay").bind({})
    usual = form(parameters)
    (mutant, *_) = [one for one in core_mutants() if "1 - p.lr * p.lam -> 1 + " in one.place]
    with applied(mutant) as is_altered:
        assert is_altered
        assert form(parameters) > usual
    assert form(parameters) == usual


@pytest.mark.slow
def test_a_constant_is_altered_wherever_the_program_has_it() -> None:
    """It is felt where its name stands; words, types and sizes in memory are no constants."""
    place = "module: 1e-05 -> 1.1000000000000001e-05"
    (mutant,) = [
        one for one in core_mutants() if (one.module, one.place) == ("closed_forms", place)
    ]
    assert {module for module, _ in mutant.uses} == {
        "closed_forms", "networks", "normalization", "training_step",
    }  # fmt: skip
    assert mutant.where == mutant.uses | {("closed_forms", mutant.lines[0])}
    having = (closed_forms, networks, normalization, training_step)
    with applied(mutant) as is_altered:
        assert is_altered
        assert [vars(one)["EPSILON"] for one in having] == pytest.approx([1.1e-5] * 4, rel=1e-12)
    assert [vars(one)["EPSILON"] for one in having] == [1e-5] * 4
    constants = [one for one in core_mutants() if one.uses]
    assert len(constants) > 100
    assert {one.place.partition(":")[0] for one in constants} == {"module"}
    assert not any("Experiment(" in one.place for one in constants)


def test_a_table_is_altered_as_a_whole() -> None:
    (mutant,) = [
        one
        for one in core_mutants()
        if (one.module, one.place) == ("propagation", "module: 10.0 -> 11.0")
    ]
    usual = propagation.WEIGHT_SD
    with applied(mutant):
        assert {**usual, "large": 11.0} == propagation.WEIGHT_SD
    assert propagation.WEIGHT_SD is usual


CLAIMS = """
- id: halves
  concept: scale
  statement: {ko: 반, en: Half}
  standing: confirmed
  source: {ref: paper, at: eq. 1}
  checks:
    - expect: "relu_second_moment(sd)"
      by: {sample: "relu(normal(0,sd,[reps]))**2"}
      given: [{sd: 2}]
      controls: [{id: whole, expect: "sd**2"}]
"""
ITEMS = """
- id: recall
  kind: card
  concept: scale
  front: {ko: 앞면, en: Front}
  back: {ko: 뒷면, en: Back}
"""


def _use(seconds: float, *lines: int, holds: bool = True) -> CoreUse:
    return CoreUse(holds, seconds, {"closed_forms": frozenset(lines)}, "")


def test_the_cheapest_of_each_way_comes_first() -> None:
    """Ways differ in the lines that they run of the altered module."""
    mutant = CoreMutant("closed_forms", 0, "f: 1 -> 2", (7, 8))
    uses = {
        0: _use(0.5, 7),
        1: _use(0.1, 7),
        2: _use(0.3, 7, 9),
        3: _use(0.01, 7, holds=False),
        4: _use(0.01, 9),  # it does not run what is altered
        5: _use(0.2, 8, 7),
        6: _use(0.15, 7),
    }
    users = users_of(mutant, uses)
    assert users == [1, 5, 2, 6, 0]
    assert affordable(users, uses) == [1, 5, 2, 6]
    slow = {number: _use(2 * TRIED_SECONDS, 7) for number in range(3)}
    assert affordable([2, 0, 1], slow) == [2]  # one at least


def test_what_is_kept_is_there_for_the_next_run(tmp_path: Path) -> None:
    path = tmp_path / "cache" / "fates.jsonl"
    kept = KeptFates(path)
    kept.add_fate("noticed", "halves", 3, is_same=False)
    kept.add_fate("unnoticed", None, 5, is_same=True)
    kept.add_use("use", _use(0.25, 3, 1))
    with path.open("ab") as file:
        file.write(b'\n{"key": "torn", "fou')  # the program was killed as it wrote
    KeptFates(path).add_fate("later", "halves", 1, is_same=False)
    again = KeptFates(path)
    assert again.get_fate("noticed") == ("halves", 3, False)
    assert again.get_fate("unnoticed") == (None, 5, True)
    assert again.get_fate("later") == ("halves", 1, False)
    assert again.get_use("use") == _use(0.25, 1, 3)
    assert (again.get_fate("torn"), again.get_use("torn")) == (None, None)
    assert (again.get_fate("use"), again.get_use("noticed")) == (None, None)


def test_what_a_claim_runs_is_seen_anew_where_its_modules_have_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("closed_forms", "other"):
        (tmp_path / f"{name}.py").write_text("a = 1")
    monkeypatch.setattr(kept_fates, "CORE", tmp_path)
    monkeypatch.setattr(kept_fates, "_source_key", kept_fates._source_key.__wrapped__)
    kept = KeptFates()
    kept.add_use("use", _use(0.25, 3))

    def known(changed: str) -> bool:
        (tmp_path / f"{changed}.py").write_text("a = 2")
        return kept.get_use("use") is not None

    assert known("other")
    assert not known("closed_forms")


def test_a_folder_that_cannot_be_written_only_forgets(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("no folder")
    kept = KeptFates(tmp_path / "cache" / "fates.jsonl")
    kept.add_fate("noticed", "halves", 3, is_same=False)
    assert kept.get_fate("noticed") == ("halves", 3, False)


def test_what_is_kept_is_of_one_alteration_and_its_users() -> None:
    one = _find("closed_forms", "he_variance: 2.0 -> 2.2")
    other = _find("closed_forms", "he_limit: 3.0 -> 3.3000000000000003")
    keys = {
        mutant_key(one, ["a", "b"]), mutant_key(one, ["a"]), mutant_key(other, ["a"]),
        key_of_tests(one), key_of_tests(other),
    }  # fmt: skip
    assert len(keys) == 5
    assert mutant_key(one, ["b", "a"]) == mutant_key(one, ["a", "b"])


@pytest.mark.slow
def test_claims_notice_what_they_run_and_nothing_else(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "pack", items=ITEMS, claims=CLAIMS)
    mutants = [
        _find("closed_forms", "relu_second_moment: np.square(sd) / 2.0 -> np.square(sd)"),
        _find("closed_forms", "he_limit: 3.0 -> 3.3000000000000003"),
        _find("closed_forms", "relu_second_moment: 2.0 -> 2.2"),
        _find("deserved_interval", "hides: 0 -> 1"),
    ]
    told: list[MutationProgress] = []
    kept = KeptFates(tmp_path / "kept.jsonl")
    found = CoreTrial(folder, kept=kept, progress=told.append).run(mutants)
    assert [(one.noticed_by, one.reach, one.is_same) for one in found] == [
        ("halves", 1, False),
        (None, 0, False),  # offered, and no claim of this pack runs it
        ("halves", 1, False),
        (None, 1, True),  # too little to change a number
    ]
    last = told[-1]
    assert (last.is_watching, last.done, last.total, last.noticed) == (False, 3, 3, 2)
    assert told[0].is_watching
    told.clear()
    again = CoreTrial(folder, kept=KeptFates(tmp_path / "kept.jsonl"), progress=told.append)
    assert again.run(mutants) == found
    assert told == []  # nothing was tried anew


@pytest.mark.slow
def test_an_altered_core_that_ends_its_process_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And its process goes on with the next."""
    folder = write_pack(tmp_path / "pack", items=ITEMS, claims=CLAIMS)
    work = core_work.Altered(
        _find("closed_forms", "relu_second_moment: 2.0 -> 2.2"),
        (core_work.UsualTask(0, 0.1, ""),),
    )
    usual = core_work.do_work(folder, 0, work, lambda: False)
    assert usual == core_work.Tried(0, 1, is_same=False)
    assert core_work.do_work(folder, 0, work, lambda: True) is None  # cancelled
    monkeypatch.setattr(core_work, "run_task", lambda *_: os._exit(3))
    assert core_work.do_work(folder, 0, work, lambda: False) == work.lost


@pytest.mark.slow
def test_a_cancel_ends_the_run(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "pack", items=ITEMS, claims=CLAIMS)
    assert CoreTrial(folder, cancelled=lambda: True).run(core_mutants()[:3]) == []


@pytest.mark.slow
def test_the_words() -> None:
    seen, unseen = _find("closed_forms", "he_variance: 2.0 -> 2.2"), core_mutants()[0]
    no_other = _find("blocks", "module: 128 -> 129")
    fates = (
        MutantFate(seen, "a", 3, 1),
        MutantFate(no_other, None, 7, 3),
        MutantFate(_find("closed_forms", "he_limit: 3.0 -> 3.3000000000000003"), None, 9, 4),
        MutantFate(core_mutants()[1], None, 1, 1, is_same=True),
        MutantFate(core_mutants()[2], None, 2, 1),
    )
    of_tests: dict[str, core_tests.TestFate] = {
        str(fates[2].mutant): "unnoticed",
        str(fates[3].mutant): "unnoticed",
        str(fates[4].mutant): "noticed",
    }
    offered = CoreResult((fates[0], *fates[2:]), 4, 4).with_tests(of_tests)
    rest = CoreResult((fates[1],), 1, 6_000).with_tests(of_tests)
    assert core_text(offered, rest, language="en").splitlines() == [
        "closed forms that authors are offered: 4 of 4 places altered",
        "  noticed by claims and keys  1",
        "  noticed by tests            1",
        "  explained                   0",
        "  noticed by none             2",
        "  noticed of what is not explained  50.0%",
        "the rest of the core: 1 of 6,000 places altered; --sample 0 alters all",
        "  noticed by claims and keys  0",
        "  noticed by tests            0",
        "  explained                   1",
        "  noticed by none             0",
        "  noticed of what is not explained  100.0%; of all, at least 0.0% (95% confidence)",
        "",
        "noticed by none",
        f"  {fates[2].mutant}",
        "      4 of the 9 claims and keys that run it were tried: each still held",
        f"  {fates[3].mutant}",
        "      1 of the 1 claims and keys that run it were tried: no number changed",
        "",
        "explained: nothing can notice these",
        "  as many blocks, one more or less, say the same",
        f"      {no_other}",
    ]
    untried = CoreResult((*fates, MutantFate(unseen, None, 0, 0)), 6, 6)
    korean = core_text(untried, rest, language="ko")
    assert "블록이 하나 많거나 적어도 뜻하는 바는 같습니다" in korean  # without the tests, too
    assert "테스트는 시험하지 않음(--with-tests)" in korean
    assert "이 줄을 쓰는 주장과 정답이 없음" in korean
    progress = MutationProgress(5, 20, 3, 1_800.0, is_watching=False)
    assert mutation_text(progress, "en") == "altering the core: 5/20, 3 noticed, about 30 min left"


def test_of_a_cancelled_run_what_the_tests_have_tried_is_settled() -> None:
    one = _find("closed_forms", "he_variance: 2.0 -> 2.2")
    other = _find("closed_forms", "he_limit: 3.0 -> 3.3000000000000003")
    fates = (MutantFate(one, None, 0, 0), MutantFate(other, None, 0, 0))
    result = CoreResult(fates, 2, 2, {str(one): "noticed"})
    assert (len(result.settled), result.by_tests, result.unnoticed) == (1, 1, [])
    assert result.least_noticed_share is None  # the first of two are no sample


def test_every_reason_has_its_words_and_every_alteration_one_reason() -> None:
    table = json.loads(REASONS_FILE.read_text(encoding="utf-8"))
    assert set(table) == set(CORE_REASONS)
    names = [name for listed in table.values() for name in listed]
    assert len(names) == len(set(names)) == len(core_reasons())


@pytest.mark.parametrize(
    ("noticed", "asked", "least"),
    [
        (20, 20, 0.05 ** (1 / 20)),
        (19, 20, 0.7839),  # scipy 1.16: beta.ppf(0.05, 19, 2)
        (19, 400, 0.95),  # all there are
    ],
)
def test_what_a_sample_says_of_all(noticed: int, asked: int, least: float) -> None:
    seen = _find("closed_forms", "he_variance: 2.0 -> 2.2")
    fates = [MutantFate(seen, "a" if n < noticed else None, 3, 1) for n in range(20)]
    result = CoreResult(tuple(fates), 20, 20 if asked == 400 else 400)
    assert result.noticed_share == noticed / 20
    assert result.is_noticed is (noticed >= 19)
    assert result.least_noticed_share == pytest.approx(least, abs=5e-5)


def test_what_a_claim_notices_needs_no_reason() -> None:
    """A table that is wrong would hide nothing that is noticed."""
    explained = _find("blocks", "module: 128 -> 129")
    result = CoreResult((MutantFate(explained, "a claim", 3, 1),), 1, 1)
    assert (result.by_claims, result.explained, result.by_tests) == (1, [], 0)


_TESTS = """
import sys
from pathlib import Path
listed = Path(sys.argv[sys.argv.index("--again") + 1]).read_text().splitlines()
Path("tried.txt").write_text(str(len(listed)))
for fate, line in zip(["killed", "survived", "explained", "timed out"], listed):
    place, rest = line.split(": ", 1)
    print(f"{place}: {fate}: {rest}", flush=True)
print("numerics: noticed 2 of 3")
"""


@pytest.mark.slow
def test_what_the_tests_say_is_read_and_what_they_notice_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(core_tests, "ROOT", tmp_path)
    mutants = core_mutants()[:4]
    kept = KeptFates(tmp_path / "kept.jsonl")
    with pytest.raises(StudytoolError, match="no tests of the core"):
        core_tests.try_tests(mutants, jobs=1, kept=kept)
    main = tmp_path / "tests" / "mutation" / "__main__.py"
    main.parent.mkdir(parents=True)
    for folder in (main.parent, main.parents[1]):
        (folder / "__init__.py").touch()
    main.write_text(_TESTS)
    told: list[tuple[int, int]] = []
    fates = core_tests.try_tests(
        mutants, jobs=1, kept=kept, progress=lambda *done: told.append(done)
    )
    assert list(fates.values()) == ["noticed", "unnoticed", "unnoticed", "noticed"]
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    kept = KeptFates(tmp_path / "kept.jsonl")
    more = [*mutants, *core_mutants()[4:8]]  # of the last two nothing is said
    with pytest.raises(StudytoolError, match="could not be run"):
        core_tests.try_tests(more, jobs=1, kept=kept)
    assert (tmp_path / "tried.txt").read_text() == "6"  # two are known
    known = core_tests.try_tests(more, jobs=1, kept=kept, cancelled=lambda: True)
    assert known == {str(more[number]): "noticed" for number in (0, 1, 3, 5)}
