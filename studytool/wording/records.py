"""The learner's records in sections of lines, for the progress screen and ``stats``."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studytool.language import Language, Phrase
from studytool.printable import printable
from studytool.review_log.study_days import as_date
from studytool.typeset.cells import cell_width, cut, pad, wrap
from studytool.wording import records_words as texts
from studytool.wording.forecast_strip import draw_strip
from studytool.wording.share_picture import axis_start, draw_share
from studytool.wording.words import NONE

if TYPE_CHECKING:  # they bring NumPy, which a screen does not wait for
    from studytool.session.record_names import RecordNames
    from studytool.session.records import Records
    from studytool.stats.figures import Calibration, Day, Group, LivingMisconception, Share

MOST_LINES = 10
"""Misconceptions that are listed; ``stats --json`` gives them all."""
WIDEST_PICTURE = 30
_INDENT = "  "
_COLUMNS = (7, 10, 8)
"""Cells of the columns of a calibration: true share, its range, number."""


@dataclass(frozen=True, slots=True)
class Section:
    """A title, what its numbers mean, and the numbers; each line fits the width asked for."""

    title: str
    about: tuple[str, ...]
    lines: tuple[str, ...]


def overall_sections(records: "Records", language: Language, *, width: int) -> list[Section]:
    """Say how it goes as a whole: work, retention, how well chances are predicted."""
    glance = _folded(_glance(records, language), width)
    days = _last_days(records.last_days, language)
    kept = _retention(records, language)
    return [
        _section(texts.GLANCE, glance, language, width=width),
        _section(texts.LAST_DAYS, days, language, width=width),
        _section(
            texts.RETENTION,
            _folded(kept, width),
            language,
            width=width,
            about=texts.ABOUT_RETENTION,
        ),
        *_calibrated(records.recall, texts.RECALL, language, width),
        *_calibrated(records.confidence, texts.CONFIDENCE, language, width),
    ]


def detailed_sections(
    records: "Records", names: "RecordNames", language: Language, *, width: int
) -> list[Section]:
    """Say where the trouble is: concepts, items, misconceptions; nothing of what there is not."""
    found = [
        (texts.CONCEPTS, texts.ABOUT_CONCEPTS, _concepts(records.concepts, names, language, width)),
        (texts.ITEMS, texts.ABOUT_ITEMS, _items(records.hardest, names, language)),
        (texts.ALIVE, texts.ABOUT_ALIVE, _alive(records.misconceptions, names, language, width)),
    ]
    return [
        _section(title, lines, language, width=width, about=about)
        for title, about, lines in found
        if lines
    ]


def empty_section(language: Language, *, width: int) -> Section:
    """Say what the records will hold, and how to begin."""
    will_hold = [f"· {line}" for line in texts.WILL_HOLD.text(language).splitlines()]
    return _section(
        texts.NOTHING, _folded(will_hold, width), language, width=width, about=texts.BEGIN
    )


def plain_lines(sections: Iterable[Section]) -> list[str]:
    """Put sections under one another, with an empty line between."""
    lines = [
        line for one in sections for line in ("", one.title, *one.about, *one.lines)
    ]  # fmt: skip
    return [*map(printable, lines[1:])]


def _section(
    title: Phrase,
    lines: Iterable[str],
    language: Language,
    *,
    width: int,
    about: Phrase | None = None,
) -> Section:
    room = width - len(_INDENT)
    explained = [] if about is None else wrap(about.text(language), room)
    return Section(
        title.text(language),
        tuple(_INDENT + line for line in explained),
        tuple(_INDENT + cut(line, room) for line in lines),
    )


def _glance(records: "Records", language: Language) -> list[str]:
    time = records.time
    recent = [day for day in records.last_days if day.reviews]
    phrase = texts.TIME if len(recent) == time.study_days else texts.TIME_BEFORE
    return [
        texts.TOTAL.text(
            language, reviews=records.reviews, time=texts.write_minutes(records.minutes, language)
        ),
        texts.STREAK.text(
            language,
            days=time.study_days,
            streak=records.streak_days,
            longest=records.longest_streak_days,
        ),
        phrase.text(
            language,
            today=texts.write_minutes(time.today_minutes, language),
            studied=texts.write_minutes(time.minutes_a_study_day, language),
            recent=texts.write_minutes(sum(day.minutes for day in recent), language),
        ),
    ]


def _last_days(days: Sequence["Day"], language: Language) -> list[str]:
    rows: list[tuple[Phrase, Phrase, Sequence[float]]] = [
        (texts.REVIEWS, texts.MOST_REVIEWS, [day.reviews for day in days]),
        (texts.MINUTES, texts.MOST_MINUTES, [day.minutes for day in days]),
    ]
    room = max(cell_width(name.text(language)) for name, *_ in rows) + len(_INDENT)
    lines = [
        pad(name.text(language), room)
        + draw_strip([round(100 * one) for one in numbers])
        + _INDENT
        + most.text(language, n=max(numbers))
        for name, most, numbers in rows
    ]
    first, last = (f"{as_date(day.day):%m-%d}" for day in (days[0], days[-1]))
    return [*lines, " " * room + first + last.rjust(len(days) - len(first))]


def _retention(records: "Records", language: Language) -> list[str]:
    if not records.retention.n:
        return [
            texts.NOT_YET_DUE.text(language),
            texts.ONLY_TARGET.text(language, target=records.target),
        ]
    rows = [(texts.RECENT, records.recent), (texts.EVER, records.retention)]
    names = max(
        cell_width(name.text(language)) for name in (texts.RECENT, texts.EVER, texts.TARGET)
    )
    lines = [
        f"{pad(name.text(language), names)}  {_share(share, language)}" for name, share in rows
    ]
    target = f"{pad(texts.TARGET.text(language), names)}  {records.target:6.1%}"
    return [*lines, target, *_verdict(records.recent, records.target, language)]


def _verdict(recent: "Share", target: float, language: Language) -> list[str]:
    """Compare the last days with the target, where there is something to compare."""
    if not recent.n:
        return []
    verdict = (
        texts.BELOW
        if recent.high < target
        else texts.ABOVE
        if recent.low > target
        else texts.ON_TARGET
    )
    return [f"→ {verdict.text(language)}"]


def _calibrated(
    found: "Calibration", chance: texts.Chance, language: Language, width: int
) -> list[Section]:
    if not found.n:
        return []
    first = chance.name.text(language)
    start = axis_start(found.bins)
    picture = min(WIDEST_PICTURE, width - cell_width(first) - sum(_COLUMNS) - 3 * len(_INDENT))
    names = (name.text(language) for name in (texts.TRUE, texts.RANGE, texts.TIMES))
    axis = f"{start:.0%}" + "100%".rjust(picture - len(f"{start:.0%}"))
    rows = [
        f"{one.mean:.0%}".rjust(cell_width(first))
        + _columns(f"{one.happened.share:.0%}", _range(one.happened), f"{one.happened.n:,}")
        + 2 * _INDENT
        + draw_share(one, start=start, width=picture)
        for one in found.bins
    ]
    scores = [
        score.text(language, brier=found.brier, loss=found.log_loss) for score in chance.scores
    ]
    lines = [first + _columns(*names) + 2 * _INDENT + axis, *rows, *scores]
    return [_section(chance.title, lines, language, width=width, about=chance.about)]


def _concepts(
    groups: Sequence["Group"], names: "RecordNames", language: Language, width: int
) -> list[str]:
    if not groups:
        return []
    head = tuple(
        name.text(language) for name in (texts.RECALLED, texts.RIGHT, texts.REVIEWS, texts.MINUTES)
    )
    rows = [
        (
            f"{group.recalled.share:.0%}",
            f"{group.right.share:.0%}" if group.right.n else "–",
            f"{group.reviews:,}",
            texts.write_minutes(group.minutes, language),
        )
        for group in groups
    ]
    widths = [
        max(map(cell_width, column)) + len(_INDENT) for column in zip(head, *rows, strict=True)
    ]
    titles = [names.concepts.get(group.name, group.name) for group in groups]
    room = min(max(map(cell_width, titles)), width - len(_INDENT) - sum(widths))
    return [
        pad(cut(title, room), room) + _columns(*row, widths=widths)
        for title, row in zip(["", *titles], [head, *rows], strict=True)
    ]


def _items(groups: Sequence["Group"], names: "RecordNames", language: Language) -> list[str]:
    times = [texts.OF_TIMES.text(language, n=group.reviews) for group in groups]
    room = max(map(cell_width, times), default=0)
    return [
        f"{group.recalled.share:4.0%}{_right(often, room + 2)}   "
        f"{names.items.get(group.name, group.name)}"
        for group, often in zip(groups, times, strict=True)
    ]


def _alive(
    living: Sequence["LivingMisconception"], names: "RecordNames", language: Language, width: int
) -> list[str]:
    lines = []
    for one in living[:MOST_LINES]:
        known = names.feedback.get((one.item, one.misconception))
        verdict = known or texts.name_slip(one.misconception, language)
        often = texts.SHOWN.text(language, times=one.times)
        lines.append(names.items.get(one.item, one.item))
        lines += [_INDENT + line for line in wrap(f"{verdict} {often}", width - 2 * len(_INDENT))]
    return lines


def _share(share: "Share", language: Language) -> str:
    """Write a share with its 95 % interval."""
    if not share.n:
        return NONE.text(language)
    return texts.SHARE.text(
        language, share=share.share, range=f"{share.low:.1%}–{share.high:.1%}", n=share.n
    )


def _range(share: "Share") -> str:
    return f"{100 * share.low:.0f}–{100 * share.high:.0f}%"


def _columns(*texts: str, widths: Sequence[int] = _COLUMNS) -> str:
    return "".join(map(_right, texts, widths))


def _right(text: str, width: int) -> str:
    return " " * max(1, width - cell_width(text)) + text


def _folded(lines: Iterable[str], width: int) -> list[str]:
    """Break the lines that are too long, and set what goes on further in."""
    room = width - len(_INDENT)
    folded: list[str] = []
    for line in lines:
        first, *rest = [line] if cell_width(line) <= room else wrap(line, room - len(_INDENT))
        folded += [first, *(_INDENT + more for more in rest)]
    return folded
