"""Lint: what a pack may do and had better not."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from studytool.errors import FormulaError
from studytool.formula.bindings import resolve_order
from studytool.formula.parse import parse_once
from studytool.packs.answer_key import AnswerKey
from studytool.packs.claims import Claim
from studytool.packs.diagnostics import Diagnostic
from studytool.packs.first_draws import FEWEST_VARIANTS, first_draws, value_of
from studytool.packs.item_fields import ItemFields
from studytool.packs.items import Numeric
from studytool.packs.located import Located
from studytool.packs.manifest import Manifest
from studytool.packs.met_values import check_twin_misconceptions, check_zero_key
from studytool.packs.parameters import ChoiceParameter, names_of
from studytool.packs.rounding import rounded
from studytool.packs.templates import placeholders, read_template
from studytool.packs.texts import walk_texts, written

_Scopes = Sequence[Mapping[str, float]]
_Numbers = Sequence[float | None]


def lint_texts(
    located: "Located[ItemFields] | Located[Claim] | Located[Manifest]",
    languages: tuple[str, ...],
) -> Iterator[Diagnostic]:
    """Warn of every text that lacks a language of the pack."""
    for path, text in walk_texts(located.value):
        for language in text.missing(languages):
            why = f"no translation into '{language}'"
            yield located.problem("W401", path, why, f"add '{language}:'")


def lint_concepts(manifest: Located[Manifest], used: Collection[str]) -> Iterator[Diagnostic]:
    """Warn of a concept that no item asks about."""
    for index, concept in enumerate(manifest.value.concepts):
        if concept.id not in used:
            yield manifest.problem("W402", ("concepts", index), f"no item is about '{concept.id}'")


def lint_item(located: Located[ItemFields]) -> Iterator[Diagnostic]:
    """Warn of an item with numbers that teaches or tests less than it seems to."""
    item = located.value
    if not item.params:
        return
    try:
        draws = first_draws(item)
        if isinstance(item, Numeric):
            yield from _lint_prompt(located, item)
            yield from _lint_key(located, item, draws.scopes)
            yield from check_twin_misconceptions(located, item, draws.scopes)
            yield from check_zero_key(located, item, draws.scopes)
    except FormulaError:
        return  # its formulas are reported as errors
    yield from _lint_parameters(located, item)
    if isinstance(item, Numeric):
        yield from _lint_solution(located, item)
    if not draws.scopes:
        why = "no draw of the parameters fulfils 'require'"
        yield located.problem_at_key("W407", ("require",), why, "widen the parameters")
    elif draws.complete and len(draws.scopes) < FEWEST_VARIANTS:
        why = f"only {len(draws.scopes)} different variants; {FEWEST_VARIANTS} are wanted"
        yield located.problem_at_key("W405", ("params",), why, "add choices, or widen 'require'")


def _lint_prompt(located: Located[ItemFields], item: Numeric) -> Iterator[Diagnostic]:
    """Warn of a parameter that is shown neither itself nor through a ``let`` made of it."""
    let = {name: parse_once(text) for name, text in item.let.items()}
    users_first = resolve_order(let)[::-1]
    for where, words in written(("prompt",), item.prompt):
        shown = {found.name for found in read_template(words, item.known_names)}
        for name in users_first:
            if name in shown:
                shown |= let[name].names
        for name, parameter in item.params.items():
            if not shown & {name, *names_of(name, parameter)}:
                why = f"the prompt does not show the parameter '{name}'"
                yield located.problem("W403", where, why, f"write {{{name}}} where it is said")


def _lint_parameters(located: Located[ItemFields], item: ItemFields) -> Iterator[Diagnostic]:
    for name, parameter in item.params.items():
        if isinstance(parameter, ChoiceParameter) and {0.0, 1.0} & set(parameter.choice):
            why = f"'{name}' may be 0 or 1, which hides errors of the formula"
            yield located.problem_at_key("W404", ("params", name), why, "leave 0 and 1 out")


def _lint_solution(located: Located[ItemFields], item: Numeric) -> Iterator[Diagnostic]:
    if item.solution is None:
        help_ = "add 'solution:', which may show {answer}"
        yield located.problem("W408", (), "no worked solution", help_)
        return
    known = {*item.known_names, "answer"}
    for where, words in written(("solution",), item.solution):
        if not any(found.name in known for found in placeholders(words, known)):
            why = "the solution shows none of the numbers"
            yield located.problem("W408", where, why, "show {answer} and what it is made of")


def _lint_shown_digits(
    located: Located[ItemFields], answer: AnswerKey, keys: _Numbers
) -> Iterator[Diagnostic]:
    """Warn where the printed key itself would be marked wrong."""
    for key in keys:
        if key is not None:
            off = abs(rounded(key, answer.show) - key)
            if off > answer.tolerance.distance(key) * (1 + 1e-9) + 1e-12 * abs(key):
                why = f"'show: {answer.show}' is coarser than the tolerance"
                help_ = "show more digits"
                yield located.problem("W409", ("answer", "show"), why, help_)
                return


def _lint_key(located: Located[ItemFields], item: Numeric, scopes: _Scopes) -> Iterator[Diagnostic]:
    """Warn of a key that a wrong formula, or the prompt itself, gives at every draw tried."""
    if not scopes or item.answer.formula is None:
        return
    if not parse_once(item.answer.formula).names <= set(scopes[0]):
        return  # its unknown names are reported as errors
    keys = [value_of(item.answer.formula, scope) for scope in scopes]
    where = ("answer", "formula")
    if None in keys:
        scope = scopes[keys.index(None)]
        drawn = ", ".join(f"{name} = {scope[name]:g}" for name in item.drawn_names)
        why = f"the key is not one finite number for {drawn}"
        yield located.problem("W410", where, why, "exclude such draws by 'require'")
        return
    yield from _lint_shown_digits(located, item.answer, keys)
    for index, wrong in enumerate(item.misconceptions):
        met = [
            (value_of(wrong.formula, scope), key)
            for scope, key in zip(scopes, keys, strict=True)
            if wrong.when is None or value_of(wrong.when, scope)
        ]
        if met and _same([value for value, _ in met], [key for _, key in met], item.answer):
            why = f"the misconception '{wrong.id}' gives the key itself"
            yield located.problem("W406", ("misconceptions", index, "formula"), why)
    for name in item.drawn_names:
        if _same([scope[name] for scope in scopes], keys, item.answer):
            why = f"the key is the parameter '{name}', which the prompt shows"
            yield located.problem("W411", where, why)


def _same(values: _Numbers, keys: _Numbers, answer: AnswerKey) -> bool:
    """Tell whether every value lies within the tolerance of its key."""
    return all(
        value is not None and key is not None and abs(value - key) <= answer.tolerance.distance(key)
        for value, key in zip(values, keys, strict=True)
    )
