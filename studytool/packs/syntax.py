"""Errors of YAML's grammar in an author's words: where the slip is, not where the parser stopped.

The parser names the rule that broke; the lines about the spot tell the slip. A test follows each
remedy, and the file is read then.
"""

import re
from collections.abc import Callable

import yaml

from studytool.packs.diagnostics import Diagnostic, Place
from studytool.packs.syntax_places import misplaced, unopened
from studytool.packs.syntax_stop import KEY_LINE, ParserStop, SyntaxSlip
from studytool.packs.telling import told

_BARE = re.compile(r"(?P<indent>\s*(?:- +)?)(?P<key>[A-Za-z_][\w-]*)(?P<rest>.*)")
_WORD_BEFORE = re.compile(r"""(?P<word>[\w-]+|"[^"]*"|'[^']*')\s*$""")
_DASHED = re.compile(r"\s*(?P<sign>[–—−‐‑•·]) *[A-Za-z_][\w-]*:(?:\s|$)")
_COMMAS = (";", "；", "，", "、")
"""What stands for a comma elsewhere."""
_STARTS = {"*": "*", "&": "&", "!": "!", "%": "%", "@": "@", "`": "`"}


def explain(name: str, source: str, error: yaml.MarkedYAMLError) -> Diagnostic:
    """Say of an error of the grammar where the slip is, what it is, and how to mend it."""
    mark = error.problem_mark or error.context_mark
    at = 0 if mark is None else min(mark.index, len(source))
    began = at if error.context_mark is None else min(error.context_mark.index, len(source))
    stop = ParserStop(source, at, began, str(error.problem or ""), str(error.context or ""))
    for rule in _RULES:
        if slip := rule(stop):
            break
    else:
        problem = ", ".join(part for part in (stop.context, stop.problem) if part)
        help_ = told("look at the quotes, brackets and indentation of this line and the one above")
        slip = SyntaxSlip(at, told("{problem}", problem=problem), help_)
    line = source.count("\n", 0, slip.index) + 1
    column = slip.index - source.rfind("\n", 0, slip.index)
    return Diagnostic(
        "E110",
        Place(name, line, column),
        told("not YAML: {message}", message=slip.says),
        slip.remedy,
    )


def _tab(stop: ParserStop) -> SyntaxSlip | None:
    start, line = stop.line_of(stop.at)
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" not in indent or stop.at > start + len(indent):
        return None
    at = start + indent.index("\t")
    return SyntaxSlip(at, told("a tab in the indentation"), told("indent by spaces alone"))


def _other_dash(stop: ParserStop) -> SyntaxSlip | None:
    """Find an entry that begins with a sign like a hyphen, as editors of texts write it."""
    for start, line in (stop.line_of(stop.at), stop.line_above()):
        if found := _DASHED.match(line):
            why = told("'{sign}' begins no entry of a list", sign=found["sign"])
            return SyntaxSlip(start + found.start("sign"), why, told("write '- '"))
    return None


def _quote(stop: ParserStop) -> SyntaxSlip | None:
    if "quoted scalar" in stop.context:
        return SyntaxSlip(
            stop.began, told("this quote is not closed"), told("write the same quote at its end")
        )
    before = stop.source[stop.at - 1 : stop.at]
    if before and before in "'\"" and stop.character.isalnum() and "flow" in stop.context:
        twice = "''" if before == "'" else '\\"'
        why = told("the text ends at this quote")
        return SyntaxSlip(
            stop.at - 1, why, told("write {twice} for a quote inside the text", twice=twice)
        )
    return None


def _start(stop: ParserStop) -> SyntaxSlip | None:
    """Find a text that begins with a sign of YAML's own."""
    is_name = "alias" in stop.context or "anchor" in stop.context or "tag" in stop.context
    at = stop.began if is_name else stop.at
    sign = stop.source[at : at + 1]
    if sign not in _STARTS or not (is_name or "cannot start any token" in stop.problem):
        return None
    return SyntaxSlip(
        at, told("a text cannot begin with '{sign}'", sign=sign), told("put the text in quotes")
    )


def _block_text(stop: ParserStop) -> SyntaxSlip | None:
    if "block scalar" not in stop.context:
        return None
    why = told("text in the line of '|' or '>'")
    return SyntaxSlip(stop.began, why, told("begin it in the next line, indented"))


def _no_colon(stop: ParserStop) -> SyntaxSlip | None:
    """Find a key without its colon, in the line where the parser began or in the one above."""
    if "could not find expected ':'" in stop.problem:
        return _bare_key(*stop.line_of(stop.began))
    if "mapping values are not allowed" not in stop.problem:
        return None
    start, line = stop.line_of(stop.at)
    brace = re.match(r"(\s*(?:- +)?)([A-Za-z_][\w-]*) *[=：]? *([{\[])", line)
    if brace and start + brace.start(3) < stop.at:
        why = told("a colon is missing after '{key}'", key=brace[2])
        return SyntaxSlip(
            start + brace.start(2),
            why,
            told("write '{key}: {brace}'", key=brace[2], brace=brace[3]),
        )
    if line[: stop.at - start].count(": "):
        return None
    above, text = stop.line_above()
    return None if KEY_LINE.match(text) else _bare_key(above, text)


