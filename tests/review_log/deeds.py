"""Acts on items and reviews, as short as tests write them."""

from datetime import datetime

from studytool.review_log.events import (
    Bury,
    Flag,
    Move,
    ReRate,
    Reset,
    Review,
    Suspend,
    Unflag,
    Unsuspend,
    Vacation,
)
from studytool.review_log.log import ReviewLog
from studytool.srs.rating import Rating


def set_suspended(
    log: ReviewLog,
    item: str,
    suspended: bool,  # noqa: FBT001 - what is set
    now: datetime,
    *,
    offset_minutes: int = 0,
) -> Suspend | Unsuspend:
    kind: type[Suspend | Unsuspend] = Suspend if suspended else Unsuspend
    return log.append(kind, now, offset_minutes=offset_minutes, item=item)


def set_flag(
    log: ReviewLog,
    item: str,
    flag: bool,  # noqa: FBT001 - what is set
    now: datetime,
    *,
    offset_minutes: int = 0,
) -> Flag | Unflag:
    kind: type[Flag | Unflag] = Flag if flag else Unflag
    return log.append(kind, now, offset_minutes=offset_minutes, item=item)


def put_leech_away(
    log: ReviewLog, review: Review, now: datetime, *, suspend: bool, offset_minutes: int = 0
) -> Suspend | Flag:
    kind: type[Suspend | Flag] = Suspend if suspend else Flag
    about = {"item": review.item, "leech": review.id}
    return log.append(kind, now, offset_minutes=offset_minutes, **about)


def bury_item(
    log: ReviewLog, item: str, until: datetime, now: datetime, *, offset_minutes: int = 0
) -> Bury:
    return log.append(Bury, now, offset_minutes=offset_minutes, item=item, until=until)


def reset_item(log: ReviewLog, item: str, now: datetime, *, offset_minutes: int = 0) -> Reset:
    return log.append(Reset, now, offset_minutes=offset_minutes, item=item)


def re_rate(
    log: ReviewLog, review_id: str, rating: Rating, now: datetime, *, offset_minutes: int = 0
) -> ReRate:
    return log.append(ReRate, now, offset_minutes=offset_minutes, target=review_id, rating=rating)


def move_item(log: ReviewLog, old: str, new: str, now: datetime) -> Move:
    return log.append(Move, now, item=old, to=new)


def take_vacation(log: ReviewLog, days: int, now: datetime, *, offset_minutes: int = 0) -> Vacation:
    return log.append(Vacation, now, offset_minutes=offset_minutes, days=days)
