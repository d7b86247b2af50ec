"""A forecast in lines: the days, a strip of them, and the retentions beside one another."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from studytool.language import Language, Phrase
from studytool.typeset.cells import cell_width
from studytool.wording.exam import exam_line
from studytool.wording.forecast_strip import draw_strip

if TYPE_CHECKING:  # they bring NumPy, which a screen does not wait for
    from studytool.forecast.forecast import Band, Forecast, Span
    from studytool.session.forecast_input import ForecastInput

NOTHING = Phrase(
    ko="예측할 문항이 없습니다. 꾸러미를 설치하거나, 새 문항을 받도록 설정(new_per_day)을 바꾸세요.",
    en="there are no items to forecast; install a pack, or let the settings admit new items "
    "(new_per_day).",
)
TITLE = Phrase(
    ko="앞으로 {days}일 · 공부한 문항 {reviewed:,}개, 기다리는 새 문항 {new:,}개 · "
    "시뮬레이션 {draws:,}번",
    en="the next {days} days · {reviewed:,} items studied, {new:,} new ones waiting · "
    "{draws:,} simulations",
)
BAND = Phrase(
    ko="중앙값(10%–90%): 열 번에 여덟 번은 이 범위에 듭니다.",
    en="median (10%–90%): eight times out of ten it falls within the range.",
)
HABITS = Phrase(
    ko="하루 학습량과 쉬는 날은 최근 습관에서 뽑고, 닷새 이상 이어지는 휴식은 없다고 봅니다.\n"
    "습관대로 공부해서 다 하지 못한 복습은 밀린 문항으로 쌓입니다.",
    en="Daily amounts and days off are drawn from your recent habits; breaks of five days or more "
    "are left out.\n"
    "Reviews that do not fit into such days pile up as overdue.",
)
DAY = Phrase(ko="날짜", en="day")
REVIEWS = Phrase(ko="하루 복습", en="reviews a day")
MINUTES = Phrase(ko="하루 시간(분)", en="minutes a day")
STRIP = Phrase(ko="복습 {strip}", en="reviews {strip}")
RETENTION = Phrase(ko="목표 기억률", en="retention")
KNOWN = Phrase(ko="마지막 날 기억하는 문항", en="items known at the end")
LEFT = Phrase(ko="마지막 날 밀린 문항", en="overdue at the end")
AS_SET = Phrase(ko="{retention} (지금 설정)", en="{retention} (current)")
BY_PACK = Phrase(ko="꾸러미별", en="by pack")

_WIDEST_STRIP = 60


def forecast_lines(forecast: "Forecast", outlook: "ForecastInput", language: Language) -> list[str]:
    """Say what the days hold, and what other retentions would cost and give."""
    if not outlook.reviewed + outlook.new:
        return [NOTHING.text(language)]
    counts = {"reviewed": outlook.reviewed, "new": outlook.new, "draws": forecast.draws}
    days = len(forecast.daily)
    strip = forecast.daily if days <= _WIDEST_STRIP else forecast.spans
    medians = [round(span.reviews.median / span.days) for span in strip]
    return [
        TITLE.text(language, days=days, **counts),
        BAND.text(language),
        "",
        *_table(_days(forecast.spans, outlook.today, language)),
        "",
        STRIP.text(language, strip=draw_strip(medians)),
        *(exam_line(exam, language) for exam in outlook.exams),
        "",
        *_table(_retentions(forecast, language)),
        "",
        *HABITS.text(language).splitlines(),
    ]


def _days(spans: "Sequence[Span]", today: date, language: Language) -> Iterator[tuple[str, ...]]:
    yield tuple(head.text(language) for head in (DAY, REVIEWS, MINUTES))
    for span in spans:
        first = today + timedelta(days=span.day)
        last = first + timedelta(days=span.days - 1)
        dates = f"{first:%m-%d}" if first == last else f"{first:%m-%d} – {last:%m-%d}"
        yield dates, _band(span.reviews, span.days), _band(span.minutes, span.days)


def _retentions(forecast: "Forecast", language: Language) -> Iterator[tuple[str, ...]]:
    yield tuple(head.text(language) for head in (RETENTION, MINUTES, KNOWN, LEFT))
    as_set = forecast.as_set
    outcomes = {one.retention: one for one in (as_set, *forecast.retentions)}
    for one in sorted(outcomes.values(), key=lambda one: one.retention or 0):
        name = BY_PACK.text(language) if one.retention is None else _share(one.retention)
        if one.retention == as_set.retention:
            name = AS_SET.text(language, retention=name)
        yield name, _band(one.minutes_a_day), _band(one.known), _band(one.left)


def _share(retention: float) -> str:
    return f"{100 * retention:g}%"


def _band(band: "Band", days: int = 1) -> str:
    """Write the median and the range, each divided by ``days``."""
    median, low, high = (value / days for value in (band.median, band.low, band.high))
    digits = 1 if high < 10 else 0
    return f"{median:,.{digits}f} ({low:,.{digits}f}–{high:,.{digits}f})"


def _table(rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    """Line the columns up: the first to the left, the others to the right."""
    cells = list(rows)
    widths = [max(map(cell_width, column)) for column in zip(*cells, strict=True)]
    for first, *others in cells:
        line = first + " " * (widths[0] - cell_width(first))
        for text, width in zip(others, widths[1:], strict=True):
            line += "   " + " " * (width - cell_width(text)) + text
        yield line
