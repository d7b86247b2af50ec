"""Make the variant of an item, of any kind, that belongs to a seed and a language."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from studytool.formula.parse import parse_once
from studytool.language import Language
from studytool.packs.answer_key import AnswerKey
from studytool.packs.choices import Choice, Option
from studytool.packs.clozes import Blank, Cloze, NumberBlank, WordBlank
from studytool.packs.items import Card, Item, Numeric
from studytool.packs.orderings import Order, Thing
from studytool.packs.predictions import Prediction, PredictionOutcome
from studytool.packs.scope import scope_of
from studytool.packs.templates import replace_blanks
from studytool.quiz.arranging import arrange, draw_pool
from studytool.quiz.compute import compute, key_value, wrong_values
from studytool.quiz.derivation import derive_order
from studytool.quiz.drawn_keys import listed_in, right_options, right_order
from studytool.quiz.key import (
    AxisKey,
    BlankKey,
    Key,
    NumberKey,
    OptionKey,
    OrderKey,
    PredictionKey,
    RecallKey,
    ShownBlank,
    ShownOption,
    WrongValue,
)
from studytool.quiz.leeway import axis_of, leeway_of
from studytool.quiz.number_key import NumberFormula, make_number_key, tolerance_of
from studytool.quiz.parameters import draw_parameters
from studytool.quiz.text_writer import TextWriter
from studytool.quiz.typed_units import AskedUnit
from studytool.quiz.variant import Variant


def make_variant(
    item: Item,
    *,
    pack_id: str,
    seed: int,
    language: Language,
    like: Variant | None = None,
) -> Variant:
    """Make the variant of an item that belongs to a seed.

    Args:
        item: as its pack words it.
        pack_id: the pack's.
        seed: which variant.
        language: of its texts.
        like: another variant of the item, to take its revision from, and the numbers of its seed.

    Raises:
        StudytoolError: an item whose parameters cannot be drawn.
    """
    item_id = f"{pack_id}/{item.id}"
    if like is not None and like.seed == seed:
        drawn = like.parameters
    else:
        drawn = draw_parameters(item, item_id=item_id, seed=seed)
    writer = TextWriter(item, scope_of(item, drawn), language)
    asked = _ask(item, writer, _Seed(item_id, seed))
    return Variant(
        item=item_id,
        kind=item.kind,
        revision=item.revision if like is None else like.revision,
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
        case Choice() | Order() | Prediction():
            return _Asked(prompt, _listed_or_placed_key(item, writer, seed), solution)


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


def _listed_or_placed_key(
    item: Choice | Order | Prediction, writer: TextWriter, seed: _Seed
) -> OptionKey | PredictionKey | OrderKey | AxisKey:
    match item:
        case Choice():
            return _option_key(item, writer, seed)
        case Order():
            return _order_key(item, right_order(item, writer.scope), writer, seed)
        case Prediction(things=list()):
            return _order_key(item, None, writer, seed)
        case Prediction(outcomes=list() as outcomes):
            return PredictionKey(_arranged(outcomes, writer, seed, fixed=item.order == "fixed"))
        case Prediction(estimate=stated):
            assert stated is not None
            unit = None if stated.unit is None else stated.unit.text(writer.language)
            asked = AskedUnit.of(unit, "convert").unit
            return AxisKey(axis_of(stated), leeway_of(stated), asked.text if asked else None)


def _option_key(item: Choice, writer: TextWriter, seed: _Seed) -> OptionKey | PredictionKey:
    fixed = item.order == "fixed"
    right = right_options(item, writer.scope)
    if right is None:  # the simulation decides, and all are shown: none can be left out for it
        return PredictionKey(_arranged(item.options, writer, seed, fixed=fixed), several=True)
    shown = draw_pool(item.options, right, item.show, seed.item_id, seed.seed)
    return OptionKey(_arranged(shown, writer, seed, fixed=fixed), right)


def _arranged(
    options: Sequence[Option] | Sequence[PredictionOutcome],
    writer: TextWriter,
    seed: _Seed,
    *,
    fixed: bool,
) -> tuple[ShownOption, ...]:
    order = arrange(options, seed.item_id, seed.seed, fixed=fixed)
    return tuple(_shown(options[index], writer) for index in order)


def _order_key(
    item: Order | Prediction, right: tuple[str, ...] | None, writer: TextWriter, seed: _Seed
) -> OrderKey:
    things = listed_in(item)
    order = derive_order(len(things), seed.item_id, seed.seed, "things")
    shown = tuple(_shown(things[index], writer) for index in order)
    return OrderKey(shown, item.direction == "ascending", right)


def _shown(one: Option | PredictionOutcome | Thing, writer: TextWriter) -> ShownOption:
    return ShownOption(one.id, writer.write(one.text), writer.write(one.say))


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
