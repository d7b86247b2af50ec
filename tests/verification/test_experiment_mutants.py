"""Altered experiments of a pack: noticed by what measures them, or listed with their place."""

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from studytool.cli.check import command
from studytool.errors import Cancelled
from studytool.numerics.measure import never
from studytool.packs.altered_experiments import (
    formulas_of,
    measures,
    with_experiment,
    with_formula,
)
from studytool.packs.pack import Pack
from studytool.packs.reader import load_pack
from studytool.verification.experiment_mutants import ExperimentUse
from studytool.verification.mutant_trial import Fate, MutantTrial

OWN = Path(__file__).parent.parent / "packs/own"
STEP = "balance*(1 + rate/times)"


def _trials(pack: Pack, *parts: str) -> list[MutantTrial]:
    """Try the mutants of a pack's only experiment, in the parts of these names or in all."""
    (given,) = pack.experiments
    use = ExperimentUse(pack, given, 0)
    use.mutants = [one for one in use.mutants if not parts or set(parts) & set(one[0])]
    return list(use.trials(lambda: None, never))


def _fates(trials: list[MutantTrial]) -> dict[Fate, int]:
    return dict(Counter(trial.fate for trial in trials))


def _altered(folder: Path, target: Path, right: str, wrong: str) -> Path:
    copied = Path(shutil.copytree(folder, target))
    (path,) = (copied / "experiments").glob("*.yaml")
    text = path.read_text("utf-8")
    assert text.count(right) == 1
    path.write_text(text.replace(right, wrong), "utf-8")
    return copied


def test_every_alteration_of_an_experiment_that_is_tried_is_noticed() -> None:
    trials = _trials(load_pack(OWN / "compound-interest"))
    assert _fates(trials) == {Fate.NOTICED: len(trials)}
    parts = {("state", "balance"), ("step", "balance"), ("repeat",), ("measure", "growth", "value")}
    assert {trial.part for trial in trials} == parts - {("repeat",), ("measure", "growth", "value")}
    assert {trial.formula for trial in trials} == {"1", STEP}


def test_what_nothing_measures_is_noticed_by_nothing() -> None:
    pack = load_pack(OWN / "compound-interest")
    alone = pack.model_copy(update={"claims": [], "items": []})
    trials = _trials(alone)
    assert _fates(trials) == {Fate.SURVIVED: len(trials)}


@pytest.mark.slow
def test_one_that_does_not_hold_as_it_is_notices_nothing(tmp_path: Path) -> None:
    wrong = _altered(OWN / "compound-interest", tmp_path / "pack", STEP, STEP + "*0.9")
    assert Fate.NOTICED not in _fates(_trials(load_pack(wrong)))


@pytest.mark.slow
def test_a_quantity_that_nothing_measures_is_listed_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDYTOOL_HOME", str(tmp_path / "home"))
    more = "measure:\n    twice: {name: {ko: 두 배, en: twice}, value: '2*balance'}\n"
    pack = _altered(OWN / "compound-interest", tmp_path / "pack", "measure:\n", more)
    result = CliRunner().invoke(command, [str(pack), "--mutants", "--json"])
    assert result.exit_code == 1  # 22 of 28 are fewer than 95 %
    read = json.loads(result.stdout)["mutants"]
    places = {(one["of"], one["part"], one["file"], one["line"]) for one in read["survivors"]}
    assert places == {
        ("savings", "measure twice value", "experiments/savings.yaml", 17),
        ("limit", "checks 1 margin", "claims/limit.yaml", 16),
    }
    text = CliRunner().invoke(command, [str(pack), "--mutants", "--lang", "en"]).output
    assert "experiments/savings.yaml:17:" in text
    assert "savings measure twice value: 2*balance: column 1: 2 → 4: no check would notice" in text


@pytest.mark.slow
@pytest.mark.parametrize(("step", "column", "change", "fate"), [
    # 1 + rate/times is 1 or more, so a bound of 0 or 1 never bites
    ("balance*max(1 + rate/times, 0)", 29, "0 → 1", Fate.EQUIVALENT),
    # a millionth is less than any check of the pack allows
    ("balance*(1 + rate/times) + 1e-6*rate/times", 26, "+ → -", Fate.EQUIVALENT),
    # as much again is not
    ("balance*(1 + rate/times) + 0.0*rate/times", 28, "0 → 1", Fate.NOTICED),
])  # fmt: skip
def test_what_changes_no_number_is_equivalent(
    tmp_path: Path, step: str, column: int, change: str, fate: Fate
) -> None:
    pack = load_pack(_altered(OWN / "compound-interest", tmp_path / "pack", STEP, step))
    use = ExperimentUse(pack, pack.experiments[0], 0)
    use.mutants = [one for one in use.mutants if (one[2].column, one[2].change) == (column, change)]
    assert [trial.fate for trial in use.trials(lambda: None, never)] == [fate]


def test_another_experiment_stands_wherever_it_is_measured() -> None:
    pack = load_pack(OWN / "compound-interest")
    (given,) = pack.experiments
    other = with_formula(given, ("step", "balance"), "balance + 7")
    assert other is not None
    assert dict(formulas_of(other)) == {
        **dict(formulas_of(given)),
        ("step", "balance"): "balance + 7",
    }
    for what in (*pack.claims, *pack.items):
        assert measures(what, "compound-interest/savings")
        assert not measures(what, "another/savings")
        assert with_experiment(what, "another/savings", other) is what
        before = what.model_dump_json()
        after = with_experiment(what, "compound-interest/savings", other).model_dump_json()
        assert after == before.replace(STEP, "balance + 7") != before
        assert what.model_dump_json() == before
    assert with_formula(given, ("step", "balance"), "1+" * 1000 + "1") is None


def test_the_run_ends_where_it_is_cancelled() -> None:
    pack = load_pack(OWN / "compound-interest")
    use = ExperimentUse(pack, pack.experiments[0], 0)
    with pytest.raises(Cancelled):
        list(use.trials(lambda: None, lambda: True))


@pytest.mark.slow
def test_of_the_coverage_of_intervals_only_their_width_and_one_root_go_unnoticed() -> None:
    trials = _trials(load_pack(OWN / "interval-coverage"))
    survivors = {(one.part, one.change) for one in trials if one.fate is Fate.SURVIVED}
    of_width = {one for one in survivors if one[0] == ("measure", "width", "value")}
    assert survivors - of_width == {(("state", "error"), "std → var")}
    assert of_width == {(one.part, one.change) for one in trials if "width" in one.part}


@pytest.mark.slow
def test_of_a_pendulum_what_moves_it_is_noticed() -> None:
    trials = _trials(load_pack(OWN / "small-steps"), "turned", "period", "g", "t", "next")
    assert len(trials) > 20
    assert {trial.fate for trial in trials} == {Fate.NOTICED}
