"""The table of commands of the line mode, beside the table of keys; its help is made from it.

A command begins with a colon, so that every word, ``h`` or ``q`` too, can be an answer.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from studytool.language import Language, Phrase
from studytool.wording import words
from studytool.wording.keys import JAMO, KEYS, KeyPlace

SIGN = ":"


class LineAct(StrEnum):
    """What a command does."""

    HINT = "hint"
    SHOW = "show"
    TRY = "try"
    LESSON = "lesson"
    SOURCE = "source"
    UNDO = "undo"
    REDO = "redo"
    SUSPEND = "suspend"
    BURY = "bury"
    FLAG = "flag"
    HELP = "help"
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class LineCommand:
    """One row of the table.

    Attributes:
        act: what it does; its value is the English word.
        short: a sign that stands for the word, or nothing. A letter works by its jamo too.
        korean: the Korean word.
        does: two words for the first line.
        about: a sentence for the help.
    """

    act: LineAct
    short: str
    korean: str
    does: Phrase
    about: Phrase

    def names(self, language: Language) -> tuple[str, ...]:
        """Return how it is typed, shortest first, in words of a language."""
        word = self.korean if language == "ko" else str(self.act)
        return tuple(SIGN + name for name in (self.short, word) if name)

    @property
    def all_names(self) -> frozenset[str]:
        """Return every way to type it, without the colon."""
        jamo = JAMO.get(self.short, self.short)
        return frozenset({self.short, jamo, self.korean, str(self.act)} - {""})


def _of_key(action: str) -> tuple[Phrase, Phrase]:
    """Return the words of the key that does the same while the full screen asks or marks."""
    study = {KeyPlace.ASKING, KeyPlace.MARKED}
    rows = (row for row in KEYS if row.action == action and study & row.places.keys())
    return next((row.does, row.about) for row in rows if row.about)


_SOURCE = Phrase("문항이 적힌 곳", "where it is written")
_LIST = Phrase("명령 모두", "all commands")

COMMANDS = (
    LineCommand(LineAct.HINT, "h", "힌트", *_of_key("hint")),
    LineCommand(LineAct.SHOW, "s", "정답", *_of_key("give_up")),
    LineCommand(LineAct.TRY, "v", "시험", *_of_key("try_key")),
    LineCommand(LineAct.LESSON, "n", "읽을거리", *_of_key("lesson")),
    LineCommand(
        LineAct.SOURCE,
        "e",
        "원본",
        _SOURCE,
        Phrase("문항이 적힌 파일과 줄", "the item's file, line and column"),
    ),
    LineCommand(LineAct.UNDO, "u", "되돌리기", *_of_key("undo")),
    LineCommand(LineAct.REDO, "r", "다시", *_of_key("redo")),
    LineCommand(LineAct.SUSPEND, "", "보류", *_of_key("suspend")),
    LineCommand(LineAct.BURY, "", "내일", *_of_key("bury")),
    LineCommand(LineAct.FLAG, "", "깃발", *_of_key("flag")),
    LineCommand(LineAct.HELP, "?", "도움말", _LIST, _LIST),
    LineCommand(LineAct.QUIT, "q", "끝", words.QUIT, words.QUIT),
)

_FIRST_LINE = (LineAct.HINT, LineAct.SHOW, LineAct.UNDO, LineAct.QUIT, LineAct.HELP)
_HOW_TO = Phrase(ko="답을 입력하고 Enter. {commands}.", en="Type an answer and Enter. {commands}.")
ELSEWHERE = Phrase(
    ko="주장, 실험실, 찾기, 시험 날, 설정을 한 줄씩 쓰는 법: studytool help study",
    en="claims, lab, browse, exam and settings line by line: studytool help study",
)
_UNKNOWN = Phrase(
    ko="'{typed}' 명령은 없습니다. 있는 명령: {names}. :로 시작하는 답은 ::로 쓰세요.",
    en="There is no command '{typed}'. The commands are {names}. An answer that begins with : is typed "
    "with two.",
)


def is_command(text: str) -> bool:
    """Tell whether a line is a command: it begins with one colon."""
    return (sign := _plain(text)).startswith(SIGN) and not sign.startswith(2 * SIGN)


def find_act(text: str) -> LineAct | None:
    """Return what a command does; None where there is no such command, or several begin so.

    >>> find_act(":h"), find_act(" :힌트"), find_act(":Undo"), find_act(":x")
    (<LineAct.HINT: 'hint'>, <LineAct.HINT: 'hint'>, <LineAct.UNDO: 'undo'>, None)
    >>> find_act(":도움"), find_act(":su")
    (<LineAct.HELP: 'help'>, <LineAct.SUSPEND: 'suspend'>)
    """
    name = _plain(text).removeprefix(SIGN).strip()
    for row in COMMANDS:
        if name in row.all_names:
            return row.act
    begun = [row.act for row in COMMANDS if any(one.startswith(name) for one in row.all_names)]
    return begun[0] if len(begun) == 1 and len(name) > 1 else None


def as_answer(text: str) -> str:
    """Return a line that is no command without the colon that guards its first one."""
    return text[1:] if _plain(text).startswith(2 * SIGN) else text


def how_to(language: Language) -> str:
    """Say in one line how to answer, and the commands needed most."""
    rows = [row for row in COMMANDS if row.act in _FIRST_LINE]
    listed = (f"{row.names(language)[0]} {row.does.text(language)}" for row in rows)
    return _HOW_TO.text(language, commands=", ".join(listed))


def unknown(typed: str, language: Language) -> str:
    """Say that there is no such command, and which there are."""
    names = ", ".join(row.names(language)[0] for row in COMMANDS)
    return _UNKNOWN.text(language, typed=typed, names=names)


def command_rows(language: Language) -> Iterator[tuple[str, str]]:
    """Return each command's names and its sentence, for the help."""
    for row in COMMANDS:
        yield " ".join(row.names(language)), row.about.text(language)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip().replace("：", SIGN).casefold()
