"""One event of every kind, each field other than its default."""

from studytool.quiz.outcome import Outcome
from studytool.review_log.event_ids import id_text, new_id
from studytool.review_log.events import (
    Bury,
    Event,
    Flag,
    Import,
    MoreNew,
    Move,
    Redo,
    Rename,
    ReRate,
    Reset,
    Retraction,
    Review,
    SetDue,
    SettingChange,
    Suspend,
    Undo,
    Unflag,
    Unsuspend,
    Vacation,
)
from studytool.review_log.study_days import StudyDay
from studytool.srs.memory import from_ms
from studytool.srs.rating import Rating

START_MS = 1_767_225_600_123

REVIEW = Review(
    id=id_text(new_id(START_MS, bytes(10))),
    learner="나",
    device="phone",
    time=from_ms(START_MS),
    offset_minutes=540,
    study_day=StudyDay(540, 4).number(START_MS),
    item="pack/one",
    revision="3f2a9c81",
    seed=2**63 - 1,
    parameters={"fan_in": 512.0, "n": 3, "tiny": 5e-324},
    answer='1/128 "\\\u2028\n\x00 ½',
    outcome=Outcome.PARTIAL,
    misconception="slip:sign",
    confidence=0.1,
    rating=Rating.HARD,
    duration_ms=8123,
)


def _stamp(number: int) -> dict[str, object]:
    ms = START_MS + number * 3_600_000
    made: dict[str, object] = {
        "id": id_text(new_id(ms, number.to_bytes(10, "big"))),
        "learner": "나",
    }
    made |= {"device": "phone", "time": from_ms(ms), "offset_minutes": -210}
    return {**made, "study_day": StudyDay(-210, 4).number(ms)}


EVENTS: tuple[Event, ...] = (
    REVIEW,
    *(
        kind(**_stamp(number), item="pack/one")
        for number, kind in enumerate((Suspend, Unsuspend, Flag, Unflag, Reset), start=1)
    ),
    Bury(**_stamp(6), item="pack/two", until=from_ms(START_MS + 10**10)),  # type: ignore[arg-type] # the same
    SetDue(**_stamp(30), item="pack/one", day=20_500),  # type: ignore[arg-type] # the same
    ReRate(**_stamp(7), target=REVIEW.id, rating=Rating.EASY),  # type: ignore[arg-type] # the same
    Vacation(**_stamp(10), days=14),  # type: ignore[arg-type] # the same
    MoreNew(**_stamp(19), more=5, packs=("pack",)),  # type: ignore[arg-type] # the same
    Flag(**_stamp(11), item="pack/one", leech=REVIEW.id),  # type: ignore[arg-type] # the same
    Move(**_stamp(12), item="pack/one", to="pack/two"),  # type: ignore[arg-type] # the same
    Rename(**_stamp(13), item="pack/one", to="pack/2"),  # type: ignore[arg-type] # the same
    SettingChange(**_stamp(14), name="order", value="due"),  # type: ignore[arg-type] # the same
    SettingChange(**_stamp(15), name="parameters", value=(1, 5e-324)),  # type: ignore[arg-type] # the same
    SettingChange(**_stamp(16), name="order", value=None),  # type: ignore[arg-type] # the same
    Import(**_stamp(17), ids=(REVIEW.id,)),  # type: ignore[arg-type] # the same
    Retraction(**_stamp(18), ids=()),  # type: ignore[arg-type] # the same
    Undo(**_stamp(8), target=REVIEW.id),  # type: ignore[arg-type] # the same
    Redo(**_stamp(9), target=REVIEW.id),  # type: ignore[arg-type] # the same
)
