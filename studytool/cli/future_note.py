"""What is said of events that came in and are dated in the future."""

from typing import TYPE_CHECKING

from studytool.cli.output import write_error
from studytool.clock import utc_now
from studytool.language import Language, Phrase

if TYPE_CHECKING:
    from studytool.review_log.log import ReviewLog

_FUTURE = Phrase(
    ko="받은 이벤트 가운데 {n:,}개는 시각이 지금({now})보다 뒤입니다. 가장 늦은 것은 {latest}입니다. 그 문항들은 그만큼 늦게 "
    "나옵니다. 그것을 적은 기기의 시계가 앞서 갔다면 studytool log retract --future를 실행하세요. 모든 기기에서 더는 세지 않고, "
    "studytool undo로 되돌릴 수 있습니다.",
    en="of what came in, {n:,} events are dated later than now, {now} (the latest: {latest}); their "
    "items come up that much later. If the clock of the device that wrote them ran ahead: studytool log "
    "retract --future lets them count no more on any device, and studytool undo takes that back.",
)


def tell_future(log: "ReviewLog", language: Language, *, behind: int) -> None:
    """Say how many events behind a place of the log are dated in the future, if any."""
    from studytool.doctor.log_findings import CLOCK_TOLERANCE

    now = utc_now()
    n, latest = log.dated_after(now + CLOCK_TOLERANCE, behind=behind)
    if latest is not None:
        shown = (f"{instant:%Y-%m-%d %H:%M}Z" for instant in (now, latest))
        write_error(_FUTURE.text(language, n=n, **dict(zip(("now", "latest"), shown, strict=True))))
