"""The desk: the learner's library, log and settings, opened together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from studytool.language import Language
from studytool.session.sitting import Sitting
from studytool.settings import Settings


@dataclass(frozen=True, slots=True)
class PackCounts:
    """One pack on the home screen."""

    id: str
    title: str
    due: int
    learning: int
    new: int
    items: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What the home screen shows; made of indexed queries only.

    Attributes:
        forecast: reviews that fall due on each of the next 30 study days, today first.
        retention: share recalled of the last 30 days' reviews of mature items, None without any.
    """

    packs: tuple[PackCounts, ...]
    reviewed_today: int
    streak_days: int
    forecast: tuple[int, ...]
    retention: float | None


class Desk:
    """The learner's state: opened once, closed once."""

    settings: Settings

    @classmethod
    def open(cls, home: Path) -> "Desk":
        """Open ``home``, making it at the first run and installing the bundled pack.

        Raises:
            StateError: locked, damaged, read-only, full or newer files; says what to do.
        """
        raise NotImplementedError

    def overview(self, now: datetime) -> Overview:
        """Count what is due, learning and new, and what was done."""
        raise NotImplementedError

    def sit(
        self,
        packs: Sequence[str] = (),
        *,
        concept: str | None = None,
        limit: int | None = None,
    ) -> Sitting:
        """Begin a sitting over ``packs`` (all when empty), at most ``limit`` questions.

        Raises:
            NotFoundError: an unknown pack or concept; names the nearest.
        """
        raise NotImplementedError

    def choose_language(self, language: Language) -> None:
        """Set and save the language; a sitting under way shows its next text in it."""
        raise NotImplementedError

    def close(self) -> None:
        """Close the files."""
        raise NotImplementedError
