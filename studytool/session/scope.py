"""The scope of a sitting: which packs, which concept or items, how many questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studytool.errors import NotFoundError

if TYPE_CHECKING:
    from studytool.library.library import Library
    from studytool.review_log.log import ReviewLog
    from studytool.review_log.queue_slice import DueItem, QueueSlice


@dataclass(frozen=True, slots=True)
class Scope:
    """The packs (all when empty), the concept, the number of questions and the items of a sitting.

    Attributes:
        items: None for all; where there are none, nothing fits what the learner asked for.
    """

    packs: tuple[str, ...] = ()
    concept: str | None = None
    limit: int | None = None
    items: frozenset[str] | None = None

    @property
    def is_narrow(self) -> bool:
        """Return whether the learner asked for some of a pack: then prerequisites do not matter."""
        return self.concept is not None or self.items is not None

    def holds(self, one: "DueItem") -> bool:
        """Return whether an item of the packs is about the concept, and among the items."""
        about = self.concept is None or one.concept == self.concept
        return about and (self.items is None or one.item in self.items)

    def within(self, log: "ReviewLog", packs: Sequence[str] | None = None) -> "QueueSlice":
        """Return the queue of the scope, or of some packs in it."""
        return log.within(self.packs if packs is None else packs, self.concept, self.items)


def check_scope(library: "Library", scope: Scope) -> None:
    """Refuse packs or a concept that are not installed.

    Raises:
        NotFoundError: names the nearest.
    """
    installed = [pack.id for pack in library.packs()]
    for pack in scope.packs:
        if pack not in installed:
            raise NotFoundError("pack", pack, installed)
    concepts = [known for pack in scope.packs or installed for known in library.concepts(pack)]
    if scope.concept is not None and scope.concept not in concepts:
        raise NotFoundError("concept", scope.concept, concepts)
