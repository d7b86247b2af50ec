"""``studytool mark``: what a typed answer would get; nothing is logged."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from studytool.cli import declare
from studytool.cli.badge_json import badge_as_json
from studytool.cli.output import write_json, write_text
from studytool.cli.show import key_value
from studytool.json_output import BadgeJson, MarkJson
from studytool.language import Language, Phrase
from studytool.library.finding import chosen_language, find_item
from studytool.quiz.answer import (
    Ambiguous,
    Answer,
    FilledBlanks,
    Number,
    OrderedThings,
    PickedOptions,
    Unreadable,
)
from studytool.quiz.key import options_of
from studytool.quiz.mark_value import Mark
from studytool.quiz.outcome import MISCONCEPTION, Outcome
from studytool.quiz.variant import Variant
from studytool.wording.words import OUTCOME

if TYPE_CHECKING:
    from studytool.packs.items import Item

_CREDIT = Phrase(ko="점수", en="credit")
_SUGGESTED = Phrase(ko="제안하는 평가", en="suggested rating")
_ASKED_AGAIN = {
    "unreadable": Phrase(ko="읽을 수 없는 답", en="unreadable"),
    "ambiguous": Phrase(ko="두 가지로 읽히는 답", en="ambiguous"),
}


@declare.command(
    "mark",
    more=Phrase(
        ko="ITEM(pack/slug, 하나뿐이면 slug만)의 변형 하나에 쓴 답입니다.",
        en="The answer is to one variant of ITEM (pack/slug, or the slug alone).",
    ),
)
@click.argument("item_name", metavar="ITEM")
@declare.option("--seed", required=True, type=int, about=declare.VARIANT)
@declare.option(
    "--answer",
    required=True,
    about=Phrase("배우는 사람이 쓸 답 그대로.", "As a learner would type it."),
)
@declare.in_language
@declare.of_any_size
@declare.as_json
def command(
    item_name: str, *, seed: int, answer: str, lang: str | None, large: bool, as_json: bool
) -> None:
    """Say what a typed answer to one variant of ITEM (pack/slug, or the slug alone) would get."""
    from studytool.quiz.ask import make_variant
    from studytool.quiz.mark import mark
    from studytool.quiz.read_answer import read_answer

    found = find_item(item_name, large=large)
    variant = make_variant(
        found.item, pack_id=found.pack_id, seed=seed, language=chosen_language(lang)
    )
    read = read_answer(variant, answer)
    if isinstance(read, Ambiguous | Unreadable):
        write_json(_asked_again(read)) if as_json else write_text(
            _asked_text(read, variant.language)
        )
        return
    marked = mark(found.item, variant, read)
    if as_json:
        write_json(mark_as_json(variant, read, marked, badge_as_json(found, variant)))
    else:
        write_text("\n".join(_lines(found.item, variant, marked)))


def mark_as_json(variant: Variant, read: Answer, marked: Mark, evidence: BadgeJson) -> MarkJson:
    """Return the stable keys of ``mark --json``."""
    key = key_value(variant) if marked.estimated is None else marked.estimated.shown.value
    return {
        "outcome": str(marked.outcome),
        "read_as": _read_as(variant, read),
        "reading": marked.read_as,
        "key": marked.key_text if key is None else key,
        "key_text": marked.key_text,
        "credit": marked.credit,
        "misconception": marked.misconception,
        "feedback": marked.feedback,
        "parts": [
            {
                "number": part.number,
                "text": part.text,
                "right": part.outcome is Outcome.RIGHT,
                "taken": part.taken,
                "feedback": part.feedback,
            }
            for part in marked.parts
        ],
        "measured": [
            {
                "name": one.name,
                "estimate": one.estimate,
                "standard_error": one.standard_error,
                "replicates": one.replicates,
            }
            for one in marked.measured
        ],
        "solution": variant.solution,
        "suggested_rating": str(marked.suggested),
        "evidence": evidence,
    }


def _read_as(variant: Variant, read: Answer) -> float | list[float | str]:
    match read:
        case Number(value=value):
            return value
        case PickedOptions(ids=ids):
            return [option.id for option in options_of(variant.key) if option.id in ids]
        case OrderedThings(ids=ids):
            return list(ids)
        case FilledBlanks(texts=texts):
            return list(texts)


def _asked_again(read: Ambiguous | Unreadable) -> MarkJson:
    """Return the same keys for an answer that is asked again; the key stays unsaid."""
    outcome, asked = _asked(read)
    return {
        "outcome": outcome,
        "read_as": list(read.readings) if isinstance(read, Ambiguous) else None,
        "reading": None,
        "key": None,
        "key_text": None,
        "credit": None,
        "misconception": None,
        "feedback": asked,
        "parts": [],
        "measured": [],
        "solution": None,
        "suggested_rating": None,
        "evidence": None,
    }


def _asked_text(read: Ambiguous | Unreadable, language: Language) -> str:
    outcome, asked = _asked(read)
    return f"{OUTCOME.text(language)}: {_ASKED_AGAIN[outcome].text(language)}\n{asked}"


def _asked(read: Ambiguous | Unreadable) -> tuple[str, str]:
    """Return the word for programs, and what is asked."""
    if isinstance(read, Ambiguous):
        return "ambiguous", read.question
    return "unreadable", read.why


def _lines(item: "Item", variant: Variant, marked: Mark) -> Iterator[str]:
    """Write a mark as the line mode does, with what a learner is not told."""
    from studytool.cli.plain_text import mark_lines
    from studytool.wording.study import RATINGS

    language = variant.language
    yield from mark_lines(item, variant, marked, language)
    yield f"{_CREDIT.text(language)}: {marked.credit:g}"
    if marked.misconception is not None:
        yield f"{MISCONCEPTION.text(language)}: {marked.misconception}"
    yield f"{_SUGGESTED.text(language)}: {RATINGS[marked.suggested].text(language)}"
