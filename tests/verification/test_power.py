"""Power: what checks notice of altered formulas, in packs and in the core's closed forms."""

import ast
import inspect
import json
import shutil
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import numpy as np
import pytest
from click.testing import CliRunner

from studytool.bundled_pack import bundled_pack_folder
from studytool.cli.check import command
from studytool.errors import FormulaError
from studytool.formula.evaluate import evaluate
from studytool.formula.functions import FUNCTIONS
from studytool.formula.kinds import Elementwise
from studytool.formula.parse import parse
from studytool.numerics import closed_forms
from studytool.numerics.activations import elu, leaky_relu
from studytool.numerics.closed_forms import CLOSED_FORMS, ClosedForm
from studytool.numerics.estimate import Estimate, Estimator
from studytool.numerics.experiment import ParameterValue, Quantity
from studytool.numerics.initializers import draw_weights
from studytool.numerics.registry import EXPERIMENTS
from studytool.numerics.streams import stream
from studytool.numerics.tally import estimate
from studytool.packs.claims import ValueCheck
from studytool.packs.items import Numeric
from studytool.packs.pack import Pack
from studytool.packs.reader import load_pack
from studytool.verification.power import checked_formulas
from tests.numerics.test_closed_forms_against_simulation import CASES, estimate_of
from tests.verification.altered_core import compile_anew

ITEM = """\
- id: only-item
  kind: card
  concept: l2
  claims: [only]
  front: {ko: "시험?", en: "A test?"}
  back: {ko: "시험", en: "A test"}
"""
CLAIM = """\
- id: only
  concept: l2
  statement: {ko: "시험", en: "A test"}
  standing: confirmed
  source: {ref: hoerl1970, at: "section 2"}
  checks:
    - expect: "%s"
      given: %s
      by: {sample: "%s", statistic: mean}
      controls: [{id: double, expect: "99+99*x"}]
"""


def _pack(folder: Path, *, expect: str, given: str, sample: str) -> Path:
    copied = folder / "pack"
    shutil.copytree(bundled_pack_folder(), copied)
    for file in (copied / "items").glob("*.yaml"):
        file.unlink()
    for file in (copied / "claims").glob("*.yaml"):
        file.unlink()
    (copied / "items/only.yaml").write_text(ITEM, "utf-8")
    (copied / "claims/only.yaml").write_text(CLAIM % (expect, given, sample), "utf-8")
    return copied


@pytest.mark.parametrize(
    ("given", "survivors"),
    [
        ("[{x: 2}]", {"column 2: ** → *", "column 24: * → +"}),  # 2² = 2·2 = 2 + 2
        ("[{x: 2}, {x: 3.5}]", set()),
    ],
)
def test_conditions_that_hide_an_error_are_listed(
    tmp_path: Path, given: str, survivors: set[str]
) -> None:
    sample = "normal(x, 0.3, [reps]) * normal(x, 0.3, [reps])"
    pack = _pack(tmp_path, expect="x**2", given=given, sample=sample)
    result = CliRunner().invoke(command, [str(pack), "--mutants", "--json", "--lang", "en"])
    read = json.loads(result.stdout)["mutants"]
    assert {survivor["change"] for survivor in read["survivors"]} == survivors
    assert result.exit_code == (1 if survivors else 0)
    assert read["noticed"] > 0
    assert set(read) == {"noticed", "survived", "equivalent", "share_noticed",
                         "lines_noticed", "lines_survived", "survivors"}  # fmt: skip
    korean = CliRunner().invoke(command, [str(pack), "--mutants", "--lang", "ko"]).output
    for change in survivors:
        place = change.removeprefix("column ").replace(":", "번째 글자:", 1)
        assert f": {place}: 알아채는 확인이 없습니다" in korean


def test_the_same_in_other_words_is_not_counted(tmp_path: Path) -> None:
    pack = _pack(
        tmp_path, expect="min(x, 4)", given="[{x: 2}]", sample="x + normal(0, 0.1, [reps])"
    )
    result = CliRunner().invoke(command, [str(pack), "--mutants", "--lang", "en"])
    assert "more are equivalent" in result.output
    assert "max(" not in result.output
    assert "min(4, x)" not in result.output


