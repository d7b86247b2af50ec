"""Breaks in words: the line on home and of what is due, and what ``studytool vacation`` says."""

from collections.abc import Iterator, Sequence

from studytool.language import Language, Phrase
from studytool.review_log.delays import BreakSpan
from studytool.session.breaks import BreakReport

_SPAN = Phrase(
    ko="휴가: {first}부터 {last}까지({days}일)", en="break from {first} to {last} ({days} days)"
)
_ONE_DAY = Phrase(ko="휴가: {first} 하루", en="break on {first}")
_NONE = Phrase(
    ko="정해 둔 휴가가 없습니다. 정하려면: studytool vacation --from DATE --to DATE",
    en="no break is set; to set one: studytool vacation --from DATE --to DATE",
)
_SET = Phrase(
    ko="휴가를 정했습니다(미룬 복습 {moved}개). studytool undo로 되돌릴 수 있습니다.",
    en="the break is set (reviews put off: {moved}); studytool undo takes it back.",
)


def break_line(span: BreakSpan, language: Language) -> str:
    """Say when a break is."""
    phrase = _ONE_DAY if span.days == 1 else _SPAN
    return phrase.text(language, first=span.first_date, last=span.last_date, days=span.days)


def break_lines(
    spans: Sequence[BreakSpan], language: Language, *, report: BreakReport | None = None
) -> Iterator[str]:
    """Say that a break was set, if one was, and list all that run or are ahead."""
    if report is not None:
        yield _SET.text(language, moved=f"{report.moved:,}")
    elif not spans:
        yield _NONE.text(language)
    for span in spans:
        yield break_line(span, language)
