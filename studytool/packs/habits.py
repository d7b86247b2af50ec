"""Habits of a pack that give keys away, or ask too early: lint over all items together."""

from collections.abc import Iterator, Sequence

from studytool.packs.choices import Choice
from studytool.packs.claims import Claim
from studytool.packs.diagnostics import Diagnostic
from studytool.packs.item_fields import ItemFields
from studytool.packs.links import Ancestors
from studytool.packs.located import Located
from studytool.packs.telling import told

FEWEST_CHOICES = 8
"""Fewer say nothing of a habit."""
_TOO_OFTEN = 0.6
_LONGER = 1.1
"""A text so many times longer than every other stands out."""


def lint_longest(items: Sequence[Located[ItemFields]]) -> Iterator[Diagnostic]:
    """Warn where the right option is the longest in most of the choices.

    The warning stands at the first of them; with four options one in four is expected.
    """
    choices = [one for one in items if isinstance(one.value, Choice) and _one_right(one.value)]
    longest = [one for one in choices if _right_is_longest(one.value)]
    if len(choices) >= FEWEST_CHOICES and len(longest) > _TOO_OFTEN * len(choices):
        why = told(
            "the right option is the longest in {count} of {all} choices",
            count=len(longest),
            all=len(choices),
        )
        help_ = told("write wrong options as fully as right ones")
        yield longest[0].problem_at_key("W414", ("options",), why, help_)


def _one_right(item: ItemFields) -> bool:
    return isinstance(item, Choice) and sum(option.is_marked_right for option in item.options) == 1


def _right_is_longest(item: ItemFields) -> bool:
    """Tell whether the right option is clearly the longest, in the first language of the texts."""
    if not isinstance(item, Choice):
        return False
    sizes = {option.is_marked_right: 0 for option in item.options}
    for option in item.options:
        length = len(next(iter(option.text.root.values())))
        sizes[option.is_marked_right] = max(sizes[option.is_marked_right], length)
    return sizes.get(True, 0) > _LONGER * sizes.get(False, 0)


def lint_early_claims(
    item: Located[ItemFields], claims: dict[str, Claim], of_concept: Ancestors
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