# --- the core's closed forms ------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """A quantity of an experiment, estimated once with the closed forms as they are."""

    quantity: Quantity[Any]
    parameters: Mapping[str, ParameterValue]
    found: Estimate

    def agrees(self) -> bool:
        """Compare with the closed form as it is now, at five standard errors."""
        assert self.quantity.closed_form is not None
        try:
            predicted = self.quantity.closed_form(self.parameters)
        except ValueError:  # the root of an altered variance below 0
            return False
        allowed = 5 * self.found.standard_error + 1e-9 * abs(self.found.value) + 1e-12
        return abs(predicted - self.found.value) <= allowed


def _estimated() -> Iterator[Case]:
    for experiment, quantity, given in CASES:
        yield Case(quantity, experiment.bind(given), estimate_of(experiment, quantity, given))


def _independent() -> list[tuple[str, tuple[float, ...], float, float]]:
    """Give closed form, arguments, the number another way, and how near that is."""
    batch = np.array([1.0, 4.0, 2.5, -3.0, 7.0])
    scaled = 1.7 * (batch - batch.mean()) / np.sqrt(batch.var() + 0.1) - 0.4
    normal = (float(batch.mean()), float(batch.var()), 1.7, -0.4, 0.1)
    bent = np.square(leaky_relu(stream("leaky").standard_normal(1_000_000), 0.3))
    drawn = draw_weights(stream("he"), (40, 20_000), "he_uniform")
    spread = estimate(drawn.ravel(), Estimator.STD)
    kept = estimate(bent, Estimator.MEAN)
    error = 5 * kept.standard_error / kept.value**2 / 24
    slopes: list[tuple[str, tuple[float, ...], float]] = [
        (
            "elu_derivative",
            (x, 1.3),
            float(np.diff(elu(x + np.array([-1e-6, 1e-6]), 1.3))[0]) / 2e-6,
        )
        for x in (-0.7, 0.4)
    ]
    return [
        *(
            ("batch_norm", (float(x), *normal), float(y), 1e-12)
            for x, y in zip(batch, scaled, strict=True)
        ),
        *((name, arguments, slope, 1e-8) for name, arguments, slope in slopes),
        ("he_limit", (40.0,), sqrt(3) * spread.value, 5 * sqrt(3) * spread.standard_error),
        ("leaky_relu_variance", (24.0, 0.3), 1 / (24 * kept.value), error),
    ]


def _users(name: str) -> list[ModuleType]:
    """Give the modules of the core that call a closed form."""
    modules = [sys.modules[experiment.simulate.__module__] for experiment in EXPERIMENTS.values()]
    return [module for module in {*modules, closed_forms} if hasattr(module, name)]


_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
}
_NUMPY = {
    "add": "subtract",
    "subtract": "add",
    "true_divide": "multiply",
    "multiply": "true_divide",
}
_NUMPY |= {"divide": "multiply", "maximum": "minimum", "minimum": "maximum", "square": "abs"}
_NUMPY |= {"cosh": "sinh", "cos": "sin", "sqrt": "abs", "greater": "less", "power": "multiply"}


def _altered(form: ClosedForm) -> Iterator[tuple[str, Elementwise]]:
    """Alter the Python source of a closed form in one place at a time."""
    tree = ast.parse(inspect.getsource(form.function))
    places = list(ast.walk(tree))
    domains = {id(part) for node in places for part in _domain(node)}
    for index, node in enumerate(places):
        if id(node) in domains:
            continue
        for change in _changes(node, form.arguments):
            altered = deepcopy(tree)
            target = list(ast.walk(altered))[index]
            for field, value in change.items():
                setattr(target, field, value)
            scope = dict(vars(closed_forms))
            exec(compile(ast.fix_missing_locations(altered), "<mutant>", "exec"), scope)
            text = ast.unparse(altered).rpartition('"""')[2].strip()
            yield text, Elementwise(scope[form.name], form.arguments, form.doc, 20)


def _domain(node: ast.AST) -> Iterator[ast.AST]:
    """Give what says where a form is defined, the first argument of ``_within``."""
    match node:
        case ast.Call(func=ast.Name(id="_within"), args=[allowed, _]):
            yield from ast.walk(allowed)
        case ast.Assign(targets=[ast.Name(id="inside")]):
            yield from ast.walk(node)
        case _:
            return


def _changes(node: ast.AST, arguments: tuple[str, ...]) -> Iterator[dict[str, object]]:
    match node:
        case ast.BinOp(op=operator) if type(operator) in _OPERATORS:
            yield {"op": _OPERATORS[type(operator)]()}
        case ast.Constant(value=float(value)):
            yield {"value": 2 * value + 0.5 * (value == 0)}
        case ast.Attribute(attr=name) if name in _NUMPY:
            yield {"attr": _NUMPY[name]}
        case ast.Name(id=name, ctx=ast.Load()) if name in arguments:
            for other in arguments:
                if other != name:
                    yield {"id": other}
        case _:
            return


