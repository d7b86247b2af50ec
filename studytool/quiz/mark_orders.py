"""Mark an order by its pairs: all in the right order is right, more than half of them a part."""

from collections.abc import Sequence

from studytool.language import Language, Phrase
from studytool.quiz.answer import OrderedThings
from studytool.quiz.give_mark import mark_as
from studytool.quiz.key import OrderKey, ShownOption
from studytool.quiz.mark_value import Mark
from studytool.quiz.outcome import Outcome
from studytool.quiz.pairs import share_of_pairs, turned_pairs

CHANCE = 0.5
"""The share of pairs that a guess has in the right order; no more than that earns nothing."""
_PAIRS = Phrase(
    ko="순서가 맞는 쌍: {total}쌍 중 {right}쌍.", en="{right} of {total} pairs stand in order."
)
_TURNED = Phrase(ko="{first}번이 {second}번보다 앞에 옵니다.", en="{first} comes before {second}.")


def mark_order(
    key: OrderKey,
    answer: OrderedThings,
    right: Sequence[str],
    language: Language,
) -> Mark:
    """Compare an order with the right one, which the key has or the simulation showed."""
    share = share_of_pairs(answer.ids, right)
    outcome = Outcome.RIGHT if share == 1 else Outcome.PARTIAL if share > CHANCE else Outcome.WRONG
    return mark_as(
        outcome,
        read_as=order_text(key, answer.ids),
        key_text=order_text(key, right),
        feedback=_feedback(key, answer.ids, right, language),
        credit=share if share > CHANCE else 0.0,
    )


def order_text(key: OrderKey, ids: Sequence[str]) -> str:
    """Write things first to last, each with its number on the screen."""
    numbered = {thing.id: f"{place}. {thing.text}" for place, thing in _places(key)}
    return " → ".join(numbered[id_] for id_ in ids)


def _feedback(
    key: OrderKey, answer: Sequence[str], right: Sequence[str], language: Language
) -> str:
    """Count the pairs, name one that stands the wrong way round, and say what its things say."""
    turned = turned_pairs(answer, right)
    if not turned:
        return " ".join(thing.feedback for thing in key.things if thing.feedback)
    total = len(right) * (len(right) - 1) // 2
    place = {thing.id: number for number, thing in _places(key)}
    first, second = turned[0]
    displaced = {one for one, other in zip(answer, right, strict=True) if one != other}
    said = [thing.feedback for thing in key.things if thing.id in displaced and thing.feedback]
    return " ".join(
        [
            _PAIRS.text(language, right=total - len(turned), total=total),
            _TURNED.text(language, first=place[first], second=place[second]),
            *said,
        ]
    )


def _places(key: OrderKey) -> list[tuple[int, ShownOption]]:
    return list(enumerate(key.things, start=1))
