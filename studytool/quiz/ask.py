"""Make the variant of an item, of any kind, that belongs to a seed and a language."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from studytool.formula.parse import parse_once
from studytool.language import Language
from studytool.packs.answer_key import AnswerKey
from studytool.packs.choices import Choice, Option
from studytool.packs.clozes import Blank, Cloze, NumberBlank, WordBlank
from studytool.packs.items import Card, Item, Numeric
from studytool.packs.orderings import Order, Thing
from studytool.packs.predictions import Prediction, PredictionOutcome
from studytool.packs.templates import replace_blanks
from studytool.quiz.arranging import arrange, draw_pool
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
from studytool.quiz.number_key import (
    KeyNumber,
    NumberFormula,
    key_number,
    make_number_key,
    tolerance_of,
)
from studytool.quiz.parameters import DrawnItem, draw_item, name_of_draws
from studytool.quiz.text_writer import TextWriter
from studytool.quiz.typed_units import AskedUnit
from studytool.quiz.variant import Variant


def make_variant(item: Item, *, pack_id: str, seed: int, language: Language) -> Variant:
    """Make the variant of an item that belongs to a seed, in one language.

    Raises:
        StudytoolError: an item whose parameters cannot be drawn.
    """
    [made] = make_variants(
        item, pack_id=pack_id, seed=seed, languages=[language], revision=item.revision
    )
    return made


def make_variants(
    item: Item, *, pack_id: str, seed: int, languages: Sequence[Language], revision: str
) -> list[Variant]:
    """Make the variants of an item that belong to a seed, one in each language, drawn once.

    Args:
        item: as its pack words it.
        pack_id: the pack's.
        seed: which variant.
        languages: of its texts.
        revision: the item's.

    Raises:
        StudytoolError: an item whose parameters cannot be drawn.
    """
    item_id = f"{pack_id}/{item.id}"
    draw = draw_item(item, item_id=item_id, seed=seed)
    drawn = _Drawn(item_id, name_of_draws(item, item_id), seed, draw, _key_numbers(item, draw))
    return [_variant(item, drawn, language, revision) for language in languages]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What a seed gives in every language; options are arranged by ``drawn_as`` and its number."""

    item_id: str
    drawn_as: str
    seed: int
    draw: DrawnItem
    numbers: Mapping[str, KeyNumber]


def _key_numbers(item: Item, draw: DrawnItem) -> dict[str, KeyNumber]:
    """Return each number that is asked for, with what its formula says of its digits."""
    let = {name: parse_once(one) for name, one in item.let.items() if name not in item.shown_lets}
    found = {}
    for name, value in draw.numbers.items():
        stated = _stated(item, name)
        text = stated.formula
        formula = None if text is None else NumberFormula(parse_once(text), let, draw.scope)
        found[name] = key_number(value, tolerance_of(stated), formula)
    return found


def _stated(item: Item, name: str) -> AnswerKey | NumberBlank:
    """Return what a pack says of a number that is asked for."""
    if isinstance(item, Numeric):
        return item.answer
    blank = item.blanks[name] if isinstance(item, Cloze) else None
    assert isinstance(blank, NumberBlank)
    return blank


