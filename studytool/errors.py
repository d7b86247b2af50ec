"""The errors that a user can mend: shown without a traceback, exit status 2.

StudytoolError
├── FormulaError       a pack author's formula, with its column
│   └── FormulaSizeError   one that needs more memory or work than one may use
├── SearchError        a search that cannot be read, with its column
├── ExperimentError    a simulation's parameters, naming the parameter and its range
├── ParameterError     the memory model's parameters, every one that is out of range
├── UnsettledError     a prediction whose simulation does not settle what happens
├── PackError          a pack that cannot be read, with every diagnostic
├── UndrawableError    an item none of whose draws can be asked, and the condition that refuses
├── NotFoundError      an unknown pack, item, claim or experiment, with the nearest name
├── ExchangeError      a file from elsewhere, with its line; nothing of it was taken in
└── StateError         the learner's own files: locked, damaged, read-only, full, too new

Anything else that escapes is a bug: one line and a report, exit status 70.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from studytool.faults import FAULTS, Fault
from studytool.language import Language, Message, Phrase, in_both
from studytool.printable import printable


class _NameKind(NamedTuple):
    """A kind of name: its word, what the names that exist are called, what lists them all."""

    word: Phrase
    existing: Phrase
    command: str = ""


_ITEMS = Phrase("문항", "Items")
_KINDS = {
    "item": _NameKind(Phrase("문항", "item"), _ITEMS, "studytool item list"),
    "pack": _NameKind(Phrase("꾸러미", "pack"), Phrase("설치된 꾸러미", "Installed")),
    "pack or item": _NameKind(
        Phrase("꾸러미나 문항", "pack or item"),
        Phrase("꾸러미와 문항", "Packs and items"),
        "studytool item list",
    ),
    "concept": _NameKind(Phrase("개념", "concept"), Phrase("개념", "Concepts")),
    "claim": _NameKind(Phrase("주장", "claim"), Phrase("주장", "Claims")),
    "experiment": _NameKind(
        Phrase("실험", "experiment"), Phrase("실험", "Experiments"), "studytool simulate --list"
    ),
    "setting": _NameKind(Phrase("설정", "setting"), Phrase("설정", "Settings"), "studytool config"),
    "backup": _NameKind(
        Phrase("백업", "backup"), Phrase("백업", "Backups"), "studytool backup --list"
    ),
}
_MISSING = Phrase(
    ko="이름이 '{name}'인 {kind}{subject} 없습니다. {hint}", en="no {kind} named '{name}'. {hint}"
)
_NEAREST = Phrase(ko="혹시 '{near}'인가요?", en="Did you mean '{near}'?")
_EXISTING = Phrase(ko="{existing}: {names}.", en="{existing}: {names}.")
_MORE = Phrase(ko="{existing}: {names} 외 {n}개.", en="{existing}: {names} and {n} more.")
_LIST = Phrase(ko="{hint} 모두 보기: {command}", en="{hint} See them all: {command}")
_NONE_EXISTS = Phrase(ko="아직 하나도 없습니다.", en="There are none yet.")
_NAMES = Phrase(ko="이름", en="Names")
_MOST_NAMES = 12
_LONG_WORD = re.compile(r"([^\s,;]{60})[^\s,;]+")
_FORMULA = Phrase(ko="{why}", en="{why}")
_IN_SEARCH = Phrase(
    ko="검색어의 {column}번째 글자: {why} (검색하는 법: studytool help search)",
    en="search, column {column}: {why} How to search: studytool help search",
)
AT_COLUMN = Phrase(ko="{column}번째 글자: {why}", en="column {column}: {why}")


class Cancelled(Exception):  # noqa: N818 - not an error: the learner wanted it
    """Long work was cancelled; its files are as they were."""


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
        return in_both(self.text("ko"), self.text("en"))


def _short_words(field: object) -> object:
    """Cut the words of a text that are longer than any that an author means."""
    return _LONG_WORD.sub(r"\1…", field) if isinstance(field, str) else field


class FormulaError(StudytoolError):
    """A formula that is refused or cannot be computed.

    Attributes:
        why: the reason, one sentence.
        column: where, counted from 1; None when the formula as a whole is meant.
    """

    def __init__(self, why: Phrase, column: int | None = None, /, **fields: object) -> None:
        self.why = why.of(**{name: _short_words(field) for name, field in fields.items()})
        self.column = column
        super().__init__(_FORMULA if column is None else AT_COLUMN, column=column, why=self.why)


class FormulaSizeError(FormulaError):
    """A formula that needs more memory or work than one may use."""


class SearchError(StudytoolError):
    """A search of items that cannot be read.

    Attributes:
        column: where, counted from 1.
    """

    def __init__(self, why: Phrase, column: int, /, **fields: object) -> None:
        self.column = column
        super().__init__(_IN_SEARCH, column=column, why=why.of(**fields))


class ExperimentError(StudytoolError):
    """Parameters that a simulation refuses, before any memory is taken; every problem is named."""

    def __init__(self, name: str, *problems: Message) -> None:
        """Say what is wrong with the parameters of the simulation called ``name``."""
        several = {f"problem{i}": problem for i, problem in enumerate(problems)}
        listed = "; ".join(f"{{{field}}}" for field in several)
        template = f"{{name}}: {listed}"
        super().__init__(Phrase(template, template), name=name, **several)


class UnsettledError(StudytoolError):
    """A prediction whose simulation does not settle what happens at these numbers."""


class ParameterError(StudytoolError):
    """Parameters that the memory model refuses; the message names every one, one a line."""


class PackError(StudytoolError):
    """A pack that cannot be used; the message holds every diagnostic, one a line."""


class UndrawableError(StudytoolError):
    """An item that cannot be asked: no draw of its parameters fulfils what it demands of them.

    Attributes:
        path: the part of the item that refuses most draws: its keys and places in lists; empty where
            none does alone.
    """

    def __init__(
        self, message: Phrase, /, *, path: tuple[str | int, ...] = (), **fields: object
    ) -> None:
        self.path = path
        super().__init__(message, **fields)


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
        return f"{printable(self.place)}: {said}" if self.place else said


class NotFoundError(StudytoolError):
    """A name that does not exist.

    >>> error = NotFoundError("pack", "notez", ["notes", "maths"])
    >>> error.text("en")
    "no pack named 'notez'. Did you mean 'notes'?"
    >>> error.text("ko")
    "이름이 'notez'인 꾸러미가 없습니다. 혹시 'notes'인가요?"
    >>> NotFoundError("pack", "zzz", ["notes", "maths"]).text("en")
    "no pack named 'zzz'. Installed: notes, maths."
    """

    def __init__(
        self,
        kind: str | Phrase,
        name: str,
        known: Sequence[str],
        *,
        remedy: Phrase | Message | None = None,
    ) -> None:
        """Name the nearest of ``known``; where none is near, give the remedy or name them all.

        Args:
            kind: what is missing; of the usual kinds the English word is enough.
            name: what was asked for.
            known: the names that exist.
            remedy: a sentence in the place of the names.
        """
        from difflib import get_close_matches  # most runs of the program need none

        row = _NameKind(kind, _NAMES) if isinstance(kind, Phrase) else _KINDS[kind]
        near = get_close_matches(name, known, n=1)
        if near:
            remedy = _NEAREST.of(near=near[0])
        hint = remedy or _names(row, known)
        subject = _subject_particle(row.word.ko)
        super().__init__(_MISSING, kind=row.word, name=name, subject=subject, hint=hint)


def _names(row: _NameKind, known: Sequence[str]) -> Phrase | Message:
    """Return a sentence with the names that exist, no more of them than one can read."""
    if not known:
        return _NONE_EXISTS
    names, n = ", ".join(known[:_MOST_NAMES]), len(known) - _MOST_NAMES
    if n <= 0:
        return _EXISTING.of(existing=row.existing, names=names)
    hint = _MORE.of(existing=row.existing, names=names, n=n)
    return _LIST.of(hint=hint, command=row.command) if row.command else hint


def _subject_particle(word: str) -> str:
    """Return the particle of a Korean subject, by the last letter of its word.

    >>> _subject_particle("꾸러미"), _subject_particle("문항")
    ('가', '이')
    """
    return "이" if (ord(word[-1]) - ord("가")) % 28 else "가"
