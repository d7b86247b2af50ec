"""The summary of a sitting in lines, for the screen and the line mode."""

from studytool.language import Language
from studytool.session.summary import Summary
from studytool.typeset.cells import cut
from studytool.typeset.math_line import set_plain
from studytool.wording import study as phrases
from studytool.wording.left_over import left_over_lines

_BULLET = "  · "


def summary_lines(summary: Summary, language: Language, *, width: int = 80) -> list[str]:
    """Say what a sitting came to, a line each; a question too long for ``width`` cells is cut."""
    lines = []
    if summary.answered:
        figures = {"answered": summary.answered, "minutes": summary.minutes}
        said = phrases.ANSWERED if summary.minutes >= 1 else phrases.ANSWERED_SOON
        lines.append(said.text(language, **figures))
        counts = {"right": summary.right, "partial": summary.partial, "wrong": summary.wrong}
        shown = phrases.SHOWN_COUNT.text(language, shown=summary.shown) if summary.shown else ""
        lines.append(phrases.OUTCOMES.text(language, **counts) + shown)
    elif summary.nothing_fits:
        lines.append(phrases.NOTHING_FITS.text(language))
    elif _is_something_left(summary):
        lines.append(phrases.NOTHING_ANSWERED.text(language))
    else:
        lines.append(phrases.NOTHING_DUE.text(language))
    if not summary.kept:
        lines.append(phrases.CRAM_SUMMARY.text(language))
    if summary.missed:
        lines += [
            "",
            phrases.MISSED.text(language),
            *(cut(_BULLET + set_plain(title), width) for title in summary.missed[:8]),
        ]
    left = _left_lines(summary, language)
    if left:
        lines += ["", *left]
    if not (summary.still_due or summary.still_new) and summary.next_in is not None:
        when = phrases.write_interval(summary.next_in, language)
        lines += [
            *([] if left else [""]),
            phrases.NEXT_DUE.text(language, when=phrases.IN.text(language, interval=when)),
        ]
    return lines


def _is_something_left(summary: Summary) -> bool:
    """Tell whether anything was there to be answered."""
    of_day = summary.still_due or summary.still_new or summary.left.over_limit
    return bool(of_day) or summary.picked_left is not None


def _left_lines(summary: Summary, language: Language) -> list[str]:
    """Say what the learner could go on with now, and what is left for another day."""
    lines = []
    if summary.picked_left:
        lines.append(phrases.PICKED_LEFT.text(language, n=summary.picked_left))
    if summary.still_due:
        said = phrases.STILL_DUE if summary.kept else phrases.LEFT_IN_CRAM
        lines.append(said.text(language, n=summary.still_due))
    if summary.still_new:
        lines.append(phrases.STILL_NEW.text(language, n=summary.still_new))
    if summary.held:
        lines.append(phrases.HELD.text(language, n=summary.held))
    due, new = summary.still_due, summary.still_new
    return lines + left_over_lines(summary.left, language, due=due, new=new)
