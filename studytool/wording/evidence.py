"""The words of the evidence behind a question: who tried its key and how, and what the notes say.

The evidence itself takes two lines of 74 cells at most; the commands ``show`` and ``mark`` print
all of it as JSON.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import islice, product

from studytool import __version__
from studytool.language import Language, Phrase
from studytool.packs.evidence import Independence, NumbersByName, Verdict
from studytool.quiz.number_text import write_short
from studytool.session.badge import Badge
from studytool.session.testimony import EvidenceSource
from studytool.typeset.cells import cell_width, cut, wrap
from studytool.typeset.math_line import set_formulas
from studytool.wording.figures import WIDTH, figures_text, seed_text
from studytool.wording.notes import cited_sentence
from studytool.wording.verdicts import CLASSES

MOST_LINES = 2
_UNCUT = 10**6

_HERE = Phrase("{day} 여기서 검증함", "verified here on {day}")
_RELEASE = Phrase("릴리스 {version}에서 검증함", "verified by the release {version}")
_IN_VIEW = Phrase("{who}({how}, 이 문항의 수로)", "{who} ({how}, at these numbers)")
_ELSEWHERE = Phrase("{who}({how}, {where})", "{who} ({how} at {where})")
_TRY_YOURS = (
    Phrase("{said}. {press} 이 수로 시험", "{said}; {press} to try yours"),
    Phrase("{said}. {key}: 이 수로 시험", "{said}; {key} tries yours"),
)
_OTHER_NUMBERS = Phrase("다른 수로", "other numbers")
_AS_A_WHOLE = Phrase("{who}({how})", "{who} ({how})")
_CLASSES = {
    Independence.ALGEBRA: Phrase("정답을 고쳐 쓴 식", "the key rewritten"),
    Independence.SECOND_METHOD: Phrase("다른 방법으로 계산", "a second method"),
    Independence.SIMULATED: CLASSES[Independence.SIMULATED],
    Independence.ORACLE: Phrase("다른 라이브러리의 값과 같음", "another library agrees"),
}
_ORACLE = Phrase("{library} 값과 일치", "as in {library}")
_WITH_ORACLE = Phrase("{how}, {library} 일치", "{how} and {library}")
_ORACLE_AGREES = Phrase("{said}, {library} 일치", "{said}; {library} agrees")
_REWRITTEN_HERE = Phrase(
    "정답을 고쳐 쓴 식과 같음. 검증은 아님({day} 여기서 계산함)",
    "the key rewritten: no verification (computed here on {day})",
)
_REWRITTEN_BY_RELEASE = Phrase(
    "정답을 고쳐 쓴 식과 같음. 검증은 아님(릴리스 {version}에서 계산함)",
    "the key rewritten: no verification (computed by the release {version})",
)
_REWRITTEN_HERE_TOO = Phrase(
    "정답을 고쳐 쓴 식과는 {day} 여기서도 같음", "the key rewritten agrees here too, on {day}"
)
_AUTHOR = Phrase(
    "지은이의 말일 뿐, 여기서는 시험하지 않음({how}). {key}: 시험",
    "the author says so; not tried here ({how}). {key} tries it",
)
_UNKNOWN_CLASS = Phrase("방법 모름", "method unknown")
_AUTHOR_DOUBTS = Phrase(
    "주의: 지은이의 증거에서도 성립하지 않음. 여기서는 시험하지 않음. {key}: 시험",
    "beware: it does not hold by the author's own evidence; {key} tries it here",
)
_NOT_YET = Phrase("아직 시험하지 않음. {key}: 시험", "not tried yet; {key} tries it")
_UNTRIED = Phrase("시험하지 않음: {why}", "untried: {why}")
_PARTLY = Phrase("시험하지 않음: 일부는 확인할 방법이 없음", "untried: part of it has no check")
_NOTHING = Phrase("시험할 것이 없음", "untried: there is nothing to try")
_REFUTED_HERE = Phrase("주의: {day} 여기서 반증됨({how})", "beware: refuted here on {day} ({how})")
_REFUTED = Phrase(
    "주의: 릴리스 {version}에서 반증됨({how})", "beware: refuted by the release {version} ({how})"
)
_UNDECIDED_HERE = Phrase(
    "주의: {day} 여기서 판정하지 못함({how})", "beware: undecided here on {day} ({how})"
)
_UNDECIDED = Phrase(
    "주의: 릴리스 {version}에서 판정하지 못함({how})",
    "beware: undecided by the release {version} ({how})",
)

_ON_SCREEN, _IN_LINES = "v", ":v"
"""How a trial is asked for: by a key, or by a command of the line mode."""
_PRESS = {
    _ON_SCREEN: Phrase("v를 누르면", "press v"),
    _IN_LINES: Phrase(":v를 입력하면", "type :v"),
}

# --- the notes -----------------------------------------------------------------------------------

_SOURCE = Phrase("출처: {source}", "source: {source}")
_LOOKED_UP = Phrase("출처: {source} (확인: {day})", "source: {source} (looked up on {day})")


def source_lines(badge: Badge, language: Language) -> Iterator[str]:
    """Say where the statement stands, and when its author last read it there."""
    if badge.cited and badge.looked_up:
        yield _LOOKED_UP.text(language, source=badge.cited, day=badge.looked_up)
    elif badge.cited:
        yield _SOURCE.text(language, source=badge.cited)


def evidence_lines(badge: Badge, language: Language, *, in_lines: bool = False) -> list[str]:
    """Say who tried the key and how, what the notes say of it and how that stands, and the source.

    What is not tried yet can be, by a key on the screen or by a command ``in_lines``; there nothing
    is cut, since it may be read aloud or by another program.
    """
    lines = trial_lines(badge, language, in_lines=in_lines)
    if badge.notes_line is not None and badge.notes_standing is not None:
        lines.append(
            cited_sentence(
                [badge.notes_line],
                badge.notes_quote or "",
                badge.notes_standing,
                language,
                translated=badge.notes_translated,
            )
        )
        if badge.notes_standing in ("corrected", "refuted") and badge.statement:
            lines.append(f"→ {set_formulas(badge.statement)}")
    return [*lines, *source_lines(badge, language)]


def trial_lines(
    badge: Badge, language: Language, *, in_lines: bool = False, by: str = ""
) -> list[str]:
    """Say who tried the key and how, and what came of it: two lines at most.

    Args:
        badge: the evidence.
        language: of all words.
        in_lines: whether nothing is to be cut.
        by: what tries it: a key or a command; empty for that of a marked question.
    """
    key, width = (_IN_LINES, _UNCUT) if in_lines else (_ON_SCREEN, WIDTH)
    key = by or key
    if badge.verdict is None:
        return _untried(badge, language, key, width)
    if badge.origin is EvidenceSource.AUTHOR:
        said = _AUTHOR if badge.verdict is Verdict.HOLDS else _AUTHOR_DOUBTS
        return [said.text(language, how=_how(badge, language), key=key)]
    if badge.verdict is not Verdict.HOLDS:
        return [_doubt(badge, language), figures_text(badge, language, width)]
    if badge.independence is not Independence.ALGEBRA or _has_oracle(badge):
        return _verified(badge, language, key, width)
    return _as_in_oracle(badge, language) if badge.oracles else _rewritten(badge, language, width)


def _untried(badge: Badge, language: Language, key: str, width: int) -> list[str]:
    if badge.can_be_tried and badge.origin is None:
        return [_NOT_YET.text(language, key=key)]
    if badge.why_untried is None:
        return [(_PARTLY if badge.can_be_tried else _NOTHING).text(language)]
    return _two_lines(_UNTRIED.text(language, why=set_formulas(badge.why_untried)), width)


def _rewritten(badge: Badge, language: Language, width: int) -> list[str]:
    said = _of_source(badge, _REWRITTEN_HERE, _REWRITTEN_BY_RELEASE, language)
    because = set_formulas(badge.because) if badge.because else figures_text(badge, language, width)
    return [said, cut(because, width)]


def _as_in_oracle(badge: Badge, language: Language) -> list[str]:
    """Say what the release compared the key with where only the key rewritten was tried here."""
    who = _RELEASE.text(language, version=__version__)
    how = _ORACLE.text(language, library=badge.oracles[0])
    here = _REWRITTEN_HERE_TOO.text(language, day=badge.day)
    return [_AS_A_WHOLE.text(language, who=who, how=how), here]


def _verified(badge: Badge, language: Language, key: str, width: int) -> list[str]:
    who = _of_source(badge, _HERE, _RELEASE, language)
    figures = figures_text(badge, language, width)
    if badge.compared == "key" and badge.condition and not badge.is_in_view:
        press = _PRESS[key].text(language)
        offers = [partial(one.text, language, key=key, press=press) for one in _TRY_YOURS]
        how = _how(badge, language, has_seed=False)  # the offer is worth more
        heads = _elsewhere(badge, who=who, how=how, language=language)
        return _with_offer(heads, figures, offers, width)
    said = _IN_VIEW if badge.is_in_view and badge.compared == "key" else _AS_A_WHOLE
    heads = [said.text(language, who=who, how=one) for one in _hows(badge, language)]
    if _is_of_view(badge):
        heads = [*_with_oracle(badge, heads[-1], language), *heads]
    fitting = next((head for head in heads if cell_width(head) <= width), None)
    return [fitting or cut(heads[-1], width), figures]


def _hows(badge: Badge, language: Language) -> Iterator[str]:
    """Name the class, the oracle and the seed, then with less and less."""
    plain_names = tuple(library.partition(" ")[0] for library in badge.oracles)
    yield _how(badge, language)
    yield _how(badge, language, has_seed=False)
    yield _how(replace(badge, oracles=plain_names), language, has_seed=False)
    if badge.independence is not Independence.ALGEBRA:  # the oracle is all that it has
        yield _how(replace(badge, oracles=()), language, has_seed=False)


def _with_oracle(badge: Badge, said: str, language: Language) -> Iterator[str]:
    """Add the library that the release asked, at numbers of its own, to what was tried here."""
    for library in badge.oracles[:1]:
        for name in (library, library.partition(" ")[0]):
            yield _ORACLE_AGREES.text(language, said=said, library=name)


def _elsewhere(badge: Badge, *, who: str, how: str, language: Language) -> list[str]:
    """Say at which other numbers it was tried, then with less and less of them."""
    return [
        *(
            _ELSEWHERE.text(language, who=who, how=how, where=where)
            for where in (*_shortened(badge.condition), _OTHER_NUMBERS.text(language))
        ),
        _AS_A_WHOLE.text(language, who=who, how=how),
    ]


def _with_offer(
    heads: Sequence[str], figures: str, offers: Sequence[Callable[..., str]], width: int
) -> list[str]:
    """Put beside as much as fits of what was tried the offer to try the numbers in view."""
    for head, offer in product(heads, offers):
        for lines in (
            [offer(said=head), figures],
            [head, offer(said=figures)],
        ):
            if all(cell_width(line) <= width for line in lines):
                return lines
    return [heads[-1], figures]


def _doubt(badge: Badge, language: Language) -> str:
    is_refuted = badge.verdict is Verdict.REFUTED
    here, release = (_REFUTED_HERE, _REFUTED) if is_refuted else (_UNDECIDED_HERE, _UNDECIDED)
    return _of_source(badge, here, release, language)


def _of_source(badge: Badge, here: Phrase, release: Phrase, language: Language) -> str:
    said = here if badge.origin is EvidenceSource.HERE else release
    day: date | None = badge.day
    return said.text(language, day=day, version=__version__, how=_how(badge, language))


def _has_oracle(badge: Badge) -> bool:
    """Tell whether the release itself compared the key with a library that is not ours."""
    return bool(badge.oracles) and badge.origin is EvidenceSource.RELEASE


def _is_of_view(badge: Badge) -> bool:
    """Tell whether it was tried here at the numbers in view, which the release did not know."""
    return badge.is_in_view and badge.origin is EvidenceSource.HERE


def _how(badge: Badge, language: Language, *, has_seed: bool = True) -> str:
    """Name the class and an oracle, and the seed where the line of figures has no room for it."""
    known = _UNKNOWN_CLASS if badge.independence is None else _CLASSES[badge.independence]
    how, seed = known.text(language), seed_text(badge, language)
    if badge.origin is EvidenceSource.AUTHOR:
        return how
    if _has_oracle(badge) and badge.independence is Independence.ALGEBRA:
        how = _ORACLE.text(language, library=badge.oracles[0])
    elif badge.oracles and not _is_of_view(badge):
        how = _WITH_ORACLE.text(language, how=how, library=badge.oracles[0])
    has_room = figures_text(badge, language).endswith(seed)
    return f"{how}, {seed}" if has_seed and not has_room else how


def condition_text(condition: NumbersByName) -> str:
    """Write the numbers of a condition.

    >>> condition_text({"fan_in": 64.0, "p": -0.25})
    'fan_in = 64, p = −0.25'
    """
    return ", ".join(f"{name} = {write_short(value)}" for name, value in condition.items())


def _shortened(condition: NumbersByName) -> Iterator[str]:
    """Write a condition, then fewer and fewer of its numbers."""
    yield condition_text(condition)
    for count in range(len(condition) - 1, 0, -1):
        yield condition_text(dict(islice(condition.items(), count))) + ", …"


def _two_lines(text: str, width: int) -> list[str]:
    lines = wrap(text, width)
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], cut(" ".join(lines[MOST_LINES - 1 :]), width)]
    return lines
