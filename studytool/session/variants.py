"""The next variant of an item: new numbers at each review, the same after an undo."""

import hashlib
from typing import TYPE_CHECKING

from studytool.quiz.ask import make_variant
from studytool.quiz.variant import Variant
from studytool.session.desk import Desk

if TYPE_CHECKING:
    from studytool.packs.models import Item

MOST_ATTEMPTS = 8
"""How often other numbers than last time's are looked for."""


def next_variant(desk: Desk, item: "Item", item_id: str, *, unlogged: int) -> Variant:
    """Make the next variant of an item, with other numbers than last time's where there are any.

    Args:
        desk: whose log tells what was asked before, and in whose language it is asked now.
        item: as its pack words it.
        item_id: its name, ``pack/slug``.
        unlogged: how often it was answered without a review in the log.
    """
    times = desk.log.state(item_id).reps + unlogged
    before = desk.log.last_reviews(item=item_id, limit=1)
    for attempt in range(MOST_ATTEMPTS - 1):
        variant = _make(desk, item, item_id, (times, attempt))
        if not before or not variant.parameters or variant.parameters != before[0].parameters:
            return variant
    return _make(desk, item, item_id, (times, MOST_ATTEMPTS - 1))


def _make(desk: Desk, item: "Item", item_id: str, turn: tuple[int, int]) -> Variant:
    times, attempt = turn
    name = f"{desk.log.learner}\0{item_id}\0{times}\0{attempt}"
    seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")
    pack_id = item_id.partition("/")[0]
    return make_variant(item, pack_id=pack_id, seed=seed, language=desk.settings.language)
