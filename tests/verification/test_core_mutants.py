"""The core altered: what is altered, how a process takes it on and puts it right, who notices."""

from pathlib import Path

import pytest

from studytool.numerics import (
    closed_forms,
    networks,
    normalization,
    propagation,
    training_step,
)
from studytool.numerics.closed_forms import he_limit, lecun_variance
from studytool.numerics.registry import find_experiment
from studytool.verification.alterations import alter
from studytool.verification.core_alterations import core_alterations
from studytool.verification.core_mutants import (
    CoreMutant,
    applied,
    core_mutants,
    source_mutants,
    spread_over,
)
from studytool.verification.core_trial import MutantFate, MutationProgress, try_core
from studytool.wording.core_mutants import core_text, mutation_text
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
    assert len(spread_over(every, 50)) == 50
    assert spread_over(every, 0) == every


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


@pytest.mark.slow
def test_claims_notice_what_they_run_and_nothing_else(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "pack", items=ITEMS, claims=CLAIMS)
    mutants = [
        _find("closed_forms", "relu_second_moment: np.square(sd) / 2.0 -> np.square(sd)"),
        _find("closed_forms", "he_limit: 3.0 -> 3.3000000000000003"),
        _find("closed_forms", "relu_second_moment: 2.0 -> 2.2"),
    ]
    told: list[MutationProgress] = []
    found = try_core(folder, mutants, progress=told.append)
    assert [(one.noticed_by, one.tried) for one in found] == [
        ("halves", 1),
        (None, 0),  # offered, and no claim of this pack runs it
        ("halves", 1),
    ]
    assert [(one.is_watching, one.done, one.total) for one in told][-1] == (False, 2, 2)
    assert told[0].is_watching


@pytest.mark.slow
def test_a_cancel_ends_the_run(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "pack", items=ITEMS, claims=CLAIMS)
    assert try_core(folder, core_mutants()[:3], cancelled=lambda: True) == []


@pytest.mark.slow
def test_the_words() -> None:
    seen, unseen = _find("closed_forms", "he_variance: 2.0 -> 2.2"), core_mutants()[0]
    fates = [MutantFate(seen, "a", 3), MutantFate(unseen, None, 0), MutantFate(unseen, None, 4)]
    text = core_text(fates, fates[1:], fates[2:], total=5_000, language="en")
    assert text.splitlines() == [
        "the core altered in 3 of 5,000 places; --sample 0 alters all",
        "  noticed by claims and keys  1",
        "  noticed by tests            1",
        "  noticed by none             1",
        str(unseen),
        "    4 claims and keys run it",
    ]
    korean = core_text(fates, fates[1:], None, total=5_000, language="ko")
    assert "테스트는 시험하지 않음(--with-tests)" in korean
    assert "이 줄을 쓰는 주장과 정답이 없음" in korean
    progress = MutationProgress(5, 20, 10.0, is_watching=False)
    assert "5/20, about 30 s left" in mutation_text(progress, "en")
