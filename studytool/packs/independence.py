"""What a check says of the key by itself, without a run: the key again, or the key in its sample."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from studytool.errors import FormulaError, StudytoolError
from studytool.formula.bindings import evaluate_let
from studytool.formula.evaluate import evaluate_number
from studytool.formula.parse import parse_once
from studytool.formula.parts import find_chance, find_key, find_multiple, find_number, walk
from studytool.formula.points import is_constant
from studytool.formula.tree import Call
from studytool.numerics.closed_forms import CLOSED_FORMS
from studytool.numerics.experiment import ParameterValue
from studytool.numerics.measure import called_forms
from studytool.packs.claims import Claim
from studytool.packs.compared_key import ComparedKey, KeyFormula
from studytool.packs.diagnostics import Diagnostic
from studytool.packs.document import Path
from studytool.packs.experiment_as_sample import as_sample
from studytool.packs.experiments import PackExperiment
from studytool.packs.item_fields import ItemFields
from studytool.packs.located import Located
from studytool.packs.measurements import number_parameters
from studytool.packs.methods import Measurement, Method, SampleCheck, SecondFormula
from studytool.packs.own_experiments import known_experiment
from studytool.packs.telling import told


@dataclass(frozen=True, slots=True)
class CircularPart:
    """The place in a check where it takes the key from itself.

    Attributes:
        path: of the formula, inside the check.
        column: in it, counted from 1.
        form: what stands there of the key; or the closed form that both call.
    """

    path: Path
    column: int
    form: str


def check_independence(
    located: Located[ItemFields | Claim], path: Path, key: KeyFormula, method: Method
) -> Iterator[Diagnostic]:
    """Refuse a check at ``path`` that takes the key from itself, or is the key in other words."""
    if found := find_circle(key, method):
        where = (*path, *found.path)
        if found.form in CLOSED_FORMS:
            why = told("the key and its check both call '{form}'", form=found.form)
        elif found.path == ("quantity",):
            why = told("the key is '{form}' itself", form=found.form)
        else:
            why = told(
                "the check holds the key that it tries: {form}",
                form=found.form.format(key=key.formula),
            )
        yield located.problem_in_text("E340", (where, found.column - 1), why, _ANOTHER_WAY)
    elif isinstance(method, SecondFormula) and not method.because and is_rewritten(key, method):
        why = told("this is the key in other words: they are equal at random points")
        yield located.problem("E341", (*path, "also"), why, _SAY_WHY)


def find_shared_form(text: str, measurement: Measurement | SampleCheck) -> str | None:
    """Find a closed form that a formula over a measured quantity calls, and drawing it too."""
    try:
        forms = _forms_in(text)
        if isinstance(measurement, SampleCheck):
            drawn = frozenset().union(*(_forms_in(one) for _, one in formulas_of(measurement)))
        else:
            drawn = _called_by(measurement, KeyFormula(None, [{}])) if forms else frozenset()
    except FormulaError:
        return None  # reported where the formula is checked
    return min(forms & drawn, default=None)


def _forms_in(text: str) -> frozenset[str]:
    """Return the closed forms that a formula calls."""
    tree = parse_once(text, draws=True).tree
    return frozenset(CLOSED_FORMS) & {one.function for one in walk(tree) if isinstance(one, Call)}


_ANOTHER_WAY = told("draw it without the key's own formula, from unit weights, say")
_SAY_WHY = told("try it by a sample or an experiment, or say 'because: {{ko: ..., en: ...}}'")


def find_circle(key: KeyFormula, method: Method) -> CircularPart | None:
    """Find where a check holds the key that it tries; None where nothing shows it.

    Formulas that cannot be read are reported elsewhere.
    """
    if key.measure is not None:
        if isinstance(method, Measurement) and _is_same(key.measure, method):
            return CircularPart(("quantity",), 1, method.quantity)
        return None
    try:
        if isinstance(method, Measurement) and method.own is not None:
            return _find_in_own(key, method, method.own)
        return _find_in_formulas(key, method)
    except FormulaError:
        return None


def _find_in_own(
    key: KeyFormula, measurement: Measurement, own: PackExperiment
) -> CircularPart | None:
    """Find the key in the formulas of the pack's experiment, or in those of its parameters.

    What steps change is not its first value, so that a number as the key says nothing there.
    """
    sample = as_sample(measurement, own)
    if sample is not None and measurement.is_stepped and ComparedKey.make(key, sample).is_fixed:
        sample = None
    found = None if sample is None else _find_in_formulas(key, sample)
    if found is not None:
        return replace(found, path=("experiment",), column=1)
    return _find_in_formulas(key, measurement)


def _is_same(one: Measurement, other: Measurement) -> bool:
    return (one.experiment, one.quantity) == (other.experiment, other.quantity)


def _find_in_formulas(key: KeyFormula, method: Method) -> CircularPart | None:
    compared = ComparedKey.make(key, method)
    match method:
        case SampleCheck() if compared.is_whole(method):
            return CircularPart(("sample",), 1, "{key}")
        case SecondFormula() if compared.is_rewritten_by(method):
            return None  # algebra, which says so
    if compared.is_fixed:
        return _number_in(method, compared) if isinstance(method, SampleCheck) else None
    if isinstance(method, Measurement) and compared.forms:
        for form in sorted(compared.forms & _called_by(method, key)):
            return CircularPart(("experiment",), 1, form)
    ways = [_find_in]
    if not isinstance(method, SecondFormula):  # which comes near its key step by step
        ways += [_multiple_in, _chance_in]
    parts = (find(path, text, compared) for find in ways for path, text in formulas_of(method))
    return next((part for part in parts if part is not None), None)


def _number_in(check: SampleCheck, compared: ComparedKey) -> CircularPart | None:
    """Find a key that is a number, written again in its sample."""
    if not is_constant(compared.values.key):
        return None  # one of its names
    for path, text in formulas_of(check):
        tree = parse_once(text, draws=True).tree
        if found := find_number(tree, compared.points, compared.values):
            return CircularPart(path, found.column, found.form)
    return None


def _find_in(path: Path, text: str, compared: ComparedKey) -> CircularPart | None:
    """Find the key, or a call of a closed form that it calls, in one formula of a check."""
    tree = parse_once(text, draws=True).tree
    is_second = path == ("also",)  # as a whole it gives the key, by another way
    if found := find_key(tree, compared.points, compared.values, inside=is_second):
        return CircularPart(path, found.column, found.form)
    calls = (node for node in walk(tree) if isinstance(node, Call))
    shared = (call for call in calls if call.function in compared.forms)
    return next((CircularPart(path, call.column, call.function) for call in shared), None)


def _multiple_in(path: Path, text: str, compared: ComparedKey) -> CircularPart | None:
    """Find a constant multiple of the key, or of its root, in one formula of a check."""
    tree = parse_once(text, draws=True).tree
    found = find_multiple(tree, compared.points, compared.values)
    return None if found is None else CircularPart(path, found.column, found.form)


def _chance_in(path: Path, text: str, compared: ComparedKey) -> CircularPart | None:
    """Find a comparison whose chance is the key by how its law was chosen, in one formula."""
    found = find_chance(parse_once(text, draws=True).tree, compared.points, compared.values)
    return None if found is None else CircularPart(path, found.column, found.form)


def _called_by(measurement: Measurement, key: KeyFormula) -> frozenset[str]:
    """Draw an experiment once, if that is quick, and return the closed forms that it calls."""
    experiment = known_experiment(measurement)
    if experiment is None or experiment.trains:
        return frozenset()
    try:
        let = {name: parse_once(text) for name, text in key.let.items()}
        scope = evaluate_let(let, key.conditions[0])
        numbers = number_parameters(measurement)
        given: dict[str, ParameterValue] = {
            name: evaluate_number(parse_once(text), scope) if name in numbers else text
            for name, text in measurement.with_.items()
        }
        return called_forms(experiment, experiment.bind(given))
    except (StudytoolError, ArithmeticError):
        return frozenset()


def is_rewritten(key: KeyFormula, method: SecondFormula) -> bool:
    """Tell a second formula that is the key in other words; one that cannot be read is not."""
    if key.measure is not None:
        return False
    try:
        return ComparedKey.make(key, method).is_rewritten_by(method)
    except FormulaError:
        return False


def formulas_of(method: Method) -> Iterator[tuple[Path, str]]:
    """Return every formula of a check, with its path in it."""
    match method:
        case SampleCheck():
            yield from ((("let", name), text) for name, text in method.let.items())
            yield ("sample",), method.sample
            if method.over is not None:
                yield ("over",), method.over
        case SecondFormula():
            yield from ((("let", name), text) for name, text in method.let.items())
            yield ("also",), method.also
        case Measurement():
            for name in number_parameters(method):
                yield ("with", name), method.with_[name]
