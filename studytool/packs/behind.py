"""The claims behind an item: those that the verdict of its key rests on."""

from collections.abc import Iterator

from studytool.packs.choices import Choice
from studytool.packs.claims import Claim, OrderCheck
from studytool.packs.items import Item, Numeric
from studytool.packs.methods import Measurement
from studytool.packs.orderings import Order
from studytool.packs.predictions import Prediction


def is_simulated(item: Item) -> bool:
    """Tell whether the simulation decides what is right, at the numbers of each variant."""
    match item:
        case Prediction():
            return True
        case Order():
            return bool(item.measure)
        case Choice():
            return item.is_decided_by_when and bool(item.measure)
        case _:
            return False


def rests_on_claims(item: Item) -> bool:
    """Tell whether the key's verdict comes from claims; a check or the simulation may give it."""
    return not isinstance(item, Numeric) and not is_simulated(item)


def claims_behind(item: Item) -> list[str]:
    """Name the claims that the key's verdict rests on, each once.

    Options that are marked right or wrong name a claim each; of all else it is the item's own.
    """
    if not rests_on_claims(item):
        return []
    if isinstance(item, Choice) and not item.is_decided_by_when:
        reasons = (option.because for option in item.options)
        return list(dict.fromkeys(one.claim for one in reasons if one is not None))
    return list(dict.fromkeys(item.claims))


def experiments_behind(claim: Claim) -> list[str]:
    """Name the experiments that try a claim, each once."""
    return list(dict.fromkeys(_experiments(claim)))


def _experiments(claim: Claim) -> Iterator[str]:
    for check in claim.checks:
        if isinstance(check, OrderCheck):
            yield from (check.greater.experiment, check.than.experiment)
        elif isinstance(check.by, Measurement):
            yield check.by.experiment