def _bare_key(start: int, line: str) -> SyntaxSlip | None:
    dash = re.match(r"\s*-(?=[^\s-])", line)
    if dash:
        return SyntaxSlip(
            start + dash.end() - 1, told("'-' without a space after it"), told("write '- '")
        )
    found = _BARE.match(line)
    if found is None:
        return None
    key, rest = found["key"], found["rest"].strip()
    at = start + found.start("key")
    if rest.startswith(":"):
        why = told("a space is missing after the colon of '{key}'", key=key)
        return SyntaxSlip(at, why, told("write '{key}: {rest}'", key=key, rest=rest[1:].strip()))
    rest = re.sub("^[：=]", "", rest).strip()  # the colon of a Korean or Chinese keyboard
    return SyntaxSlip(
        at,
        told("a colon is missing after '{key}'", key=key),
        told("write '{key}: {rest}'", key=key, rest=rest),
    )


def _no_colon_before_braces(stop: ParserStop) -> SyntaxSlip | None:
    """Find a key without its colon whose value stands in braces that the parser did not expect."""
    if "did not find expected key" not in stop.problem and "expected <block end>" not in (
        stop.problem
    ):
        return None
    start, line = stop.line_of(stop.at)
    found = re.match(r"(\s*(?:- +)?)([A-Za-z_][\w-]*) *[=：]? *([{\[])", line)
    if found is None or start + found.start(3) >= stop.at:
        return None
    why = told("a colon is missing after '{key}'", key=found[2])
    return SyntaxSlip(
        start + found.start(2),
        why,
        told("write '{key}: {brace}'", key=found[2], brace=found[3]),
    )


def _indentation(stop: ParserStop) -> SyntaxSlip | None:
    """Find a key that does not begin where the one above does."""
    is_block = "block mapping" in stop.context or "block collection" in stop.context
    start, line = stop.line_of(stop.at)
    key, above = KEY_LINE.match(line), KEY_LINE.match(stop.line_above()[1])
    if key is None or above is None:
        return None
    is_first = stop.at - start <= len(key["indent"]) + len(key["key"])
    is_deeper = "mapping values are not allowed" in stop.problem and is_first
    if not (is_block or is_deeper) or key["indent"] == above["indent"]:
        return None
    wanted = len(above["indent"]) + 1
    why = told("'{key}' does not begin in the column of the key above it", key=key["key"])
    return SyntaxSlip(
        start + len(key["indent"]), why, told("begin it in column {wanted}", wanted=wanted)
    )


def _flow(stop: ParserStop) -> SyntaxSlip | None:
    """Find what is wrong inside braces or brackets."""
    if "flow mapping" not in stop.context and "flow sequence" not in stop.context:
        return None
    opening, closing = ("{", "}") if "mapping" in stop.context else ("[", "]")
    start, line = stop.line_of(stop.began)
    comment = re.compile(r"\s#").search(line, stop.began - start)
    if comment and start + len(line) < stop.at:
        why = told("' #' begins a comment")
        return SyntaxSlip(start + comment.start() + 1, why, told("put a text with ' #' in quotes"))
    if stop.character and stop.character in "}]" and stop.character != closing:
        why = told(
            "'{opening}' is closed by '{character}'", opening=opening, character=stop.character
        )
        return SyntaxSlip(stop.at, why, told("write '{closing}'", closing=closing))
    if start + len(line) < stop.at:
        why = told("this '{opening}' is not closed", opening=opening)
        return SyntaxSlip(stop.began, why, told("write '{closing}' at its end", closing=closing))
    return _no_comma(stop)


def _no_comma(stop: ParserStop) -> SyntaxSlip:
    """Find the value before which a comma is missing; a quoted one is where the parser stopped."""
    at = stop.at
    if stop.character == ":" and (found := _WORD_BEFORE.search(stop.source, stop.began, at)):
        at = found.start("word")
    near = stop.source[max(stop.began, at - 2) : at].rstrip()[-1:]
    if near in _COMMAS:
        where = stop.source.rindex(near, stop.began, at)
        return SyntaxSlip(
            where,
            told("'{near}' is no comma", near=near),
            told("write ',' in place of '{near}'", near=near),
        )
    help_ = told("write a comma before it, or put the text in quotes where it is one")
    return SyntaxSlip(at, told("a comma is missing before this"), help_)


def _no_value(stop: ParserStop) -> SyntaxSlip | None:
    """Find a key of a flow mapping with nothing behind its colon."""
    if "plain scalar" not in stop.context or stop.character != ":":
        return None
    start, line = stop.line_of(stop.at)
    key = re.search(r"[\w-]+$", line[: stop.at - start][-80:])
    if key is None:
        return None
    help_ = told("write a value behind it, or take '{key}' out", key=key[0])
    return SyntaxSlip(stop.at - len(key[0]), told("'{key}' has no value", key=key[0]), help_)


def _two_colons(stop: ParserStop) -> SyntaxSlip | None:
    if "mapping values are not allowed" not in stop.problem:
        return None
    return SyntaxSlip(
        stop.at, told("a second colon in one line"), told("put a text with ': ' in quotes")
    )


_RULES: tuple[Callable[[ParserStop], SyntaxSlip | None], ...] = (
    *(_tab, _other_dash, _quote, _start, _block_text, _no_colon, _no_colon_before_braces),
    *(_indentation, _no_value, misplaced, _flow, unopened, _two_colons),
)
