"""``studytool stats``: figures of all reviews so far."""

import json
from collections.abc import Mapping
from math import isnan
from typing import TYPE_CHECKING

import click

from studytool.cli import declare
from studytool.cli.home import desk_to_read
from studytool.cli.output import terminal_width, write_text
from studytool.clock import utc_now
from studytool.json_output import (
    BinJson,
    CalibrationJson,
    DayJson,
    GroupJson,
    LivingMisconceptionJson,
    ShareJson,
    StatsJson,
    TimeJson,
)
from studytool.language import Language, Phrase

if TYPE_CHECKING:
    from studytool.session.record_names import RecordNames
    from studytool.session.records import Records
    from studytool.stats.effort import Time
    from studytool.stats.figures import Bin, Calibration, Day, Group, LivingMisconception, Share

NARROWEST, WIDEST = 50, 100
"""Columns of the text, whatever the terminal; the widest also where the output goes to none."""

_NOTHING = Phrase(
    ko="아직 복습이 없습니다. studytool로 시작하세요.",
    en="there are no reviews yet; begin with: studytool",
)


@declare.command(
    "stats",
    more=Phrase(
        ko="PACK을 쓰면 그 꾸러미만 보여 줍니다. 개념마다의 기억과 남은 오개념도 나옵니다.",
        en="Give PACKs to see only those. The concepts and the misconceptions that remain are "
        "listed, too.",
    ),
)
@click.argument("packs", nargs=-1, metavar="[PACK...]")
@declare.in_language
@declare.as_json
def command(packs: tuple[str, ...], *, lang: Language | None, as_json: bool) -> None:
    """Print time, retention, calibration, concepts, hardest items and remaining misconceptions."""
    with desk_to_read() as desk:
        from studytool.session.record_names import read_names
        from studytool.session.records import read_records

        records = read_records(desk, utc_now(), packs=packs)
        language = lang or desk.settings.language
        of_items = records.items if as_json else records.hardest
        names = read_names(desk.library, records, language, of_items=of_items)
    write_text(_json_text(records, names) if as_json else _as_text(records, names, language))


def _as_text(records: "Records", names: "RecordNames", language: Language) -> str:
    if not records.reviews:
        return _NOTHING.text(language)
    from studytool.wording.records import detailed_sections, overall_sections, plain_lines

    width = max(NARROWEST, min(WIDEST, terminal_width(WIDEST)))
    sections = overall_sections(records, language, width=width)
    sections += detailed_sections(records, names, language, width=width)
    return "\n".join(plain_lines(sections))


def _json_text(records: "Records", names: "RecordNames") -> str:
    return json.dumps(_as_json(records, names), ensure_ascii=False)


def _as_json(records: "Records", names: "RecordNames") -> StatsJson:
    return {
        "reviews": records.reviews,
        "minutes": records.minutes,
        "streak_days": records.streak_days,
        "longest_streak_days": records.longest_streak_days,
        "time": _time(records.time),
        "target": records.target,
        "retention": _share(records.retention),
        "recent": _share(records.recent),
        "recall": _calibration(records.recall),
        "confidence": _calibration(records.confidence),
        "concepts": [_group(one, names.concepts) for one in records.concepts],
        "items": [_group(one, names.items) for one in records.items],
        "hardest": [_group(one, names.items) for one in records.hardest],
        "misconceptions": [_misconception(one, names) for one in records.misconceptions],
        "days": [_day(one) for one in records.days],
        "last_days": [_day(one) for one in records.last_days],
    }


def _time(time: "Time") -> TimeJson:
    return {
        "study_days": time.study_days,
        "today_minutes": time.today_minutes,
        "minutes_a_study_day": time.minutes_a_study_day,
        "minutes_a_recent_day": time.minutes_a_recent_day,
    }


def _share(share: "Share") -> ShareJson:
    return {
        "share": _known(share.share),
        "low": _known(share.low),
        "high": _known(share.high),
        "n": share.n,
    }


def _calibration(found: "Calibration") -> CalibrationJson:
    return {
        "bins": [_bin(one) for one in found.bins],
        "brier": _known(found.brier),
        "log_loss": _known(found.log_loss),
        "n": found.n,
    }


def _bin(one: "Bin") -> BinJson:
    return {"low": one.low, "high": one.high, "mean": one.mean, "happened": _share(one.happened)}


def _group(group: "Group", titles: "Mapping[str, str]") -> GroupJson:
    return {
        "name": group.name,
        "title": titles.get(group.name),
        "reviews": group.reviews,
        "recalled": _share(group.recalled),
        "right": _share(group.right),
        "minutes": group.minutes,
    }


def _misconception(one: "LivingMisconception", names: "RecordNames") -> LivingMisconceptionJson:
    return {
        "item": one.item,
        "misconception": one.misconception,
        "title": names.items.get(one.item),
        "feedback": names.feedback.get((one.item, one.misconception)),
        "times": one.times,
        "last_ms": one.last_ms,
    }


def _day(day: "Day") -> DayJson:
    from studytool.review_log.study_days import as_date

    return {
        "day": as_date(day.day).isoformat(),
        "reviews": day.reviews,
        "minutes": day.minutes,
        "recalled": _share(day.recalled),
    }


def _known(value: float) -> float | None:
    """Return a figure that exists; one that does not is NaN."""
    return None if isnan(value) else value
