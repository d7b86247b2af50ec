"""Terms of a pack's glossary and what they mean, in lines."""

from collections.abc import Mapping

from studytool.language import Language, Phrase

_TERM = Phrase(ko="낱말 {term}: {means}", en="term {term}: {means}")


def term_lines(terms: Mapping[str, str], language: Language) -> list[str]:
    """Return a line for each term."""
    return [_TERM.text(language, term=term, means=means) for term, means in terms.items()]
