"""The words of the notes that a claim quotes: do they stand in the lines that it names?"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from studytool.language import Message
from studytool.packs.claims import Claim, NotesPlace
from studytool.packs.diagnostics import Diagnostic
from studytool.packs.located import Located
from studytool.packs.manifest import Manifest
from studytool.packs.telling import told

_LIKE_ENOUGH = 0.6
"""Share of a quote's pairs of letters that a line must have to be called near."""
_LONGEST = 300
"""Characters of a quote that are looked for in the other lines."""
_LONGEST_LINE = 3_000
MOST_SEARCHED = 2_000_000
"""Characters of notes that are searched for misquotes, in all: fifty times through long notes."""


def check_quotes(
    manifest: Manifest, claims: Sequence[Located[Claim]], notes: str | None
) -> Iterator[Diagnostic]:
    """Check the lines and the quote of each claim about the notes."""
    if manifest.notes is not None and notes is None:
        return  # the file's own problem is reported
    text = _Notes.of(notes or "")
    for located in claims:
        place = located.value.notes
        if place is None:
            continue
        if notes is None:
            remedy = told("name them in pack.yaml: 'notes: notes.ko.md'")
            yield located.problem_at_key("E309", ("notes",), told("the pack has no notes"), remedy)
        else:
            yield from _check_quote(located, place, text)


@dataclass(slots=True)
class _Notes:
    """The lines of the notes, and how many characters of them may still be searched.

    Each misquote is looked for in all of them: a thousand in large notes would take hours.
    """

    lines: list[str]
    size: int
    left: int

    @classmethod
    def of(cls, text: str) -> "_Notes":
        """Split the notes."""
        return cls(text.removesuffix("\n").split("\n"), len(text), MOST_SEARCHED)

    def where_is(self, quote: str) -> Message | None:
        """Tell where a quote stands, or nearly does, while that may still be searched."""
        if self.left <= 0:
            return None
        self.left -= self.size
        return _where_it_is(quote, self.lines)


def _check_quote(located: Located[Claim], place: NotesPlace, notes: _Notes) -> Iterator[Diagnostic]:
    lines = notes.lines
    beyond = [index for index, number in enumerate(place.lines) if number > len(lines)]
    remedy = notes.where_is(place.quote) if beyond else None
    for index in beyond:
        why = told(
            "the notes have no line {line}: they end with line {count}",
            count=len(lines),
            line=place.lines[index],
        )
        help_ = remedy or told("give the lines by number, the first is 1")
        yield located.problem("E309", ("notes", "lines", index), why, help_)
    if beyond or place.quote in "\n".join(lines[number - 1] for number in place.lines):
        return
    remedy = notes.where_is(place.quote) or told("quote it as it stands there, or shorter")
    given = ", ".join(map(str, place.lines))
    why = told("the quote is not in line {lines} of the notes", lines=given)
    yield located.problem("E310", ("notes", "quote"), why, remedy)


def _where_it_is(quote: str, notes: Sequence[str]) -> Message | None:
    """Name the line that holds a quote, or the one that nearly does with its words; else nothing."""
    for number, line in enumerate(notes, 1):
        if quote in line:
            return told("it is in line {number}", number=number)
    wanted = _pairs(quote[:_LONGEST])
    shares = [_common(wanted, line[:_LONGEST_LINE]) for line in notes]
    best = max(range(len(notes)), key=lambda index: shares[index], default=0)
    if not notes or not wanted or shares[best] < _LIKE_ENOUGH:
        return None
    return told(
        "the nearest is in line {number}: '{quote}'",
        number=best + 1,
        quote=_near_words(quote[:_LONGEST], notes[best][:_LONGEST_LINE]),
    )


def _pairs(text: str) -> Counter[str]:
    bare = "".join(text.split())
    return Counter(bare[at : at + 2] for at in range(len(bare) - 1))


def _common(wanted: Counter[str], line: str) -> float:
    return (wanted & _pairs(line)).total() / max(1, wanted.total())


def _near_words(quote: str, line: str) -> str:
    """Cut from a line the words that are most like a quote.

    >>> _near_words("variance add up", "and variances add up here")
    'variances add up'
    """
    blocks = SequenceMatcher(None, line, quote, autojunk=False).get_matching_blocks()[:-1]
    long = [block for block in blocks if block.size > 1] or blocks
    start, end = long[0].a, long[-1].a + long[-1].size
    while start > 0 and not line[start - 1].isspace():
        start -= 1
    while end < len(line) and not line[end].isspace():
        end += 1
    return line[start:end]
