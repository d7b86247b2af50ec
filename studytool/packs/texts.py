"""The learner-facing texts of an item: their placeholders, blanks and pictures."""

from collections.abc import Collection, Iterator

from pydantic import BaseModel

from studytool.packs.diagnostics import Diagnostic
from studytool.packs.document import Path
from studytool.packs.located import Located, did_you_mean
from studytool.packs.models import Cloze, ItemFields, Numeric, Text
from studytool.packs.templates import Placeholder, blanks, placeholders

_ANSWER = frozenset({"answer"})
_REVEALS = ("solution", "misconceptions")
"""What is shown after the answer, and so may name it."""


def check_texts(located: Located[ItemFields]) -> Iterator[Diagnostic]:
    """Check every placeholder of a numeric item and every blank of a cloze text."""
    item = located.value
    if isinstance(item, Cloze):
        yield from _check_blanks(located, item)
    if isinstance(item, Numeric):
        names = {*item.params, *item.let}
        for path, text in walk_texts(item):
            if path[0] != "params":
                known = names | _ANSWER if path[0] in _REVEALS else names
                for where, words in written(path, text):
                    yield from _check_placeholders(located, where, words, known)


def _check_placeholders(
    located: Located[ItemFields], path: Path, words: str, known: Collection[str]
) -> Iterator[Diagnostic]:
    for found in placeholders(words, known):
        spot = (path, found.start)
        if found.name not in known:
            message, help_ = _why_unknown(found, known)
            yield located.problem_in_text("E305", spot, message, help_)
        elif not found.is_formatted:
            why = f"unknown format '{found.format}' of {{{found.name}}}"
            help_ = "write 3sf for significant figures, 2dp for decimal places"
            yield located.problem_in_text("E316", spot, why, help_)


def _why_unknown(found: Placeholder, known: Collection[str]) -> tuple[str, str]:
    if found.name == "answer":
        help_ = "only the solution and the feedback may show it"
        return "{answer} would give the key away here", help_
    help_ = did_you_mean(found.name, known) or f"names here: {', '.join(sorted(known))}"
    return f"unknown placeholder {{{found.name}}}", help_


def _check_blanks(located: Located[ItemFields], item: Cloze) -> Iterator[Diagnostic]:
    counts = set()
    for where, words in written(("text",), item.text):
        found = blanks(words)
        counts.add(len(found))
        if not found:
            yield located.problem("E307", where, "no blank", "mark one: {{answer}}")
        for number, spellings in enumerate(found, 1):
            if not all(spellings):
                why = f"blank {number} has an empty answer"
                yield located.problem("E307", where, why, "write {{answer|another spelling}}")
    if len(counts) > 1:
        why = "the languages have different numbers of blanks"
        yield located.problem("E308", ("text",), why, "blank the same words in each")


def written(path: Path, text: Text) -> Iterator[tuple[Path, str]]:
    """Return each language's words of a text, with where they are written."""
    for language, words in text.root.items():
        yield ((*path, language) if language else path), words


def walk_texts(value: object, path: Path = ()) -> Iterator[tuple[Path, Text]]:
    """Return every learner-facing text inside a model, with its path."""
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
