"""Progress of long work in words: its step, and how far it is."""

from studytool.language import Language, Phrase

STEPS = {
    "checking": Phrase(ko="복습 기록을 확인하는 중", en="checking the log"),
    "checking backup": Phrase(ko="백업을 다시 읽어 확인하는 중", en="reading back a backup"),
    "copying": Phrase(ko="복사하는 중", en="copying"),
    "folding": Phrase(ko="기억 상태를 계산하는 중", en="computing the memories"),
    "migrating": Phrase(
        ko="옛 기록의 복습마다 학습일을 적는 중",
        en="giving each review of the older log its study day",
    ),
    "reading journal": Phrase(
        ko="손상된 파일의 저널을 읽는 중", en="reading the journal of the damaged file"
    ),
    "reading words": Phrase(
        ko="손상된 파일에서 이름을 읽는 중", en="reading names from the damaged file"
    ),
    "reading events": Phrase(
        ko="손상된 파일에서 복습을 읽는 중", en="reading reviews from the damaged file"
    ),
    "replacing": Phrase(ko="복습 기록을 바꾸는 중", en="replacing the log"),
}
"""By the name of the step."""

_SECONDS = Phrase(ko="{step}... {seconds:.0f}초", en="{step}... {seconds:.0f} s")
_SHARE = Phrase(ko="{step}... {share:.0%}", en="{step}... {share:.0%}")
PLAYING = Phrase(
    ko="문항을 풀어 보는 중... {done}/{total}", en="playing the items... {done}/{total}"
)
ALTERING = Phrase(ko="수식을 바꾸어 보는 중... {done}/{total}", en="mutants: {done}/{total}")
CANCELLED = Phrase(ko="취소했습니다.", en="cancelled.")
WORK_CANCELLED = Phrase(
    ko="취소했습니다. 파일은 작업하기 전 그대로입니다.",
    en="cancelled; the files are as they were before this work.",
)


def step_text(step: str, share: float | None, seconds: float, language: Language) -> str:
    """Say which step long work is at, and the share of it that is done, else its seconds."""
    phrase = _SECONDS if share is None else _SHARE
    return phrase.text(language, step=STEPS[step], seconds=seconds, share=share)
