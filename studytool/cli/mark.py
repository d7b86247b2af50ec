"""``studytool mark``: what a typed answer would get; nothing is logged."""

import json
from typing import Any

import click

from studytool.cli.find_item import chosen_language, find_item
from studytool.cli.show import key_value
from studytool.quiz.variant import Ambiguous, Mark, Unreadable, Variant


@click.command(name="mark")
@click.argument("item_name", metavar="ITEM")
@click.option("--seed", required=True, type=int, help="Which variant.")
@click.option("--answer", required=True, help="As a learner would type it.")
@click.option("--lang", type=click.Choice(["ko", "en"]), help="Default: as in the settings.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def command(item_name: str, *, seed: int, answer: str, lang: str | None, as_json: bool) -> None:
    """Say what a typed answer to one variant of ITEM (pack/slug) would get."""
    from studytool.quiz.ask import make_variant
    from studytool.quiz.mark import mark
    from studytool.quiz.read_answer import read_answer

    found = find_item(item_name)
    variant = make_variant(
        found.item, pack_id=found.pack_id, seed=seed, language=chosen_language(lang)
    )
    read = read_answer(variant, answer)
    result = read if isinstance(read, Ambiguous | Unreadable) else mark(found.item, variant, read)
    shown = mark_as_json(variant, result)
    click.echo(json.dumps(shown, ensure_ascii=False) if as_json else _as_text(shown))


def mark_as_json(variant: Variant, result: Mark | Ambiguous | Unreadable) -> dict[str, Any]:
    """Give the stable keys of ``mark --json``; the key stays unsaid while it is asked again."""
    nothing = {"read_as": None, "key": None, "credit": None, "misconception": None}
    if isinstance(result, Unreadable):
        asked = {"outcome": "unreadable", **nothing, "feedback": result.why}
        return {**asked, "suggested_rating": None}
    if isinstance(result, Ambiguous):
        asked = {"outcome": "ambiguous", **nothing, "feedback": result.question}
        return {**asked, "read_as": list(result.readings), "suggested_rating": None}
    key = key_value(variant)
    return {
        "outcome": str(result.outcome),
        "read_as": result.read_as,
        "key": result.key_text if key is None else key,
        "credit": result.credit,
        "misconception": result.misconception,
        "feedback": result.feedback,
        "suggested_rating": str(result.suggested),
    }


def _as_text(shown: dict[str, Any]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in shown.items() if value not in (None, ""))
