"""Habits of a pack that give keys away, or ask too early: lint over all items together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from studytool.packs.claims import Claim
from studytool.packs.diagnostics import Diagnostic, Place, RelatedPlace
from studytool.packs.item_facts import ItemFacts
from studytool.packs.item_fields import ItemFields
from studytool.packs.links import Ancestors
from studytool.packs.located import Located
from studytool.packs.telling import told

FEWEST_CHOICES = 8
"""Fewer say nothing of a habit."""
_TOO_OFTEN = 0.6


def lint_longest(items: Sequence[ItemFacts]) -> Iterator[Diagnostic]:
    """Warn where the right option is the longest in most of the choices.

    The warning stands at the first of them; with four options one in four is expected.
    """
    choices = [one for one in items if one.is_longest is not None]
    longest = [one.options for one in choices if one.is_longest]
    if len(choices) >= FEWEST_CHOICES and len(longest) > _TOO_OFTEN * len(choices):
        why = told(
            "the right option is the longest in {count} of {all} choices",
            count=len(longest),
            all=len(choices),
        )
        help_ = told("write wrong options as fully as right ones")
        if longest[0] is not None:
            yield Diagnostic("W414", longest[0], why, help_)


def lint_card_twins(items: Iterable[ItemFacts]) -> Iterator[Diagnostic]:
    """Warn of a card that asks what an earlier one asks, word for word."""
    first: dict[tuple[str, str], Place] = {}
    for item in items:
        if item.front is None:
            continue
        for key in item.fronts:
            if key in first:
                why, help_ = (
                    told("an earlier card asks the same"),
                    told("ask something else, or drop one"),
                )
                beside = RelatedPlace(first[key], told("the first stands here"))
                yield Diagnostic("W412", item.front, why, help_, (beside,))
                break
            first[key] = item.front


def lint_early_claims(
    item: Located[ItemFields], claims: Mapping[str, Claim], of_concept: Ancestors
) -> Iterator[Diagnostic]:
    """Warn of a claim about a concept that itself requires the item's: it comes later."""
    own = item.value.concept
    for index, name in enumerate(item.value.claims):
        claim = claims.get(name)
        if claim is not None and claim.concept != own and own in of_concept.get(claim.concept, ()):
            why = told(
                "'{name}' is about '{concept}', which is learned after '{own}'",
                name=name,
                concept=claim.concept,
                own=own,
            )
            help_ = told("move the item to that concept, or name an earlier claim")
            yield item.problem("W415", ("claims", index), why, help_)
