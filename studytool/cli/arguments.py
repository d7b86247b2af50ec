"""What no argument may hold: characters that a terminal acts on, or that end a line."""

import re
from collections.abc import Sequence

from studytool.errors import StudytoolError
from studytool.language import Phrase
from studytool.printable import is_one_line, printable

_HAS_CONTROLS = Phrase(
    ko="{number}번째 인수에 제어 문자가 있습니다: {shown}. 그 문자를 빼고 다시 해 보세요.",
    en="argument {number} has control characters: {shown}. Leave them out and try again.",
)
_OF_LINES = {"formula", "mark"}
"""Commands that take a text of several lines: a formula, an answer."""

_NO_UTF8 = re.compile("[\udc80-\udcff]")
"""Bytes of a file's name that are no UTF-8; such a file can be read all the same."""

_SHOWN = 60


def refuse_controls(arguments: Sequence[str]) -> None:
    """Refuse arguments that a terminal would act on if they were shown.

    Raises:
        StudytoolError: names the first such argument.
    """
    of_lines = bool(arguments) and arguments[0] in _OF_LINES
    for number, argument in enumerate(arguments, start=1):
        text = _NO_UTF8.sub("?", argument)
        if not is_one_line(re.sub("[\n\t]", " ", text) if of_lines else text):
            shown = printable(argument[:_SHOWN]) + "…" * (len(argument) > _SHOWN)
            raise StudytoolError(_HAS_CONTROLS, number=number, shown=shown)
