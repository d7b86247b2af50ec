"""Studying line by line: no cursor tricks, no escape codes, for screen readers and pipes."""

import shutil
import sys
from collections.abc import Callable, Iterable
from time import monotonic

from studytool.cli.home import opened_desk
from studytool.cli.long_work import gathered_interrupts
from studytool.cli.output import clear_progress, show_progress, write_error, write_text
from studytool.errors import Cancelled, StudytoolError, UnsettledError
from studytool.language import Language, Phrase
from studytool.quiz.variant import (
    Ambiguous,
    AxisKey,
    Mark,
    RecallKey,
    Unreadable,
    Variant,
    is_simulated,
    options_of,
)
from studytool.session.desk import Desk
from studytool.session.question import Question
from studytool.session.study_session import CONFIDENCES, StudySession
from studytool.srs.rating import Rating
from studytool.typeset.math_line import set_formulas
from studytool.wording import study as phrases
from studytool.wording.axis import AXIS_CELLS, axis_lines, estimate_lines
from studytool.wording.evidence import evidence_lines
from studytool.wording.instruction import instruction
from studytool.wording.trial import NOTHING_TO_TRY, TRIAL_STOPPED, tried_text, trying_text
from studytool.wording.words import FLAGGED

_HOW_TO = Phrase(
    ko="답을 입력하고 Enter. h 힌트, s 정답 보기, u 되돌리기, q 끝내기.\n"
    "채점이 나온 뒤 v 이 수로 정답 시험(Ctrl-C: 멈춤).\n"
    ":suspend 보류, :bury 내일로 미루기, :flag 깃발 달기·떼기, :redo 다시 하기.",
    en="Type an answer and Enter. h hint, s show the answer, u undo, q quit.\n"
    "After the mark: v tries the key at these numbers (Ctrl-C stops it).\n"
    ":suspend, :bury (until tomorrow), :flag (or unflag), :redo.",
)
_REVEAL = Phrase(ko="Enter를 누르면 답이 나옵니다", en="Enter shows the answer")
_RATE = Phrase(ko="평가 (Enter = {suggested})", en="rating (Enter = {suggested})")
_RATE_AGAIN = Phrase(ko="1, 2, 3, 4 중 하나를 입력하세요.", en="Type 1, 2, 3 or 4.")


class _Quit(Exception):  # noqa: N818 - not an error: the learner is done
    """End of the sitting, by q or by the end of the input."""


def study_plainly(begin: Callable[[Desk], StudySession], *, language: Language | None) -> None:
    """Study until nothing is left, q, or the end of the input."""
    with opened_desk(language) as desk:
        _Lines(desk, begin(desk)).run()


