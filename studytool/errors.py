"""What the user can mend: shown without a traceback, exit status 2.

StudytoolError
├── FormulaError       a pack author's formula, with its column
├── ExperimentError    a simulation's parameters, naming the parameter and its range
├── ParameterError     the memory model's parameters, every one that is out of range
├── PackError          a pack that cannot be read, with every diagnostic
├── NotFoundError      an unknown pack, item, claim or experiment, with the nearest name
├── ExchangeError      a file from elsewhere, with its line; nothing of it was taken in
└── StateError         the learner's own files: locked, damaged, read-only, full, too new

Anything else that escapes is a bug and shows its traceback.
"""

from difflib import get_close_matches

from studytool.language import Language, Phrase


class StudytoolError(Exception):
    """A message that says what is wrong, where, and how to mend it."""

    def __init__(self, message: str | Phrase, **fields: object) -> None:
        self.message = message
        self.fields = fields
        super().__init__(self.text("en"))

    def text(self, language: Language) -> str:
        """Give the message in the reader's language where it exists in both."""
        if isinstance(self.message, Phrase):
            return self.message.text(language, **self.fields)
        return self.message


class FormulaError(StudytoolError):
    """A formula that is refused or cannot be computed.

    Attributes:
        why: the reason, one sentence.
        column: where, counted from 1; None when the formula as a whole is meant.
    """

    def __init__(self, why: str, column: int | None = None) -> None:
        self.why = why
        self.column = column
        super().__init__(why if column is None else f"column {column}: {why}")


class ExperimentError(StudytoolError):
    """Parameters that an experiment refuses, before any memory is taken."""


class ParameterError(StudytoolError):
    """Parameters that the memory model refuses; the message names every one, one a line."""


class PackError(StudytoolError):
    """A pack that cannot be used; the message holds every diagnostic, one a line."""


class StateError(StudytoolError):
    """The learner's own files cannot be read or written; nothing was lost by it."""


class ExchangeError(StudytoolError):
    """What a file from elsewhere, or a line of it, has wrong.

    Attributes:
        place: the file, or ``file:line``; empty as long as only the wrong value is known.
    """

    def __init__(self, message: Phrase, *, place: str = "", **fields: object) -> None:
        self.place = place
        super().__init__(message, **fields)

    def at(self, place: str) -> "ExchangeError":
        """Give the same problem with its place."""
        if not isinstance(self.message, Phrase):
            raise TypeError(self.message)
        return ExchangeError(self.message, place=place, **self.fields)

    def text(self, language: Language) -> str:
        """Give the message behind its place."""
        said = super().text(language)
        return f"{self.place}: {said}" if self.place else said


class NotFoundError(StudytoolError):
    """A name that does not exist.

    >>> str(NotFoundError("item", "xavir", ["xavier", "he"]))
    "there is no item 'xavir'; did you mean 'xavier'?"
    """

    def __init__(self, kind: str, name: str, known: list[str], *, remedy: str = "") -> None:
        near = get_close_matches(name, known, n=1)
        hint = f"; did you mean '{near[0]}'?" if near else f"; {remedy}" if remedy else ""
        super().__init__(Phrase("{text}", "{text}"), text=f"there is no {kind} '{name}'{hint}")
