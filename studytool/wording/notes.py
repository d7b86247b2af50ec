"""The words for a sentence of the notes: where it stands, and how."""

from collections.abc import Sequence

from studytool.language import Language, Phrase
from studytool.typeset.math_line import set_plain

_LINE = Phrase("노트 {lines}행: {quote} — {standing}", "notes, line {lines}: {quote} — {standing}")
_LINES = Phrase(
    "노트 {lines}행: {quote} — {standing}", "notes, lines {lines}: {quote} — {standing}"
)
_STANDINGS = {
    "confirmed": Phrase("맞는 문장입니다", "this sentence stands"),
    "corrected": Phrase("고쳐야 할 문장입니다", "this sentence needs a correction"),
    "refuted": Phrase("틀린 문장입니다", "this sentence is wrong"),
    "convention": Phrase("관례입니다", "a convention"),
    "contested": Phrase("논쟁이 있습니다", "contested"),
    "not-computable": Phrase("계산할 수 없는 문장입니다", "not a thing to compute"),
}


def cited_sentence(
    lines: Sequence[int],
    quote: str,
    standing: str,
    language: Language,
    *,
    translated: str | None = None,
) -> str:
    """Write where a sentence of the notes stands, its words, and whether it is right.

    Where it is ``translated``, the reader's words stand before those of the notes, unless they
    are the same (a formula).
    """
    phrase = _LINE if len(lines) == 1 else _LINES
    words = f"“{set_plain(quote)}”"
    if translated not in {None, quote}:
        words = f"“{set_plain(translated)}” ({words})"
    return phrase.text(
        language,
        lines=", ".join(map(str, lines)),
        quote=words,
        standing=_STANDINGS[standing].text(language),
    )
