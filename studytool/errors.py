"""What the user can mend: shown without a traceback, exit status 2.

StudytoolError
├── FormulaError       a pack author's formula, with its column
│   └── FormulaSizeError   one that needs more memory or work than one may use
├── ExperimentError    a simulation's parameters, naming the parameter and its range
├── ParameterError     the memory model's parameters, every one that is out of range
├── PackError          a pack that cannot be read, with every diagnostic
├── NotFoundError      an unknown pack, item, claim or experiment, with the nearest name
├── ExchangeError      a file from elsewhere, with its line; nothing of it was taken in
└── StateError         the learner's own files: locked, damaged, read-only, full, too new

Anything else that escapes is a bug and shows its traceback.
"""

from collections.abc import Sequence
from difflib import get_close_matches

from studytool.faults import FAULTS, Fault
from studytool.language import Language, Message, Phrase

_KINDS = {
    "item": Phrase(ko="문항", en="item"),
    "numeric or prediction item": Phrase(ko="수치·예측 문항", en="numeric or prediction item"),
    "pack": Phrase(ko="꾸러미", en="pack"),
    "concept": Phrase(ko="개념", en="concept"),
    "claim": Phrase(ko="주장", en="claim"),
    "experiment": Phrase(ko="실험", en="experiment"),
    "setting": Phrase(ko="설정", en="setting"),
    "backup": Phrase(ko="백업", en="backup"),
}
_MISSING = Phrase(ko="없는 {kind}입니다: '{name}'", en="there is no {kind} '{name}'")
_NEAREST = Phrase(ko="혹시 '{name}'인가요?", en="did you mean '{name}'?")
_EXISTING = Phrase(ko="있는 이름: {names}", en="there is {names}")
_EXISTING_AND_MORE = Phrase(ko="있는 이름: {names} 외 {n}개", en="there is {names} and {n} more")
_NONE_EXISTS = Phrase(ko="아직 하나도 없습니다.", en="there is none")
_SAID = Phrase("{ko}", "{en}")
_MOST_NAMES = 25
_FORMULA = Phrase(ko="{why}", en="{why}")
_COLUMN = Phrase(ko="{column}번째 글자: {why}", en="column {column}: {why}")


class Cancelled(Exception):  # noqa: N818 - not an error: the learner wanted it
    """Long work was ended before its time; what it was about is as it was."""


class StudytoolError(Exception):
    """A message that says what is wrong, where, and how to mend it."""

    def __init__(self, message: str | Phrase, **fields: object) -> None:
        self.message = message
        self.fields = fields
        super().__init__(self.text("en"))

    def text(self, language: Language) -> str:
        """Return the message in the reader's language where it exists in both."""
        if isinstance(self.message, Phrase):
            return self.message.text(language, **self.fields)
        return self.message

    @property
    def told(self) -> Message:
        """The message, for a text whose language is chosen later."""
        return _SAID.of(ko=self.text("ko"), en=self.text("en"))


class FormulaError(StudytoolError):
    """A formula that is refused or cannot be computed.

    Attributes:
        why: the reason, one sentence.
        column: where, counted from 1; None when the formula as a whole is meant.
    """

    def __init__(self, why: Phrase, column: int | None = None, /, **fields: object) -> None:
        self.why = why.of(**fields)
        self.column = column
        super().__init__(_FORMULA if column is None else _COLUMN, column=column, why=self.why)


class FormulaSizeError(FormulaError):
    """A formula that needs more memory or work than one may use."""


class ExperimentError(StudytoolError):
    """Parameters that a simulation refuses, before any memory is taken; every problem is named."""

    def __init__(self, name: str, *problems: Message) -> None:
        """Say what is wrong with the parameters of the simulation called ``name``."""
        several = {f"problem{i}": problem for i, problem in enumerate(problems)}
        listed = "; ".join(f"{{{field}}}" for field in several)
        template = f"{{name}}: {listed}"
        super().__init__(Phrase(template, template), name=name, **several)