class _Lines:
    """One sitting in lines."""

    def __init__(self, desk: Desk, session: StudySession) -> None:
        self._desk = desk
        self._session = session
        self._language = desk.settings.language
        self._now = desk.clock.now
        self._acts: dict[str, Callable[[], bool]] = {
            "u": self._undo,
            ":redo": self._redo,
            ":suspend": self._suspend,
            ":bury": self._bury,
            ":flag": self._flag,
        }

    def run(self) -> None:
        self._print(_HOW_TO)
        try:
            question = self._next()
            while question is not None:
                question = self._one(question)
        except (_Quit, KeyboardInterrupt):
            write_text("")
        self._print_summary()

    def _one(self, question: Question) -> Question | None:
        """Ask one question through to its rating, or until an act closes it; return the next."""
        self._print_question(question.variant)
        try:
            marked = self._marked(question.variant)
        except UnsettledError as error:
            following = self._session.ask_otherwise(error, self._now())
            if not self._session.passed_over:
                write_text(error.text(self._language))
            return self._named(following)
        if marked is None:
            return self._after_act()
        self._ask_confidence()
        self._print_mark(question.variant, marked)
        rating = self._rating(marked)
        if rating is None:
            return self._after_act()
        try:
            self._session.rate(rating, self._now())
        except StudytoolError as error:
            write_error(error.text(self._language))
            raise _Quit from error
        if self._session.leech is not None:
            write_text(phrases.leech_line(self._session.leech, self._language, undo="u"))
        return self._next()

    def _next(self) -> Question | None:
        """Return the next question, and say what had to be passed over before it."""
        return self._named(self._session.start_next(self._now()))

    def _named(self, question: Question | None) -> Question | None:
        """Say what had to be passed over before a question."""
        passed, flagged = self._session.passed_over, self._session.writes
        for line in phrases.passed_over_lines(passed, self._language, flagged=flagged):
            write_text(line)
        return question

    def _marked(self, question: Variant) -> Mark | None:
        """Read answers until one can be marked; None after an act that leaves the question."""
        while True:
            text = self._read("> ")
            if text in self._acts:
                if self._act(text):
                    return None
                continue
            if text == "h":
                hint = self._session.hint()
                write_text(set_formulas(hint) if hint else phrases.NO_HINT.text(self._language))
                continue
            reply = self._reply(question, text)
            if isinstance(reply, Mark):
                return reply
            write_text(reply.question if isinstance(reply, Ambiguous) else reply.why)

    def _reply(self, question: Variant, text: str) -> Mark | Ambiguous | Unreadable:
        if is_simulated(question.key):
            self._print(phrases.SIMULATING)
        if text == "s" or isinstance(question.key, RecallKey):
            return self._session.reveal()
        return self._session.submit(text)

    # --- acts: each says what it did, and tells whether the question in view was left ----------

    def _act(self, word: str) -> bool:
        if word != "u" and not self._session.writes:
            self._print(phrases.NOT_IN_CRAM)
            return False
        try:
            return self._acts[word]()
        except StudytoolError as error:  # an undone act's item may be no more: then go on
            write_error(error.text(self._language))
            return self._session.question is None

    def _undo(self) -> bool:
        if not self._session.undo(self._now()):
            self._print(phrases.NOTHING_TO_UNDO)
            return self._session.question is None
        self._print(
            phrases.UNDONE if self._session.writes else phrases.UNDONE_IN_CRAM, redo=":redo"
        )
        return True

    def _redo(self) -> bool:
        redone = self._session.redo(self._now())
        self._print(phrases.REDONE if redone else phrases.NOTHING_TO_REDO)
        return redone

    def _suspend(self) -> bool:
        self._session.suspend(self._now())
        self._print(phrases.SUSPENDED, undo="u")
        return True

    def _bury(self) -> bool:
        self._session.bury(self._now())
        self._print(phrases.BURIED, undo="u")
        return True

    def _flag(self) -> bool:
        flagged = self._session.toggle_flag(self._now())
        self._print(phrases.FLAGGED if flagged else phrases.UNFLAGGED)
        return False

    def _after_act(self) -> Question | None:
        """Return the question that an undo opened again, else the next."""
        return self._session.question or self._next()

    # --- rating and showing -------------------------------------------------------------------

    def _rating(self, marked: Mark) -> Rating | None:
        """Read a rating; None after an act that leaves the question."""
        write_text("  ".join(self._ratings()))
        if not self._session.writes:
            self._print(phrases.RATE_IN_CRAM)
        suggested = phrases.RATINGS[marked.suggested].text(self._language)
        choices = {"": marked.suggested, **dict(zip("1234", Rating, strict=True))}
        while True:
            text = self._read(_RATE.text(self._language, suggested=suggested) + " > ")
            if text in choices:
                return choices[text]
            if text == "v":
                self._try_key()
            elif text not in self._acts:
                self._print(_RATE_AGAIN)
            elif self._act(text):
                return None

    def _try_key(self) -> None:
        """Try the key at the numbers in view, and say what came of it."""
        language, trial = self._language, self._session.key_trial(self._now())
        if trial is None:
            self._print(NOTHING_TO_TRY)
            return
        began = monotonic()

        def tell(done: int, total: int) -> None:
            show_progress(trying_text(monotonic() - began, done, total, language))

        try:
            with gathered_interrupts() as interrupts:
                tell(0, 1)
                tried = trial.run(progress=tell, cancelled=interrupts.came)
        except Cancelled:
            clear_progress()
            self._print(TRIAL_STOPPED)
            return
        clear_progress()
        write_text(tried_text(tried, language))
        for line in evidence_lines(self._session.badge(), language):
            write_text(line)

    def _ratings(self) -> list[str]:
        """Name the ratings, each with the interval that it would lead to, if to any."""
        names = {rating: phrases.RATINGS[rating].text(self._language) for rating in Rating}
        for rating, interval in self._session.intervals(self._now()).items():
            names[rating] += f" ({phrases.write_interval(interval, self._language)})"
        return [f"{number} {names[rating]}" for number, rating in enumerate(Rating, start=1)]

    def _ask_confidence(self) -> None:
        """Read how sure the learner is; Enter says nothing."""
        if not self._session.asks_confidence():
            return
        choices = {"": None, **dict(zip("1234", CONFIDENCES, strict=True))}
        self._print(phrases.HOW_SURE)
        while (text := self._read("> ")) not in choices:
            self._print(_RATE_AGAIN)
        self._session.state_confidence(choices[text])

    def _print_question(self, question: Variant) -> None:
        write_text("")
        if self._session.is_flagged():
            self._print(FLAGGED)
        write_text(set_formulas(question.prompt))
        for number, option in enumerate(options_of(question.key), start=1):
            write_text(f"  {number}. {set_formulas(option.text)}")
        if isinstance(question.key, AxisKey):
            self._print_lines(axis_lines(question.key.axis, self._language, width=_width()))
        if isinstance(question.key, RecallKey):
            self._print(_REVEAL)
        else:
            write_text(instruction(question, in_lines=True).text(self._language))

    def _print_mark(self, question: Variant, marked: Mark) -> None:
        language = self._language
        if not isinstance(question.key, RecallKey):
            write_text(phrases.MARKS[marked.outcome].text(language))
            if marked.read_as:
                write_text(f"{phrases.YOURS.text(language)}: {set_formulas(marked.read_as)}")
        write_text(f"{phrases.ANSWER.text(language)}: {set_formulas(marked.key_text)}")
        drawn = estimate_lines(marked.estimated, language, width=_width())
        measured = phrases.measured_lines(marked, width=0)
        for line in (marked.feedback, *drawn, *measured, question.solution):
            if line:
                write_text(set_formulas(line))
        self._print_lines(evidence_lines(self._session.badge(), language))

    def _print_summary(self) -> None:
        from studytool.wording.summary import summary_lines

        now = self._now()
        write_text("\n".join(summary_lines(self._session.summary(now), self._language, now)))

    def _print_lines(self, lines: Iterable[str]) -> None:
        for line in lines:
            write_text(line)

    def _print(self, phrase: Phrase, **fields: object) -> None:
        write_text(phrase.text(self._language, **fields))

    def _read(self, prompt: str) -> str:
        """Read a line; q and the end of the input end the session."""
        write_text(prompt, end="")
        line = sys.stdin.readline()
        if not line or line.strip() == "q":
            raise _Quit
        return line.strip()


def _width() -> int:
    """Return the cells that a drawn line may take: those of the terminal, where it is one."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else AXIS_CELLS
