"""The log opened by itself, for commands that need neither packs nor a screen."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from studytool.cli.long_work import show_progress
from studytool.errors import StateError
from studytool.language import Language, Phrase
from studytool.settings import load_settings

if TYPE_CHECKING:
    from studytool.review_log.log import ReviewLog

NO_HOME = Phrase(
    ko="폴더 {home}을(를) 만들 수 없습니다({why}). 쓰기 권한을 확인하거나 "
    "STUDYTOOL_HOME에 다른 폴더를 지정하세요.",
    en="cannot make the folder {home} ({why}). Check its permissions, or set STUDYTOOL_HOME "
    "to another folder.",
)
EVENTS = Phrase(ko="이벤트 {n}개...", en="{n} events...")

_OFTEN = 10_000
_One = TypeVar("_One")


def open_log(home: Path) -> "ReviewLog":
    """Open the log of ``home`` under the learner's own policy, making it if need be.

    Raises:
        StateError: it cannot be made or opened, or the settings cannot be read.
    """
    from studytool.review_log.log import ReviewLog
    from studytool.srs.policy import Policy

    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StateError(NO_HOME, home=home, why=error.strerror or error) from error
    policy = Policy(desired_retention=load_settings(home).desired_retention)
    return ReviewLog.open(home / "reviews.db", policy=policy)


def showing_progress(events: Iterable[_One], language: Language) -> Iterator[_One]:
    """Give ``events`` on, and say now and then how many there were."""
    for n, event in enumerate(events, start=1):
        if n % _OFTEN == 0:
            show_progress(EVENTS.text(language, n=f"{n:,}"))
        yield event
