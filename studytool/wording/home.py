"""The lines of the home screen: what today asks, what was recalled, what comes next."""

from collections.abc import Iterator, Sequence

from studytool.language import Language
from studytool.session.overview import Overview
from studytool.typeset.cells import cell_width, cut, pad
from studytool.wording import study as phrases
from studytool.wording.breaks import break_line
from studytool.wording.exam import exam_line
from studytool.wording.forecast_strip import draw_strip
from studytool.wording.key_lookup import what_does
from studytool.wording.left_over import left_over_lines


def in_columns(title: str, numbers: Sequence[str], *, width: int, column: int) -> str:
    """Set a row of home in ``width`` cells, each number in ``column`` of them: Hangul lines up.

    >>> in_columns("딥러닝", ["3", "12"], width=22, column=5)
    '딥러닝          3   12'
    """
    room = max(12, width - column * len(numbers))
    row = pad(cut(title, room), room)
    return row + "".join(" " * (column - cell_width(number)) + number for number in numbers)


def day_line(overview: Overview, language: Language, *, minutes: int | None, width: int) -> str:
    """Say what is left of the day and about how long it takes, then what was done.

    Args:
        overview: the counts.
        language: of the words.
        minutes: None where they are not known yet.
        width: in cells; what has no room is left out, the last first.
    """
    said = []
    if overview.asked:
        said.append(phrases.TO_GO.text(language, n=overview.asked))
        said += [phrases.MINUTES.text(language, n=minutes)] if minutes else []
    if overview.reviewed_today or not said:
        said.append(phrases.TODAY.text(language, n=overview.reviewed_today))
    if overview.streak_days:
        said.append(phrases.STREAK.text(language, n=overview.streak_days))
    while len(said) > 1 and cell_width(" · ".join(said)) > width:
        said.pop()
    return " · ".join(said)


def lines_below(
    overview: Overview,
    language: Language,
    *,
    wanted: float,
    next_due: str | None,
    with_exams: bool = True,
) -> Iterator[str]:
    """Write what stands below the packs.

    Args:
        overview: the counts.
        language: of the words.
        wanted: the retention that the learner wants, from 0 to 1.
        with_exams: a line for each exam, where no panel has room for more.
        next_due: in how long something is due where nothing is now, in words; None if never.
    """
    if not overview.packs:
        kept = phrases.NOTHING_HERE.text(language)
    elif not overview.has_begun:
        kept = phrases.NEW_HERE.text(language, other=what_does("switch_language"))
    elif overview.retention is None:
        kept = phrases.NO_RETENTION.text(language, wanted=wanted)
    else:
        kept = phrases.RETENTION.text(language, kept=overview.retention, wanted=wanted)
    if overview.has_begun:
        strip = draw_strip(overview.forecast).replace(" ", "·")
        most = max(overview.forecast, default=0)
        yield phrases.FORECAST.text(language, strip=strip, most=most)
    yield kept
    if with_exams:
        yield from (exam_line(exam, language) for exam in overview.exams)
    yield from (break_line(span, language) for span in overview.breaks)
    yield from left_over_lines(overview.left, language, due=overview.due, new=overview.new)
    if not overview.asked:
        yield _nothing_line(overview, language, next_due)


def _nothing_line(overview: Overview, language: Language, next_due: str | None) -> str:
    """Say that nothing is due, unless a limit keeps it from being asked, and what comes next."""
    said = [] if overview.left.over_limit else [phrases.NOTHING_DUE.text(language)]
    if next_due is not None:
        when = phrases.IN.text(language, interval=next_due)
        said.append(phrases.NEXT_DUE.text(language, when=when))
    return " ".join(said)
