"""Every formula of a pack: does it parse, does it use names that exist."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from studytool.errors import FormulaError, NotFoundError
from studytool.formula.bindings import resolve_order
from studytool.formula.parse import Formula, parse
from studytool.numerics.experiment import Word
from studytool.numerics.registry import EXPERIMENTS
from studytool.packs.diagnostics import Diagnostic
from studytool.packs.located import Located, did_you_mean
from studytool.packs.models import (
    Claim,
    ExactCheck,
    ItemFields,
    Measurement,
    Method,
    Numeric,
    Prediction,
    SampleCheck,
    ValueCheck,
)
from studytool.packs.yaml_reader import Path


def check_item_formulas(located: Located[ItemFields]) -> Iterator[Diagnostic]:
    """Check the formulas of an item that has any."""
    item = located.value
    if isinstance(item, Numeric):
        yield from _Formulas(located).numeric(item)
    elif isinstance(item, Prediction):
        yield from _Formulas(located).prediction(item)


def check_claim_formulas(located: Located[Claim]) -> Iterator[Diagnostic]:
    """Check the formulas of a claim's checks."""
    formulas = _Formulas(located)
    for index, check in enumerate(located.value.checks):
        path: Path = ("checks", index)
        given = set(check.given[0])
        for number, condition in enumerate(check.given):
            if set(condition) != given:
                why = "every condition of 'given' names the same parameters"
                yield located.problem("E315", (*path, "given", number), why)
        if isinstance(check, ValueCheck):
            yield from formulas.one(check.expect, (*path, "expect"), given)
            yield from formulas.method(check.by, (*path, "by"), given)
            for number, control in enumerate(check.controls):
                where = (*path, "controls", number, "expect")
                yield from formulas.one(control.expect, where, given)
        else:
            yield from formulas.measurement(check.greater, (*path, "greater"), given)
            yield from formulas.measurement(check.than, (*path, "than"), given)
            yield from formulas.one(check.margin, (*path, "margin"), given)


@dataclass(frozen=True, slots=True)
class _Formulas:
    located: "Located[ItemFields] | Located[Claim]"

    def numeric(self, item: Numeric) -> Iterator[Diagnostic]:
        params = set(item.params)
        scope = params | set(item.let)
        yield from self.let(item.let, ("let",), params)
        for index, condition in enumerate(item.where):
            yield from self.one(condition, ("where", index), scope)
        if item.answer.formula is not None:
            yield from self.one(item.answer.formula, ("answer", "formula"), scope)
        if item.answer.measure is not None:
            yield from self.measurement(item.answer.measure, ("answer", "measure"), scope)
        for index, wrong in enumerate(item.misconceptions):
            path: Path = ("misconceptions", index)
            yield from self.one(wrong.formula, (*path, "formula"), scope)
            if wrong.when is not None:
                yield from self.one(wrong.when, (*path, "when"), scope)
        yield from self.method(item.check, ("check",), scope)

    def prediction(self, item: Prediction) -> Iterator[Diagnostic]:
        for name, measurement in item.measure.items():
            yield from self.measurement(measurement, ("measure", name), set())
        for index, outcome in enumerate(item.outcomes):
            yield from self.one(outcome.when, ("outcomes", index, "when"), set(item.measure))

    def method(self, method: Method, path: Path, scope: Collection[str]) -> Iterator[Diagnostic]:
        match method:
            case SampleCheck():
                bound = {*scope, "reps"}
                yield from self.let(method.let, (*path, "let"), bound, draws=True)
                names = bound | set(method.let)
                yield from self.one(method.sample, (*path, "sample"), names, draws=True)
                if method.over is not None:
                    yield from self.one(method.over, (*path, "over"), names, draws=True)
            case ExactCheck():
                yield from self.let(method.let, (*path, "let"), scope)
                names = set(scope) | set(method.let)
                yield from self.one(method.exact, (*path, "exact"), names)
            case Measurement():
                yield from self.measurement(method, path, scope)

    def measurement(
        self, measurement: Measurement, path: Path, scope: Collection[str]
    ) -> Iterator[Diagnostic]:
        experiment = EXPERIMENTS.get(measurement.experiment)
        if experiment is None:
            name = measurement.experiment
            help_ = did_you_mean(name, EXPERIMENTS) or "studytool simulate --list names them"
            where = (*path, "experiment")
            yield self.located.problem("E311", where, f"unknown experiment '{name}'", help_)
            return
        try:
            experiment.quantity(measurement.quantity)
        except NotFoundError as error:
            yield self.located.problem("E312", (*path, "quantity"), str(error))
        parameters = {parameter.name: parameter for parameter in experiment.parameters}
        for name, value in measurement.with_.items():
            where = (*path, "with", name)
            parameter = parameters.get(name)
            if parameter is None:
                help_ = did_you_mean(name, parameters) or f"it has {', '.join(parameters)}"
                why = f"{experiment.name} has no parameter '{name}'"
                yield self.located.problem("E313", where, why, help_)
            elif isinstance(parameter, Word):
                if value not in parameter.choices:
                    help_ = f"one of {', '.join(parameter.choices)}"
                    yield self.located.problem("E314", where, f"'{value}' is no {name}", help_)
            else:
                yield from self.one(value, where, scope)

    def let(
        self, let: Mapping[str, str], path: Path, scope: Collection[str], *, draws: bool = False
    ) -> Iterator[Diagnostic]:
        names = set(scope) | set(let)
        parsed: dict[str, Formula] = {}
        for name, text in let.items():
            with suppress(FormulaError):  # reported by the next line
                parsed[name] = parse(text, draws=draws)
            yield from self.one(text, (*path, name), names, draws=draws)
        try:
            resolve_order(parsed)
        except FormulaError as error:
            yield self.located.problem("E302", path, error.why)

    def one(
        self, text: str, path: Path, scope: Collection[str], *, draws: bool = False
    ) -> Iterator[Diagnostic]:
        """Check one formula: its syntax, and each name that it uses."""
        try:
            formula = parse(text, draws=draws)
        except FormulaError as error:
            message = f"formula: {error.why}"
            yield self.located.problem_in_text("E301", path, message, column=error.column)
            return
        for name in sorted(formula.names - set(scope)):
            help_ = did_you_mean(name, scope) or f"names here: {', '.join(sorted(scope)) or 'none'}"
            yield self.located.problem("E303", path, f"formula: unknown name '{name}'", help_)
