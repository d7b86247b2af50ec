"""What is said once where the machine's zone is none: days are then reckoned in UTC."""

import os

from studytool.cli.output import learner_language, write_note
from studytool.clock import has_zone, utc_now
from studytool.errors import StateError
from studytool.language import Phrase
from studytool.printable import printable

_NO_ZONE = Phrase(
    ko="시간대(TZ={zone})가 UTC에서 하루 이상 떨어져 있어 UTC로 계산합니다. TZ를 고치세요.",
    en="the zone (TZ={zone}) is a day or more from UTC, so UTC is used. Correct TZ.",
)


def tell_of_zone() -> None:
    """Say that the machine's zone is passed over, where it is."""
    try:
        now = utc_now()
    except StateError:  # a command that reads the clock says so itself
        return
    if not has_zone(now):
        zone = printable(os.environ.get("TZ", "?"))[:60]
        write_note(_NO_ZONE.text(learner_language(), zone=zone))
