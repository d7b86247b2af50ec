"""A mark as Markdown: outcome, key, feedback, what was simulated, the worked solution."""

from studytool.language import Language
from studytool.quiz.variant import BlankKey, Mark, RecallKey, Variant
from studytool.typeset.math_line import set_formulas
from studytool.wording import study as phrases
from studytool.wording.axis import AXIS_CELLS, estimate_lines


def result_markdown(
    question: Variant, marked: Mark, language: Language, *, width: int = AXIS_CELLS
) -> str:
    """Write what the learner sees after an answer; an axis takes ``width`` cells at most."""
    parts = [_headline(question, marked, language), set_formulas(marked.feedback)]
    if measured := [
        *estimate_lines(marked.estimated, language, width=width),
        *phrases.measured_lines(marked, width=0 if marked.estimated else 24),
    ]:
        title = phrases.SIMULATED.text(language)
        parts.append(f"**{title}**\n\n```\n" + "\n".join(measured) + "\n```")
    if question.solution:
        label = (
            ""
            if isinstance(question.key, BlankKey)
            else f"**{phrases.SOLUTION.text(language)}**  \n"
        )
        parts.append(label + set_formulas(question.solution))
    return "\n\n".join(part for part in parts if part)


def _headline(question: Variant, marked: Mark, language: Language) -> str:
    key = set_formulas(marked.key_text)
    if isinstance(question.key, RecallKey):
        return key
    lines = [f"**{phrases.MARKS[marked.outcome].text(language)}**"]
    lines.append(f"{phrases.ANSWER.text(language)}: **{key}**")
    if marked.read_as:
        lines.append(f"{phrases.YOURS.text(language)}: {set_formulas(marked.read_as)}")
    return "  \n".join(lines)
