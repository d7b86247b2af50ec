"""The learner-facing texts of an item: their placeholders, blanks and pictures."""

import re
from collections.abc import Collection, Iterator

from studytool.korean_particles import is_wrong_after_some
from studytool.language import Message
from studytool.packs.blanks import check_blanks
from studytool.packs.clozes import Cloze
from studytool.packs.diagnostics import Diagnostic
from studytool.packs.document import Path
from studytool.packs.item_fields import LET_DIGITS, ItemFields
from studytool.packs.items import Numeric
from studytool.packs.located import Located, did_you_mean
from studytool.packs.parameters import TableParameter
from studytool.packs.telling import names_here, told
from studytool.packs.templates import (
    EatenPlaceholder,
    MisfilledBraces,
    Placeholder,
    placeholders,
    read_template,
)
from studytool.packs.walk import walk_texts, written

_AFTER_TEX = re.compile(r"\\[A-Za-z]+(\{[^{}]*\})*$")
"""A command in prose, whose braces are no placeholders: it is reported itself."""
_BEHIND = re.compile(r"(?P<particle>[가-힣]+)")
"""A Korean word that goes on a number."""
_BEHIND_TEX = re.compile(r"\s*\$\$?(?P<particle>[가-힣]+)")
"""The same where the number ends a formula."""
_REVEALS = ("solution", "misconceptions")
"""What is shown after the answer, and so may name it."""


def check_texts(located: Located[ItemFields]) -> Iterator[Diagnostic]:
    """Check every placeholder of an item, and every blank of a cloze text."""
    item = located.value
    names = item.known_names
    for path, text in walk_texts(item):
        if path[0] != "params":
            may_tell = isinstance(item, Numeric) and path[0] in _REVEALS
            known = {*names, "answer"} if may_tell else names
            for where, words in written(path, text):
                yield from _check_template(located, where, words, known)
    yield from _check_shown_lets(located)
    if isinstance(item, Cloze):
        yield from check_blanks(Located(item, located.document, located.path))


def _check_template(
    located: Located[ItemFields], path: Path, words: str, known: Collection[str]
) -> Iterator[Diagnostic]:
    for found in read_template(words, known):
        spot = (path, found.start)
        if isinstance(found, EatenPlaceholder):
            why = told(
                "inside a formula braces are TeX's, and {{{name}}} shows a letter", name=found.name
            )
            help_ = told("write \\val{{{name}}} for its number", name=found.name)
            yield located.problem_in_text("E305", spot, why, help_)
        elif isinstance(found, MisfilledBraces):
            length = found.end - found.start
            why, help_ = _why_misfilled(words[found.start : found.end], found.inner)
            yield located.problem_in_text("E305", spot, why, help_, length=length)
        elif isinstance(found, Placeholder):
            yield from _check_placeholder(located, (path, found), words, known)


def _check_placeholder(
    located: Located[ItemFields], at: tuple[Path, Placeholder], words: str, known: Collection[str]
) -> Iterator[Diagnostic]:
    path, found = at
    spot = (path, found.start)
    if found.within == "prose" and words.endswith("\\val", 0, found.start):
        why = told("\\val puts a number into a formula, and here is none")
        spot = (path, found.start - len("\\val"))
        help_ = told("write {words}", words=words[found.start : found.end])
        yield located.problem_in_text("E305", spot, why, help_, length=len("\\val"))
    elif found.name not in known:
        if not _is_no_placeholder(located.value, found, words):
            message, help_ = _why_unknown(found, known)
            yield located.problem_in_text("E305", spot, message, help_)
    elif problem := _misformatted(found, located.value):
        yield located.problem_in_text("E316", spot, *problem)
    elif problem := _unbending(found, words):
        yield located.problem_in_text("W417", spot, *problem)


def _why_misfilled(braced: str, inner: str) -> tuple[Message, Message]:
    if inner.strip().isidentifier():
        why = told("a placeholder has no spaces in it")
        return why, told("write {words}", words="".join(braced.split()))
    why = told("a placeholder is one name, and '{formula}' is a formula", formula=inner.strip())
    return why, told("give it a name under 'let', and write that name in the braces")


def _is_no_placeholder(item: ItemFields, found: Placeholder, words: str) -> bool:
    """Tell braces of TeX without its dollar signs, and those of a blank: both are reported so."""
    is_tex = _AFTER_TEX.search(words[: found.start][-80:]) is not None
    return is_tex or found.name in getattr(item, "blanks", ())


def _why_unknown(found: Placeholder, known: Collection[str]) -> tuple[Message, Message]:
    if found.name == "answer":
        help_ = told("only the solution and the feedback of a number may show it")
        return told("{{answer}} would give the key away here"), help_
    message = told("unknown placeholder {{{name}}}", name=found.name)
    if not known and found.within == "formula":
        help_ = told(
            "no number is drawn here; a letter that is meant is written {name}", name=found.name
        )
        return message, help_
    if not known:
        help_ = told(
            "no number is drawn here; a brace that is meant is written \\{{{name}}}",
            name=found.name,
        )
        return message, help_
    help_ = did_you_mean(found.name, known) or names_here(known)
    return message, help_


def _misformatted(found: Placeholder, item: ItemFields) -> tuple[Message, Message] | None:
    """Return what is wrong with a format or particle, and its remedy."""
    if isinstance(item.params.get(found.name), TableParameter) and found.format is not None:
        columns = ", ".join(f"{{{name}}}" for name in item.drawn_names)
        why = told("{{{name}}} is a label and has no digits", name=found.name)
        return why, told("numbers here: {columns}", columns=columns)
    if found.is_formatted:
        return None
    if found.number_format is None:
        why = told("unknown format '{format}' of {{{name}}}", format=found.format, name=found.name)
        return why, told(
            "write 3sf or 2dp, + for a sign apart, () for brackets, or both: +2dp, (3sf)"
        )
    if found.within == "formula":
        return told("a particle cannot stand in a formula"), told("write it after the formula")
    why = told("'{particle}' is no Korean particle with two forms", particle=found.particle)
    return why, told(
        "write one such as 은, 이, 을, 와, 으로, 이다, 이라; what has one form follows the }}"
    )


def _unbending(found: Placeholder, words: str) -> tuple[Message, Message] | None:
    """Return that a particle behind a number keeps one form, and how it follows the number."""
    is_prose = found.within == "prose"
    behind = (_BEHIND if is_prose else _BEHIND_TEX).match(words, found.end)
    if found.particle is not None or behind is None:
        return None
    if not is_wrong_after_some(particle := behind["particle"]):
        return None
    number = words[words.index("{", found.start) + 1 : found.end - 1]
    why = told(
        "'{particle}' stands behind every number, whatever form that number wants",
        particle=particle,
    )
    instead = f"{{{number}|{particle}}}"
    if is_prose:
        return why, told("write {words}", words=instead)
    return why, told("write the number behind the formula, as {words}", words=instead)


def _check_shown_lets(located: Located[ItemFields]) -> Iterator[Diagnostic]:
    """Refuse a ``let`` that the question shows in two roundings: only one of them is used."""
    item = located.value
    key = item.question_key
    for where, words in written((key,), item.question) if item.shown_lets else ():
        for found in placeholders(words, item.let):
            how = found.number_format
            used = item.shown_lets.get(found.name)
            if how is not None and used is not None and (how.digits or LET_DIGITS) != used:
                why = told(
                    "'{name}' is shown as {used} elsewhere in the question",
                    name=found.name,
                    used=used,
                )
                help_ = told("it is rounded to what is shown before it is used: show it one way")
                yield located.problem_in_text("E321", (where, found.start), why, help_)
