"""A sentence of the notes stands in one way, whichever claim speaks of it."""

import re
from itertools import combinations

from studytool.bundled_pack import bundled_pack_folder
from studytool.packs.claims import Claim, NotesPlace, OrderCheck, Standing
from studytool.packs.reader import load_pack

PACK = load_pack(bundled_pack_folder())


def _quoted() -> list[tuple[Claim, NotesPlace]]:
    return [(claim, claim.notes) for claim in PACK.claims if claim.notes is not None]


def _overlap(one: NotesPlace, other: NotesPlace) -> bool:
    """Tell whether two quotes of one line speak of the same words."""
    shared = set(one.lines) & set(other.lines)
    words, other_words = (re.sub(r"\W", "", place.quote) for place in (one, other))
    return bool(shared) and (words in other_words or other_words in words)


def test_a_quote_has_one_standing() -> None:
    at_odds = {
        (claim.id, other.id)
        for (claim, place), (other, other_place) in combinations(_quoted(), 2)
        if _overlap(place, other_place) and claim.standing != other.standing
    }
    assert at_odds == set()


def test_most_wrong_sentences_of_the_notes_are_themselves_rejected() -> None:
    """Where the sentence can be said as a number or a comparison, it is one of the controls."""
    wrong = {Standing.CORRECTED, Standing.REFUTED}
    rejected: dict[int, bool] = {}
    for claim, place in _quoted():
        if claim.standing in wrong and claim.checks:
            names_it = any(one.notes for check in claim.checks for one in check.controls)
            rejected[place.lines[0]] = rejected.get(place.lines[0], False) or names_it
    assert len(rejected) >= 40
    assert sum(rejected.values()) / len(rejected) >= 0.8


def test_an_order_can_fail() -> None:
    """Each has a contrast, under which it must not appear, or a rival that must be refuted."""
    orders = [
        (claim.id, check)
        for claim in PACK.claims
        for check in claim.checks
        if isinstance(check, OrderCheck)
    ]
    without = [name for name, check in orders if not check.controls]
    assert len(orders) >= 120
    assert len(without) <= 0.15 * len(orders), without
    assert [name for name, check in orders if check.margin == "0"] == []
