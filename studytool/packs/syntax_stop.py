"""Where the YAML parser stopped, and what is said of it."""

import re
from dataclasses import dataclass

from studytool.language import Message

KEY_LINE = re.compile(r"(?P<indent>\s*(?:- +)?)(?P<key>[^\s:'\"{\[#&*!|>@`-][^\s:]*)\s*:(?:\s|$)")
"""A line that begins with a key, or with an entry of a list that does."""


@dataclass(frozen=True, slots=True)
class SyntaxSlip:
    """A slip: its place in the text, from 0, what is wrong, and how to mend it."""

    index: int
    says: Message
    remedy: Message | None


@dataclass(frozen=True, slots=True)
class ParserStop:
    """Where the parser stopped, in the source, and what it was reading there."""

    source: str
    at: int
    began: int
    problem: str
    context: str

    @property
    def character(self) -> str:
        """Return the character there; nothing at the end."""
        return self.source[self.at : self.at + 1]

    def line_of(self, index: int) -> tuple[int, str]:
        """Return where the line of a place begins, and the line."""
        start = self.source.rfind("\n", 0, index) + 1
        end = self.source.find("\n", index)
        return start, self.source[start : len(self.source) if end < 0 else end]

    def line_above(self) -> tuple[int, str]:
        """Return the nearest line above the stop that is not blank."""
        start = self.line_of(self.at)[0]
        while start > 0:
            start, line = self.line_of(start - 1)
            if line.strip():
                return start, line
        return 0, ""
