"""Studying line by line: no cursor tricks, no escape codes, for screen readers and pipes."""

import sys
from collections.abc import Callable
from functools import partial

from studytool.cli.home import opened_desk
from studytool.cli.output import write_error, write_text
from studytool.clock import utc_now
from studytool.errors import StudytoolError
from studytool.language import Language, Phrase
from studytool.quiz.variant import (
    Ambiguous,
    BlankKey,
    Mark,
    NumberKey,
    OptionKey,
    PredictionKey,
    RecallKey,
    Unreadable,
    Variant,
)
from studytool.session.asking import CONFIDENCES
from studytool.session.cram import Cram
from studytool.session.desk import Desk
from studytool.session.sitting import Sitting
from studytool.srs.rating import Rating
from studytool.typeset.math_line import set_formulas
from studytool.wording import study as phrases
from studytool.wording.evidence import evidence_lines
from studytool.wording.instruction import wants_several
from studytool.wording.words import FLAGGED

_HOW_TO = Phrase(
    ko="답을 입력하고 Enter. h 힌트, s 정답 보기, u 되돌리기, q 끝내기.\n"
    ":suspend 보류, :bury 내일로 미루기, :flag 깃발 달기·떼기, :redo 다시 하기.",
    en="Type an answer and Enter. h hint, s show the answer, u undo, q quit.\n"
    ":suspend, :bury (until tomorrow), :flag (or unflag), :redo.",
)
_REVEAL = Phrase(ko="Enter를 누르면 답이 나옵니다", en="Enter shows the answer")
_RATE = Phrase(ko="평가 (Enter = {suggested})", en="rating (Enter = {suggested})")
_RATE_AGAIN = Phrase(ko="1, 2, 3, 4 중 하나를 입력하세요.", en="Type 1, 2, 3 or 4.")


class _Quit(Exception):  # noqa: N818 - not an error: the learner is done
    """End of the sitting, by q or by the end of the input."""


def study_plainly(begin: Callable[[Desk], Sitting | Cram], *, language: Language | None) -> None:
    """Study until nothing is left, q, or the end of the input."""
    with opened_desk(language) as desk:
        _Lines(desk, begin(desk)).run()


