"""Items of notes from elsewhere: cards, and a cloze for each deletion, with texts that a pack may have."""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from studytool.exchange.foreign_notes import MEDIA_DROPPED, ForeignNote, LeftOut
from studytool.language import Phrase
from studytool.packs.item_fields import MOST_GUID
from studytool.printable import is_one_line
from studytool.typeset.math_line import UnknownLatexError, set_line

MOST_TAGS = 20
_LONGEST = 80

_TWICE = Phrase(
    ko="같은 카드가 앞에 있어 한 번만 가져왔습니다.",
    en="the same card stands before it, and is taken over once.",
)
_FORMULA = Phrase(
    ko="수식 '{formula}'을(를) 펼칠 수 없어 코드로 두었습니다.",
    en="the formula '{formula}' cannot be laid out, and was kept as code.",
)
_SIGNS = Phrase(
    ko="보이지 않는 제어 문자를 뺐습니다.", en="invisible control characters were taken out."
)
_MATH = re.compile(
    r"\$\$(?=\S)(?P<beside>[^$\n]+?)(?<=\S)\$\$"
    r"|\$\$\s*(?P<lines>(?:[^$\n]|\n(?![ ]*\n))+?)\s*\$\$"
    r"|\$(?=\S)(?P<inline>[^$\n]+?)(?<=\S)\$(?!\d)"
)
"""As Pandoc has it, so that 5 dollars and 6 are no formula; over several lines it stands by itself."""
_PICTURE = re.compile(r"!\[\[[^\]]*\]\]|!\[[^\]]*\]\([^)]*\)")
_WIKI = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]")
_DELETION = re.compile(r"\{\{c(\d+)::(.+?)(?:::([^{}]*?))?\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ImportedItem:
    """An item to be written.

    Attributes:
        id: made of what stays the same when the text is edited, so that another import gives it again.
        place: where its note stands.
        deck: what its concept is made of.
        question: in the pack's Markdown; of a cloze with the blank ``[[a]]``.
        answer: of a card its back; of a cloze what belongs in the blank.
        guid: of its note in Anki; empty where it has none that can be written.
    """

    id: str
    place: str
    deck: str
    question: str
    answer: str
    tags: tuple[str, ...]
    is_cloze: bool = False
    guid: str = ""


def make_items(notes: Sequence[ForeignNote]) -> Iterator[ImportedItem | LeftOut]:
    """Make the items of notes, each id once."""
    seen: set[str] = set()
    for note in notes:
        for found in _of_note(note):
            if isinstance(found, LeftOut):
                yield found
            elif found.id in seen:
                yield LeftOut(note.place, _TWICE.of())
            else:
                seen.add(found.id)
                yield found


def _of_note(note: ForeignNote) -> Iterator[ImportedItem | LeftOut]:
    tags = tuple(dict.fromkeys(filter(None, map(slug, note.tags))))[:MOST_TAGS]
    guid = note.guid if len(note.guid) <= MOST_GUID and is_one_line(note.guid) else ""
    told: dict[str, LeftOut] = {}

    def tell(why: Phrase, **fields: object) -> None:
        message = why.of(**fields)
        told.setdefault(message.text("en"), LeftOut(note.place, message, is_whole=False))

    if not (numbers := deletions(note.question)):
        name = slug_of(note.key)
        question, answer = _clean(note.question, tell), _clean(note.answer, tell)
        yield ImportedItem(name, note.place, note.deck, question, answer, tags, guid=guid)
    for number in numbers:
        words = [one[2] for one in _DELETION.finditer(note.question) if one[1] == number]
        text = _clean(_blanked(note.question, number), tell)
        name = slug_of(note.key, number)
        question = text.replace(_BLANK, "[[a]]", 1).replace(_BLANK, "…")
        answer = " ".join(words[0].split())
        yield ImportedItem(
            name, note.place, note.deck, question, answer, tags, is_cloze=True, guid=guid
        )
    yield from told.values()


_BLANK = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for the blank while brackets and braces of the text are made plain."""


def _blanked(text: str, number: str) -> str:
    """Put the blank in the place of one deletion, its hint behind it, and words in that of others."""

    def shown(deletion: re.Match[str]) -> str:
        if deletion[1] != number:
            return deletion[2]
        return f"{_BLANK} ({deletion[3]})" if deletion[3] else _BLANK

    return _DELETION.sub(shown, text)


def _clean(text: str, tell: Callable[..., None]) -> str:
    """Return a text without pictures and controls, in which braces outside of formulas are braces."""
    if _PICTURE.search(text):
        tell(MEDIA_DROPPED)
    text = _WIKI.sub(r"\1", _PICTURE.sub("", text))
    plain = "".join(
        sign for sign in text.replace("\t", "    ") if sign in ("\n", _BLANK) or is_one_line(sign)
    )
    if plain != text.replace("\t", "    "):
        tell(_SIGNS)
    parts, at = [], 0
    for found in _MATH.finditer(plain):
        latex = " ".join((found["lines"] or found["beside"] or found["inline"]).split("\n"))
        formula = _formula(latex.strip(), tell)
        is_display = found["lines"] is not None and formula.startswith("$")
        parts += [_braces(plain[at : found.start()]), f"${formula}$" if is_display else formula]
        at = found.end()
    parts.append(_braces(plain[at:]))
    return re.sub(r"[ ]+\n", "\n", "".join(parts)).strip()


def _braces(text: str) -> str:
    """Escape what would begin a placeholder, a formula or a blank."""
    return re.sub(r"(?<!\\)[{$]", lambda sign: "\\" + sign[0], text).replace("[[", "[ [")


def _formula(latex: str, tell: Callable[..., None]) -> str:
    try:
        set_line(latex)
    except UnknownLatexError:
        tell(_FORMULA, formula=latex)
        return f"`{latex.replace('`', '')}`".replace("{", "\\{")
    return f"${latex}$"


def slug(words: str) -> str:
    """Return words as a pack's tags and ids are written; empty where none of their letters can be.

    >>> slug("Deep Learning::Init_1"), slug("통계")
    ('deep-learning-init-1', '')
    """
    return re.sub(r"[^a-z0-9]+", "-", words.lower())[:_LONGEST].strip("-")


def slug_of(key: str, deletion: str | int | None = None) -> str:
    """Return the id of the item that a note's card is, or one of its deletions.

    It is made of what stays the same, so that the card's reviews find it later.
    """
    mark = hashlib.sha256(" ".join(key.split()).encode("utf-8", "replace")).hexdigest()[:10]
    return f"card-{mark}" if deletion is None else f"cloze-{mark}-{deletion}"


def deletions(question: str) -> list[str]:
    """Return the numbers of a text's deletions, each once."""
    return list(dict.fromkeys(one[1] for one in _DELETION.finditer(question)))
