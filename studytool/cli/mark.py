"""``studytool mark``: what a typed answer would get; nothing is logged."""

from typing import Any

import click

from studytool.cli.badge_json import badge_as_json
from studytool.cli.output import write_json, write_text
from studytool.cli.show import key_value
from studytool.json_output import BadgeJson, MarkJson
from studytool.language import Language, Phrase
from studytool.library.finding import chosen_language, find_item
from studytool.quiz.variant import Ambiguous, Mark, Unreadable, Variant
from studytool.wording.words import OUTCOME

_NAMES = {
    "outcome": OUTCOME,
    "read_as": Phrase(ko="읽은 값", en="read as"),
    "key": Phrase(ko="정답", en="key"),
    "credit": Phrase(ko="점수", en="credit"),
    "misconception": Phrase(ko="오개념", en="misconception"),
    "feedback": Phrase(ko="설명", en="feedback"),
    "suggested_rating": Phrase(ko="제안하는 평가", en="suggested rating"),
}
_ASKED_AGAIN = {
    "unreadable": Phrase(ko="읽을 수 없는 답", en="unreadable"),
    "ambiguous": Phrase(ko="두 가지로 읽히는 답", en="ambiguous"),
}


@click.command(name="mark")
@click.argument("item_name", metavar="ITEM")
@click.option("--seed", required=True, type=int, help="Which variant.")
@click.option("--answer", required=True, help="As a learner would type it.")
@click.option("--lang", type=click.Choice(["ko", "en"]), help="Default: as in the settings.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(item_name: str, *, seed: int, answer: str, lang: str | None, as_json: bool) -> None:
    """Say what a typed answer to one variant of ITEM (pack/slug, or the slug alone) would get."""
    from studytool.quiz.ask import make_variant
    from studytool.quiz.mark import mark
    from studytool.quiz.read_answer import read_answer

    found = find_item(item_name)
    variant = make_variant(
        found.item, pack_id=found.pack_id, seed=seed, language=chosen_language(lang)
    )
    read = read_answer(variant, answer)
    result = read if isinstance(read, Ambiguous | Unreadable) else mark(found.item, variant, read)
    if not as_json:
        write_text(_as_text(mark_as_json(variant, result, None), variant.language))
        return
    badge = badge_as_json(found, variant) if isinstance(result, Mark) else None
    write_json(mark_as_json(variant, result, badge))


def mark_as_json(
    variant: Variant, result: Mark | Ambiguous | Unreadable, evidence: BadgeJson | None
) -> MarkJson:
    """Return the stable keys of ``mark --json``; the key stays unsaid while it is asked again."""
    if isinstance(result, Unreadable):
        return _asked_again("unreadable", None, result.why)
    if isinstance(result, Ambiguous):
        return _asked_again("ambiguous", list(result.readings), result.question)
    key = key_value(variant)
    return {
        "outcome": str(result.outcome),
        "read_as": result.read_as,
        "key": result.key_text if key is None else key,
        "credit": result.credit,
        "misconception": result.misconception,
        "feedback": result.feedback,
        "suggested_rating": str(result.suggested),
        "evidence": evidence,
    }


def _asked_again(outcome: str, readings: list[float | str] | None, feedback: str) -> MarkJson:
    return {
        "outcome": outcome,
        "read_as": readings,
        "key": None,
        "credit": None,
        "misconception": None,
        "feedback": feedback,
        "suggested_rating": None,
        "evidence": None,
    }


def _as_text(shown: MarkJson, language: Language) -> str:
    return "\n".join(
        f"{_NAMES[name].text(language)}: {_value_text(name, value, language)}"
        for name, value in shown.items()
        if value not in (None, "")
    )


def _value_text(name: str, value: Any, language: Language) -> str:
    from studytool.wording.study import MARKS, RATINGS

    if name == "outcome":
        phrase = _ASKED_AGAIN[value] if value in _ASKED_AGAIN else MARKS[value]
        return phrase.text(language)
    if name == "suggested_rating":
        return RATINGS[value].text(language)
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
