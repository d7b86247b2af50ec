"""Make the variant of an item, of any kind, that belongs to a seed and a language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from studytool.formula.parse import parse_once
from studytool.language import Language
from studytool.packs.models import (
    Card,
    Choice,
    ChoiceParameter,
    Cloze,
    Item,
    Numeric,
    Prediction,
    Text,
)
from studytool.packs.templates import blanks, fill, replace_blanks
from studytool.quiz.compute import key_value, scope_of, wrong_values
from studytool.quiz.derivation import derive_order
from studytool.quiz.number_key import NumberFormula, make_number_key, tolerance_of
from studytool.quiz.number_text import write_number
from studytool.quiz.parameters import draw_parameters
from studytool.quiz.variant import (
    BlankKey,
    Key,
    NumberKey,
    OptionKey,
    PredictionKey,
    RecallKey,
    ShownBlank,
    ShownOption,
    Variant,
    WrongValue,
)


def make_variant(item: Item, *, pack_id: str, seed: int, language: Language) -> Variant:
    """Make the variant of an item that belongs to a seed.

    Raises:
        StudytoolError: a numeric item whose parameters cannot be drawn.
    """
    item_id = f"{pack_id}/{item.id}"
    ask: Callable[..., _Asked] = _numeric if isinstance(item, Numeric) else _fixed
    asked = ask(item, item_id, seed, language)
    return Variant(
        item=item_id,
        kind=item.kind,
        revision=item.revision,
        seed=seed,
        language=language,
        parameters=asked.parameters,
        prompt=asked.prompt,
        key=asked.key,
        hints=tuple(asked.write(hint) for hint in item.hints),
        solution=asked.solution,
        claims=tuple(item.claims),
    )


_Writer = Callable[[Text | None], str]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The parts of a variant that depend on the kind of item; ``write`` renders its texts."""

    prompt: str
    key: Key
    solution: str
    write: _Writer
    parameters: dict[str, float] = field(default_factory=dict)


def _numeric(item: Numeric, item_id: str, seed: int, language: Language) -> _Asked:
    parameters = draw_parameters(item, item_id=item_id, seed=seed)
    scope = scope_of(item, parameters)
    key = _number_key(item, scope, language)
    write = _with_numbers(item, {**scope, "answer": key.value}, language)
    return _Asked(write(item.prompt), key, write(item.solution), write, parameters)


def _fixed(
    item: Card | Cloze | Choice | Prediction, item_id: str, seed: int, language: Language
) -> _Asked:
    """Ask an item without numbers; only the order of a choice's options depends on the seed."""
    write = _as_it_is(language)
    solution = write(item.solution)
    match item:
        case Card():
            return _Asked(write(item.front), RecallKey(write(item.back)), solution, write)
        case Cloze():
            return _cloze(item, solution, language)
        case Choice():
            shown = [ShownOption(o.id, write(o.text), write(o.say)) for o in item.options]
            right = frozenset(option.id for option in item.options if option.correct)
            key: Key = OptionKey(_shuffled(shown, item_id, seed), right)
            return _Asked(write(item.prompt), key, solution, write)
        case Prediction():
            outcomes = [ShownOption(o.id, write(o.text), write(o.say)) for o in item.outcomes]
            return _Asked(write(item.prompt), PredictionKey(tuple(outcomes)), solution, write)


def _cloze(item: Cloze, solution: str, language: Language) -> _Asked:
    text = item.text.text(language).strip()
    whole = replace_blanks(text, lambda _, answer: f"**{answer}**")
    return _Asked(
        replace_blanks(text, lambda number, _: f"[{number}: ____]"),
        BlankKey(tuple(map(ShownBlank, blanks(text)))),
        f"{whole}\n\n{solution}" if solution else whole,
        _as_it_is(language),
    )


def _as_it_is(language: Language) -> _Writer:
    return lambda text: "" if text is None else text.text(language).strip()


def _with_numbers(item: Numeric, scope: Mapping[str, float], language: Language) -> _Writer:
    """Make a writer that fills a text's placeholders: labels where there are some, else numbers."""

    def write_name(name: str, format_: str | None) -> str:
        parameter = item.params.get(name)
        if isinstance(parameter, ChoiceParameter) and parameter.labels and format_ is None:
            return parameter.labels[parameter.choice.index(scope[name])].text(language)
        shown = item.answer.show if name == "answer" and format_ is None else format_
        if shown is None and name in item.let:
            shown = "4sf"
        return write_number(scope[name], shown)

    def write(text: Text | None) -> str:
        return "" if text is None else fill(text.text(language).strip(), scope.keys(), write_name)

    return write


def _number_key(item: Numeric, scope: Mapping[str, float], language: Language) -> NumberKey:
    key = key_value(item, scope)
    write = _with_numbers(item, {**scope, "answer": key}, language)
    let = {name: parse_once(text) for name, text in item.let.items()}
    text = item.answer.formula
    return make_number_key(
        key,
        tolerance_of(item.answer),
        unit=item.answer.unit,
        formula=None if text is None else NumberFormula(parse_once(text), let, scope),
        language=language,
        misconceptions=tuple(
            WrongValue(wrong.id, value, write(wrong.say))
            for wrong, value in wrong_values(item, scope)
        ),
    )


def _shuffled(options: list[ShownOption], item_id: str, seed: int) -> tuple[ShownOption, ...]:
    order = derive_order(len(options), item_id, seed, "options")
    return tuple(options[index] for index in order)
