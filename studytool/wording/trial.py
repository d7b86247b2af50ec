"""The words of a trial that the learner asks for: how far it is, and what came of it."""

from studytool.language import Language, Phrase
from studytool.session.key_trial import TriedKey
from studytool.wording.verdicts import VERDICTS

NOTHING_TO_TRY = Phrase(
    "이 문항에는 시험할 것이 없습니다.", "There is nothing to try behind this item."
)
NOT_MARKED = Phrase("채점이 나온 뒤에 쓸 수 있습니다.", "That works once the answer is marked.")
TRIAL_STOPPED = Phrase("시험을 멈췄습니다.", "The trial was stopped.")
_TRYING = Phrase(
    "시험하는 중… {seconds:.0f}초 ({key}: 멈춤)", "trying it… {seconds:.0f} s ({key} stops it)"
)
_TRYING_PARTS = Phrase(
    "시험하는 중… {number}/{total}, {seconds:.0f}초 ({key}: 멈춤)",
    "trying it… part {number} of {total}, {seconds:.0f} s ({key} stops it)",
)
_TRIED = Phrase("시험 결과: {verdict} ({seconds:.1f}초)", "tried: {verdict} ({seconds:.1f} s)")
_BECAUSE = Phrase("{tried}. {reason}", "{tried}: {reason}")


def trying_text(
    seconds: float, done: int, total: int, language: Language, *, key: str = "Ctrl-C"
) -> str:
    """Say how far a trial is, and which key stops it."""
    phrase = _TRYING if total == 1 else _TRYING_PARTS
    return phrase.text(language, seconds=seconds, number=min(done + 1, total), total=total, key=key)


def tried_text(tried: TriedKey, language: Language) -> str:
    """Say what a trial found, the first reason where it does not hold, and what was not kept."""
    from studytool.wording.verification import reasons  # late: it loads what verifies

    found = tried.evidence
    seconds = found.key.seconds + sum(one.seconds for one in found.claims)
    said = _TRIED.text(
        language, verdict=VERDICTS[found.key.verdict].text(language), seconds=seconds
    )
    why = [*reasons(found.key, language)][:1]
    if why:
        said = _BECAUSE.text(language, tried=said, reason=why[0])
    return said if tried.unkept is None else f"{said} {tried.unkept.text(language)}"
