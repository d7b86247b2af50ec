"""Mark the blanks of a cloze by the spellings taken as right."""

import unicodedata

from studytool.quiz.give_mark import mark_as
from studytool.quiz.variant import BlankKey, FilledBlanks, Mark, Outcome


def mark_blanks(key: BlankKey, answer: FilledBlanks) -> Mark:
    """Compare each blank with its spellings; some of them right is a part of the credit."""
    pairs = zip(answer.texts, key.blanks, strict=True)
    right = sum(_same(text) in {_same(spelling) for spelling in blank} for text, blank in pairs)
    credit = right / len(key.blanks)
    outcome = Outcome.RIGHT if credit == 1 else Outcome.PARTIAL if credit > 0 else Outcome.WRONG
    return mark_as(
        outcome,
        read_as="; ".join(answer.texts),
        key_text=first_spellings(key.blanks),
        credit=credit,
    )


def first_spellings(blanks: tuple[tuple[str, ...], ...]) -> str:
    """Write the first spelling of each blank."""
    return "; ".join(blank[0] for blank in blanks)


def _same(text: str) -> str:
    """Make two spellings of one word equal: NFKC, case and spaces apart."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
