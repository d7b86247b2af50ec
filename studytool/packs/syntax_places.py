"""Signs and lines that stand where YAML has no place for them: each with the place that it has."""

import re
from collections.abc import Callable, Iterator

from studytool.packs.syntax_stop import KEY_LINE, ParserStop, SyntaxSlip
from studytool.packs.telling import told

_ENTRY = re.compile(r"(?P<indent>\s*)-(?=\s)")
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"")
_PAIRS = {"}": "{", "]": "["}
_OPENED = ("{", "[")


def misplaced(stop: ParserStop) -> SyntaxSlip | None:
    """Find a sign or a line that has no place where it stands."""
    for problem, rule in _BY_PROBLEM:
        if problem in stop.problem:
            return rule(stop)
    return None


def _no_content(stop: ParserStop) -> SyntaxSlip | None:
    """Find what stands in the place of a value: ``{: 2}``, ``[a,, b]``, ``id: }x``, ``[- 2]``."""
    sign = stop.character
    if sign == ":":
        return _no_key(stop)
    if sign == "," and stop.context.endswith("flow node"):
        help_ = told("take it out, or write a value before it")
        return SyntaxSlip(stop.at, told("nothing stands before this comma"), help_)
    if sign in _PAIRS:
        return _closes_nothing(stop)
    if sign == "-" and stop.context.endswith("flow node"):
        help_ = told("take '- ' out: a list in brackets has commas")
        return SyntaxSlip(stop.at, told("'- ' inside brackets"), help_)
    return _stray(stop)


def _no_key(stop: ParserStop) -> SyntaxSlip:
    help_ = told("write the key before it, or take ':' out")
    return SyntaxSlip(stop.at, told("a key is missing before this ':'"), help_)


def _closes_nothing(stop: ParserStop) -> SyntaxSlip:
    closing = stop.character
    help_ = told(
        "write '{opening}' where it begins, or take '{closing}' out",
        opening=_PAIRS[closing],
        closing=closing,
    )
    return SyntaxSlip(stop.at, told("'{closing}' closes nothing", closing=closing), help_)


def _stray(stop: ParserStop) -> SyntaxSlip | None:
    sign = stop.character.strip()
    if stop.character == "\t":
        return SyntaxSlip(stop.at, told("a tab between values"), told("write a space in its place"))
    if not sign or sign in "'\"":
        return None
    why = told("'{sign}' cannot stand here", sign=sign)
    help_ = told("put the text in quotes, or take '{sign}' out", sign=sign)
    return SyntaxSlip(stop.at, why, help_)


def _list_behind(stop: ParserStop) -> SyntaxSlip:
    help_ = told("begin it in the next line, or take '- ' out")
    return SyntaxSlip(stop.at, told("'- ' behind something else in its line"), help_)


def _another_document(stop: ParserStop) -> SyntaxSlip | None:
    """Find what ends a document before its end, or a line that begins left of the first."""
    for found in reversed(
        list(re.finditer(r"^(?:\.\.\.|---)", stop.source[: stop.at], re.MULTILINE))
    ):
        why = told("'{sign}' ends the document here", sign=found[0])
        return SyntaxSlip(found.start(), why, told("take it out"))
    first = re.search(r"^( *)[^\s#]", stop.source, re.MULTILINE)
    if first is None:
        return None
    start, line = stop.line_of(stop.at)
    at = start + len(line) - len(line.lstrip())
    why = told("this line begins left of the first one")
    help_ = told("begin the first line in column 1, and the others below it as they are meant")
    return SyntaxSlip(at, why, help_)


def _unclosed_key(stop: ParserStop) -> SyntaxSlip | None:
    """Find a bracket or sign before a key that no line of it needs: ``{  notes: ...``."""
    sign = stop.source[stop.began : stop.began + 1]
    if sign in _OPENED:
        why = told("this '{opening}' is not closed", opening=sign)
        return SyntaxSlip(stop.began, why, told("close it, or take '{sign}' out", sign=sign))
    if sign in "!&*":
        why = told("a text cannot begin with '{sign}'", sign=sign)
        return SyntaxSlip(stop.began, why, told("take '{sign}' out", sign=sign))
    return None


