"""What a row of the table of keys is, and the places where keys work."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from studytool.language import Phrase


class KeyPlace(Enum):
    """Where a key works: a screen, or what the study screen waits for."""

    HOME = auto()
    CUSTOM = auto()
    ASKING = auto()
    RUNNING = auto()
    HOW_SURE = auto()
    MARKED = auto()
    SUMMARY = auto()
    PROGRESS = auto()
    HELP = auto()
    TOPICS = auto()
    PAGE = auto()
    LESSON = auto()
    PREVIEW = auto()
    AUTHOR = auto()
    EXPERIMENTS = auto()
    LAB = auto()
    LAB_QUESTION = auto()
    BROWSE = auto()
    SETTINGS = auto()
    CLAIMS = auto()
    PALETTE = auto()
    JUMP = auto()
    ANYWHERE = auto()


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One row of the table: keys that do the same, in one or more places.

    Attributes:
        names: the keys as people write them, ``F6``, ``s``, ``Ctrl+C``; each of them works. A
            letter works by its jamo too.
        action: the screen's method without ``action_``; empty where the widget in focus or the
            screen reads the key itself.
        does: two words for the bottom line.
        about: a sentence for the help; None where the help has other rows for the same keys.
        places: where the keys work, each with the name that the bottom line shows there; empty
            where that line leaves them out.
        writes: whether the act is written to the log, and so does not work in a cram.
    """

    names: tuple[str, ...]
    action: str
    does: Phrase
    about: Phrase | None
    places: Mapping[KeyPlace, str] = field(default_factory=dict)
    writes: bool = False


JAMO = dict(
    zip(
        "qwertyuiopasdfghjklzxcvbnm",
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ",
        strict=True,
    )
)
"""What a Korean keyboard types for each letter."""
