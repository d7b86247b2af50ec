"""Why the question in view is asked, and why now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from studytool.session.desk import Desk
from studytool.session.question import Question
from studytool.srs.memory import Stage


@dataclass(frozen=True, slots=True)
class AskingReason:
    """What the log says of the item in view.

    Attributes:
        stage: of its memory, before the answer in view.
        since: how long ago it was answered last; None where it never was.
        late_days: study days since it fell due, below 0 where it is asked early; None outside reviews.
        lapses: how often it was forgotten.
    """

    stage: Stage
    since: timedelta | None
    late_days: int | None
    lapses: int


def asking_reason(desk: Desk, question: Question, now: datetime) -> AskingReason:
    """Return why a question is asked now."""
    memory = desk.log.state(question.id)
    due = memory.due_day
    return AskingReason(
        stage=memory.stage,
        since=None if memory.last_review is None else now - memory.last_review,
        late_days=None if due is None else desk.log.day_of(now) - due,
        lapses=memory.lapses,
    )
