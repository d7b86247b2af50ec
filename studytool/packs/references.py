"""What no single entry can show: references between entries, templates, cloze blanks, notes."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from studytool.packs.diagnostics import Diagnostic
from studytool.packs.formulas import check_claim_formulas, check_item_formulas
from studytool.packs.lint import lint_concepts, lint_item, lint_texts, walk_texts
from studytool.packs.located import Located, did_you_mean
from studytool.packs.models import Claim, Cloze, ItemFields, Manifest, Numeric
from studytool.packs.templates import blanks, placeholders
from studytool.packs.yaml_reader import Path


def check_references(
    manifest: Located[Manifest],
    items: Sequence[Located[ItemFields]],
    claims: Sequence[Located[Claim]],
    *,
    notes: list[str] | None,
) -> list[Diagnostic]:
    """Check everything that entries say of one another; lint comes with it."""
    return list(_problems(manifest, items, claims, notes))


def _problems(
    manifest: Located[Manifest],
    items: Sequence[Located[ItemFields]],
    claims: Sequence[Located[Claim]],
    notes: list[str] | None,
) -> Iterator[Diagnostic]:
    known = {
        "concept": {concept.id for concept in manifest.value.concepts},
        "source": {source.id for source in manifest.value.sources},
        "claim": {located.value.id for located in claims},
    }
    yield from _check_concepts(manifest, known["concept"])
    yield from _check_twins(items)
    yield from _check_twins(claims)
    yield from lint_texts(manifest, manifest.value)
    yield from lint_concepts(manifest, items)
    for item in items:
        yield from _check_item(item, known)
        yield from lint_texts(item, manifest.value)
        yield from lint_item(item)
    for claim in claims:
        yield from _check_claim(claim, known, notes)
        yield from lint_texts(claim, manifest.value)


def _check_concepts(manifest: Located[Manifest], known: Collection[str]) -> Iterator[Diagnostic]:
    requires = {concept.id: concept.requires for concept in manifest.value.concepts}
    for index, concept in enumerate(manifest.value.concepts):
        for number, required in enumerate(concept.requires):
            path = ("concepts", index, "requires", number)
            yield from _unknown(manifest, path, ("concept", required), known)
    try:
        TopologicalSorter(requires).prepare()
    except CycleError as error:
        cycle = " → ".join(reversed(error.args[1]))
        yield manifest.problem("E306", ("concepts",), f"concepts require one another: {cycle}")


def _check_twins(
    entries: "Iterable[Located[ItemFields]] | Iterable[Located[Claim]]",
) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for located in entries:
        name = located.value.id
        if name in seen:
            yield located.problem("E304", ("id",), f"the id '{name}' stands twice")
        seen.add(name)


def _check_item(
    located: Located[ItemFields], known: Mapping[str, Collection[str]]
) -> Iterator[Diagnostic]:
    item = located.value
    yield from _unknown(located, ("concept",), ("concept", item.concept), known["concept"])
    for index, claim in enumerate(item.claims):
        yield from _unknown(located, ("claims", index), ("claim", claim), known["claim"])
    if item.source is not None:
        yield from _unknown(
            located, ("source", "ref"), ("source", item.source.ref), known["source"]
        )
    if isinstance(item, Cloze):
        yield from _check_blanks(located, item)
    yield from check_item_formulas(located)
    yield from _check_templates(located)


def _check_blanks(located: Located[ItemFields], item: Cloze) -> Iterator[Diagnostic]:
    counts = {language: len(blanks(text)) for language, text in item.text.root.items()}
    for language, count in counts.items():
        path: Path = ("text", language) if language else ("text",)
        if count == 0:
            yield located.problem("E307", path, "no blank", "mark one: {{answer}}")
    if len(set(counts.values())) > 1:
        yield located.problem("E308", ("text",), "the languages have different numbers of blanks")


def _check_templates(located: Located[ItemFields]) -> Iterator[Diagnostic]:
    item = located.value
    if not isinstance(item, Numeric):
        return
    scope = {*item.params, *item.let}
    for path, text in walk_texts(item):
        known = scope | ({"answer"} if path[0] in ("solution", "misconceptions") else set())
        for language, words in text.root.items():
            where = (*path, language) if language else path
            for found in placeholders(words, known):
                if found.name not in known:
                    help_ = did_you_mean(found.name, known) or f"names: {', '.join(sorted(known))}"
                    message = f"unknown placeholder {{{found.name}}}"
                    yield located.problem("E305", where, message, help_)


def _check_claim(
    located: Located[Claim], known: Mapping[str, Collection[str]], notes: list[str] | None
) -> Iterator[Diagnostic]:
    claim = located.value
    yield from _unknown(located, ("concept",), ("concept", claim.concept), known["concept"])
    yield from _unknown(located, ("source", "ref"), ("source", claim.source.ref), known["source"])
    yield from check_claim_formulas(located)
    if claim.notes is not None:
        yield from _check_quote(located, notes or [])


def _check_quote(located: Located[Claim], notes: list[str]) -> Iterator[Diagnostic]:
    place = located.value.notes
    if place is None:
        return
    for index, number in enumerate(place.lines):
        if number > len(notes):
            why = f"the notes have {len(notes)} lines, not {number}"
            yield located.problem("E309", ("notes", "lines", index), why)
            return
    if place.quote not in "\n".join(notes[number - 1] for number in place.lines):
        lines = ", ".join(map(str, place.lines))
        yield located.problem("E310", ("notes", "quote"), f"the quote is not in line {lines}")


def _unknown(
    located: "Located[ItemFields] | Located[Claim] | Located[Manifest]",
    path: Path,
    named: tuple[str, str],
    known: Collection[str],
) -> Iterator[Diagnostic]:
    kind, name = named
    if name not in known:
        yield located.problem("E300", path, f"unknown {kind} '{name}'", did_you_mean(name, known))