def _variant(item: Item, drawn: _Drawn, language: Language, revision: str) -> Variant:
    writer = TextWriter(item, drawn.draw.scope, language)
    asked = _ask(item, writer, drawn)
    return Variant(
        item=drawn.item_id,
        kind=item.kind,
        revision=revision,
        seed=drawn.seed,
        language=language,
        parameters=drawn.draw.parameters,
        prompt=asked.prompt,
        key=asked.key,
        hints=tuple(writer.write(hint) for hint in item.hints),
        solution=asked.solution,
        claims=tuple(item.claims),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """The parts of a variant that depend on the kind of item."""

    prompt: str
    key: Key
    solution: str


def _ask(item: Item, writer: TextWriter, drawn: _Drawn) -> _Asked:
    if isinstance(item, Numeric):
        return _numeric(item, writer, drawn)
    if isinstance(item, Cloze):
        return _cloze(item, writer, drawn.numbers)
    prompt, solution = writer.write(item.question), writer.write(item.solution)
    match item:
        case Card():
            return _Asked(prompt, RecallKey(writer.write(item.back)), solution)
        case Choice() | Order() | Prediction():
            return _Asked(prompt, _listed_or_placed_key(item, writer, drawn), solution)


def _cloze(item: Cloze, writer: TextWriter, numbers: Mapping[str, KeyNumber]) -> _Asked:
    text, solution = writer.write(item.text), writer.write(item.solution)
    shown = {name: _blank(blank, writer, numbers.get(name)) for name, blank in item.blanks.items()}
    names: list[str] = []

    def gap(number: int, name: str) -> str:
        names.append(name)
        return f"[{number}: ____]"

    prompt = replace_blanks(text, gap)
    whole = replace_blanks(text, lambda _, name: f"**{shown[name].text}**")
    for blank in shown.values():
        whole = _without_second_unit(whole, blank)
    group = item.unordered or ()
    key = BlankKey(
        tuple(shown[name] for name in names),
        frozenset(place for place, name in enumerate(names) if name in group),
    )
    return _Asked(prompt, key, f"{whole}\n\n{solution}" if solution else whole)


def _without_second_unit(whole: str, blank: ShownBlank) -> str:
    """Leave out a unit that the text has behind a blank which is shown with it."""
    if isinstance(blank.wanted, tuple) or not blank.wanted.unit:
        return whole
    shown = f"**{blank.text}**"
    again = rf" ?{re.escape(blank.wanted.unit)}(?![\w²³⁻^/·])"
    return re.sub(re.escape(shown) + again, lambda _: shown, whole)


def _blank(blank: Blank, writer: TextWriter, number: KeyNumber | None) -> ShownBlank:
    said = writer.write(blank.say)
    if isinstance(blank, WordBlank):
        return ShownBlank(tuple(blank.spellings(writer.language)), said)
    assert number is not None
    return ShownBlank(_number_key(number, blank, writer), said)


def _number_key(
    number: KeyNumber,
    stated: AnswerKey | NumberBlank,
    writer: TextWriter,
    misconceptions: tuple[WrongValue, ...] = (),
) -> NumberKey:
    unit = None if stated.unit is None else stated.unit.text(writer.language)
    return make_number_key(
        number,
        tolerance_of(stated),
        unit=AskedUnit.of(unit, stated.units),
        language=writer.language,
        misconceptions=misconceptions,
    )


def _listed_or_placed_key(
    item: Choice | Order | Prediction, writer: TextWriter, drawn: _Drawn
) -> OptionKey | PredictionKey | OrderKey | AxisKey:
    match item:
        case Choice():
            return _option_key(item, writer, drawn)
        case Order():
            return _order_key(item, right_order(item, writer.scope), writer, drawn)
        case Prediction(things=list()):
            return _order_key(item, None, writer, drawn)
        case Prediction(outcomes=list() as outcomes):
            return PredictionKey(_arranged(outcomes, writer, drawn, fixed=item.order == "fixed"))
        case Prediction(estimate=stated):
            assert stated is not None
            unit = None if stated.unit is None else stated.unit.text(writer.language)
            asked = AskedUnit.of(unit, "convert").unit
            return AxisKey(axis_of(stated), leeway_of(stated), asked.text if asked else None)


def _option_key(item: Choice, writer: TextWriter, drawn: _Drawn) -> OptionKey | PredictionKey:
    fixed = item.order == "fixed"
    right = right_options(item, writer.scope)
    if right is None:  # the simulation decides, and all are shown: none can be left out for it
        return PredictionKey(_arranged(item.options, writer, drawn, fixed=fixed), several=True)
    shown = draw_pool(item.options, right, item.show, drawn.drawn_as, drawn.seed)
    return OptionKey(_arranged(shown, writer, drawn, fixed=fixed), right)


def _arranged(
    options: Sequence[Option] | Sequence[PredictionOutcome],
    writer: TextWriter,
    drawn: _Drawn,
    *,
    fixed: bool,
) -> tuple[ShownOption, ...]:
    order = arrange(options, drawn.drawn_as, drawn.seed, fixed=fixed)
    return tuple(_shown(options[index], writer) for index in order)


def _order_key(
    item: Order | Prediction, right: tuple[str, ...] | None, writer: TextWriter, drawn: _Drawn
) -> OrderKey:
    things = listed_in(item)
    order = derive_order(len(things), drawn.drawn_as, drawn.seed, "things")
    shown = tuple(_shown(things[index], writer) for index in order)
    return OrderKey(shown, item.direction == "ascending", right)


def _shown(one: Option | PredictionOutcome | Thing, writer: TextWriter) -> ShownOption:
    return ShownOption(one.id, writer.write(one.text), writer.write(one.say))


def _numeric(item: Numeric, writer: TextWriter, drawn: _Drawn) -> _Asked:
    answer, number = item.answer, drawn.numbers["answer"]
    after = replace(
        writer,
        scope={**writer.scope, "answer": number.value},
        digits={"answer": tolerance_of(answer).shown},
    )
    wrongs = tuple(
        WrongValue(wrong.id, value, after.write(wrong.say)) for wrong, value in drawn.draw.wrongs
    )
    key = _number_key(number, answer, writer, wrongs)
    return _Asked(writer.write(item.prompt), key, after.write(item.solution))
