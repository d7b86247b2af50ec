"""A mark in words: outcome, key, reasons, what was simulated, the worked solution."""

from collections.abc import Iterator

from studytool.language import Language
from studytool.quiz.key import BlankKey, OptionKey, PredictionKey, RecallKey
from studytool.quiz.mark_value import Mark, MarkedPart
from studytool.quiz.outcome import Outcome
from studytool.quiz.variant import Variant
from studytool.typeset.math_line import set_plain
from studytool.wording import study as phrases
from studytool.wording.words import YOURS


def part_lines(question: Variant, marked: Mark, language: Language) -> list[str]:
    """Write the options that are right and those that were taken, each with its reason.

    Nothing for a question without options.
    """
    if not has_options(question):
        return []
    told = [part for part in marked.parts if part.taken or part.outcome is Outcome.RIGHT]
    return [f"  {line}" for part in told for line in option_lines(part, language)]


def has_options(question: Variant) -> bool:
    """Tell whether its mark lists options."""
    return isinstance(question.key, OptionKey | PredictionKey)


def sign_of(part: MarkedPart) -> str:
    """Return the sign before an option once it is marked: right, taken and wrong, or neither."""
    if part.outcome is Outcome.RIGHT:
        return "✓"
    return "✗" if part.taken else " "


def option_lines(part: MarkedPart, language: Language) -> Iterator[str]:
    """Write an option once it is marked, then its reason."""
    taken = f" ({YOURS.text(language)})" if part.taken else ""
    yield f"{sign_of(part)} {part.number}. {set_plain(part.text)}{taken}"
    yield from (f"   {set_plain(line)}" for line in part.feedback.splitlines())


def result_markdown(question: Variant, marked: Mark, language: Language) -> str:
    """Write what the learner sees after an answer, but for the picture of a simulation."""
    feedback = "" if has_options(question) else marked.feedback  # listed with them
    parts = [_headline(question, marked, language), feedback]
    if question.solution:
        label = (
            ""
            if isinstance(question.key, BlankKey)
            else f"**{phrases.SOLUTION.text(language)}**  \n"
        )
        parts.append(label + question.solution)
    return "\n\n".join(part for part in parts if part)


def rate_line(
    outcome: Outcome, language: Language, *, writes: bool, several: bool, told: bool
) -> str:
    """Ask for a rating below a mark.

    Args:
        outcome: of the mark.
        language: of the words.
        writes: whether ratings are recorded.
        several: whether there are ratings to choose from; the key that was shown has one.
        told: whether to begin with the outcome, which may be out of view.
    """
    rate = phrases.RATE if several else phrases.RATE_SHOWN
    said = (rate if writes else phrases.RATE_IN_CRAM).text(language)
    is_said = rate is phrases.RATE_SHOWN and writes  # that the key was shown
    return f"{phrases.MARKS[outcome].text(language)}. {said}" if told and not is_said else said


def _headline(question: Variant, marked: Mark, language: Language) -> str:
    key = marked.key_text
    if isinstance(question.key, RecallKey):
        return key
    lines = [f"**{phrases.MARKS[marked.outcome].text(language)}**"]
    if has_options(question):
        return lines[0]
    lines.append(f"{phrases.ANSWER.text(language)}: **{key}**")
    if marked.read_as and marked.read_as != marked.key_text:
        lines.append(f"{phrases.YOURS.text(language)}: {marked.read_as}")
    return "  \n".join(lines)
