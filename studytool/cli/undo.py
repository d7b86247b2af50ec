"""``studytool undo``: the last thing done on this device is taken back, as an event of the log."""

from contextlib import closing
from datetime import datetime
from typing import TYPE_CHECKING

from studytool.cli import declare
from studytool.cli.learner_log import open_log
from studytool.cli.output import learner_language, write_json, write_text
from studytool.clock import MACHINE_CLOCK, local_offset_minutes, utc_now
from studytool.errors import NotFoundError, StudytoolError
from studytool.json_output import ActJson, RedoJson, UndoJson
from studytool.language import Phrase
from studytool.settings import home_folder
from studytool.wording.acts import ACT_NAMES, undo_text

if TYPE_CHECKING:
    from studytool.review_log.events import Act
    from studytool.review_log.log import ReviewLog

_ONE_OF = Phrase(
    ko="--redo와 --review는 함께 쓸 수 없습니다. 하나만 쓰세요.",
    en="--redo and --review cannot be combined; give only one.",
)
_IDS = Phrase(
    ko="복습 id는 studytool item show ITEM에 나옵니다. 이미 되돌린 복습은 나오지 않습니다.",
    en="The ids are in studytool item show ITEM; a review already taken back is not among them.",
)


@declare.command(
    "undo",
    more=Phrase(
        ko="이 기기에서 마지막에 한 복습, 보류, 깃발 등을 되돌립니다. 다시 시작한 뒤에도, 한 일이 남아 있는 한 몇 번이든 되돌립니다.",
        en="It takes back the last review, suspension, flag or other act of this device: as "
        "often as you like, as far back as there is anything, also after a restart.",
    ),
)
@declare.option(
    "--redo",
    is_flag=True,
    about=Phrase("마지막에 되돌린 것을 다시 합니다.", "Do again what undo took back last."),
)
@declare.option(
    "--review",
    "review_id",
    metavar="ID",
    about=Phrase(
        "언제 어느 기기에서 했든 이 복습을 되돌립니다.",
        "Take back this review, whenever and on whichever device it was done.",
    ),
)
@declare.as_json
def command(*, redo: bool, review_id: str | None, as_json: bool) -> None:
    """Take back the last review, suspension, flag or other act of this device."""
    home, now = home_folder(), utc_now()
    with closing(open_log(home)) as log:
        if redo and review_id is not None:
            raise StudytoolError(_ONE_OF)
        act = _turned(log, now, redo=redo, review_id=review_id)
        item = None if act is None else log.item_of(act)
    if as_json:
        about = None if act is None else _as_json(act, item)
        turned: UndoJson | RedoJson = {"redone": about} if redo else {"undone": about}
        write_json(turned)
    else:
        write_text(undo_text(act, item, learner_language(home), MACHINE_CLOCK, redo=redo))


def _turned(log: "ReviewLog", now: datetime, *, redo: bool, review_id: str | None) -> "Act | None":
    """Take back or do again, and return what it was; None where there is nothing.

    Raises:
        NotFoundError: no review of ``review_id`` stands.
    """
    offset_minutes = local_offset_minutes(now)
    if review_id is None:
        return (log.redo if redo else log.undo)(now, offset_minutes=offset_minutes)
    review = log.undo_review(review_id, now, offset_minutes=offset_minutes)
    if review is None:
        raise NotFoundError(ACT_NAMES["review"], review_id, [], remedy=_IDS)
    return review


def _as_json(act: "Act", item: str | None) -> ActJson:
    time = act.time.isoformat(timespec="seconds")
    return {"kind": str(act.kind), "id": act.id, "item": item, "time": time}
