"""The next variant of an item: new numbers at each review, the same after an undo."""

import hashlib
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from studytool.errors import UndrawableError
from studytool.language import Phrase
from studytool.quiz.ask import make_variant
from studytool.quiz.variant import Variant
from studytool.session.desk import Desk

if TYPE_CHECKING:
    from studytool.packs.items import Item

_NO_OTHER = Phrase(
    ko="{item}: 시뮬레이션이 결과를 정하는 수를 찾지 못했습니다.",
    en="{item}: no numbers were found at which the simulation settles what is right",
)
MOST_TURNS = 20
"""How many turns are looked through for numbers that may be asked."""
MOST_ATTEMPTS = 8
"""How often other numbers than last time's are looked for."""


def next_variant(
    desk: Desk,
    item: "Item",
    item_id: str,
    *,
    unlogged: int,
    without: Collection[Mapping[str, float]] = (),
) -> Variant:
    """Make the next variant of an item, with other numbers than last time's where there are any.

    Args:
        desk: whose log tells what was asked before, and in whose language it is asked now.
        item: as its pack words it.
        item_id: its name, ``pack/slug``.
        unlogged: how often it was answered without a review in the log.
        without: numbers that must not be asked.

    Raises:
        UndrawableError: nothing else can be drawn.
    """
    logged = desk.log.state(item_id).reps
    before = desk.log.last_reviews(item=item_id, limit=1)
    variant = _other_than(before[0].parameters if before else None, desk, item, item_id, logged)
    for times in range(logged + 1, logged + unlogged + 1):  # what is not logged is made again
        variant = _other_than(variant.parameters, desk, item, item_id, times)
    for times in range(logged + unlogged + 1, logged + unlogged + MOST_TURNS):
        if variant.parameters not in without:
            return variant
        variant = _other_than(variant.parameters, desk, item, item_id, times)
    raise UndrawableError(_NO_OTHER, item=item_id)


def _other_than(  # noqa: PLR0917 - what a variant is made of
    shown: Mapping[str, float] | None, desk: Desk, item: "Item", item_id: str, times: int
) -> Variant:
    """Make the variant of one turn, with other numbers than those shown before it."""
    for attempt in range(MOST_ATTEMPTS - 1):
        variant = _make(desk, item, item_id, (times, attempt))
        if not variant.parameters or variant.parameters != shown:
            return variant
    return _make(desk, item, item_id, (times, MOST_ATTEMPTS - 1))


def _make(desk: Desk, item: "Item", item_id: str, turn: tuple[int, int]) -> Variant:
    times, attempt = turn
    name = f"{desk.log.learner}\0{item_id}\0{times}\0{attempt}"
    seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")
    pack_id = item_id.partition("/")[0]
    return make_variant(item, pack_id=pack_id, seed=seed, language=desk.settings.language)
