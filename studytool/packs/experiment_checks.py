"""What the formulas of a pack's experiment must be, before it is run."""

from collections.abc import Collection, Iterable, Iterator

from studytool.numerics.registry import EXPERIMENTS
from studytool.packs.diagnostics import Diagnostic, Severity
from studytool.packs.document import Path
from studytool.packs.experiments import PackExperiment
from studytool.packs.formula_checks import FormulaChecks, parsed_or_none
from studytool.packs.located import Located
from studytool.packs.own_experiments import simulation_of
from studytool.packs.statistic import Statistic
from studytool.packs.telling import told
from studytool.packs.tex_texts import check_tex
from studytool.packs.twins import check_empty_texts, check_entry_twins

Experiments = dict[str, PackExperiment]
"""By their full names, ``pack/id``."""


def check_experiments(
    experiments: Iterable[Located[PackExperiment]], pack_id: str
) -> tuple[Experiments, list[Diagnostic]]:
    """Check the experiments of a pack; return those without errors, and what is wrong."""
    located = list(experiments)
    found = list(check_entry_twins((one.value.id, one.place(("id",))) for one in located))
    right: Experiments = {}
    for one in located:
        problems = [*_check(one), *check_empty_texts(one), *check_tex(one)]
        if not any(problem.severity is Severity.ERROR for problem in problems):
            problems += _check_statistics(one)
        if not any(problem.severity is Severity.ERROR for problem in problems):
            right.setdefault(f"{pack_id}/{one.value.id}", one.value)
        found += problems
    return right, found


def _check(located: Located[PackExperiment]) -> Iterator[Diagnostic]:
    given, checks = located.value, FormulaChecks(located)
    if given.id in EXPERIMENTS:
        why = told("'{name}' is an experiment of the core", name=given.id)
        yield located.problem("E325", ("id",), why, told("choose another"))
    yield from checks.free_names(given.params, ("params",))
    constants = {*given.params, *given.let}
    yield from checks.let(given.let, ("let",), set(given.params))
    for name in given.params:
        if parsed_or_none(name, draws=False) is None:
            why = told("the name '{name}' has a meaning in formulas already", name=name)
            where = ("params", name)
            yield located.problem_at_key("E318", where, why, told("choose another"))
    yield from checks.let(given.state, ("state",), {*constants, "reps"}, draws=True)
    helpers = {name: text for name, text in given.step.items() if name not in given.state}
    names = {*constants, *given.state, "reps"}
    yield from checks.let(helpers, ("step",), names, draws=True)
    for name in given.state.keys() & given.step.keys():
        yield from checks.one(given.step[name], ("step", name), {*names, *helpers}, draws=True)
    if given.repeat is not None:
        yield from checks.one(given.repeat, ("repeat",), constants)
    yield from _check_measures(located, checks, constants, names)
    yield from _check_helpers(located, helpers)


def _check_measures(
    located: Located[PackExperiment],
    checks: FormulaChecks[PackExperiment],
    constants: Collection[str],
    names: Collection[str],
) -> Iterator[Diagnostic]:
    for name, one in located.value.measure.items():
        path: Path = ("measure", name)
        yield from checks.one(one.value, (*path, "value"), names, draws=True)
        if one.over is not None:
            yield from checks.one(one.over, (*path, "over"), names, draws=True)
        if one.closed_form is not None:
            yield from checks.one(one.closed_form, (*path, "closed_form"), constants)


def _check_helpers(
    located: Located[PackExperiment], helpers: Collection[str]
) -> Iterator[Diagnostic]:
    """Refuse a name of ``step`` that changes nothing: most likely one of the state, misspelt."""
    steps = located.value.step
    trees = [parsed_or_none(text, draws=True) for text in steps.values()]
    used = frozenset[str]().union(*(tree.names for tree in trees if tree is not None))
    for name in helpers:
        if name not in used and all(trees):
            why = told("'{name}' is neither in the state nor used by another", name=name)
            help_ = told("the state has {names}", names=", ".join(located.value.state))
            yield located.problem_at_key("E326", ("step", name), why, help_)


def _check_statistics(located: Located[PackExperiment]) -> Iterator[Diagnostic]:
    """Refuse a statistic of what is not drawn: it is one number; formulas are right by then."""
    simulation = simulation_of(located.value)
    for name, one in located.value.measure.items():
        if one.statistic is not Statistic.MEAN and not simulation.is_random(name):
            why = told(
                "nothing here is drawn: it is one number, and has no {what}", what=one.statistic
            )
            where = ("measure", name, "statistic")
            yield located.problem("E326", where, why, told("take it out"))
