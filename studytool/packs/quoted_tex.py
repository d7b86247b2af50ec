"""TeX in double quotes: found where YAML would take its backslashes for escapes."""

import re

import yaml

from studytool.packs.diagnostics import Diagnostic, Place
from studytool.packs.edits import in_single_quotes
from studytool.packs.syntax import explain
from studytool.packs.telling import told

_QUOTED_TEX = re.compile(r"\$[^$\\]*(?P<word>\\)[^$]*\$")
"""A backslash in a formula: in double quotes its letters would become a tab, a new line or nothing."""
_BAD_ESCAPES = ("unknown escape character", "hexdecimal", "hexadecimal")
"""Of the parsers' words for an escape that YAML has not; one of them cannot spell."""
_TEX_WORD = re.compile(r"\\+[A-Za-z]{0,20}")


def find_quoted_tex(source: str, start: int, end: int) -> int | None:
    """Return where the first backslash of a formula stands in a part of the source."""
    found = _QUOTED_TEX.search(source, start, end)
    return None if found is None else found.start("word")


def tex_in_quotes(name: str, source: str, at: int) -> Diagnostic:
    """Report the backslash at ``at``, inside double quotes, where YAML takes it for an escape."""
    place = Place(name, source.count("\n", 0, at) + 1, at - source.rfind("\n", 0, at))
    word = _TEX_WORD.match(source, at)
    why = told(
        "TeX in double quotes, where a backslash is an escape: {tex}",
        tex=word[0] if word else source[at],
    )
    help_ = told("write the text in single quotes, or in the lines below '|', with one backslash")
    return Diagnostic("E121", place, why, help_, edit=in_single_quotes(name, source, at))


def explain_syntax(name: str, source: str, error: yaml.YAMLError) -> Diagnostic:
    """Say what a parser stopped at; an escape that YAML has not is TeX in double quotes."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return Diagnostic(
            "E110",
            Place(name, 1, 1),
            told("not YAML: {message}", message=told("{problem}", problem=error)),
        )
    mark = error.problem_mark or error.context_mark
    if mark is not None and any(part in str(error.problem) for part in _BAD_ESCAPES):
        return tex_in_quotes(name, source, source.rindex("\\", 0, mark.index + 1))
    return explain(name, source, error)
