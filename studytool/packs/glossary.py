"""The terms of a pack's glossary that stand in a text."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from studytool.language import Language

if TYPE_CHECKING:  # a session needs no models of a pack
    from studytool.packs.manifest import GlossaryEntry


def terms_in(text: str, glossary: Sequence["GlossaryEntry"], language: Language) -> dict[str, str]:
    """Return what each term means that stands in a text as a word, in the order of the glossary."""
    return {
        entry.term.text(language): entry.means.text(language)
        for entry in glossary
        if _stands(entry.term.text(language), text)
    }


def _stands(term: str, text: str) -> bool:
    ends = r"(?![^\W\d_])" if term.isascii() else ""  # a Korean term has its particle behind it
    return bool(re.search(rf"(?<![^\W\d_]){re.escape(term)}{ends}", text, re.IGNORECASE))
