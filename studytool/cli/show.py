"""``studytool show``: one variant of an item, with everything that belongs to it."""

import click

from studytool.cli import declare
from studytool.cli.badge_json import badge_as_json
from studytool.cli.output import write_json, write_text
from studytool.json_output import AxisJson, ShowJson, ToleranceJson
from studytool.language import Language, Phrase
from studytool.library.finding import FoundItem, chosen_language, find_item
from studytool.packs.glossary import terms_in
from studytool.quiz.key import (
    AxisKey,
    BlankKey,
    NumberKey,
    OptionKey,
    OrderKey,
    PredictionKey,
    RecallKey,
    options_of,
)
from studytool.quiz.mark_orders import order_text
from studytool.quiz.number_text import write_short
from studytool.quiz.variant import Variant
from studytool.typeset.math_line import set_plain
from studytool.wording.axis import AXIS_CELLS, axis_lines
from studytool.wording.items import KINDS
from studytool.wording.lesson import LESSON_OF
from studytool.wording.terms import term_lines

_TITLE = Phrase(ko="{item}  ({kind}, 시드 {seed})", en="{item}  ({kind}, seed {seed})")
_PARAMETERS = Phrase(ko="매개변수: {drawn}", en="parameters: {drawn}")
_KEY = Phrase(ko="정답: {key}", en="key: {key}")
_SIMULATED = Phrase(ko="시뮬레이션으로 정해집니다", en="what the simulation shows")
_MISCONCEPTION = Phrase(
    ko="오개념 {id}: {value}  {feedback}", en="misconception {id}: {value}  {feedback}"
)
_CONCEPT = Phrase(ko="개념: {concept}", en="concept: {concept}")
_TAGS = Phrase(ko="태그: {tags}", en="tags: {tags}")
_DIFFICULTY = Phrase(ko="난이도: {difficulty}/5", en="difficulty: {difficulty} of 5")
_HINT = Phrase(ko="힌트: {hint}", en="hint: {hint}")


@declare.command(
    "show",
    more=Phrase(
        ko="ITEM은 pack/slug이고, 하나뿐이면 slug만 써도 됩니다.",
        en="ITEM is pack/slug, or the slug alone where it is unique.",
    ),
)
@click.argument("item_name", metavar="ITEM")
@declare.option("--seed", default=0, show_default=True, about=declare.VARIANT)
@declare.in_language
@declare.of_any_size
@declare.as_json
def command(item_name: str, *, seed: int, lang: str | None, large: bool, as_json: bool) -> None:
    """Show one variant of ITEM (pack/slug, or the slug alone): parameters, prompt, key, solution."""
    from studytool.quiz.ask import make_variant

    found = find_item(item_name, large=large)
    variant = make_variant(
        found.item, pack_id=found.pack_id, seed=seed, language=chosen_language(lang)
    )
    if as_json:
        write_json(_variant_as_json(found, variant))
    else:
        write_text(set_plain(_as_text(found, variant)))


def _variant_as_json(found: FoundItem, variant: Variant) -> ShowJson:
    """Return the stable keys of ``show --json``."""
    key = variant.key
    number = key if isinstance(key, NumberKey) else None
    return {
        "item": variant.item,
        "kind": variant.kind,
        "seed": variant.seed,
        "language": variant.language,
        "parameters": dict(variant.parameters),
        "prompt": variant.prompt,
        "key": key_value(variant),
        "key_text": key_text(variant),
        "tolerance": _tolerance(number),
        "options": [{"id": option.id, "text": option.text} for option in options_of(key)],
        "axis": _axis(key) if isinstance(key, AxisKey) else None,
        "hints": list(variant.hints),
        "solution": variant.solution,
        "misconceptions": [
            {"id": wrong.id, "value": wrong.value, "feedback": wrong.feedback}
            for wrong in (number.misconceptions if number else ())
        ],
        "claims": list(variant.claims),
        "concept": found.item.concept,
        "lesson": _lesson(found, variant),
        "terms": _terms(found, variant),
        "tags": list(found.item.tags),
        "difficulty": found.item.difficulty,
        "evidence": badge_as_json(found, variant),
    }


def _lesson(found: FoundItem, variant: Variant) -> str | None:
    """Return what is read before the first item of the concept; None where nothing is."""
    concepts = found.read.pack.manifest.concepts
    lesson = next(one.lesson for one in concepts if one.id == found.item.concept)
    return None if lesson is None else lesson.text(variant.language)


