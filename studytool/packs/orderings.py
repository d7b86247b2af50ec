"""Things to put in order."""

from typing import Annotated, Literal

from pydantic import Field

from studytool.packs.item_fields import ItemFields
from studytool.packs.methods import Measurements
from studytool.packs.model import FormulaText, Model, Slug
from studytool.packs.text import Text

Direction = Literal["ascending", "descending"]


class Thing(Model):
    """One of the things to order; ``value``, over params, let and what is measured, places it."""

    id: Slug
    text: Text
    value: FormulaText
    say: Text | None = None


Things = Annotated[list[Thing], Field(min_length=3, max_length=6)]


class Order(ItemFields):
    """Put three to six things in the order of their values."""

    kind: Literal["order"]
    prompt: Text
    measure: Measurements = Field(default_factory=dict)
    things: Things
    direction: Direction = "ascending"
