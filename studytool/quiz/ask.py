"""Make the variant of an item, of any kind, that belongs to a seed and a language."""

from dataclasses import dataclass, replace

from studytool.errors import StudytoolError
from studytool.formula.parse import parse_once
from studytool.language import Language, Phrase
from studytool.packs.answer_key import AnswerKey
from studytool.packs.choices import Choice
from studytool.packs.clozes import Blank, Cloze, NumberBlank, WordBlank
from studytool.packs.items import Card, Item, Numeric
from studytool.packs.orderings import Order
from studytool.packs.predictions import Prediction
from studytool.packs.scope import scope_of
from studytool.packs.templates import replace_blanks
from studytool.quiz.compute import compute, key_value, wrong_values
from studytool.quiz.derivation import derive_order
from studytool.quiz.number_key import NumberFormula, make_number_key, tolerance_of
from studytool.quiz.parameters import draw_parameters
from studytool.quiz.text_writer import TextWriter
from studytool.quiz.typed_units import AskedUnit
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

_NOT_BUILT = Phrase(
    ko="{item}: 이런 물음은 아직 만들지 않았습니다.", en="{item}: this way to ask is not built yet"
)


def make_variant(item: Item, *, pack_id: str, seed: int, language: Language) -> Variant:
    """Make the variant of an item that belongs to a seed.

    Raises:
        StudytoolError: an item whose parameters cannot be drawn.
    """
    item_id = f"{pack_id}/{item.id}"
    drawn = draw_parameters(item, item_id=item_id, seed=seed)
    writer = TextWriter(item, scope_of(item, drawn), language)
    asked = _ask(item, writer, _Seed(item_id, seed))
    return Variant(
        item=item_id,
        kind=item.kind,
        revision=item.revision,
        seed=seed,
        language=language,
        parameters=drawn,
        prompt=asked.prompt,
        key=asked.key,
        hints=tuple(writer.write(hint) for hint in item.hints),
        solution=asked.solution,
        claims=tuple(item.claims),
    )


@dataclass(frozen=True, slots=True)
class _Seed:
    """What the order of options belongs to."""

    item_id: str
    seed: int


@dataclass(frozen=True, slots=True)
class _Asked:
    """The parts of a variant that depend on the kind of item."""

    prompt: str
    key: Key
    solution: str


def _ask(item: Item, writer: TextWriter, seed: _Seed) -> _Asked:
    prompt, solution = writer.write(item.question), writer.write(item.solution)
    match item:
        case Numeric():
            return _numeric(item, writer)
        case Card():
            return _Asked(prompt, RecallKey(writer.write(item.back)), solution)
        case Cloze():
            return _cloze(item, writer)
        case Choice():
            return _Asked(prompt, _option_key(item, writer, seed), solution)
        case Prediction() if item.outcomes is not None:
            outcomes = [
                ShownOption(one.id, writer.write(one.text), writer.write(one.say))
                for one in item.outcomes
            ]
            return _Asked(prompt, PredictionKey(tuple(outcomes)), solution)
        case Prediction() | Order():
            raise StudytoolError(_NOT_BUILT, item=seed.item_id)


def _cloze(item: Cloze, writer: TextWriter) -> _Asked:
    text, solution = writer.write(item.text), writer.write(item.solution)
    shown = {name: _blank(blank, writer) for name, blank in item.blanks.items()}
    names: list[str] = []

    def gap(number: int, name: str) -> str:
        names.append(name)
        return f"[{number}: ____]"

    prompt = replace_blanks(text, gap)
    whole = replace_blanks(text, lambda _, name: f"**{shown[name].text}**")
    group = item.unordered or ()
    key = BlankKey(
        tuple(shown[name] for name in names),
        frozenset(place for place, name in enumerate(names) if name in group),
    )
    return _Asked(prompt, key, f"{whole}\n\n{solution}" if solution else whole)


def _blank(blank: Blank, writer: TextWriter) -> ShownBlank:
    said = writer.write(blank.say)
    if isinstance(blank, WordBlank):
        return ShownBlank(tuple(blank.spellings(writer.language)), said)
    return ShownBlank(_number_key(compute(blank.formula, writer.scope), blank, writer), said)


def _number_key(
    value: float,
    stated: AnswerKey | NumberBlank,
    writer: TextWriter,
    misconceptions: tuple[WrongValue, ...] = (),
) -> NumberKey:
    item, text = writer.item, stated.formula
    let = {name: parse_once(one) for name, one in item.let.items() if name not in item.shown_lets}
    unit = None if stated.unit is None else stated.unit.text(writer.language)
    return make_number_key(
        value,
        tolerance_of(stated),
        unit=AskedUnit.of(unit, stated.units),
        formula=None if text is None else NumberFormula(parse_once(text), let, writer.scope),
        language=writer.language,
        misconceptions=misconceptions,
    )


def _option_key(item: Choice, writer: TextWriter, seed: _Seed) -> OptionKey:
    shown = [ShownOption(o.id, writer.write(o.text), writer.write(o.say)) for o in item.options]
    if not item.is_decided_by_when:
        right = frozenset(option.id for option in item.options if option.correct)
    elif item.measure:
        raise StudytoolError(_NOT_BUILT, item=seed.item_id)
    else:
        right = frozenset(
            option.id
            for option in item.options
            if option.when is not None and compute(option.when, writer.scope)
        )
    return OptionKey(_shuffled(shown, seed), right)


def _numeric(item: Numeric, writer: TextWriter) -> _Asked:
    answer, scope = item.answer, writer.scope
    key = key_value(item, scope)
    after = replace(
        writer, scope={**scope, "answer": key}, digits={"answer": tolerance_of(answer).shown}
    )
    wrongs = tuple(
        WrongValue(wrong.id, value, after.write(wrong.say))
        for wrong, value in wrong_values(item, scope)
    )
    number_key = _number_key(key, answer, writer, wrongs)
    return _Asked(writer.write(item.prompt), number_key, after.write(item.solution))


def _shuffled(options: list[ShownOption], seed: _Seed) -> tuple[ShownOption, ...]:
    order = derive_order(len(options), seed.item_id, seed.seed, "options")
    return tuple(options[index] for index in order)
