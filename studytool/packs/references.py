"""What no single entry can show: references between entries, twins, cycles, the notes."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Generic, TypeVar

from studytool.packs.choices import Choice
from studytool.packs.claims import Claim
from studytool.packs.clozes import Cloze, WordBlank
from studytool.packs.diagnostics import Diagnostic
from studytool.packs.document import Path
from studytool.packs.experiments import PackExperiment
from studytool.packs.habits import lint_card_twins, lint_early_claims, lint_longest
from studytool.packs.item_facts import ItemFacts, PackItems
from studytool.packs.item_fields import ItemFields
from studytool.packs.links import Ancestors, ancestors, check_links
from studytool.packs.lint import lint_concepts, lint_texts
from studytool.packs.located import Located
from studytool.packs.manifest import Manifest
from studytool.packs.old_ids import check_old_ids
from studytool.packs.quotes import check_quotes
from studytool.packs.telling import told
from studytool.packs.tex_texts import check_tex
from studytool.packs.texts import check_texts
from studytool.packs.twins import (
    check_empty_texts,
    check_entry_twins,
    check_id_twins,
    check_option_twins,
)
from studytool.packs.unit_texts import check_units
from studytool.packs.unknown_names import unknown_name

_Entry = TypeVar("_Entry")
_Known = Mapping[str, Collection[str] | None]
"""The ids of each kind; None where they could not be read, and nothing can be said of them."""


@dataclass(frozen=True, slots=True)
class Entries(Generic[_Entry]):
    """The entries of a kind that were read, and what is known of those that were not.

    Attributes:
        broken_ids, broken_concepts: of entries with errors; a reference to one is no second error.
        complete: whether every file could be taken apart into entries.
        is_empty: whether that gave no entry at all.
    """

    read: list[Located[_Entry]]
    broken_ids: set[str]
    broken_concepts: set[str]
    complete: bool
    is_empty: bool = False

    def note_broken(self, plain: object) -> None:
        """Keep the names of an entry that is no model."""
        if isinstance(plain, dict):
            self.broken_ids.add(str(plain.get("id")))
            self.broken_concepts.add(str(plain.get("concept")))


@dataclass(frozen=True, slots=True)
class ItemContext:
    """What an item is checked against, beside the other items.

    Attributes:
        languages: of the pack; None where its manifest could not be read.
        known: the ids of each kind; None where they could not be read.
        claims: by their ids.
        of_concept: what each concept rests on.
    """

    languages: tuple[str, ...] | None
    known: _Known
    claims: Mapping[str, Claim]
    of_concept: Ancestors


def item_context(
    manifest: Located[Manifest] | None,
    claims: Entries[Claim],
    experiments: Entries[PackExperiment],
) -> ItemContext:
    """Gather what the items of a pack are checked against."""
    known: dict[str, Collection[str] | None] = {
        "claim": None,
        "concept": None,
        "source": None,
        "experiment": None,
    }
    if experiments.complete and manifest is not None:
        own = {located.value.id for located in experiments.read} | experiments.broken_ids
        known["experiment"] = own | {f"{manifest.value.id}/{name}" for name in own}
    if claims.complete:
        known["claim"] = {located.value.id for located in claims.read} | claims.broken_ids
    if manifest is not None:
        known["concept"] = {concept.id for concept in manifest.value.concepts}
        known["source"] = {source.id for source in manifest.value.sources}
    return ItemContext(
        languages=None if manifest is None else manifest.value.languages,
        known=known,
        claims={located.value.id: located.value for located in claims.read},
        of_concept={} if manifest is None else ancestors(manifest.value.concepts),
    )


def check_references(
    manifest: Located[Manifest] | None,
    items: Entries[ItemFields],
    claims: Entries[Claim],
    experiments: Entries[PackExperiment],
    *,
    notes: str | None,
) -> list[Diagnostic]:
    """Check everything that entries say of one another; lint comes with it."""
    context = item_context(manifest, claims, experiments)
    found = [problem for item in items.read for problem in check_item(item, context)]
    facts = [ItemFacts.of(item) for item in items.read]
    of_items = PackItems(facts, items.broken_ids, items.broken_concepts, items.complete)
    found += check_together(of_items, manifest)
    found += check_all_but_items(manifest, claims, experiments, context.known, notes=notes)
    return found


def check_item(item: Located[ItemFields], context: ItemContext) -> Iterator[Diagnostic]:
    """Check an item against all of the pack but the other items."""
    yield from _check_item(item, context.known)
    yield from check_option_twins(item)
    yield from check_empty_texts(item)
    yield from check_tex(item)
    yield from check_units(item)
    if context.languages is not None:
        yield from check_links(item, context.claims, context.of_concept)
        yield from lint_early_claims(item, context.claims, context.of_concept)
        yield from lint_texts(item, context.languages)
        yield from _check_spoken(item, context.languages)


def check_together(items: PackItems, manifest: Located[Manifest] | None) -> Iterator[Diagnostic]:
    """Check the items of a pack against one another, and the concepts that they are about."""
    yield from check_entry_twins((one.id, one.place) for one in items.facts)
    yield from check_old_ids(items.facts, items.broken_ids)
    yield from lint_card_twins(items.facts)
    if manifest is not None:
        yield from lint_longest(items.facts)
        if items.complete:
            yield from lint_concepts(manifest, items.concepts)


def check_all_but_items(
    manifest: Located[Manifest] | None,
    claims: Entries[Claim],
    experiments: Entries[PackExperiment],
    known: _Known,
    *,
    notes: str | None,
) -> Iterator[Diagnostic]:
    """Check the manifest, the claims and the experiments of a pack."""
    yield from check_entry_twins((one.value.id, one.place(("id",))) for one in claims.read)
    for claim in claims.read:
        yield from _check_claim(claim, known)
        yield from check_empty_texts(claim)
        yield from check_tex(claim)
    if manifest is not None:
        yield from _check_manifest(manifest)
        yield from check_empty_texts(manifest)
        yield from check_tex(manifest)
        yield from lint_texts(manifest, manifest.value.languages)
        for claim in claims.read:
            yield from lint_texts(claim, manifest.value.languages)
        yield from _check_experiments(manifest, experiments, known)
        yield from check_quotes(manifest.value, claims.read, notes)


# --- the manifest -----------------------------------------------------------------------------


def _check_manifest(manifest: Located[Manifest]) -> Iterator[Diagnostic]:
    concepts = manifest.value.concepts
    known = [concept.id for concept in concepts]
    for index, concept in enumerate(concepts):
        for number, required in enumerate(concept.requires):
            path = ("concepts", index, "requires", number)
            yield from unknown_name(manifest, path, ("concept", required), known)
    yield from check_id_twins(manifest, ("concepts",), known)
    yield from check_id_twins(manifest, ("sources",), [one.id for one in manifest.value.sources])
    yield from _check_cycle(manifest)


def _check_cycle(manifest: Located[Manifest]) -> Iterator[Diagnostic]:
    concepts = manifest.value.concepts
    try:
        TopologicalSorter({one.id: one.requires for one in concepts}).prepare()
    except CycleError as error:
        cycle: list[str] = error.args[1]
        index = next(n for n, concept in enumerate(concepts) if concept.id == cycle[-1])
        why = told("concepts require one another: {circle}", circle=" → ".join(reversed(cycle)))
        yield manifest.problem(
            "E306", ("concepts", index, "requires"), why, told("take one of them out")
        )


def _check_experiments(
    manifest: Located[Manifest], experiments: Entries[PackExperiment], known: _Known
) -> Iterator[Diagnostic]:
    for experiment in experiments.read:
        yield from lint_texts(experiment, manifest.value.languages)
        yield from _check_source(experiment, known)


# --- items and claims -------------------------------------------------------------------------


def _check_item(located: Located[ItemFields], known: _Known) -> Iterator[Diagnostic]:
    item = located.value
    yield from unknown_name(located, ("concept",), ("concept", item.concept), known["concept"])
    for index, claim in enumerate(item.claims):
        yield from unknown_name(located, ("claims", index), ("claim", claim), known["claim"])
    yield from _check_source(located, known)
    for index, option in enumerate(item.options if isinstance(item, Choice) else ()):
        if option.because is not None:
            named = ("claim", option.because.claim)
            where = ("options", index, "because", "claim")
            yield from unknown_name(located, where, named, known["claim"])
    for part in _NAMED_PARTS:
        yield from check_id_twins(located, (part,), _ids(item, part))
    yield from _check_tests(located)
    yield from check_texts(located)
    if item.computes:
        from studytool.packs.item_numbers import check_numbers  # late: most cards need no formula

        yield from check_numbers(located, known["experiment"])


def _check_source(
    located: Located[ItemFields] | Located[PackExperiment], known: _Known
) -> Iterator[Diagnostic]:
    if located.value.source is not None:
        named = ("source", located.value.source.ref)
        yield from unknown_name(located, ("source", "ref"), named, known["source"])


_NAMED_PARTS = ("options", "outcomes", "things", "misconceptions")


def _ids(item: ItemFields, part: str) -> list[str]:
    return [one.id for one in getattr(item, part, None) or ()]


def _check_tests(located: Located[ItemFields]) -> Iterator[Diagnostic]:
    """Check the misconceptions and options that the tests of an item name; a slip has no author."""
    item = located.value
    known = [name for part in _NAMED_PARTS for name in _ids(item, part)]
    for index, test in enumerate(item.tests):
        name = test.misconception
        if name is not None and not name.startswith("slip:"):
            path = ("tests", index, "misconception")
            yield from unknown_name(located, path, ("misconception", name), known)


def _check_spoken(located: Located[ItemFields], languages: Collection[str]) -> Iterator[Diagnostic]:
    """Check that the pack has the languages of an item's tests and of its blanks' spellings."""
    item = located.value
    for index, test in enumerate(item.tests):
        if test.language is not None:
            path: Path = ("tests", index, "language")
            yield from unknown_name(located, path, ("language", test.language), languages)
    for name, blank in item.blanks.items() if isinstance(item, Cloze) else ():
        accept = blank.accept if isinstance(blank, WordBlank) else []
        for tag in accept if isinstance(accept, dict) else ():
            path = ("blanks", name, "accept", tag)
            yield from unknown_name(located, path, ("language", tag), languages)


def _check_claim(located: Located[Claim], known: _Known) -> Iterator[Diagnostic]:
    # late: what was found of the claims is kept, and an edit of an item needs none of it
    from studytool.packs.claim_checks import check_value_checks
    from studytool.packs.formulas import check_claim_formulas

    claim = located.value
    yield from unknown_name(located, ("concept",), ("concept", claim.concept), known["concept"])
    yield from unknown_name(
        located, ("source", "ref"), ("source", claim.source.ref), known["source"]
    )
    for index, check in enumerate(claim.checks):
        names = [control.id for control in check.controls]
        yield from check_id_twins(located, ("checks", index, "controls"), names)
    yield from check_claim_formulas(located, known["experiment"])
    yield from check_value_checks(located)
