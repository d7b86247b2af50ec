"""The evidence badge: how sure the key is, and how the notes' own sentence stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studytool.language import Language

if TYPE_CHECKING:
    from studytool.library.library import Library
    from studytool.packs.models import Claim, Manifest


@dataclass(frozen=True, slots=True)
class Badge:
    """How sure the key is: the evidence that stands behind the item in view.

    Attributes:
        verdict: ``holds``, ``refuted``, ``undecided``, or ``untried``.
        estimate, standard_error, replicates: of the nearest check; None when none was made.
        notes_line, notes_quote: where the notes speak of it; None when they do not.
        notes_standing: how that sentence of the notes stands (``corrected``, ``refuted``, ...).
        statement: the correct statement of the claim behind the item.
        source: citation and place, None without one.
    """

    verdict: str
    estimate: float | None = None
    standard_error: float | None = None
    replicates: int | None = None
    notes_line: int | None = None
    notes_quote: str | None = None
    notes_standing: str | None = None
    statement: str | None = None
    source: str | None = None
