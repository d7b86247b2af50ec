"""False statements tried by an experiment of the pack: what its formulas hide is no secret there either."""

from collections.abc import Mapping
from typing import Any

import pytest
from pydantic import TypeAdapter

from studytool.packs.claims import Claim
from studytool.packs.evidence import Verdict
from studytool.packs.experiments import PackExperiment
from studytool.packs.methods import OWN_EXPERIMENTS, Measurement
from studytool.verification.evidence import Evidence
from studytool.verification.foresight import Foresight, foresee_own
from studytool.verification.tasks import VerificationTask, run_task
from studytool.wording.verification import reasons
from tests.cases import first_row_quick

_CLAIM: TypeAdapter[Claim] = TypeAdapter(Claim)
N, U, E = (f"{law},[reps])" for law in ("normal(0,1", "uniform(0,1", "exponential(1"))
_RARE, _ROOM, _HEAVY = "so rare and large", "leaves room for rare large", "grows like a product"
Formulas = Mapping[str, str]


def _own(
    state: str | Formulas, value: str = "x", step: Formulas | None = None, **keys: str
) -> PackExperiment:
    """Write an experiment with one quantity; ``repeat`` is its own key, the others the quantity's."""
    state = {"x": state} if isinstance(state, str) else state
    steps = {} if step is None else {"step": step, "repeat": keys.pop("repeat")}
    measured = {"value": value, "name": "value", **keys}
    given: dict[str, Any] = {"id": "own", "title": "Own", "state": state, **steps}
    return PackExperiment.model_validate({**given, "measure": {"m": measured}})


def _tried(check: Mapping[str, object], **experiments: PackExperiment) -> Evidence:
    claim = {
        "id": "c",
        "concept": "c",
        "statement": "x",
        "standing": "confirmed",
        "source": {"ref": "s", "at": "p. 1"},
        "checks": [check],
    }
    own = {f"p/{name}": one for name, one in experiments.items()}
    read = _CLAIM.validate_python(claim, context={OWN_EXPERIMENTS: own})
    return run_task(VerificationTask("p", read, 0))


def _measured(name: str = "own") -> dict[str, str]:
    return {"experiment": name, "quantity": "m"}


FALSE = [
    ("2", "3", _own(f"2+1e-9*{N}"), "which is no sample"),
    ("0", "1", _own(f"{N}+1e6*({U} < 1e-6)"), _ROOM),
    ("1", "2", _own(f"{E}+where({U} < 1e-6,1e6*{E},0)"), _ROOM),
    ("1", "2", _own(f"{E}*(1+1e6*({U} < 1e-7))"), _ROOM),
    ("0", "1", _own({"y": f"1e7*({U} < 1e-7)", "x": f"y+{N}"}), _ROOM),
    ("0", "1", _own(N, step={"x": f"x+where({U} < 1e-8,1e7,0)"}, repeat="10"), _ROOM),
    ("0", "1", _own(N, step={"x": "x+h", "h": f"where({U} < 1e-10,1e7,0)"}, repeat="1000"), _ROOM),
    ("0", "1", _own("1", f"x+{N}", {"x": "2*x*bernoulli(0.5,[reps])"}, repeat="30"), _RARE),
    ("0", "1", _own("1", f"x**2+0.1*{N}", {"x": f"x*{N}"}, repeat="40"), _HEAVY),
    ("1", "2", _own(f"{N}+1e3*({U} < 1e-6)", statistic="variance"), _ROOM),
    ("1", "0.5", _own(f"1+0.1*{N}", statistic="ratio", over=f"1+0.1*{N}+1e7*({U} < 1e-7)"), _ROOM),
    ("1", "0", _own("bernoulli(0.7,[reps])", statistic="median"), "no median of a discrete law"),
]  # fmt: skip


@pytest.mark.parametrize(("expect", "wrong", "own", "why"), first_row_quick(FALSE))
def test_no_false_number_of_an_experiment_holds(
    expect: str, wrong: str, own: PackExperiment, why: str
) -> None:
    controls = [{"id": "wrong", "expect": wrong}]
    check = {"expect": expect, "by": _measured(), "controls": controls, "atol": 0.05}
    found = _tried(check, own=own)
    assert found.verdict is Verdict.UNDECIDED
    assert any(why in reason for reason in reasons(found, "en"))


BEYOND = [
    (f"{N}+1e7*({U} < 1e-7)", _RARE),
    (f"1e7*({U} < 1e-7)", _RARE),  # which never varies
    (f"1e7*({U} < 1e-7)*{E}", _RARE),
    (f"prod(bernoulli(0.2,[reps,20])/0.2,axis=1)+0.01*{N}", ""),
    ("prod(bernoulli(0.2,[reps,20])/0.2,axis=1)", ""),  # which never varies
    (f"max(0, prod(bernoulli(0.2,[reps,20]),axis=1)*exp(30+{N}))", ""),  # nor has it a range
    (f"min(1/{U},1e12)", _RARE),
]  # fmt: skip
"""Draws with a mean of 1 or more that look like 1/2 or less, by what is rare."""


@pytest.mark.parametrize(("than", "why"), first_row_quick(BEYOND))
def test_no_false_order_of_experiments_holds(than: str, why: str) -> None:
    rival = {"id": "rival", "greater": _measured("zero"), "than": _measured("one")}
    greater = _own(f"{20 if 'min' in than else 0.7}+0.1*{N}")
    check = {"greater": _measured("half"), "than": _measured("rare"), "controls": [rival]}
    sides = {"half": greater, "rare": _own(than), "zero": _own(N), "one": _own(f"1+{N}")}
    found = _tried(check, **sides)
    assert found.verdict is Verdict.UNDECIDED
    assert any(why in reason for reason in reasons(found, "en"))


TRUE = [
    ("1", "2", _own(f"{N}**2")),
    ("4", "2", _own(N, step={"x": f"x+{N}"}, repeat="3", statistic="variance")),
    ("200", "100", _own("0", step={"x": f"x+{N}"}, repeat="200", statistic="variance")),
    ("1/2", "1", _own(f"({U} < 1/2)", step={"x": f"where({U} < 0.1,1-x,x)"}, repeat="500")),
    ("1", "1.5", _own("uniform(0.5,1.5,[reps])", step={"x": "x*uniform(0.9,1.1,[reps])"}, repeat="20")),
    ("1", "1.5", _own("1", step={"x": "x*uniform(0.5,1.5,[reps])"}, repeat="4")),  # begins there
    ("1e-3", "1e-2", _own(f"({U} < 1e-3)")),
]  # fmt: skip


@pytest.mark.parametrize(("expect", "wrong", "own"), first_row_quick(TRUE))
def test_a_true_number_of_an_experiment_holds(expect: str, wrong: str, own: PackExperiment) -> None:
    tolerance = {"atol": 3e-4} if expect == "1e-3" else {"rtol": 0.05}
    controls = [{"id": "wrong", "expect": wrong}]
    found = _tried(
        {"expect": expect, "by": _measured(), "controls": controls, **tolerance}, own=own
    )
    assert found.verdict is Verdict.HOLDS


def test_nothing_is_foreseen_of_the_core_or_of_what_is_not_drawn() -> None:
    core = Measurement.model_validate(
        {"experiment": "signal_depth", "with": {"depth": "20"}, "quantity": "signal_factor"}
    )
    still = core.model_copy(update={"own": _own("2"), "quantity": "m", "with_": {}})
    assert foresee_own(core, {}) == foresee_own(still, {}) == Foresight()
