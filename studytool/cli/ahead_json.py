"""Exams and breaks ahead as JSON."""

from typing import TYPE_CHECKING

from studytool.json_output import BreakJson, ExamJson

if TYPE_CHECKING:
    from studytool.review_log.delays import BreakSpan
    from studytool.session.exam import ExamDay


def break_as_json(span: "BreakSpan") -> BreakJson:
    """Return the stable keys of a break."""
    return {
        "first": span.first_date.isoformat(),
        "last": span.last_date.isoformat(),
        "days": span.days,
    }


def exam_as_json(exam: "ExamDay") -> ExamJson:
    """Return the stable keys of an exam."""
    return {
        "date": exam.exam.date.isoformat(),
        "days": exam.days_left,
        "targets": list(exam.exam.targets),
        "minutes": exam.exam.minutes,
        "items": exam.items,
        "unbegun": exam.unbegun,
        "never_begun": exam.never_begun,
        "expected": exam.recalled,
        "reviews": [one.item for one in exam.reviews],
        "waiting": sorted(exam.waiting),
        "new": exam.new_today,
    }
