"""A question and its mark as the lines of the line mode."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from studytool.cli.output import output_width
from studytool.help.columns import described
from studytool.language import Language
from studytool.packs.items import Item
from studytool.quiz.answer import Ambiguous, Unreadable
from studytool.quiz.key import AxisKey, RecallKey, options_of
from studytool.quiz.mark_value import Mark
from studytool.quiz.running import run_of
from studytool.quiz.variant import Variant
from studytool.session.desk import Desk
from studytool.session.study_session import StudySession
from studytool.session.why_asked import asking_reason
from studytool.srs.rating import Rating
from studytool.typeset.math_line import set_formulas, set_plain
from studytool.wording import study as phrases
from studytool.wording.axis import AXIS_CELLS, axis_lines, estimate_lines
from studytool.wording.instruction import instruction
from studytool.wording.line_commands import ELSEWHERE, command_rows, find_act, how_to
from studytool.wording.mark import part_lines
from studytool.wording.running import told_lines
from studytool.wording.terms import term_lines
from studytool.wording.why_asked import why_asked_line

_HELP_WIDTH, _NAMES = 80, 16
"""Cells of a line of the list of commands, and of the names in it."""


def question_lines(question: Variant, language: Language) -> Iterator[str]:
    """Write a question and how it is answered."""
    yield from _plain(question.prompt)
    for number, option in enumerate(options_of(question.key), start=1):
        yield f"  {number}. {set_plain(option.text)}"
    if isinstance(question.key, AxisKey):
        yield from axis_lines(question.key.axis, language, width=_width())
    yield instruction(question, in_lines=True).text(language)


def asked_again_lines(
    reply: Ambiguous | Unreadable, typed: str, language: Language
) -> Iterator[str]:
    """Say why an answer has no mark; of a command without its colon, how commands begin."""
    if isinstance(reply, Ambiguous):
        yield reply.question
        return
    yield reply.why
    if find_act(typed) is not None:
        yield how_to(language)


def mark_lines(item: Item, question: Variant, marked: Mark, language: Language) -> Iterator[str]:
    """Write a mark: what was answered, what is right, what was simulated, and why."""
    if not isinstance(question.key, RecallKey):
        yield phrases.MARKS[marked.outcome].text(language)
    if parts := part_lines(question, marked, language):
        yield from parts
    else:
        if marked.read_as and not isinstance(question.key, RecallKey):
            yield f"{phrases.YOURS.text(language)}: {set_plain(marked.read_as)}"
        yield f"{phrases.ANSWER.text(language)}: {set_plain(marked.key_text)}"
        yield from _plain(marked.feedback)
    yield from estimate_lines(marked.estimated, language, width=_width())
    if marked.measured and (run := run_of(item, question)) is not None:
        run.simulate()  # at once: it was marked by it
        yield f"{phrases.SIMULATED.text(language)}:"
        yield from (f"  {line}" for line in told_lines(run, language))
    yield from _plain(question.solution)


def help_lines(terms: Mapping[str, str], language: Language) -> Iterator[str]:
    """List the commands, where the rest is told, and the terms that stand in what is in view."""
    yield from described(command_rows(language), width=_HELP_WIDTH, column=_NAMES, indent=2)
    yield ELSEWHERE.text(language)
    yield from map(set_formulas, term_lines(terms, language))


def rating_line(
    offered: Sequence[Rating], intervals: Mapping[Rating, timedelta], language: Language
) -> str:
    """Name the ratings, each with the interval that it would lead to, if to any."""
    names = {rating: phrases.RATINGS[rating].text(language) for rating in Rating}
    for rating, interval in intervals.items():
        names[rating] += f" ({phrases.write_interval(interval, language)})"
    return "  ".join(
        f"{number} {names[rating]}"
        for number, rating in enumerate(Rating, start=1)
        if rating in offered
    )


def _plain(markdown: str) -> Iterator[str]:
    """Set a text's formulas in its lines, without the signs of Markdown."""
    if markdown:
        yield from map(set_plain, markdown.splitlines())


def _width() -> int:
    """Return the cells that a drawn line may take: those of the terminal, where it is one."""
    return output_width(AXIS_CELLS)


def why_lines(desk: Desk, session: StudySession) -> Iterator[str]:
    """Say why the question in view is asked now; in a cram, which asks everything, nothing."""
    if session.writes and session.question is not None:
        reason = asking_reason(desk, session.question, desk.clock.now())
        yield why_asked_line(reason, session.language)


def source_line(desk: Desk, item: str) -> str:
    """Say where an item is written, as editors and compilers read it: file, line and column."""
    from studytool.session.item_source import item_source  # late: hardly ever asked for

    folder, place = item_source(desk.library, item)
    return f"{folder / place.file}:{place.line}:{place.column}"