class ParameterError(StudytoolError):
    """Parameters that the memory model refuses; the message names every one, one a line."""


class PackError(StudytoolError):
    """A pack that cannot be used; the message holds every diagnostic, one a line."""


class StateError(StudytoolError):
    """The learner's own files cannot be read or written; nothing was lost by it.

    Attributes:
        fault: its code; programs compare this, and never the message.
    """

    def __init__(self, fault: Fault, **fields: object) -> None:
        self.fault = fault
        words = FAULTS[fault]
        if fields.keys() != words.fields:
            raise TypeError(f"{fault} has the fields {sorted(words.fields)}, not {sorted(fields)}")
        super().__init__(words.whole, **fields)

    @property
    def sentence(self) -> Message:
        """What is wrong, without the remedy."""
        return FAULTS[self.fault].sentence.of(**self.fields)

    @property
    def remedy(self) -> Message:
        """How to mend it."""
        return FAULTS[self.fault].remedy.of(**self.fields)


class ExchangeError(StudytoolError):
    """What a file from elsewhere, or a line of it, has wrong.

    Attributes:
        place: the file, or ``file:line``; empty as long as only the wrong value is known.
    """

    def __init__(self, message: Phrase, *, place: str = "", **fields: object) -> None:
        self.place = place
        super().__init__(message, **fields)

    def at(self, place: str) -> "ExchangeError":
        """Return the same problem with its place."""
        if not isinstance(self.message, Phrase):
            raise TypeError(self.message)
        return ExchangeError(self.message, place=place, **self.fields)

    def text(self, language: Language) -> str:
        """Return the message behind its place."""
        said = super().text(language)
        return f"{self.place}: {said}" if self.place else said


class NotFoundError(StudytoolError):
    """A name that does not exist.

    >>> error = NotFoundError("item", "xavir", ["xavier", "he"])
    >>> error.text("en")
    "there is no item 'xavir'; did you mean 'xavier'?"
    >>> error.text("ko")
    "없는 문항입니다: 'xavir'. 혹시 'xavier'인가요?"
    """

    def __init__(
        self, kind: str | Phrase, name: str, known: list[str], *, remedy: str | Phrase = ""
    ) -> None:
        """Say which of ``known`` is near, else the remedy.

        Args:
            kind: what is missing; of the usual kinds the English word is enough.
            name: what was asked for.
            known: the names that exist.
            remedy: where it is text, it is said in English, and in Korean the names that exist.
        """
        named = kind if isinstance(kind, Phrase) else _KINDS.get(kind, Phrase(kind, kind))
        near = get_close_matches(name, known, n=1)
        hint: Phrase | None = None
        if near:
            hint = _filled(_NEAREST, name=near[0])
        elif isinstance(remedy, Phrase):
            hint = remedy
        elif remedy:
            hint = Phrase(ko=existing_names(known).ko, en=remedy)
        said = _filled(_MISSING, kind=named, name=name)
        ko = said.ko if hint is None else f"{said.ko}. {hint.ko}"
        en = said.en if hint is None else f"{said.en}; {hint.en}"
        super().__init__(Phrase("{ko}", "{en}"), ko=ko, en=en)


def existing_names(names: Sequence[str]) -> Phrase:
    """Say which names exist, not more of them than one can read.

    >>> existing_names(["a", "b"]).en
    'there is a, b'
    """
    if not names:
        return _NONE_EXISTS
    shown, more = ", ".join(names[:_MOST_NAMES]), len(names) - _MOST_NAMES
    return _filled(_EXISTING_AND_MORE if more > 0 else _EXISTING, names=shown, n=more)


def _filled(phrase: Phrase, **fields: object) -> Phrase:
    """Fill a phrase in; a field that is a phrase itself is given in each language."""
    ko = {name: one.ko if isinstance(one, Phrase) else one for name, one in fields.items()}
    en = {name: one.en if isinstance(one, Phrase) else one for name, one in fields.items()}
    return Phrase(ko=phrase.text("ko", **ko), en=phrase.text("en", **en))
