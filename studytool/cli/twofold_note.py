"""What is said of events that another file has otherwise."""

from collections.abc import Sequence

from studytool.cli.output import write_error
from studytool.language import Language, Phrase

_TWOFOLD = Phrase(
    ko="id는 같고 내용이 다른 이벤트가 {n:,}개 있습니다: {ids}. 모든 기기가 같은 것을 쓰고, 다른 것은 떼어 둡니다. 이벤트는 바뀌지 "
    "않으므로 한쪽은 손상되었거나 누가 고친 것입니다.",
    en="events with the same id and other contents: {n:,} ({ids}). Every device keeps the same one "
    "of the two, and the other is set aside. Events never change, so one was damaged or altered.",
)
_FEW = 3


def tell_twofold(ids: Sequence[str], language: Language) -> None:
    """Name the events whose other content was met, where there are any."""
    if ids:
        shown = ", ".join([*ids[:_FEW], *(["..."] if ids[_FEW:] else [])])
        write_error(_TWOFOLD.text(language, n=len(ids), ids=shown))
