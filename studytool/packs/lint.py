"""Lint: what a pack may do and had better not."""

from collections.abc import Iterator, Sequence
from math import prod

from pydantic import BaseModel

from studytool.packs.diagnostics import Diagnostic
from studytool.packs.located import Located
from studytool.packs.models import (
    ChoiceParameter,
    Claim,
    IntegerParameter,
    ItemFields,
    Manifest,
    Numeric,
    Text,
)
from studytool.packs.templates import placeholders
from studytool.packs.yaml_reader import Path

FEWEST_VARIANTS = 8


def lint_texts(
    located: "Located[ItemFields] | Located[Claim] | Located[Manifest]", manifest: Manifest
) -> Iterator[Diagnostic]:
    """Warn of every text that lacks a language of the pack."""
    for path, text in walk_texts(located.value):
        for language in text.missing(manifest.languages):
            yield located.problem(
                "W401", path, f"no translation into '{language}'", f"add {language}:"
            )


def walk_texts(value: object, path: Path = ()) -> Iterator[tuple[Path, Text]]:
    """Give every learner-facing text inside a model, with its path."""
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield from walk_texts(getattr(value, name), (*path, field.alias or name))
    elif isinstance(value, list | tuple):
        for index, part in enumerate(value):
            yield from walk_texts(part, (*path, index))
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from walk_texts(part, (*path, name))


def lint_item(located: Located[ItemFields]) -> Iterator[Diagnostic]:
    """Warn of a numeric item's parameters that are unused, hide errors or are too few."""
    item = located.value
    if not isinstance(item, Numeric):
        return
    for language, text in item.prompt.root.items():
        shown = {found.name for found in placeholders(text, item.params)}
        for name in item.params:
            if name not in shown:
                where: Path = ("prompt", language) if language else ("prompt",)
                yield located.problem("W403", where, f"the prompt does not show '{name}'")
    for name, parameter in item.params.items():
        if isinstance(parameter, ChoiceParameter) and {0.0, 1.0} & set(parameter.choice):
            why = f"'{name}' may be 0 or 1, which hides errors of the formula"
            yield located.problem("W404", ("params", name), why)
    variants = _most_variants(item)
    if variants is not None and variants < FEWEST_VARIANTS:
        why = f"at most {variants} different variants; {FEWEST_VARIANTS} are wanted"
        yield located.problem("W405", ("params",), why)


def _most_variants(item: Numeric) -> int | None:
    counts = []
    for parameter in item.params.values():
        if isinstance(parameter, ChoiceParameter):
            counts.append(len(set(parameter.choice)))
        elif isinstance(parameter, IntegerParameter):
            low, high = parameter.integers
            counts.append((high - low) // parameter.step + 1)
        else:
            return None
    return prod(counts)


def lint_concepts(
    manifest: Located[Manifest], items: Sequence[Located[ItemFields]]
) -> Iterator[Diagnostic]:
    """Warn of a concept that no item asks about."""
    used = {located.value.concept for located in items}
    for index, concept in enumerate(manifest.value.concepts):
        if concept.id not in used:
            yield manifest.problem("W402", ("concepts", index), f"no item is about '{concept.id}'")
