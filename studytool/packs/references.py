"""What no single entry can show: references between entries, twins, cycles, the notes."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Generic, TypeVar

from studytool.packs.diagnostics import Diagnostic
from studytool.packs.document import Path
from studytool.packs.formulas import check_claim_formulas, check_item_formulas
from studytool.packs.links import ancestors, check_links
from studytool.packs.lint import lint_concepts, lint_item, lint_texts
from studytool.packs.located import Located, did_you_mean
from studytool.packs.models import Choice, Claim, ItemFields, Manifest
from studytool.packs.texts import check_texts

_Entry = TypeVar("_Entry")
_Known = Mapping[str, Collection[str] | None]
"""The ids of each kind; None where they could not be read, and nothing can be said of them."""


@dataclass(frozen=True, slots=True)
class Entries(Generic[_Entry]):
    """The entries of a kind that were read, and what is known of those that were not.

    Attributes:
        broken_ids, broken_concepts: of entries with errors; a reference to one is no second error.
        complete: whether every file could be taken apart into entries.
    """

    read: list[Located[_Entry]]
    broken_ids: set[str]
    broken_concepts: set[str]
    complete: bool

    def note_broken(self, plain: object) -> None:
        """Keep the names of an entry that is no model."""
        if isinstance(plain, dict):
            self.broken_ids.add(str(plain.get("id")))
            self.broken_concepts.add(str(plain.get("concept")))


def check_references(
    manifest: Located[Manifest] | None,
    items: Entries[ItemFields],
    claims: Entries[Claim],
    *,
    notes: str | None,
) -> list[Diagnostic]:
    """Check everything that entries say of one another; lint comes with it."""
    known: dict[str, Collection[str] | None] = {
        "claim": None,
        "concept": None,
        "source": None,
    }
    if claims.complete:
        known["claim"] = {located.value.id for located in claims.read} | claims.broken_ids
    if manifest is not None:
        known["concept"] = {concept.id for concept in manifest.value.concepts}
        known["source"] = {source.id for source in manifest.value.sources}
    found = [*_check_twins(items.read), *_check_twins(claims.read)]
    for item in items.read:
        found += _check_item(item, known)
    for claim in claims.read:
        found += _check_claim(claim, known)
    if manifest is not None:
        of_concept = ancestors(manifest.value.concepts)
        by_id = {located.value.id: located.value for located in claims.read}
        for item in items.read:
            found += check_links(item, by_id, of_concept)
        found += _check_manifest(manifest, items)
        found += _check_languages(manifest, items, claims)
        found += _check_notes(manifest.value, claims.read, notes)
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
    yield from _repeated(manifest, ("concepts",), known)
    yield from _repeated(manifest, ("sources",), [one.id for one in manifest.value.sources])
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
        why = f"concepts require one another: {' → '.join(reversed(cycle))}"
        yield manifest.problem("E306", ("concepts", index, "requires"), why, "take one of them out")


def _check_languages(
    manifest: Located[Manifest], items: Entries[ItemFields], claims: Entries[Claim]
) -> Iterator[Diagnostic]:
    languages = manifest.value.languages
    yield from lint_texts(manifest, languages)
    for item in items.read:
        yield from lint_texts(item, languages)
    for claim in claims.read:
        yield from lint_texts(claim, languages)


# --- items and claims -------------------------------------------------------------------------


def _check_twins(
    entries: "Iterable[Located[ItemFields]] | Iterable[Located[Claim]]",
) -> Iterator[Diagnostic]:
    first: dict[str, Located[ItemFields] | Located[Claim]] = {}
    for located in entries:
        name = located.value.id
        if name in first:
            place = first[name].problem("E304", ("id",), "").place
            yield located.problem("E304", ("id",), f"the id '{name}' stands twice", f"see {place}")
        first.setdefault(name, located)


def _check_item(located: Located[ItemFields], known: _Known) -> Iterator[Diagnostic]:
    item = located.value
    yield from _unknown(located, ("concept",), ("concept", item.concept), known["concept"])
    for index, claim in enumerate(item.claims):
        yield from _unknown(located, ("claims", index), ("claim", claim), known["claim"])
    if item.source is not None:
        named = ("source", item.source.ref)
        yield from _unknown(located, ("source", "ref"), named, known["source"])
    for index, option in enumerate(item.options if isinstance(item, Choice) else ()):
        if option.because is not None:
            named = ("claim", option.because.claim)
            where = ("options", index, "because", "claim")
            yield from _unknown(located, where, named, known["claim"])
    for part in ("options", "outcomes", "misconceptions"):
        yield from _repeated(located, (part,), [one.id for one in getattr(item, part, ())])
    yield from check_item_formulas(located)
    yield from check_texts(located)
    yield from lint_item(located)


def _check_claim(located: Located[Claim], known: _Known) -> Iterator[Diagnostic]:
    claim = located.value
    yield from _unknown(located, ("concept",), ("concept", claim.concept), known["concept"])
    yield from _unknown(located, ("source", "ref"), ("source", claim.source.ref), known["source"])
    for index, check in enumerate(claim.checks):
        names = [control.id for control in check.controls]
        yield from _repeated(located, ("checks", index, "controls"), names)
    yield from check_claim_formulas(located)


def _check_notes(
    manifest: Manifest, claims: Sequence[Located[Claim]], notes: str | None
) -> Iterator[Diagnostic]:
    if manifest.notes is not None and notes is None:
        return  # the file's own problem is reported
    lines = [] if notes is None else notes.split("\n")
    for located in claims:
        if located.value.notes is None:
            continue
        if notes is None:
            remedy = "name them in pack.yaml: 'notes: notes.ko.md'"
            yield located.problem_at_key("E309", ("notes",), "the pack has no notes", remedy)
        else:
            yield from _check_quote(located, lines)


def _check_quote(located: Located[Claim], notes: list[str]) -> Iterator[Diagnostic]:
    place = located.value.notes
    if place is None:
        return
    beyond = [index for index, number in enumerate(place.lines) if number > len(notes)]
    for index in beyond:
        why = f"the notes have {len(notes)} lines, not {place.lines[index]}"
        yield located.problem("E309", ("notes", "lines", index), why)
    if beyond or place.quote in "\n".join(notes[number - 1] for number in place.lines):
        return
    where = [number for number, line in enumerate(notes, 1) if place.quote in line]
    remedy = f"it is in line {where[0]}" if where else "quote it as it stands there, or shorter"
    given = ", ".join(map(str, place.lines))
    why = f"the quote is not in line {given} of the notes"
    yield located.problem("E310", ("notes", "quote"), why, remedy)


# --- common to all ----------------------------------------------------------------------------


def _unknown(
    located: "Located[ItemFields] | Located[Claim] | Located[Manifest]",
    path: Path,
    named: tuple[str, str],
    known: Collection[str] | None,
) -> Iterator[Diagnostic]:
    kind, name = named
    if known is not None and name not in known:
        help_ = did_you_mean(name, known)
        yield located.problem("E300", path, f"unknown {kind} '{name}'", help_)


def _repeated(
    located: "Located[ItemFields] | Located[Claim] | Located[Manifest]",
    path: Path,
    names: Sequence[str],
) -> Iterator[Diagnostic]:
    for index, name in enumerate(names):
        if name in names[:index]:
            why = f"the id '{name}' stands twice in '{path[-1]}'"
            yield located.problem("E304", (*path, index, "id"), why, "give each its own")
