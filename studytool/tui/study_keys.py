"""The keys of the study screen: what each does, and which the bottom line shows when."""

from textual.binding import Binding, BindingType

from studytool.language import Phrase
from studytool.tui.key_bar import Keys, with_jamo
from studytool.wording import study as phrases

KEPT = frozenset({"F6", "F7", "F8", "s", "b", "f", "Ctrl+Y"})
"""The keys that write to the log: not in a cram."""

_LANGUAGE = ("F9", Phrase("English", "한국어"))
_REDO = ("Ctrl+Y", Phrase("다시 하기", "redo"))
_HELP = ("F1", Phrase("도움말", "help"))
_HOME = ("Esc", Phrase("처음으로", "home"))

ASKING: Keys = (
    ("Enter", Phrase("확인", "answer")),
    ("F2", phrases.HINT),
    ("F3", Phrase("정답 보기", "show answer")),
    ("F6", phrases.SUSPEND),
    ("F7", phrases.BURY),
    ("F8", phrases.FLAG),
    ("Ctrl+Z", Phrase("되돌리기", "undo")),
    _REDO,
    _LANGUAGE,
    _HELP,
    _HOME,
)
MARKED: Keys = (
    ("1–4", Phrase("평가", "rate")),
    ("Enter", Phrase("제안대로", "as suggested")),
    ("↑↓", Phrase("넘겨 보기", "scroll")),
    ("s", phrases.SUSPEND),
    ("b", phrases.BURY),
    ("f", phrases.FLAG),
    ("u", Phrase("되돌리기", "undo")),
    _REDO,
    _LANGUAGE,
    _HOME,
)

HOW_SURE: Keys = (
    ("1–4", Phrase("확신", "how sure")),
    ("Enter", Phrase("건너뛰기", "skip")),
    ("Ctrl+Z", Phrase("되돌리기", "undo")),
    _LANGUAGE,
    _HOME,
)

BINDINGS: list[BindingType] = [
    Binding("escape", "leave", show=False, priority=True),
    Binding("f1,question_mark", "help", show=False),
    Binding("f2", "hint", show=False),
    Binding("f3", "give_up", show=False),
    Binding(f"f6,{with_jamo('s')}", "suspend", show=False),
    Binding(f"f7,{with_jamo('b')}", "bury", show=False),
    Binding(f"f8,{with_jamo('f')}", "flag", show=False),
    Binding("ctrl+z", "undo", show=False, priority=True),
    Binding("ctrl+y", "redo", show=False, priority=True),
    Binding(with_jamo("u"), "undo", show=False),
    Binding(with_jamo("r"), "redo", show=False),
    Binding("f9", "switch_language", show=False),
]
"""A letter is text while an answer is typed: what has a letter has another key too."""


def of_cram(keys: Keys) -> Keys:
    """Return those of ``keys`` that work in a cram."""
    return tuple((key, does) for key, does in keys if key not in KEPT)
