"""Edits that mend a slip surely: a text in single quotes, a key by its name, a stub to translate."""

import re

from studytool.packs.diagnostics import Edit, Place
from studytool.packs.document import Document, Path
from studytool.packs.spans import token_length

TODO = "TODO: "
"""What a stub begins with, until it is translated."""
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?P<inside>(?:[^\"\\]|\\.)*)\"|[^\s'\"\[{,:-]+|.")
"""A part of a line of YAML: a quoted text, a plain word (whose quotes are its own), or a sign."""
_ON_ONE_LINE = re.compile(
    r"'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"|[^\s,\[\]{}#&*!|>'\"%@`](?:(?!\s#|:\s).)*"
)
"""A whole value in a block: quoted, or plain without a comment behind it."""
_FORMULA = re.compile(r"\$[^$]*\$")
_MEANT = re.compile(r'\\(["\\])')
"""What a backslash stands before in double quotes without being TeX's."""


def in_single_quotes(name: str, source: str, at: int) -> Edit | None:
    """Put the text in double quotes around ``at`` into single ones, which leave TeX as it is.

    None where it goes over several lines, or has a backslash outside of its formulas.
    """
    start = source.rfind("\n", 0, at) + 1
    line = source[start : source.find("\n", at)] if "\n" in source[at:] else source[start:]
    for part in _QUOTED.finditer(line):
        inside = part["inside"]
        if inside is not None and part.start() < at - start < part.end():
            words = _MEANT.sub(r"\1", inside)
            if "\\" in _FORMULA.sub("", words):
                return None
            place = Place(name, source.count("\n", 0, start) + 1, part.start() + 1)
            quoted = "'" + words.replace("'", "''") + "'"
            return Edit(place, len(part[0]), quoted)
    return None


def renamed_key(document: Document, path: Path, name: str) -> Edit | None:
    """Call a key by its name; None where it is written in quotes."""
    key, place = str(path[-1]), document.key_place(path)
    line = document.line(place)
    stands = line.startswith(key, place.column - 1)
    return Edit(place, len(key), name) if stands else None


def rewritten_entry(document: Document, path: Path, entry: str) -> Edit | None:
    """Write another key and value for a key and its plain value; None where it has another."""
    place = document.key_place(path)
    found = re.compile(rf"{re.escape(str(path[-1]))}\s*:\s*[^\s,{{}}\[\]#'\"]+").match(
        document.line(place), place.column - 1
    )
    return None if found is None else Edit(place, len(found[0]), entry)


def language_stub(document: Document, path: Path, language: str) -> Edit | None:
    """Add a language to a text: the first one's words behind TODO; None where they are in no way plain."""
    languages = document.at(path)
    if not isinstance(languages, dict) or language in languages or not languages:
        return None
    first = next(iter(languages))
    place = document.place(path)
    if document.line(place).startswith("{", place.column - 1):
        return _stub_in_braces(document, (*path, first), language)
    return _stub_below(document, (*path, first), language)


def _stub_in_braces(document: Document, path: Path, language: str) -> Edit | None:
    value = document.place(path)
    line = document.line(value)
    end = value.column - 1 + token_length(line, value.column)
    words = _stub_words(line[value.column - 1 : end])
    if words is None or line[end:].lstrip()[:1] not in {",", "}"}:
        return None
    return Edit(Place(value.file, value.line, end + 1), 0, f", {language}: {words}")


def _stub_words(written: str) -> str | None:
    """Put TODO before words as they are written, in quotes where they were not."""
    if written[:1] in {"'", '"'}:
        is_whole = len(written) > 1 and written[-1] == written[0]
        return f"{written[0]}{TODO}{written[1:]}" if is_whole else None
    return "'" + TODO + written.replace("'", "''") + "'"


def _stub_below(document: Document, path: Path, language: str) -> Edit | None:
    key = document.key_place(path)
    indent = " " * (key.column - 1)
    head, *below = document.lines_of_entry(key)
    _, _, value = head.partition(":")
    value = value.strip()
    if value[:1] in {"|", ">"} and below:
        first = below[0]
        lead = len(first) - len(first.lstrip())
        words = [f"{first[:lead]}{TODO}{first[lead:]}", *below[1:]]
        added = [f"{indent}{language}: {value}", *words]
    else:
        stub = None if below or not _ON_ONE_LINE.fullmatch(value) else _stub_words(value)
        if stub is None:
            return None
        added = [f"{indent}{language}: {stub}"]
    last = key.line + len(below)
    place = Place(key.file, last, len(document.line(Place(key.file, last, 1))) + 1)
    return Edit(place, 0, "\n" + "\n".join(added))
