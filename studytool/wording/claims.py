"""Claims in words: a row for each in the order of the notes, and all that is known of one."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from studytool.language import LANGUAGES, Language, Phrase
from studytool.packs.behind import experiments_behind
from studytool.packs.evidence import Verdict
from studytool.typeset.cells import cut, pad
from studytool.typeset.math_line import set_formulas
from studytool.wording.evidence import source_lines, trial_lines
from studytool.wording.notes import cited_sentence
from studytool.wording.verdicts import CLASSES, VERDICTS

if TYPE_CHECKING:
    from studytool.session.badge import Badge
    from studytool.session.claim_trial import TriedClaims
    from studytool.session.claims import ClaimRow

READING_CLAIMS = Phrase("주장을 읽는 중…", "reading the claims…")
NO_CLAIMS = Phrase("꾸러미에 주장이 없습니다.", "No pack makes any claim.")
NO_CLAIM_FOUND = Phrase("그런 주장은 없습니다.", "No claim has these words.")
CLAIMS_FOUND = Phrase("주장 {n:,}개", "claims: {n:,}")
FIRST_CLAIMS = Phrase("주장 {n:,}개 가운데 처음 {most:,}개", "the first {most:,} of {n:,} claims")
FILTER_CLAIMS = Phrase("낱말로 거르기: 드롭아웃 틀림", "words to filter by: dropout wrong")
NO_CHECK = Phrase("시험할 수 있는 주장이 없습니다.", "Nothing here can be tried.")
NO_ITEMS = Phrase("이 주장으로 만든 문항이 없습니다.", "No item rests on this claim.")
_TRYING = Phrase(
    "주장을 시험하는 중… {done:,}/{total:,}, 약 {seconds:.0f}초 남음 (Esc: 멈춤)",
    "trying claims… {done:,} of {total:,}, about {seconds:.0f} s left (Esc stops)",
)
_STOPPED = Phrase("멈췄습니다. 여기까지의 결과는 남습니다.", "Stopped; what was found is kept.")
_COUNTS = Phrase(
    "성립 {holds}, 반증됨 {refuted}, 판정 못 함 {undecided}",
    "{holds} hold, {refuted} refuted, {undecided} undecided",
)
_ITEMS = Phrase("문항 {n}개: {few}", "items ({n}): {few}")
_FEW, _MOST_REASONS = 4, 2

STANDING_WORDS: Mapping[str, Phrase] = {
    "confirmed": Phrase("맞음", "right"),
    "corrected": Phrase("고침", "corrected"),
    "refuted": Phrase("틀림", "wrong"),
    "convention": Phrase("관례", "convention"),
    "contested": Phrase("논쟁 중", "contested"),
    "not-computable": Phrase("계산 밖", "beyond"),
}
"""How the notes' sentence stands, in a column."""
_TITLES = (
    Phrase("줄", "line"),
    Phrase("평", "standing"),
    Phrase("시험", "trial"),
    Phrase("방법", "method"),
    Phrase("노트의 문장", "the notes' sentence"),
)
_WIDTHS = (5, 11, 13, 15)
"""Cells of the columns before the quote."""


def claim_words(row: "ClaimRow") -> str:
    """Return all words that a claim is found by, in both languages."""
    claim = row.claim
    texts = [claim.id, claim.concept, row.pack, *map(str, row.lines)]
    texts += [*claim.statement.root.values(), *experiments_behind(claim)]
    if claim.notes is not None:
        texts.append(claim.notes.quote)
        texts += {} if claim.notes.translation is None else claim.notes.translation.root.values()
    phrases = [STANDING_WORDS[str(claim.standing)], VERDICTS[row.verdict]]
    phrases.append(CLASSES[row.independence])
    texts += [phrase.text(language) for phrase in phrases for language in LANGUAGES]
    return " ".join(texts)


def claim_titles(language: Language, *, width: int) -> str:
    """Write the titles above the rows of ``width`` cells."""
    *titles, words = (title.text(language) for title in _TITLES)
    return _line(titles, words, width)


def claim_line(row: "ClaimRow", language: Language, *, width: int) -> str:
    """Write a claim's row in ``width`` cells; columns are left out for want of room, its words never."""
    columns = [
        str(min(row.lines)) if row.lines else "–",
        STANDING_WORDS[str(row.claim.standing)].text(language),
        VERDICTS[row.verdict].text(language),
        CLASSES[row.independence].text(language),
    ]
    return _line(columns, _words(row, language), width)


def claim_lines(
    row: "ClaimRow", badge: "Badge", language: Language, *, by: str, in_lines: bool = False
) -> Iterator[str]:
    """Say all that is known of a claim: the notes' sentence, what is true, the evidence, its items.

    Args:
        row: the claim.
        badge: its evidence.
        language: of all words; those of the notes stand behind their translation.
        by: the key or command that tries it.
        in_lines: whether nothing is to be cut.
    """
    claim, notes = row.claim, row.claim.notes
    if notes is not None:
        translated, standing = notes.translated(language), str(claim.standing)
        yield cited_sentence(notes.lines, notes.quote, standing, language, translated=translated)
    yield f"→ {set_formulas(claim.statement.text(language))}"
    yield from trial_lines(badge, language, in_lines=in_lines, by=by)
    yield from source_lines(badge, language)
    if row.items:
        slugs = [item.rpartition("/")[2] for item in row.items]
        few = ", ".join([*slugs[:_FEW], *(["…"] if slugs[_FEW:] else [])])
        yield _ITEMS.text(language, n=len(slugs), few=few)
    else:
        yield NO_ITEMS.text(language)


def running_text(done: int, total: int, seconds: float, language: Language) -> str:
    """Say how far a run over claims is, and which key stops it."""
    return _TRYING.text(language, done=done, total=total, seconds=max(0.0, seconds))


def ended_text(tried: "TriedClaims", language: Language, *, is_stopped: bool) -> str:
    """Say what a run found, and why what does not hold does not."""
    from studytool.wording.verification import reasons  # late: it loads the core

    verdicts = [one.verdict for one in tried.findings]
    said = [_STOPPED.text(language)] if is_stopped else []
    if verdicts:
        counts = {str(one): verdicts.count(one) for one in Verdict}
        said.append(_COUNTS.text(language, **counts))
    why = [f"{one.id}: {reason}" for one in tried.findings for reason in reasons(one, language)]
    said += why[:_MOST_REASONS]
    if tried.unkept is not None:
        said.append(tried.unkept.text(language))
    return "\n".join(said)


def _words(row: "ClaimRow", language: Language) -> str:
    """Return the notes' sentence in the reader's language; of a claim without one what it states."""
    notes = row.claim.notes
    if notes is None:
        return set_formulas(row.claim.statement.text(language))
    return set_formulas(notes.translated(language) or notes.quote)


def _line(columns: list[str], words: str, width: int) -> str:
    cells, room = [*zip(columns, _WIDTHS, strict=True)], width - sum(_WIDTHS)
    while len(cells) > 1 and room < width // 2:
        room += cells.pop()[1]
    before = "".join(pad(cut(text, wide - 1), wide) for text, wide in cells)
    return f"{before}{cut(words, max(1, room))}".rstrip()