EXPLAINED = {
    "elu_derivative: return np.where(np.greater(x, 0), 1.0, alpha * np.exp(np.minimum(x, 0.5)))": (
        "the minimum only keeps exp from overflowing where x > 0, where its value is not used"
    ),
}
"""Altered closed forms that nothing tells from the right ones, with the reason."""


@dataclass(frozen=True)
class AlteredForm:
    """A closed form with one place of it altered."""

    name: str
    text: str
    function: Elementwise

    @contextmanager
    def in_its_place(self) -> Iterator[None]:
        """Let formulas, experiments and the forms beside it call the altered one."""
        with pytest.MonkeyPatch.context() as patch, np.errstate(all="ignore"):
            compile_anew(patch)
            patch.setitem(cast("dict[str, object]", FUNCTIONS), self.name, self.function)
            for module in _users(self.name):
                patch.setattr(module, self.name, self.function.apply)
            yield


def _unnoticed_by_the_core() -> Iterator[tuple[AlteredForm, bool]]:
    """Try each altered form by the experiments beside it and another way to the number."""
    cases, independent = list(_estimated()), _independent()
    for name, form in CLOSED_FORMS.items():
        for text, function in _altered(form):
            altered = AlteredForm(name, text, function)
            with altered.in_its_place():
                accepted = all(
                    abs(float(function.apply(*arguments)) - expected) <= near
                    for of, arguments, expected, near in independent
                    if of == name
                )
                accepted = accepted and all(case.agrees() for case in cases)
            yield altered, accepted


def _calling(names: Collection[str]) -> Pack:
    """Return the bundled pack's checks and keys whose formulas call one of the closed forms."""
    pack = load_pack(bundled_pack_folder())

    def calls(*formulas: str | None) -> bool:
        return any(f"{name}(" in text for name in names for text in formulas if text)

    claims = [
        claim.model_copy(
            update={
                "checks": [
                    check
                    for check in claim.checks
                    if isinstance(check, ValueCheck) and calls(check.expect)
                ]
            }
        )
        for claim in pack.claims
    ]
    items = [
        item
        for item in pack.items
        if isinstance(item, Numeric) and calls(item.answer.formula, *item.let.values())
    ]
    return pack.model_copy(update={"claims": claims, "items": items})


@pytest.mark.slow
def test_altered_closed_forms_are_noticed() -> None:
    """By the experiments beside them, another way to the number, or the bundled pack's checks.

    Only what the first two have not noticed needs the checks, each of which is drawn once.
    """
    tried = list(_unnoticed_by_the_core())
    unnoticed = [altered for altered, accepted in tried if accepted]
    checks = list(checked_formulas(_calling({altered.name for altered in unnoticed})))
    survivors: list[str] = []
    for altered in unnoticed:
        calling = [one for one in checks if f"{altered.name}(" in one.formula.text]
        with altered.in_its_place():
            if all(one.accepts(one.formula) for one in calling):
                survivors.append(f"{altered.name}: {altered.text}")
    noticed = len(tried) - len(survivors)
    assert noticed > 100
    assert set(survivors) == set(EXPLAINED)
    assert noticed >= 0.95 * len(tried)


def test_closed_forms_against_another_way_to_the_number() -> None:
    for name, arguments, expected, near in _independent():
        found = float(CLOSED_FORMS[name].function(*arguments))
        assert abs(found - expected) <= near


@pytest.mark.parametrize(
    "text",
    [
        "xavier_variance(0, 3)",  # no inputs
        "he_variance(-1)",  # a negative count
        "soft_threshold(1, -0.1)",  # a negative penalty
        "ridge_shrinkage(1, -0.1)",  # a negative penalty
        "elastic_net_threshold(1, 0.1, -0.1)",  # a negative penalty
        "cosine_annealing(1, 0, 1, 0)",  # a period of 0
        "linear_warmup(1, 0, 1)",  # no steps
        "dropout_variance(1, 0)",  # nothing is kept
        "dropout_variance(1, 1.1)",  # no probability
        "batch_norm(1, 0, -1, 1, 0, 0)",  # a negative variance
    ],
)
def test_closed_forms_are_refused_outside_their_domain(text: str) -> None:
    with pytest.raises(FormulaError):
        evaluate(parse(text), {})
