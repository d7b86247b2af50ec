"""English words that stand in what an author is told in Korean."""

import re
from string import Formatter

from studytool.language import Message, Phrase
from studytool.packs.diagnostics import Diagnostic

_SHOWN = re.compile(
    r"'[^']*'|`[^`]*`|\[\[.*?\]\]|\{\{.*?\}\}|\{[^{}]*\}|\[[^\[\]]*\]|\\[a-z]+|\([A-Z]\w*\)"
)
"""Keys, names, and what an author writes, as sentences quote them."""
_NAMES = frozenset(
    [
        "YAML",
        "Windows",
        "TeX",
        "UTF",
        "id",
        "ids",
        "let",
        "when",
        "params",
        "require",
        "margin",
        "rtol",
        "TeX",
        "reps",
        "sd",
        "sample",
        "check",
        "axis",
        "slip",
        "sign",
        "true",
        "false",
        "kind",
        "card",
        "cloze",
        "choice",
        "order",
        "numeric",
        "prediction",
        "integers",
        "uniform",
        "loguniform",
        "linear",
        "log",
        "outcome",
        "tolerance",
        "pack",
        "yaml",
        "items",
        "ko",
        "en",
        "pt",
        "BR",
        "http",
        "https",
        "md",
        "notes",
        "sf",
        "dp",
        "studytool",
        "simulate",
        "list",
        "large",
        "NaN",
        "given",
        "over",
        "test",
        "seed",
        "show",
        "blanks",
        "sd",
    ]
)
"""Keys and names that stand in a sentence without quotes."""
_PROSE = re.compile(r"\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b")


def english_words(found: Diagnostic, written: str) -> list[str]:
    """Return the English words of a diagnostic in Korean that are no names, and stand in no quotes.

    A value that is shown is looked at too: no phrase of it is English that the author did not write.
    """
    told = [found.says, *(other.says for other in found.related)]
    if found.remedy is not None:
        told.append(found.remedy)
    words = [word for one in told for word in words_outside_quotes(_without_values(one))]
    words += [word for one in told for word in _whole_words(one) if word not in written]
    prose = [part for one in told for value in _values(one) for part in _PROSE.findall(value)]
    return [*words, *(part for part in prose if part not in written)]


def words_outside_quotes(korean: str) -> list[str]:
    """Return the English words of a Korean sentence that stand in no quotes and are no names."""
    found = re.findall(r"[A-Za-z]{2,}", _SHOWN.sub(" ", korean))
    return [word for word in found if word not in _NAMES]


def _without_values(message: Message) -> str:
    """Return a message in Korean with nothing in the place of each value that is plain text."""
    if message.fields.keys() == {"ko", "en"}:
        return ""
    nested = {
        name: _without_values(value) if isinstance(value, Message) else value.ko
        for name, value in message.fields.items()
        if isinstance(value, Message | Phrase)
    }
    parts = Formatter().parse(message.phrase.ko)
    return "".join(literal + nested.get(name or "", "") for literal, name, _, _ in parts)


def _whole_words(message: Message) -> list[str]:
    """Return the English words of the parts that came whole, with names of the author's in them."""
    if message.fields.keys() == {"ko", "en"}:
        return words_outside_quotes(str(message.fields["ko"]))
    nested = [value for value in message.fields.values() if isinstance(value, Message)]
    return [word for one in nested for word in _whole_words(one)]


def _values(message: Message) -> list[str]:
    if message.fields.keys() == {"ko", "en"}:
        return []
    found: list[str] = []
    for name, value in message.fields.items():
        if isinstance(value, Message):
            found += _values(value)
        elif isinstance(value, str) and f"{{{name}" in message.phrase.ko:
            found.append(value)
    return found
