"""Every formula of a pack: does it parse, does it use names that exist."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from studytool.packs.choices import Choice
from studytool.packs.claims import Claim, OrderCheck, Rival, ValueCheck
from studytool.packs.clozes import Cloze, NumberBlank
from studytool.packs.compared_key import KeyFormula
from studytool.packs.diagnostics import Diagnostic
from studytool.packs.document import Path
from studytool.packs.first_draws import drawn_parameters
from studytool.packs.formula_checks import FormulaChecks, parsed_or_none
from studytool.packs.independence import check_independence, find_shared_form
from studytool.packs.item_fields import ItemFields
from studytool.packs.items import Numeric
from studytool.packs.located import Located, did_you_mean
from studytool.packs.measurements import (
    check_measurement,
    check_parameters,
    check_quantity_is_exact,
    number_parameters,
)
from studytool.packs.methods import Measurement, Method, SampleCheck, SecondFormula
from studytool.packs.orderings import Order
from studytool.packs.orders import check_order
from studytool.packs.parameters import TableParameter
from studytool.packs.predictions import Prediction
from studytool.packs.telling import names_here, told


def check_item_formulas(
    located: Located[ItemFields],
    experiments: Collection[str] | None,
    scopes: Sequence[Mapping[str, float]] | None,
) -> Iterator[Diagnostic]:
    """Check the formulas of an item, whatever its kind.

    Args:
        located: the item.
        experiments: the names of the pack's; None where they are not known.
        scopes: of its first draws; None where a formula cannot be read.
    """
    formulas, item = _Formulas(located, experiments), located.value
    yield from formulas.draw(item)
    match item:
        case Numeric():
            yield from formulas.numeric(item, scopes or ())
        case Cloze():
            yield from formulas.cloze(item)
        case Choice():
            yield from formulas.choice(item)
        case Order():
            yield from formulas.order_item(item)
        case Prediction():
            yield from formulas.prediction(item)
        case _:
            pass


def check_claim_formulas(
    located: Located[Claim], experiments: Collection[str] | None = ()
) -> Iterator[Diagnostic]:
    """Check the formulas of a claim's checks; ``experiments`` as of an item's."""
    formulas = _Formulas(located, experiments)
    for index, check in enumerate(located.value.checks):
        path: Path = ("checks", index)
        given = set(check.given[0])
        yield from formulas.given(check.given, (*path, "given"))
        if isinstance(check, ValueCheck):
            yield from formulas.one(check.expect, (*path, "expect"), given)
            yield from formulas.method(check.by, (*path, "by"), given)
            for number, control in enumerate(check.controls):
                where = (*path, "controls", number, "expect")
                yield from formulas.one(control.expect, where, given)
            key = KeyFormula(check.expect, check.given)
            yield from check_independence(located, (*path, "by"), key, check.by)
        else:
            yield from formulas.order(check, path)
            yield from check_order(located, path, check)


@dataclass(frozen=True, slots=True)
class _Formulas(FormulaChecks[ItemFields | Claim]):
    """Checks the formulas of one item or claim."""

    experiments: Collection[str] | None

    def order(self, check: OrderCheck, path: Path) -> Iterator[Diagnostic]:
        names = {*check.given[0], *check.over} - {"seed"}
        yield from self.free_names(set(check.over) - {"seed"}, (*path, "over"), check.given[0])
        yield from self.comparison(check, path, names)
        for number, control in enumerate(check.controls):
            where = (*path, "controls", number)
            if isinstance(control, Rival):
                yield from self.comparison(control, where, names)
            else:
                for side in (check.greater, check.than):
                    with_ = dict(control.contrast)
                    altered = side.model_copy(update={"with_": with_})
                    yield from check_parameters(self.located, (*where, "contrast"), altered)
                    for name in number_parameters(altered):
                        yield from self.one(with_[name], (*where, "contrast", name), names)

    def comparison(
        self, compared: OrderCheck | Rival, path: Path, names: Collection[str]
    ) -> Iterator[Diagnostic]:
        yield from self.measurement(compared.greater, (*path, "greater"), names)
        yield from self.measurement(compared.than, (*path, "than"), names)
        yield from self.one(compared.margin, (*path, "margin"), names)

    def draw(self, item: ItemFields) -> Iterator[Diagnostic]:
        """Check what is drawn: names, ``let``, and the conditions on a draw."""
        yield from self.drawn_names(item)
        yield from self.let(item.let, ("let",), item.drawn_names)
        scope = scope_names(item)
        for index, name in enumerate(item.distinct or ()):
            if name not in scope:
                help_ = did_you_mean(name, scope) or names_here(scope)
                why = told("unknown name '{name}'", name=name)
                yield self.located.problem("E303", ("distinct", index), why, help_)
        for index, condition in enumerate(item.require):
            yield from self.one(condition, ("require", index), scope)

    def drawn_names(self, item: ItemFields) -> Iterator[Diagnostic]:
        seen: set[str] = set()
        for name, parameter in item.params.items():
            yield from self.free_names([name], ("params",), seen)
            seen.add(name)
            if isinstance(parameter, TableParameter):
                columns = parameter.table[0].columns
                yield from self.free_names(columns, ("params", name, "table", 0), seen)
                seen |= set(columns)

    def numeric(self, item: Numeric, scopes: Sequence[Mapping[str, float]]) -> Iterator[Diagnostic]:
        scope = scope_names(item)
        if item.answer.formula is not None:
            yield from self.one(item.answer.formula, ("answer", "formula"), scope)
        if item.answer.measure is not None:
            yield from self.measurement(item.answer.measure, ("answer", "measure"), scope)
            yield from check_quantity_is_exact(self.located, ("answer",), item.answer.measure)
        for index, wrong in enumerate(item.misconceptions):
            path: Path = ("misconceptions", index)
            yield from self.one(wrong.formula, (*path, "formula"), scope)
            if wrong.when is not None:
                yield from self.one(wrong.when, (*path, "when"), scope)
        yield from self.method(item.check, ("check",), scope)
        if conditions := drawn_parameters(item, scopes):
            key = KeyFormula.of_answer(item.answer, item.let, conditions)
            yield from check_independence(self.located, ("check",), key, item.check)

    def cloze(self, item: Cloze) -> Iterator[Diagnostic]:
        for name, blank in item.blanks.items():
            if isinstance(blank, NumberBlank):
                yield from self.one(blank.formula, ("blanks", name, "formula"), scope_names(item))

    def prediction(self, item: Prediction) -> Iterator[Diagnostic]:
        yield from self.measures(item, item.measure)
        names = scope_names(item) | set(item.measure)
        for index, outcome in enumerate(item.outcomes or ()):
            yield from self.one(outcome.when, ("outcomes", index, "when"), names)
        for index, thing in enumerate(item.things or ()):
            yield from self.one(thing.value, ("things", index, "value"), names)
        if item.estimate is not None:
            yield from self.one(item.estimate.of, ("estimate", "of"), names)

    def order_item(self, item: Order) -> Iterator[Diagnostic]:
        yield from self.measures(item, item.measure)
        names = scope_names(item) | set(item.measure)
        for index, thing in enumerate(item.things):
            yield from self.one(thing.value, ("things", index, "value"), names)

    def choice(self, item: Choice) -> Iterator[Diagnostic]:
        yield from self.measures(item, item.measure)
        names = scope_names(item) | set(item.measure)
        for index, option in enumerate(item.options):
            if option.when is not None:
                path: Path = ("options", index, "when")
                yield from self.one(option.when, path, names)
                yield from self.when_can_fail(item, option.when, path)

    def measures(
        self, item: ItemFields, measure: Mapping[str, Measurement | SampleCheck]
    ) -> Iterator[Diagnostic]:
        scope = scope_names(item)
        yield from self.free_names(measure, ("measure",), scope)
        for name, measurement in measure.items():
            yield from self.method(measurement, ("measure", name), scope)

    def when_can_fail(self, item: Choice, when: str, path: Path) -> Iterator[Diagnostic]:
        """Refuse an option's ``when`` that measures nothing, or what its own closed form draws."""
        formula = parsed_or_none(when, draws=False)
        names = frozenset() if formula is None else formula.names
        wanted = set(item.measure) or scope_names(item)
        if item.is_decided_by_when:
            wanted |= scope_names(item)
        is_known = names <= wanted | scope_names(item)
        if formula is not None and is_known and not names & wanted:
            why = told("it names nothing that is drawn, and so cannot fail")
            if item.measure:
                why = told("it names no measured quantity, and so cannot fail")
            help_ = names_here(wanted)
            yield self.located.problem("E320", path, why, help_)
        for name in sorted(names & set(item.measure)):
            if form := find_shared_form(when, item.measure[name]):
                why = told("it and the draws of '{name}' both call '{form}'", name=name, form=form)
                help_ = told("write the limit as a number")
                yield self.located.problem("E340", path, why, help_)

    def method(self, method: Method, path: Path, scope: Collection[str]) -> Iterator[Diagnostic]:
        match method:
            case SampleCheck():
                bound = {*scope, "reps"}
                yield from self.let(method.let, (*path, "let"), bound, draws=True)
                names = bound | set(method.let)
                yield from self.one(method.sample, (*path, "sample"), names, draws=True)
                if method.over is not None:
                    yield from self.one(method.over, (*path, "over"), names, draws=True)
            case SecondFormula():
                yield from self.let(method.let, (*path, "let"), scope)
                names = set(scope) | set(method.let)
                yield from self.one(method.also, (*path, "also"), names)
            case Measurement():
                yield from self.measurement(method, path, scope)

    def measurement(
        self, measurement: Measurement, path: Path, scope: Collection[str]
    ) -> Iterator[Diagnostic]:
        yield from check_measurement(self.located, path, measurement, self.experiments)
        for name in number_parameters(measurement):
            yield from self.one(measurement.with_[name], (*path, "with", name), scope)

    def given(self, given: list[dict[str, float]], path: Path) -> Iterator[Diagnostic]:
        first = set(given[0])
        yield from self.free_names(first, (*path, 0))
        for number, condition in enumerate(given):
            if set(condition) != first:
                why = told("every condition of 'given' names the same parameters")
                help_ = told(
                    "the first has {names}", names=", ".join(sorted(first)) or told("none")
                )
                yield self.located.problem("E315", (*path, number), why, help_)


def scope_names(item: ItemFields) -> set[str]:
    """Return the names that an item's formulas may use: what is drawn, and ``let``."""
    return {*item.drawn_names, *item.let}
