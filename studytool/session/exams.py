"""Exam dates: kept in the log as shared settings are, so that all devices have the same."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from studytool.errors import NotFoundError, StudytoolError
from studytool.language import Phrase
from studytool.review_log.study_days import as_date
from studytool.session.exam import FEWEST_MINUTES, MINUTES_A_DAY, MOST_MINUTES, Exam

if TYPE_CHECKING:
    from studytool.library.library import Library
    from studytool.review_log.log import ReviewLog
    from studytool.session.desk import Desk

FARTHEST_DAYS = 3650
_PREFIX = "exam."
_BAD_DAY = Phrase(
    ko="{date}: 시험 날은 {first}부터 {last}까지여야 합니다. 2026-12-31이나 +14d처럼 쓰세요.",
    en="{date}: an exam must be on a day from {first} to {last}; write it like 2026-12-31 or +14d.",
)
_TARGET = Phrase(ko="꾸러미나 개념", en="pack or concept")
_NO_EXAM = Phrase(ko="시험", en="exam")
_NONE_SET = Phrase(ko="정해 둔 시험이 없습니다.", en="no exam is set.")
_WHICH = Phrase(
    ko="시험이 여럿입니다. 날짜를 쓰세요: studytool exam --remove {first}",
    en="there are several exams; name the date: studytool exam --remove {first}",
)


def read_exams(log: "ReviewLog", *, since: int = 0) -> list[Exam]:
    """Return the exams on a study day or later, the first one first."""
    found = [
        _read(name.removeprefix(_PREFIX), value)
        for name, value in log.shared_settings().items()
        if name.startswith(_PREFIX)
    ]
    return sorted((exam for exam in found if exam and exam.day >= since), key=lambda exam: exam.day)


def set_exam(
    desk: "Desk", day: int, targets: Sequence[str], now: datetime, *, minutes: int = MINUTES_A_DAY
) -> Exam:
    """Set an exam, in the place of the one on that day if there is any.

    Args:
        desk: whose log keeps it.
        day: a study day.
        targets: packs and concepts, by name; everything when empty.
        now: the instant of the act.
        minutes: how long the learner reviews for it each day.

    Raises:
        StudytoolError: the day is not ahead, or too far.
        NotFoundError: an unknown pack or concept; names the nearest.
    """
    today = desk.log.day_of(now)
    if not today < day <= today + FARTHEST_DAYS:
        first, last = as_date(today + 1), as_date(today + FARTHEST_DAYS)
        raise StudytoolError(_BAD_DAY, date=_date(day), first=first, last=last)
    exam = Exam(day, _full_names(desk.library, targets), minutes)
    _write(desk, exam.day, " ".join((str(exam.minutes), *exam.targets)), now)
    return exam


def remove_exam(desk: "Desk", day: int | None, now: datetime) -> Exam:
    """Remove the exam of a study day, or the only one there is, and return it.

    Raises:
        StudytoolError: there is none, or there are several and no day is named.
        NotFoundError: there is none on that day.
    """
    exams = read_exams(desk.log, since=0 if day is not None else desk.log.day_of(now))
    if not exams:
        raise StudytoolError(_NONE_SET)
    if day is None and len(exams) > 1:
        raise StudytoolError(_WHICH, first=exams[0].date)
    found = exams[0] if day is None else next((exam for exam in exams if exam.day == day), None)
    if found is None:
        raise NotFoundError(_NO_EXAM, _date(day or 0), [str(exam.date) for exam in exams])
    _write(desk, found.day, None, now)
    return found


def _write(desk: "Desk", day: int, value: str | None, now: datetime) -> None:
    from studytool.review_log.events import SettingChange  # late: a start writes none

    offset_minutes = desk.clock.offset_minutes(now)
    name = f"{_PREFIX}{as_date(day)}"
    desk.log.append(SettingChange, now, offset_minutes=offset_minutes, name=name, value=value)


def _read(day: str, value: object) -> Exam | None:
    """Read what :func:`_write` wrote; None where it was removed, or a newer version wrote it."""
    minutes, *targets = (value.split() if isinstance(value, str) else []) or [""]
    try:
        number = (date.fromisoformat(day) - date(1970, 1, 1)).days
    except ValueError:
        return None
    if not (minutes.isdecimal() and FEWEST_MINUTES <= int(minutes) <= MOST_MINUTES):
        return None
    return Exam(number, tuple(targets), int(minutes))


def _full_names(library: "Library", targets: Sequence[str]) -> tuple[str, ...]:
    """Return packs by their ids and concepts as ``pack/concept``; a concept of several in each."""
    packs = [pack.id for pack in library.packs()]
    concepts = [f"{pack}/{concept}" for pack in packs for concept in library.concepts(pack)]
    found: list[str] = []
    for target in targets:
        if target in packs or target in concepts:
            found.append(target)
            continue
        named = [name for name in concepts if name.partition("/")[2] == target]
        if not named:
            known = [*packs, *concepts, *(name.partition("/")[2] for name in concepts)]
            raise NotFoundError(_TARGET, target, known)
        found += named
    return tuple(dict.fromkeys(found))


def _date(day: int) -> str:
    try:
        return as_date(day).isoformat()
    except OverflowError:
        return f"{day:+}d"
