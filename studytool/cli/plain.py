"""Studying line by line: no cursor tricks, no escape codes, for screen readers and pipes."""

import sys
from collections.abc import Sequence

import click

from studytool.cli.home import opened_desk
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
from studytool.session.desk import Desk
from studytool.session.sitting import Sitting
from studytool.srs.rating import Rating
from studytool.tui import phrases
from studytool.typeset.math_line import set_formulas

_HOW_TO = Phrase(
    ko="답을 입력하고 Enter. h 힌트, s 정답 보기, u 되돌리기, q 끝내기.",
    en="Type an answer and Enter. h hint, s show the answer, u undo, q quit.",
)
_REVEAL = Phrase(ko="Enter를 누르면 답이 나옵니다", en="Enter shows the answer")
_RATE = Phrase(ko="평가 (Enter = {suggested})", en="rating (Enter = {suggested})")
_RATE_AGAIN = Phrase(ko="1, 2, 3, 4 중 하나를 입력하세요.", en="Type 1, 2, 3 or 4.")
_SIMULATING = Phrase(ko="시뮬레이션 중…", en="simulating…")


class _Quit(Exception):  # noqa: N818 - not an error: the learner is done
    """End of the sitting, by q or by the end of the input."""


def study_plainly(
    packs: Sequence[str], *, concept: str | None, limit: int | None, language: Language | None
) -> None:
    """Study until nothing is left, q, or the end of the input."""
    with opened_desk(language) as desk:
        sitting = desk.sit(packs, concept=concept, limit=limit)
        _Lines(desk, sitting).run()


class _Lines:
    """One sitting in lines."""

    def __init__(self, desk: Desk, sitting: Sitting) -> None:
        self._desk = desk
        self._sitting = sitting
        self._language = desk.settings.language

    def run(self) -> None:
        self._print(_HOW_TO)
        try:
            question = self._sitting.start_next(utc_now())
            while question is not None:
                question = self._one(question)
        except (_Quit, KeyboardInterrupt):
            click.echo("")
        self._print_summary()

    def _one(self, question: Variant) -> Variant | None:
        """Ask one question through to its rating; give the next."""
        self._print_question(question)
        marked = self._marked(question)
        if marked is None:
            return self._sitting.question
        self._print_mark(question, marked)
        rating = self._rating(marked)
        if rating is None:
            return self._undone()
        try:
            self._sitting.rate(rating, utc_now())
        except StudytoolError as error:
            click.echo(f"studytool: {error.text(self._language)}", err=True)
            raise _Quit from error
        return self._sitting.start_next(utc_now())

    def _marked(self, question: Variant) -> Mark | None:
        """Read answers until one can be marked; None after an undo."""
        while True:
            text = self._read("> ")
            if text == "u":
                self._undone()
                return None
            if text == "h":
                hint = self._sitting.hint()
                click.echo(set_formulas(hint) if hint else phrases.NO_HINT.text(self._language))
                continue
            reply = self._reply(question, text)
            if isinstance(reply, Mark):
                return reply
            click.echo(reply.question if isinstance(reply, Ambiguous) else reply.why)

    def _reply(self, question: Variant, text: str) -> Mark | Ambiguous | Unreadable:
        if isinstance(question.key, PredictionKey):
            self._print(_SIMULATING)
        if text == "s" or isinstance(question.key, RecallKey):
            return self._sitting.reveal()
        return self._sitting.submit(text)

    def _undone(self) -> Variant | None:
        if self._sitting.undo(utc_now()) is None:
            self._print(phrases.NOTHING_TO_UNDO)
        else:
            self._print(phrases.UNDONE)
        return self._sitting.question

    def _rating(self, marked: Mark) -> Rating | None:
        """Read a rating; None for undo."""
        intervals = self._sitting.intervals(utc_now())
        shown = [
            f"{number} {phrases.RATINGS[rating].text(self._language)} "
            f"({phrases.write_interval(intervals[rating], self._language)})"
            for number, rating in enumerate(Rating, start=1)
        ]
        click.echo("  ".join(shown))
        suggested = phrases.RATINGS[marked.suggested].text(self._language)
        choices = {"": marked.suggested, **dict(zip("1234", Rating, strict=True))}
        while True:
            text = self._read(_RATE.text(self._language, suggested=suggested) + " > ")
            if text == "u":
                return None
            if text in choices:
                return choices[text]
            self._print(_RATE_AGAIN)

    def _print_question(self, question: Variant) -> None:
        click.echo("\n" + set_formulas(question.prompt))
        match question.key:
            case OptionKey(options=options) | PredictionKey(options=options):
                for number, option in enumerate(options, start=1):
                    click.echo(f"  {number}. {set_formulas(option.text)}")
                several = isinstance(question.key, OptionKey) and len(question.key.right) > 1
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
            click.echo(phrases.MARKS[marked.outcome].text(language))
            if marked.read_as:
                click.echo(f"{phrases.YOURS.text(language)}: {set_formulas(marked.read_as)}")
        click.echo(f"{phrases.ANSWER.text(language)}: {set_formulas(marked.key_text)}")
        for line in (marked.feedback, *phrases.measured_lines(marked, width=0), question.solution):
            if line:
                click.echo(set_formulas(line))
        for line in phrases.evidence_lines(self._sitting.badge(), language):
            click.echo(line)

    def _print_summary(self) -> None:
        from studytool.tui.summary_text import summary_lines

        now = utc_now()
        click.echo("\n".join(summary_lines(self._sitting.summary(now), self._language, now)))

    def _print(self, phrase: Phrase) -> None:
        click.echo(phrase.text(self._language))

    def _read(self, prompt: str) -> str:
        """Read a line; q and the end of the input end the sitting."""
        click.echo(prompt, nl=False)
        line = sys.stdin.readline()
        if not line or line.strip() == "q":
            raise _Quit
        return line.strip()
