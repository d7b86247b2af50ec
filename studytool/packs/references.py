"""What no single entry can show: references between entries, twins, cycles, the notes."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Generic, TypeVar

from studytool.packs.choices import Choice
from studytool.packs.claim_checks import check_value_checks
from studytool.packs.claims import Claim
from studytool.packs.clozes import Cloze, WordBlank
from studytool.packs.conditions import check_conditions
from studytool.packs.diagnostics import Diagnostic
from studytool.packs.document import Path
from studytool.packs.experiments import PackExperiment
from studytool.packs.formulas import check_claim_formulas, check_item_formulas
from studytool.packs.habits import lint_early_claims, lint_longest
from studytool.packs.item_fields import ItemFields
from studytool.packs.links import ancestors, check_links
from studytool.packs.lint import lint_concepts, lint_item, lint_texts
from studytool.packs.located import Located, did_you_mean
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
    lint_card_twins,
)
from studytool.packs.unit_texts import check_units

_FEW_NAMES = 8
"""So many names are all listed where one of them is wanted."""
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


def check_references(
    manifest: Located[Manifest] | None,
    items: Entries[ItemFields],
    claims: Entries[Claim],
    experiments: Entries[PackExperiment],
    *,
    notes: str | None,
) -> list[Diagnostic]:
    """Check everything that entries say of one another; lint comes with it."""
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
    found = [*check_entry_twins(items.read), *check_entry_twins(claims.read)]
    for item in items.read:
        found += _check_item(item, known)
        found += check_option_twins(item)
        found += check_empty_texts(item)
        found += check_tex(item)
        found += check_units(item)
    found += check_old_ids(items.read, items.broken_ids)
    found += lint_card_twins(items.read)
    for claim in claims.read:
        found += _check_claim(claim, known)
        found += check_empty_texts(claim)
        found += check_tex(claim)
    if manifest is not None:
        of_concept = ancestors(manifest.value.concepts)
        by_id = {located.value.id: located.value for located in claims.read}
        for item in items.read:
            found += check_links(item, by_id, of_concept)
            found += lint_early_claims(item, by_id, of_concept)
        found += lint_longest(items.read)
        found += _check_manifest(manifest, items)
        found += check_empty_texts(manifest)
        found += check_tex(manifest)
        found += _check_languages(manifest, items, claims)
        found += _check_experiments(manifest, experiments, known)
        found += check_quotes(manifest.value, claims.read, notes)
    return found


# --- the manifest -----------------------------------------------------------------------------


def _check_manifest(
    manifest: Located[Manifest], items: Entries[ItemFields]
) -> Iterator[Diagnostic]:
    concepts = manifest.value.concepts
    known = [concept.id for concept in concepts]
    for index, concept in enumerate(concepts):
        for number, required in enumerate(concept.requires):
            path = ("concepts", index, "requires", number)
            yield from _unknown(manifest, path, ("concept", required), known)
    yield from check_id_twins(manifest, ("concepts",), known)
    yield from check_id_twins(manifest, ("sources",), [one.id for one in manifest.value.sources])
    yield from _check_cycle(manifest)
    if items.complete:
        used = {located.value.concept for located in items.read} | items.broken_concepts
        yield from lint_concepts(manifest, used)


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


def _check_languages(
    manifest: Located[Manifest], items: Entries[ItemFields], claims: Entries[Claim]
) -> Iterator[Diagnostic]:
    languages = manifest.value.languages
    yield from lint_texts(manifest, languages)
    for item in items.read:
        yield from lint_texts(item, languages)
        yield from _check_spoken(item, languages)
    for claim in claims.read:
        yield from lint_texts(claim, languages)


def _check_experiments(
    manifest: Located[Manifest], experiments: Entries[PackExperiment], known: _Known
) -> Iterator[Diagnostic]:
    for experiment in experiments.read:
        yield from lint_texts(experiment, manifest.value.languages)
        yield from _check_source(experiment, known)


# --- items and claims -------------------------------------------------------------------------


def _check_item(located: Located[ItemFields], known: _Known) -> Iterator[Diagnostic]:
    item = located.value
    yield from _unknown(located, ("concept",), ("concept", item.concept), known["concept"])
    for index, claim in enumerate(item.claims):
        yield from _unknown(located, ("claims", index), ("claim", claim), known["claim"])
    yield from _check_source(located, known)
    for index, option in enumerate(item.options if isinstance(item, Choice) else ()):
        if option.because is not None:
            named = ("claim", option.because.claim)
            where = ("options", index, "because", "claim")
            yield from _unknown(located, where, named, known["claim"])
    for part in _NAMED_PARTS:
        yield from check_id_twins(located, (part,), _ids(item, part))
    yield from _check_tests(located)
    yield from check_item_formulas(located, known["experiment"])
    yield from check_conditions(located)
    yield from check_texts(located)
    yield from lint_item(located)


def _check_source(
    located: Located[ItemFields] | Located[PackExperiment], known: _Known
) -> Iterator[Diagnostic]:
    if located.value.source is not None:
        named = ("source", located.value.source.ref)
        yield from _unknown(located, ("source", "ref"), named, known["source"])


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
            yield from _unknown(located, path, ("misconception", name), known)


def _check_spoken(located: Located[ItemFields], languages: Collection[str]) -> Iterator[Diagnostic]:
    """Check that the pack has the languages of an item's tests and of its blanks' spellings."""
    item = located.value
    for index, test in enumerate(item.tests):
        if test.language is not None:
            path: Path = ("tests", index, "language")
            yield from _unknown(located, path, ("language", test.language), languages)
    for name, blank in item.blanks.items() if isinstance(item, Cloze) else ():
        accept = blank.accept if isinstance(blank, WordBlank) else []
        for tag in accept if isinstance(accept, dict) else ():
            path = ("blanks", name, "accept", tag)
            yield from _unknown(located, path, ("language", tag), languages)


def _check_claim(located: Located[Claim], known: _Known) -> Iterator[Diagnostic]:
    claim = located.value
    yield from _unknown(located, ("concept",), ("concept", claim.concept), known["concept"])
    yield from _unknown(located, ("source", "ref"), ("source", claim.source.ref), known["source"])
    for index, check in enumerate(claim.checks):
        names = [control.id for control in check.controls]
        yield from check_id_twins(located, ("checks", index, "controls"), names)
    yield from check_claim_formulas(located, known["experiment"])
    yield from check_value_checks(located)


# --- common to all ----------------------------------------------------------------------------


def _unknown(
    located: Located[ItemFields | Claim | Manifest | PackExperiment],
    path: Path,
    named: tuple[str, str],
    known: Collection[str] | None,
) -> Iterator[Diagnostic]:
    kind, name = named
    if known is not None and name not in known:
        help_ = did_you_mean(name, known)
        if help_ is None and 0 < len(known) <= _FEW_NAMES:
            help_ = told("one of {names}", names=", ".join(sorted(known)))
        yield located.problem(
            "E300", path, told("unknown {kind} '{name}'", kind=told(kind), name=name), help_
        )
