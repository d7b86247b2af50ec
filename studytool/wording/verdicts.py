"""The words of a verdict, and of how independent of the key its evidence is."""

from collections.abc import Mapping

from studytool.language import Phrase
from studytool.packs.evidence import Independence, Verdict

VERDICTS: Mapping[Verdict | None, Phrase] = {
    Verdict.HOLDS: Phrase(ko="성립", en="holds"),
    Verdict.REFUTED: Phrase(ko="반증됨", en="refuted"),
    Verdict.UNDECIDED: Phrase(ko="판정 못 함", en="undecided"),
    None: Phrase(ko="시험 안 함", en="not tried"),
}
CLASSES: Mapping[Independence | None, Phrase] = {
    Independence.SIMULATED: Phrase(ko="시뮬레이션", en="simulated"),
    Independence.SECOND_METHOD: Phrase(ko="다른 방법", en="second method"),
    Independence.ORACLE: Phrase(ko="외부 대조", en="oracle"),
    Independence.ALGEBRA: Phrase(ko="식 변형", en="algebra"),
    None: Phrase(ko="", en=""),
}
"""How independent of the key the evidence is; nothing where there is none."""
