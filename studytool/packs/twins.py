"""What stands twice: ids, the texts of options, and texts that say nothing."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from studytool.packs.claims import Claim
from studytool.packs.diagnostics import Diagnostic, Place, RelatedPlace
from studytool.packs.document import Path
from studytool.packs.experiments import PackExperiment
from studytool.packs.item_fields import ItemFields
from studytool.packs.located import Located
from studytool.packs.manifest import Manifest
from studytool.packs.telling import told
from studytool.packs.walk import walk_texts, written

Entry = Located[ItemFields | Claim | Manifest | PackExperiment]


def check_entry_twins(entries: Iterable[tuple[str, Place]]) -> Iterator[Diagnostic]:
    """Report each entry whose id, given with its place, an earlier one has."""
    first: dict[str, Place] = {}
    for name, place in entries:
        if name in first:
            why = told("the id '{name}' stands twice", name=name)
            yield _beside(Diagnostic("E304", place, why, _ONE_EACH), first[name])
        first.setdefault(name, place)


def check_id_twins(located: Entry, path: Path, names: Sequence[str]) -> Iterator[Diagnostic]:
    """Report each id of a list that stands in it before."""
    first: dict[str, int] = {}
    for index, name in enumerate(names):
        if name in first:
            why = told("the id '{name}' stands twice in '{path}'", name=name, path=path[-1])
            found = located.problem("E304", (*path, index, "id"), why, _ONE_EACH)
            yield _beside(found, located.place((*path, first[name], "id")))
        first.setdefault(name, index)


def check_option_twins(located: Located[ItemFields]) -> Iterator[Diagnostic]:
    """Report an option that reads like an earlier one in some language, but for what is hardly seen."""
    for part in ("options", "outcomes", "things"):
        first: dict[tuple[str, str], Path] = {}
        for index, option in enumerate(getattr(located.value, part, None) or ()):
            is_told = False
            for where, words in written((part, index, "text"), option.text):
                key = (str(where[3:]), folded(words))
                if key[1] and key in first and not is_told:
                    is_told = True
                    why = told("it reads like an earlier one; only their ids tell the two apart")
                    found = located.problem(
                        "E331", where, why, told("say in the text how they differ")
                    )
                    yield _beside(found, located.place(first[key]))
                first.setdefault(key, where)


_FILLERS = dict.fromkeys(map(ord, "\u115f\u1160\u2800\u3164\uffa0"))
"""Letters that show nothing: fillers of Hangul, and the Braille pattern without dots."""


def check_empty_texts(located: Entry) -> Iterator[Diagnostic]:
    """Report each learner-facing text that holds nothing but white space."""
    for path, text in walk_texts(located.value):
        for where, words in written(path, text):
            if not words.translate(_FILLERS).strip() and (
                words or where == path
            ):  # else W401 says it
                why = told("a text with nothing in it")
                yield located.problem("E332", where, why, told("write it, or take the key out"))


_ONE_EACH = told("give each its own")


def _beside(found: Diagnostic, first: Place) -> Diagnostic:
    return replace(found, related=(RelatedPlace(first, told("the first stands here")),))


_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212"), "-")


def folded(words: str) -> str:
    """Return a text without what a reader hardly sees.

    That is spaces, which dash it is, a final stop, case outside formulas, and in them the braces
    round one letter or digit.
    """
    parts = words.translate(_DASHES).split("$")
    parts[::2] = [part.casefold() for part in parts[::2]]
    parts[1::2] = [re.sub(r"(?<=[\^_])\{(\w)\}", r"\1", part) for part in parts[1::2]]
    return "".join("$".join(parts).split()).removesuffix(".")
