"""The table of what a search can ask for: fields, states and words for days."""

from dataclasses import dataclass
from typing import Literal

from studytool.language import Phrase

FieldKind = Literal["name", "state", "share", "number", "day"]


@dataclass(frozen=True, slots=True)
class SearchField:
    """One field: what its values are, an example, and what it means."""

    kind: FieldKind
    example: str
    about: Phrase


FIELDS: dict[str, SearchField] = {
    "concept": SearchField("name", "concept:dropout", Phrase("개념", "the concept")),
    "claim": SearchField(
        "name", "claim:he-*", Phrase("근거가 되는 주장", "a claim that it rests on")
    ),
    "tag": SearchField(
        "name", "tag:exam", Phrase("꾸러미 지은이가 단 태그", "a tag of its author")
    ),
    "pack": SearchField("name", "pack:deep-learning-notes", Phrase("꾸러미", "the pack")),
    "kind": SearchField("name", "kind:numeric", Phrase("문항의 종류", "the kind of item")),
    "item": SearchField(
        "name", "item:*he-sd", Phrase("문항의 이름(pack/slug)", "its name, pack/slug")
    ),
    "is": SearchField("state", "is:due", Phrase("상태(아래)", "a state, see below")),
    "r": SearchField("share", "r<0.8", Phrase("지금의 기억 확률", "the chance of recall now")),
    "stability": SearchField("number", "stability>=21", Phrase("안정도(일)", "stability, in days")),
    "difficulty": SearchField(
        "number", "difficulty>7", Phrase("난이도, 1에서 10까지", "difficulty, from 1 to 10")
    ),
    "lapses": SearchField("number", "lapses>=3", Phrase("잊은 횟수", "how often it was forgotten")),
    "reviews": SearchField("number", "reviews=1", Phrase("복습 수", "how often it was reviewed")),
    "due": SearchField("day", "due<=+7d", Phrase("다음 복습 날", "the day on which it falls due")),
    "answered": SearchField(
        "day", "answered>=-7d", Phrase("마지막으로 답한 날", "the day of its last answer")
    ),
    "added": SearchField(
        "day",
        "added>=2026-01-31",
        Phrase("꾸러미와 함께 설치된 날", "the day on which it was installed"),
    ),
}
"""By name, in the order of the help."""

STATES: dict[str, Phrase] = {
    "new": Phrase("복습한 적이 없거나 초기화함", "never reviewed, or reset"),
    "learning": Phrase("처음 배우는 단계", "in its first steps"),
    "review": Phrase("복습 단계", "in the review stage"),
    "relearning": Phrase("잊어서 다시 배우는 단계", "forgotten, in steps again"),
    "due": Phrase("단계나 복습이 지금 때가 됨", "due now, in steps or for review"),
    "suspended": Phrase("보류함", "suspended"),
    "buried": Phrase("지금 미루어 둠", "buried now"),
    "flagged": Phrase("깃발 있음", "flagged"),
    "leech": Phrase("leech_lapses번 이상 잊음", "forgotten leech_lapses times or more"),
}

DAYS: dict[str, int] = {
    "today": 0, "오늘": 0, "tomorrow": 1, "내일": 1, "yesterday": -1, "어제": -1,
}  # fmt: skip
"""Words for days, counted from today."""
