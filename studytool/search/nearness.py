"""Texts found by a few letters: words in any order, initial consonants of Hangul, letters left out.

Texts and what is typed are folded (:func:`studytool.search.reader.folded`).
"""

import re
from collections.abc import Sequence

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_FIRST_SYLLABLE, _SYLLABLES_OF_INITIAL, _FINALS = ord("가"), 588, 28
_GAP, _FEWEST = 3, 3
"""Letters that may be left out between two that are typed, of which there must be so many."""
LOOSE = 5_000
"""Texts, the first ones, in which letters may be left out; of more it would take too long."""


class NearTexts:
    """Texts in an order of their own, found as they are typed for.

    Args:
        texts: folded.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._found: tuple[list[str], Sequence[int]] = ([], range(len(texts)))

    def find(self, typed: str, most: int) -> list[int]:
        """Return the places of at most ``most`` texts, the nearest first.

        Those that begin with what is typed come before those with a word that does, then those
        that have all its words somewhere; where there are none, those that have its letters in
        order.
        """
        words = typed.split()
        if not words:
            return list(range(min(most, len(self._texts))))
        held = self._holding(words)
        found = self._ranked(words[0], held, most)
        letters = "".join(words)
        if not found and len(letters) >= _FEWEST:
            return self._loose(letters, most)
        return found

    def _holding(self, words: list[str]) -> Sequence[int]:
        """Return the places of the texts that have all words; those of a longer word from what was found."""
        before, held = self._found
        if not _narrows(words, before):
            held = range(len(self._texts))
        for word in words:
            held = self._with_word(word, held)
        self._found = (words, held)
        return held

    def _with_word(self, word: str, places: Sequence[int]) -> Sequence[int]:
        texts = self._texts
        if any(letter in _INITIALS for letter in word):
            search = re.compile(_pattern(word)).search
            return [at for at in places if search(texts[at])]
        return [at for at in places if word in texts[at]]

    def _ranked(self, word: str, places: Sequence[int], most: int) -> list[int]:
        """Put first what begins with a word, or has one that does; look no further than is wanted."""
        texts = self._texts
        first = _Beginning(word)
        found = [at for at in places if first.of_text(texts[at])]
        if len(found) < most:
            known = set(found)
            found += [at for at in places if at not in known and first.of_a_word(texts[at])]
        if len(found) < most:
            known = set(found)
            found += [at for at in places if at not in known]
        return found[:most]

    def _loose(self, letters: str, most: int) -> list[int]:
        first, *rest = map(_letters, letters)
        search = re.compile(
            f"[{first}]" + "".join(f"[^{one}]{{0,{_GAP}}}[{one}]" for one in rest)
        ).search
        loose = range(min(LOOSE, len(self._texts)))
        return [at for at in loose if search(self._texts[at])][:most]


class _Beginning:
    """The tests of a text, or of a word in it, that begins with a word."""

    def __init__(self, word: str) -> None:
        if any(letter in _INITIALS for letter in word):
            pattern = _pattern(word)
            self.of_text = re.compile(pattern).match
            self.of_a_word = re.compile(rf"\b{pattern}").search
        else:
            self.of_text = re.compile(re.escape(word)).match
            self.of_a_word = re.compile(rf"\b{re.escape(word)}").search


def _pattern(word: str) -> str:
    return "".join(f"[{_letters(letter)}]" for letter in word)


def _letters(letter: str) -> str:
    r"""Return the letters that may stand for one that is typed, as a class of a pattern lists them.

    An initial consonant stands for every syllable that begins with it, a syllable without a final
    for those that end it with one: so a word is found before its next letter is composed.

    >>> _letters("ㅅ"), _letters("그"), _letters("글"), _letters("]")
    ('ㅅ사-싷', '그-긓', '글', '\\]')
    """
    if letter in _INITIALS:
        start = _FIRST_SYLLABLE + _INITIALS.index(letter) * _SYLLABLES_OF_INITIAL
        return f"{letter}{chr(start)}-{chr(start + _SYLLABLES_OF_INITIAL - 1)}"
    place = ord(letter) - _FIRST_SYLLABLE
    if 0 <= place < len(_INITIALS) * _SYLLABLES_OF_INITIAL and place % _FINALS == 0:
        return f"{letter}-{chr(ord(letter) + _FINALS - 1)}"
    return re.escape(letter)


def _narrows(words: list[str], before: list[str]) -> bool:
    """Tell whether all that ``words`` find was found before: the last one only grew, or is new."""
    if not before or len(words) < len(before):
        return False
    same = words[: len(before) - 1] == before[:-1]
    grown = words[len(before) - 1]
    return same and grown.startswith(before[-1]) and not any(one in _INITIALS for one in grown)
