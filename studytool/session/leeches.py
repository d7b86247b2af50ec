"""The rule that makes an item a leech: forgotten so often that its reviews are wasted."""

from studytool.srs.memory import Memory, Stage
from studytool.srs.rating import Rating


def becomes_leech(before: Memory, rating: Rating, *, lapses: int) -> bool:
    """Return whether a review makes an item a leech: at ``lapses``, then at each half of that more.

    Args:
        before: its memory before the review.
        rating: of the review.
        lapses: the learner's setting; 0 means never.

    Source: Anki's manual, "Leeches".
    """
    if not lapses or before.stage is not Stage.REVIEW or rating is not Rating.AGAIN:
        return False
    beyond = before.lapses + 1 - lapses
    return beyond >= 0 and beyond % max(1, (lapses + 1) // 2) == 0