def unopened(stop: ParserStop) -> SyntaxSlip | None:
    """Find a line that closes more brackets than it opens."""
    _, line = stop.line_of(stop.at)
    bare = _QUOTED.sub("", line)
    for closing, opening in _PAIRS.items():
        if bare.count(closing) > bare.count(opening):
            why = told("a '{opening}' is missing in this line", opening=opening)
            help_ = told(
                "write '{opening}' where it begins, or take '{closing}' out",
                opening=opening,
                closing=closing,
            )
            return SyntaxSlip(stop.at, why, help_)
    return None


def _fits_nowhere(stop: ParserStop) -> SyntaxSlip | None:
    """Find a line in the wrong column, or what stands behind a value that is complete."""
    if slip := unopened(stop):
        return slip
    start, line = stop.line_of(stop.at)
    if line[: stop.at - start].strip():
        help_ = told("take it out, or put the whole text in quotes")
        return SyntaxSlip(stop.at, told("this stands behind a value that is complete"), help_)
    return _out_of_column(stop, line)


def _out_of_column(stop: ParserStop, line: str) -> SyntaxSlip | None:
    """Find the column in which a line was meant to begin, or what its first sign lacks."""
    above, text = stop.line_above()
    indent = len(text) - len(text.lstrip())
    if text[indent : indent + 1] in _OPENED and line[:indent].isspace():
        return _key_before(above + indent)
    if _ENTRY.match(line):
        return _in_column(stop, "-", _entry_columns(stop))
    if key := KEY_LINE.match(line):
        return _in_column(stop, key["key"], _key_columns(stop)) or _stray(stop)
    if stop.character == ":":
        return _no_key(stop)
    return _key_before(stop.at) if stop.character in _OPENED else _stray(stop)


def _key_before(index: int) -> SyntaxSlip:
    help_ = told("write 'key: ' before it")
    return SyntaxSlip(index, told("a key is missing before this"), help_)


def _in_column(stop: ParserStop, what: str, columns: Iterator[int]) -> SyntaxSlip | None:
    """Say in which column a line begins: of those that are open the nearest."""
    start, _ = stop.line_of(stop.at)
    own = stop.at - start + 1
    wanted = min(columns, key=lambda column: abs(column - own), default=None)
    if wanted is None or wanted == own:
        return None
    why = told("'{what}' begins in a column of its own", what=what)
    return SyntaxSlip(stop.at, why, told("begin it in column {wanted}", wanted=wanted))


def _entry_columns(stop: ParserStop) -> Iterator[int]:
    return (len(found["indent"]) + 1 for line in _open(stop) if (found := _ENTRY.match(line)))


def _key_columns(stop: ParserStop) -> Iterator[int]:
    return (len(found["indent"]) + 1 for line in _open(stop) if (found := KEY_LINE.match(line)))


def _open(stop: ParserStop) -> Iterator[str]:
    """Return the lines above that still hold what comes: each further left than those below it."""
    start, _ = stop.line_of(stop.at)
    least = 10**6
    for line in reversed(stop.source[:start].split("\n")):
        indent = len(line) - len(line.lstrip())
        if line.strip() and indent < least:
            least = indent
            yield line


_BY_PROBLEM: tuple[tuple[str, Callable[[ParserStop], SyntaxSlip | None]], ...] = (
    ("did not find expected node content", _no_content),
    ("expected the node content", _no_content),
    ("cannot start any token", _stray),
    ("mapping keys are not allowed", _stray),
    ("sequence entries are not allowed", _list_behind),
    ("expected <document start>", _another_document),
    ("expected '<document start>'", _another_document),
    ("could not find expected ':'", _unclosed_key),
    ("did not find expected key", _fits_nowhere),
    ("did not find expected '-' indicator", _fits_nowhere),
    ("expected <block end>", _fits_nowhere),
)
"""By what the parser says, in C and in Python."""
