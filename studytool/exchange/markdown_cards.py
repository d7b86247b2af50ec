"""Cards in Markdown: hashcards' ``Q:``, ``A:``, ``C:``, and the marks of Obsidian's plugin."""

import re
from collections.abc import Iterator, Sequence

from studytool.exchange.foreign_notes import NO_ANSWER, NO_QUESTION, ForeignNote, LeftOut, ReadNotes

_LABEL = re.compile(r"^(Q|A|C):[ \t]*(.*)$")
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$")
_FENCE = re.compile(r"^(```|~~~)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BRACKET = re.compile(r"(?<!!)\[((?:[^\[\]]|\\\[|\\\])+)\](?!\()")
_HIGHLIGHT = re.compile(r"==([^=\n]+)==")
_BETWEEN = re.compile(r"(?<!:)(:::?)(?!:)")


def read_markdown(text: str, name: str) -> ReadNotes:
    """Read the cards of one file; what is no card is the author's own text, and passed over.

    A heading names the deck of what stands below it.
    """
    without = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    return ReadNotes.of(_found(without.splitlines(), name))


def _found(lines: Sequence[str], name: str) -> Iterator[ForeignNote | LeftOut]:
    deck = ""
    for number, block in _blocks(lines):
        if (heading := _HEADING.match(block[0])) and len(block) == 1:
            deck = heading[1]
            continue
        yield from _of_block(block, f"{name}:{number}", deck)


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the paragraphs with the number of their first line; a card with labels is one whole."""
    block: list[str] = []
    began, is_fenced = 1, False
    for number, line in enumerate(lines, start=1):
        is_fenced ^= _FENCE.match(line) is not None
        label = None if is_fenced else _LABEL.match(line)
        ends = not line.strip() and not is_fenced and not _is_labelled(block)
        begins = label is not None and label[1] in "QC" and bool(block)
        heads = not is_fenced and _HEADING.match(line) is not None
        parts = not is_fenced and line.strip() == "---" and _is_labelled(block)
        if block and (ends or begins or heads or parts):
            yield began, block
            block = []
        if (line.strip() and not parts) or block:
            began = began if block else number
            block.append(line)
        if heads:
            yield began, block
            block = []
    if block:
        yield began, block


def _is_labelled(block: Sequence[str]) -> bool:
    return bool(block) and _LABEL.match(block[0]) is not None


def _of_block(block: Sequence[str], place: str, deck: str) -> Iterator[ForeignNote | LeftOut]:
    text = "\n".join(block).strip()
    if label := _LABEL.match(block[0]):
        yield from _labelled(label[1], block, place, deck)
        return
    for mark in ("?", "??"):
        if mark in (stripped := [line.strip() for line in block]):
            at = stripped.index(mark)
            both = "\n".join(block[:at]).strip(), "\n".join(block[at + 1 :]).strip()
            yield from _card(*both, place, deck, both_ways=mark == "??")
            return
    if any(map(_FENCE.match, block)):
        return  # code, whatever signs are in it
    if _HIGHLIGHT.search(text):
        numbers = iter(range(1, 1 + len(_HIGHLIGHT.findall(text))))
        marked = _HIGHLIGHT.sub(lambda found: f"{{{{c{next(numbers)}::{found[1]}}}}}", text)
        yield ForeignNote(place, marked, marked, deck=deck)
        return
    file, _, first = place.rpartition(":")
    for number, line in enumerate(block, start=int(first)):
        if found := _BETWEEN.search(line):
            sides = line[: found.start()].strip(" -*\t"), line[found.end() :].strip()
            yield from _card(*sides, f"{file}:{number}", deck, both_ways=found[1] == ":::")


def _labelled(
    label: str, block: Sequence[str], place: str, deck: str
) -> Iterator[ForeignNote | LeftOut]:
    parts: dict[str, list[str]] = {}
    current = label
    for line in block:
        found = _LABEL.match(line)
        current = found[1] if found else current
        parts.setdefault(current, []).append(found[2] if found else line)
    texts = {name: "\n".join(lines).strip() for name, lines in parts.items()}
    if "C" not in texts:
        yield from _card(texts.get("Q", ""), texts.get("A", ""), place, deck)
        return
    numbers = iter(range(1, 1 + len(_BRACKET.findall(texts["C"]))))
    marked = _BRACKET.sub(lambda found: f"{{{{c{next(numbers)}::{found[1]}}}}}", texts["C"])
    if marked == texts["C"]:
        yield LeftOut(place, NO_ANSWER.of())
    else:
        yield ForeignNote(place, marked, marked, deck=deck)


def _card(
    question: str, answer: str, place: str, deck: str, *, both_ways: bool = False
) -> Iterator[ForeignNote | LeftOut]:
    if not question or not answer:
        yield LeftOut(place, (NO_ANSWER if question else NO_QUESTION).of())
        return
    yield ForeignNote(place, question, question, answer, deck)
    if both_ways:
        yield ForeignNote(place, f"{answer} <- {question}", answer, question, deck)