class _Lines:
    """One sitting in lines."""

    def __init__(self, desk: Desk, sitting: Sitting | Cram) -> None:
        self._desk = desk
        self._sitting = sitting
        self._language = desk.settings.language
        self._acts: dict[str, Callable[[], bool]] = {"u": self._undo}
        for word, act in {
            ":redo": self._redo,
            ":suspend": self._suspend,
            ":bury": self._bury,
            ":flag": self._flag,
        }.items():
            of_sitting = partial(act, sitting) if isinstance(sitting, Sitting) else None
            self._acts[word] = of_sitting or self._refuse

    def run(self) -> None:
        self._print(_HOW_TO)
        try:
            question = self._sitting.start_next(utc_now())
            while question is not None:
                question = self._one(question)
        except (_Quit, KeyboardInterrupt):
            write_text("")
        self._print_summary()

    def _one(self, question: Variant) -> Variant | None:
        """Ask one question through to its rating, or until an act closes it; return the next."""
        self._print_question(question)
        marked = self._marked(question)
        if marked is None:
            return self._after_act()
        self._ask_confidence()
        self._print_mark(question, marked)
        rating = self._rating(marked)
        if rating is None:
            return self._after_act()
        try:
            self._sitting.rate(rating, utc_now())
        except StudytoolError as error:
            write_error(error.text(self._language))
            raise _Quit from error
        if isinstance(self._sitting, Sitting) and self._sitting.leech is not None:
            write_text(phrases.leech_line(self._sitting.leech, self._language, undo="u"))
        return self._sitting.start_next(utc_now())

    def _marked(self, question: Variant) -> Mark | None:
        """Read answers until one can be marked; None after an act that leaves the question."""
        while True:
            text = self._read("> ")
            if text in self._acts:
                if self._act(text):
                    return None
                continue
            if text == "h":
                hint = self._sitting.hint()
                write_text(set_formulas(hint) if hint else phrases.NO_HINT.text(self._language))
                continue
            reply = self._reply(question, text)
            if isinstance(reply, Mark):
                return reply
            write_text(reply.question if isinstance(reply, Ambiguous) else reply.why)

    def _reply(self, question: Variant, text: str) -> Mark | Ambiguous | Unreadable:
        if isinstance(question.key, PredictionKey):
            self._print(phrases.SIMULATING)
        if text == "s" or isinstance(question.key, RecallKey):
            return self._sitting.reveal()
        return self._sitting.submit(text)

    # --- acts: each says what it did, and tells whether the question in view was left ----------

    def _act(self, word: str) -> bool:
        try:
            return self._acts[word]()
        except StudytoolError as error:  # an undone act's item may be no more: then go on
            write_error(error.text(self._language))
            return self._sitting.question is None

    def _undo(self) -> bool:
        if not self._sitting.undo(utc_now()):
            self._print(phrases.NOTHING_TO_UNDO)
            return self._sitting.question is None
        kept = isinstance(self._sitting, Sitting)
        self._print(phrases.UNDONE if kept else phrases.UNDONE_IN_CRAM, redo=":redo")
        return True

    def _refuse(self) -> bool:
        self._print(phrases.NOT_IN_CRAM)
        return False

    def _redo(self, sitting: Sitting) -> bool:
        redone = sitting.redo(utc_now())
        self._print(phrases.REDONE if redone else phrases.NOTHING_TO_REDO)
        return redone

    def _suspend(self, sitting: Sitting) -> bool:
        sitting.suspend(utc_now())
        self._print(phrases.SUSPENDED, undo="u")
        return True

    def _bury(self, sitting: Sitting) -> bool:
        sitting.bury(utc_now())
        self._print(phrases.BURIED, undo="u")
        return True

    def _flag(self, sitting: Sitting) -> bool:
        flagged = sitting.toggle_flag(utc_now())
        self._print(phrases.FLAGGED if flagged else phrases.UNFLAGGED)
        return False

    def _after_act(self) -> Variant | None:
        """Return the question that an undo opened again, else the next."""
        return self._sitting.question or self._sitting.start_next(utc_now())

    # --- rating and showing -------------------------------------------------------------------

    def _rating(self, marked: Mark) -> Rating | None:
        """Read a rating; None after an act that leaves the question."""
        write_text("  ".join(self._ratings()))
        if isinstance(self._sitting, Cram):
            self._print(phrases.RATE_IN_CRAM)
        suggested = phrases.RATINGS[marked.suggested].text(self._language)
        choices = {"": marked.suggested, **dict(zip("1234", Rating, strict=True))}
        while True:
            text = self._read(_RATE.text(self._language, suggested=suggested) + " > ")
            if text in choices:
                return choices[text]
            if text not in self._acts:
                self._print(_RATE_AGAIN)
            elif self._act(text):
                return None

    def _ratings(self) -> list[str]:
        """Name the ratings, each with the interval that it would lead to, if to any."""
        names = {rating: phrases.RATINGS[rating].text(self._language) for rating in Rating}
        if isinstance(self._sitting, Sitting):
            intervals = self._sitting.intervals(utc_now())
            for rating, interval in intervals.items():
                names[rating] += f" ({phrases.write_interval(interval, self._language)})"
        return [f"{number} {names[rating]}" for number, rating in enumerate(Rating, start=1)]

    def _ask_confidence(self) -> None:
        """Read how sure the learner is; Enter says nothing."""
        if not self._sitting.asks_confidence():
            return
        choices = {"": None, **dict(zip("1234", CONFIDENCES, strict=True))}
        self._print(phrases.HOW_SURE)
        while (text := self._read("> ")) not in choices:
            self._print(_RATE_AGAIN)
        self._sitting.state_confidence(choices[text])

    def _print_question(self, question: Variant) -> None:
        write_text("")
        if self._sitting.is_flagged():
            self._print(FLAGGED)
        write_text(set_formulas(question.prompt))
        match question.key:
            case OptionKey(options=options) | PredictionKey(options=options):
                for number, option in enumerate(options, start=1):
                    write_text(f"  {number}. {set_formulas(option.text)}")
                several = wants_several(question)
                self._print(phrases.CHOOSE_SEVERAL if several else phrases.TYPE_CHOICE)
            case NumberKey():
                self._print(phrases.TYPE_NUMBER)
            case BlankKey():
                self._print(phrases.TYPE_WORDS)
            case RecallKey():
                self._print(_REVEAL)

    def _print_mark(self, question: Variant, marked: Mark) -> None:
        language = self._language
        if not isinstance(question.key, RecallKey):
            write_text(phrases.MARKS[marked.outcome].text(language))
            if marked.read_as:
                write_text(f"{phrases.YOURS.text(language)}: {set_formulas(marked.read_as)}")
        write_text(f"{phrases.ANSWER.text(language)}: {set_formulas(marked.key_text)}")
        for line in (marked.feedback, *phrases.measured_lines(marked, width=0), question.solution):
            if line:
                write_text(set_formulas(line))
        for line in evidence_lines(self._sitting.badge(), language):
            write_text(line)

    def _print_summary(self) -> None:
        from studytool.wording.summary import summary_lines

        now = utc_now()
        write_text("\n".join(summary_lines(self._sitting.summary(now), self._language, now)))

    def _print(self, phrase: Phrase, **fields: object) -> None:
        write_text(phrase.text(self._language, **fields))

    def _read(self, prompt: str) -> str:
        """Read a line; q and the end of the input end the sitting."""
        write_text(prompt, end="")
        line = sys.stdin.readline()
        if not line or line.strip() == "q":
            raise _Quit
        return line.strip()
