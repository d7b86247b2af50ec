"""What the key of an item, or a claim behind it, can be tried by."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studytool.packs.claims import Claim
    from studytool.packs.items import Item
    from studytool.packs.methods import SecondFormula


def can_be_tried(item: "Item", claims: "Sequence[Claim]") -> bool:
    """Tell whether an item has a key to try, or a claim with a check."""
    from studytool.packs.behind import rests_on_claims
    from studytool.packs.choices import Choice

    measures = isinstance(item, Choice) and bool(item.measure)
    return not rests_on_claims(item) or measures or any(claim.checks for claim in claims)


def second_formulas(item: "Item | None", claims: "Sequence[Claim]") -> "Sequence[SecondFormula]":
    """Return the second formulas that the item's key and claims are tried by."""
    from studytool.packs.claims import ValueCheck
    from studytool.packs.items import Numeric
    from studytool.packs.methods import SecondFormula

    methods = [item.check] if isinstance(item, Numeric) else []
    checks = (check for claim in claims for check in claim.checks)
    methods += [check.by for check in checks if isinstance(check, ValueCheck)]
    return [method for method in methods if isinstance(method, SecondFormula)]
