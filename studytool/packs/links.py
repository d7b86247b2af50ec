"""The links from items to claims: a claim of a related concept, a control that the claim has."""

from collections.abc import Iterator, Mapping, Sequence

from studytool.packs.choices import Because, Choice
from studytool.packs.claims import Claim
from studytool.packs.diagnostics import Diagnostic
from studytool.packs.document import Path
from studytool.packs.item_fields import ItemFields
from studytool.packs.located import Located, did_you_mean
from studytool.packs.manifest import Concept
from studytool.packs.telling import told

Ancestors = Mapping[str, frozenset[str]]
"""By concept, every concept that it requires, directly or not, and itself."""


def ancestors(concepts: Sequence[Concept]) -> Ancestors:
    """Return what each concept rests on; a circle, reported elsewhere, ends where it closes.

    >>> graph = [Concept(id="he", title="He", requires=["xavier"]), Concept(id="xavier", title="X")]
    >>> sorted(ancestors(graph)["he"])
    ['he', 'xavier']
    """
    requires = {concept.id: concept.requires for concept in concepts}
    found = {}
    for name in requires:
        seen: set[str] = set()
        waiting = [name]
        while waiting:
            if (one := waiting.pop()) not in seen:
                seen.add(one)
                waiting += requires.get(one, [])
        found[name] = frozenset(seen)
    return found


def check_links(
    item: Located[ItemFields], claims: Mapping[str, Claim], of_concept: Ancestors
) -> Iterator[Diagnostic]:
    """Check each claim that an item names and the pack has."""
    value = item.value
    for index, name in enumerate(value.claims):
        yield from _check_concept(item, ("claims", index), claims.get(name), of_concept)
    for index, option in enumerate(value.options if isinstance(value, Choice) else ()):
        if option.because is not None and option.because.claim in claims:
            path = ("options", index, "because")
            claim = claims[option.because.claim]
            yield from _check_concept(item, (*path, "claim"), claim, of_concept)
            yield from _check_control(item, (*path, "rejects"), option.because, claim)


def _check_concept(
    item: Located[ItemFields], path: Path, claim: Claim | None, of_concept: Ancestors
) -> Iterator[Diagnostic]:
    """Check that the claim's concept is the item's, or that one of the two requires the other."""
    own = item.value.concept
    if claim is None or own not in of_concept or claim.concept not in of_concept:
        return
    if own not in of_concept[claim.concept] and claim.concept not in of_concept[own]:
        why = told(
            "'{id}' is about '{concept}', which '{own}' has no part in",
            id=claim.id,
            concept=claim.concept,
            own=own,
        )
        yield item.problem("E330", path, why, told("name a claim about the item's own sentence"))


def _check_control(
    item: Located[ItemFields], path: Path, because: Because, claim: Claim
) -> Iterator[Diagnostic]:
    known = [control.id for check in claim.checks for control in check.controls]
    if because.rejects is not None and because.rejects not in known:
        help_ = did_you_mean(because.rejects, known)
        help_ = help_ or told("its controls: {names}", names=", ".join(known) or told("none"))
        yield item.problem(
            "E300",
            path,
            told("{id} has no control '{rejects}'", id=claim.id, rejects=because.rejects),
            help_,
        )
