"""The acts of a sitting in lines: undo, redo, suspend, bury, flag. Each says what it did."""

from collections.abc import Callable
from datetime import datetime

from studytool.cli.output import write_error, write_folded
from studytool.errors import StudytoolError
from studytool.language import Language, Phrase
from studytool.session.study_session import StudySession
from studytool.wording import study as phrases
from studytool.wording.line_commands import LineAct


class PlainActs:
    """What may be done in place of an answer or a rating.

    Attributes:
        offered: the acts that :meth:`do` does.

    Args:
        session: a sitting or a cram.
        language: of what is said.
        now: the learner's clock.
    """

    def __init__(
        self, session: StudySession, language: Language, now: Callable[[], datetime]
    ) -> None:
        self._session = session
        self._language = language
        self._now = now
        self._acts: dict[LineAct, Callable[[], bool]] = {
            LineAct.UNDO: self._undo,
            LineAct.REDO: self._redo,
            LineAct.SUSPEND: self._suspend,
            LineAct.BURY: self._bury,
            LineAct.FLAG: self._flag,
        }
        self.offered = frozenset(self._acts)

    def do(self, act: LineAct) -> bool:
        """Do an act and say so; return whether the question in view was left."""
        if act is not LineAct.UNDO and not self._session.writes:
            self._print(phrases.NOT_IN_CRAM)
            return False
        try:
            return self._acts[act]()
        except StudytoolError as error:  # an undone act's item may be no more: then go on
            write_error(error.text(self._language))
            return self._session.question is None

    def _undo(self) -> bool:
        if not self._session.undo(self._now()):
            self._print(phrases.NOTHING_TO_UNDO)
            return self._session.question is None
        self._print(phrases.UNDONE if self._session.writes else phrases.UNDONE_IN_CRAM, redo=":r")
        return True

    def _redo(self) -> bool:
        redone = self._session.redo(self._now())
        self._print(phrases.REDONE if redone else phrases.NOTHING_TO_REDO)
        return redone

    def _suspend(self) -> bool:
        self._session.suspend(self._now())
        self._print(phrases.SUSPENDED, undo=":u")
        return True

    def _bury(self) -> bool:
        self._session.bury(self._now())
        self._print(phrases.BURIED, undo=":u")
        return True

    def _flag(self) -> bool:
        flagged = self._session.toggle_flag(self._now())
        self._print(phrases.FLAGGED if flagged else phrases.UNFLAGGED)
        return False

    def _print(self, phrase: Phrase, **fields: object) -> None:
        write_folded(phrase.text(self._language, **fields))
