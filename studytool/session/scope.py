"""The scope of a sitting: which packs, which concept, how many questions."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studytool.errors import NotFoundError

if TYPE_CHECKING:
    from studytool.library.library import Library


@dataclass(frozen=True, slots=True)
class Scope:
    """The packs (all when empty), the concept and the number of questions of a sitting."""

    packs: tuple[str, ...] = ()
    concept: str | None = None
    limit: int | None = None


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