def _axis(key: AxisKey) -> AxisJson:
    return {
        "low": key.axis.low,
        "high": key.axis.high,
        "scale": "log" if key.axis.is_log else "linear",
        "within_factor": key.leeway.factor,
        "within_distance": key.leeway.distance,
        "unit": key.unit,
    }


def _tolerance(key: NumberKey | None) -> ToleranceJson | None:
    if key is None:
        return None
    tolerance = key.tolerance
    return {
        "relative": float(tolerance.relative),
        "absolute": float(tolerance.absolute),
        "digits": tolerance.digits,
        "wanted": tolerance.asked,
    }


def key_value(variant: Variant) -> float | list[str] | str | None:
    """Return the key as JSON has it; None where the simulation shows it."""
    match variant.key:
        case NumberKey(value=value):
            return value
        case OptionKey(right=right):
            return sorted(right)
        case BlankKey(blanks=blanks):
            return [blank.text for blank in blanks]
        case RecallKey(back=back):
            return back
        case OrderKey(right=order):
            return None if order is None else list(order)
        case PredictionKey() | AxisKey():
            return None


def key_text(variant: Variant) -> str | None:
    """Return the key as a learner sees it; None where the simulation shows it."""
    match variant.key:
        case NumberKey(text=text, unit=unit):
            return f"{text} {unit}" if unit else text
        case OptionKey(options=options, right=right):
            return "; ".join(option.text for option in options if option.id in right)
        case BlankKey(text=text):
            return text
        case RecallKey(back=back):
            return back
        case OrderKey(right=order) as key:
            return None if order is None else order_text(key, order)
        case PredictionKey() | AxisKey():
            return None


def _as_text(found: FoundItem, variant: Variant) -> str:
    language = variant.language
    lines = [title_of(variant), *_about(found, language), "", *variant_lines(variant)]
    if terms := _terms(found, variant):
        lines += ["", *term_lines(terms, language)]
    if lesson := _lesson(found, variant):
        lines += ["", LESSON_OF.text(language, concept=_concept(found, language)), "", lesson]
    return "\n".join(lines)


def title_of(variant: Variant) -> str:
    """Return the line that names a variant."""
    language = variant.language
    kind = KINDS[variant.kind].text(language)
    return _TITLE.text(language, item=variant.item, kind=kind, seed=variant.seed)


def variant_lines(variant: Variant) -> list[str]:
    """Return the lines of a variant: prompt, options, numbers, key, misconceptions, hints, solution."""
    language, lines = variant.language, [variant.prompt, ""]
    if options := options_of(variant.key):
        numbered = enumerate(options, start=1)
        lines += [*(f"  {number}. {option.text}" for number, option in numbered), ""]
    if isinstance(variant.key, AxisKey):
        lines += [*axis_lines(variant.key.axis, language, width=AXIS_CELLS), ""]
    if variant.parameters:
        numbers = variant.parameters.items()
        drawn = ", ".join(f"{name} = {write_short(value)}" for name, value in numbers)
        lines.append(_PARAMETERS.text(language, drawn=drawn))
    lines.append(_KEY.text(language, key=key_text(variant) or _SIMULATED.text(language)))
    if isinstance(variant.key, NumberKey):
        lines += [
            _MISCONCEPTION.text(
                language, id=wrong.id, value=write_short(wrong.value), feedback=wrong.feedback
            )
            for wrong in variant.key.misconceptions
        ]
    lines += [_HINT.text(language, hint=hint) for hint in variant.hints]
    if variant.solution:
        lines += ["", variant.solution]
    return lines


def _terms(found: FoundItem, variant: Variant) -> dict[str, str]:
    """Return what each term of the glossary means that stands in the prompt or the solution."""
    text = f"{variant.prompt}\n{variant.solution or ''}"
    return terms_in(text, found.read.pack.manifest.glossary, variant.language)


def _about(found: FoundItem, language: Language) -> list[str]:
    """Return the lines that say what an item is about: its concept, tags and difficulty."""
    item = found.item
    lines = [_CONCEPT.text(language, concept=_concept(found, language))]
    if item.tags:
        lines.append(_TAGS.text(language, tags=", ".join(item.tags)))
    if item.difficulty is not None:
        lines.append(_DIFFICULTY.text(language, difficulty=item.difficulty))
    return lines


def _concept(found: FoundItem, language: Language) -> str:
    concepts = found.read.pack.manifest.concepts
    return next(one.title.text(language) for one in concepts if one.id == found.item.concept)
