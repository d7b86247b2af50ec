"""The names of concepts, items and misconceptions, as the installed packs word them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studytool.language import Language
from studytool.packs.choices import Choice
from studytool.packs.clozes import Cloze
from studytool.packs.items import Card, Item, Numeric
from studytool.packs.orderings import Order
from studytool.packs.predictions import Prediction
from studytool.packs.templates import fill, replace_blanks
from studytool.packs.text import Text
from studytool.typeset.math_line import set_formulas

if TYPE_CHECKING:
    from studytool.library.library import Library
    from studytool.session.records import Records
    from studytool.stats.figures import Group

VARIES = "…"
"""In the place of a number that each variant draws anew, and of a blank."""


@dataclass(frozen=True, slots=True)
class RecordNames:
    """Names in one language; those of items in no installed pack are missing.

    Attributes:
        concepts: titles by concept.
        items: first lines of prompts by item.
        feedback: first lines by item and misconception.
    """

    concepts: Mapping[str, str] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)
    feedback: Mapping[tuple[str, str], str] = field(default_factory=dict)


def read_names(
    library: "Library",
    records: "Records",
    language: Language,
    *,
    of_items: Iterable["Group"] | None = None,
) -> RecordNames:
    """Return the names of the concepts, items and misconceptions in the records.

    Args:
        library: the installed packs.
        records: whose concepts, hardest items and living misconceptions are named.
        language: of the names, where a pack has it.
        of_items: the items to name beside those with misconceptions; the hardest by default.
    """
    packs = [pack.id for pack in library.packs()]
    named = {one.name for one in (records.hardest if of_items is None else of_items)}
    named |= {one.item for one in records.misconceptions}
    listed = {one.item for pack in packs for one in library.listed(pack)}
    items = {name: library.item(name) for name in sorted(named & listed)}
    return RecordNames(
        concepts={
            concept.id: concept.title.text(language)
            for pack in packs
            for concept in library.manifest(pack).concepts
        },
        items={name: _first_line(item.question, item, language) for name, item in items.items()},
        feedback={
            (name, id_): _first_line(said, item, language)
            for name, item in items.items()
            for id_, said in feedback_of(item)
        },
    )


def feedback_words(item: Item, language: Language) -> dict[str, str]:
    """Return the first line of what an item says to each misconception or option."""
    return {id_: _first_line(said, item, language) for id_, said in feedback_of(item)}


def feedback_of(item: Item) -> Iterable[tuple[str, Text]]:
    """Return the feedback of each misconception or option; an option's text where it has none."""
    match item:
        case Numeric():
            return [(wrong.id, wrong.say) for wrong in item.misconceptions]
        case Choice():
            return [(option.id, option.say or option.text) for option in item.options]
        case Prediction():
            said = [*(item.outcomes or ()), *(item.things or ())]
            return [(one.id, one.say or one.text) for one in said]
        case Order():
            return [(thing.id, thing.say or thing.text) for thing in item.things]
        case Card() | Cloze():
            return []


def _first_line(text: Text, item: Item, language: Language) -> str:
    """Write the first line of a text plainly, without the numbers that vary."""
    known = {"answer", *item.known_names}
    words = fill(text.text(language), known, lambda *_: VARIES)
    if isinstance(item, Cloze):
        words = replace_blanks(words, lambda *_: VARIES)
    line = next((line.strip() for line in words.splitlines() if line.strip()), "")
    return set_formulas(line).replace("**", "").replace("`", "")
