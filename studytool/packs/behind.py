"""The claims behind an item: those that the verdict of its key rests on."""

from studytool.packs.choices import Choice
from studytool.packs.items import Item, Numeric
from studytool.packs.orderings import Order
from studytool.packs.predictions import Prediction


def claims_behind(item: Item) -> list[str]:
    """Name the claims that the key's verdict rests on, each once; a number has a check instead."""
    match item:
        case Numeric() | Prediction() | Order():
            return []
        case Choice():
            reasons = (option.because for option in item.options)
            return list(dict.fromkeys(one.claim for one in reasons if one is not None))
        case _:
            return list(dict.fromkeys(item.claims))
