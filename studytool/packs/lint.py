"""Lint of texts and concepts: what a pack may do and had better not."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from studytool.packs.claims import Claim
from studytool.packs.diagnostics import Diagnostic
from studytool.packs.edits import TODO, language_stub
from studytool.packs.experiments import PackExperiment
from studytool.packs.item_fields import ItemFields
from studytool.packs.located import Located
from studytool.packs.manifest import Manifest
from studytool.packs.telling import told
from studytool.packs.walk import walk_texts, written


def lint_texts(
    located: Located[ItemFields | Claim | Manifest | PackExperiment],
    languages: tuple[str, ...],
) -> Iterator[Diagnostic]:
    """Warn of every text that is a stub, or lacks a language of the pack; a quote has its own."""
    for path, text in walk_texts(located.value):
        for language in text.missing(languages) if path[-2:] != ("notes", "translation") else ():
            why = told("no translation into '{language}'", language=language)
            remedy = told("add '{language}:'", language=language)
            edit = language_stub(located.document, (*located.path, *path), language)
            yield replace(located.problem("W401", path, why, remedy), edit=edit)
        for where, words in written(path, text):
            if words.lstrip().startswith(TODO.strip()):
                why = told("this text is still to be written")
                remedy = told("write it, and take '{todo}' out", todo=TODO.strip())
                yield located.problem_in_text("W418", (where, 0), why, remedy, length=len(TODO) - 1)


def lint_concepts(manifest: Located[Manifest], used: Collection[str]) -> Iterator[Diagnostic]:
    """Warn of a concept that no item asks about."""
    for index, concept in enumerate(manifest.value.concepts):
        if concept.id not in used:
            yield manifest.problem(
                "W402", ("concepts", index), told("no item is about '{id}'", id=concept.id)
            )
