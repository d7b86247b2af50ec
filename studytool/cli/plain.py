"""Studying line by line: no cursor tricks, no escape codes, for screen readers and pipes."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager

from studytool.cli.home import opened_desk
from studytool.cli.interrupts import Interrupts, gathered_interrupts
from studytool.cli.output import USER_ERROR, write_error, write_folded, write_text
from studytool.cli.plain_acts import PlainActs
from studytool.cli.plain_lesson import print_lesson, print_opening
from studytool.cli.plain_text import (
    asked_again_lines,
    help_lines,
    mark_lines,
    question_lines,
    rating_line,
    source_line,
    why_lines,
)
from studytool.cli.plain_trial import try_key
from studytool.errors import StudytoolError, UnsettledError
from studytool.language import Language, Phrase
from studytool.quiz.answer import Ambiguous, Unreadable
from studytool.quiz.key import RecallKey, is_simulated
from studytool.quiz.mark_value import Mark
from studytool.quiz.variant import Variant
from studytool.session.desk import Desk
from studytool.session.question import Question
from studytool.session.study_session import CONFIDENCES, StudySession
from studytool.srs.rating import Rating
from studytool.typeset.math_line import set_formulas
from studytool.wording import study as phrases
from studytool.wording.evidence import evidence_lines
from studytool.wording.line_commands import (
    LineAct,
    as_answer,
    find_act,
    how_to,
    is_command,
    unknown,
)
from studytool.wording.trial import NOT_MARKED, NOTHING_TO_TRY
from studytool.wording.words import FLAGGED

_RATE = Phrase(ko="평가 (Enter = {suggested})", en="rating (Enter = {suggested})")
_RATE_AGAIN = Phrase(
    ko="1, 2, 3, 4 중 하나를 입력하세요(명령: :?).", en="Type 1, 2, 3 or 4 (commands: :?)."
)


class _Quit(Exception):  # noqa: N818 - not an error: the learner is done
    """End of the sitting, by a command or by the end of the input."""


def study_plainly(
    begin: Callable[[Desk], StudySession],
    *,
    language: Language | None,
    opened: Callable[[Language | None], AbstractContextManager[Desk]] = opened_desk,
) -> None:
    """Study until nothing is left, the command to quit, or the end of the input."""
    with opened(language) as desk:
        _Lines(desk, begin(desk)).run()
        if desk.unsaved:
            sys.exit(USER_ERROR)  # it was told where it happened


class _Lines:
    """One sitting in lines."""

    def __init__(self, desk: Desk, session: StudySession) -> None:
        self._desk = desk
        self._session = session
        self._language = desk.settings.language
        self._now = desk.clock.now
        self._shows_mark = False
        self._interrupts = Interrupts()
        self._acts = PlainActs(session, self._language, self._now)

    def run(self) -> None:
        """Ask until the end; Ctrl-C ends it where the learner is asked, and nothing halfway."""
        with gathered_interrupts() as self._interrupts:
            write_folded(how_to(self._language))
            try:
                question = self._next()
                while question is not None:
                    question = self._one(question)
            except (_Quit, KeyboardInterrupt):
                write_folded("")
            self._print_summary()

    def _one(self, question: Question) -> Question | None:
        """Ask one question through to its rating, or until an act closes it; return the next."""
        self._print_question(question.variant)
        try:
            marked = self._marked(question.variant)
        except UnsettledError as error:
            following = self._session.ask_otherwise(error, self._now())
            if not self._session.passed_over:
                write_folded(error.text(self._language))
            return self._named(following)
        if marked is None:
            return self._after_act()
        self._ask_confidence()
        self._print_mark(question, marked)
        rating = self._rating(question, marked)
        if rating is None:
            return self._after_act()
        try:
            self._session.rate(rating, self._now())
        except StudytoolError as error:
            write_error(error.text(self._language))
            raise _Quit from error
        if self._session.leech is not None:
            write_folded(phrases.leech_line(self._session.leech, self._language, undo=":u"))
        return self._next()

    def _next(self) -> Question | None:
        """Return the next question, and say what had to be passed over before it."""
        return self._named(self._session.start_next(self._now()))

    def _named(self, question: Question | None) -> Question | None:
        """Say what had to be passed over before a question."""
        passed, flagged = self._session.passed_over, self._session.writes
        for line in phrases.passed_over_lines(passed, self._language, flagged=flagged):
            write_folded(line)
        return question

    def _marked(self, question: Variant) -> Mark | None:
        """Read answers until one can be marked; None after an act that leaves the question."""
        while True:
            text = self._read("> ")
            act = self._command(text) if is_command(text) else None
            if act in self._acts.offered:
                if self._acts.do(act):
                    return None
            elif act is LineAct.HINT:
                hint = self._session.hint()
                none = phrases.no_hint(question.hints).text(self._language)
                write_folded(set_formulas(hint) if hint else none)
            elif act in {LineAct.TRY, LineAct.SOURCE}:
                self._print(NOT_MARKED)
            elif act is LineAct.SHOW or not is_command(text):
                reply = self._reply(question, None if act else as_answer(text))
                if isinstance(reply, Mark):
                    return reply
                write_folded("\n".join(asked_again_lines(reply, text, self._language)))

    def _reply(self, question: Variant, text: str | None) -> Mark | Ambiguous | Unreadable:
        asked = self._session.question
        if is_simulated(question.key) and (not text or (asked and asked.would_mark(text))):
            self._print(phrases.SIMULATING)
        if text is None or isinstance(question.key, RecallKey):
            return self._session.reveal()
        return self._session.submit(text)

    def _command(self, text: str) -> LineAct | None:
        """Return what a command does; help, the lesson and a word that is none are answered here.

        Raises:
            _Quit: the command to quit.
        """
        act = find_act(text)
        if act is LineAct.QUIT:
            raise _Quit
        if act is None:
            write_folded(unknown(text, self._language))
        elif act is LineAct.HELP:
            for line in help_lines(self._session.terms(), self._language):
                write_folded(line)
        elif act is LineAct.LESSON:
            print_lesson(self._session, self._desk.library, shows_mark=self._shows_mark)
        else:
            return act
        return None

    def _after_act(self) -> Question | None:
        """Return the question that an undo opened again, else the next."""
        return self._session.question or self._next()

    # --- rating and showing -------------------------------------------------------------------

    def _rating(self, question: Question, marked: Mark) -> Rating | None:
        """Read a rating; None after an act that leaves the question."""
        self._ask_rating()
        suggested = phrases.RATINGS[marked.suggested].text(self._language)
        choices = {"": marked.suggested, **dict(zip("1234", Rating, strict=True))}
        while True:
            text = self._read(_RATE.text(self._language, suggested=suggested) + " > ")
            if (rating := choices.get(text)) in self._session.ratings():
                return rating
            is_act = is_command(text) or find_act(text)  # no word is an answer here
            act = self._command(text) if is_act else None
            if act is LineAct.TRY:
                self._try_key()
            elif act is LineAct.SOURCE:
                write_folded(source_line(self._desk, question.id))
            elif act in self._acts.offered:
                if self._acts.do(act):
                    return None
            elif act or not is_act:
                self._print(_RATE_AGAIN if len(self._session.ratings()) > 1 else phrases.RATE_SHOWN)

    def _ask_rating(self) -> None:
        write_folded(
            rating_line(
                self._session.ratings(), self._session.intervals(self._now()), self._language
            )
        )
        if not self._session.writes:
            self._print(phrases.RATE_IN_CRAM)
        elif len(self._session.ratings()) == 1:
            self._print(phrases.RATE_SHOWN)

    def _try_key(self) -> None:
        """Try the key at the numbers in view, and say what came of it."""
        trial = self._session.key_trial(self._now())
        if trial is None:
            self._print(NOTHING_TO_TRY)
        elif try_key(trial, self._language):
            for line in evidence_lines(self._session.badge(), self._language, in_lines=True):
                write_folded(line)

    def _ask_confidence(self) -> None:
        """Read how sure the learner is; Enter says nothing."""
        if not self._session.asks_confidence():
            return
        choices = {"": None, **dict(zip("1234", CONFIDENCES, strict=True))}
        self._print(phrases.HOW_SURE)
        while (text := self._read("> ")) not in choices:
            if not is_command(text) or self._command(text) is not None:
                self._print(_RATE_AGAIN)
        self._session.state_confidence(choices[text])

    def _print_question(self, question: Variant) -> None:
        self._shows_mark = False
        print_opening(self._session, self._desk)
        progress, writes = self._session.progress(self._now()), self._session.writes
        write_folded("\n" + phrases.progress_line(progress, self._language, writes=writes))
        if self._session.is_flagged():
            self._print(FLAGGED)
        write_folded("\n".join(question_lines(question, self._language)))

    def _print_mark(self, question: Question, marked: Mark) -> None:
        self._shows_mark, language = True, self._language
        evidence = evidence_lines(self._session.badge(), language, in_lines=True)
        lines = mark_lines(question.item, question.variant, marked, language)
        write_folded("\n".join([*lines, *evidence, *why_lines(self._desk, self._session)]))

    def _print_summary(self) -> None:
        from studytool.wording.summary import summary_lines

        write_folded("\n".join(summary_lines(self._session.summary(self._now()), self._language)))

    def _print(self, phrase: Phrase, **fields: object) -> None:
        write_folded(phrase.text(self._language, **fields))

    def _read(self, prompt: str) -> str:
        """Read a line; the end of the input ends the session."""
        write_text(prompt, end="")
        with self._interrupts.let_through():
            line = sys.stdin.readline()
        if not line:
            raise _Quit
        return line.strip()
