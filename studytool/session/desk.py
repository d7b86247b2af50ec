"""The desk: the learner's library, log and settings, opened together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Self

from studytool.bundled_pack import bundled_pack_folder
from studytool.clock import local_offset_minutes
from studytool.errors import NotFoundError, StateError
from studytool.language import Language, Phrase
from studytool.library.library import Library
from studytool.packs.digest import tree_digest
from studytool.review_log.log import ReviewLog
from studytool.session.queue import Scope
from studytool.session.today import Today, look_at_today
from studytool.settings import Settings, change_setting, load_settings
from studytool.srs.memory import to_ms
from studytool.srs.policy import Policy

if TYPE_CHECKING:
    from studytool.session.cram import Cram
    from studytool.session.sitting import Sitting

FORECAST_DAYS = 30
RETENTION_DAYS = 30

_NO_HOME = Phrase(
    ko="폴더 {home}을(를) 만들 수 없습니다({why}). 쓰기 권한을 확인하거나 "
    "STUDYTOOL_HOME에 다른 폴더를 지정하세요.",
    en="cannot make the folder {home} ({why}). Check its permissions, or set STUDYTOOL_HOME "
    "to another folder.",
)


@dataclass(frozen=True, slots=True)
class PackCounts:
    """One pack on the home screen; ``new`` is what today's limit still admits."""

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
        due, learning, new: of all packs together, so far as today admits.
        forecast: reviews that fall due on each of the next 30 study days, today first.
        retention: share recalled of the last 30 days' reviews of mature items, None without any.
        next_due: when the next item that is not due yet falls due, None when nothing will.
    """

    packs: tuple[PackCounts, ...]
    due: int
    learning: int
    new: int
    reviewed_today: int
    streak_days: int
    forecast: tuple[int, ...]
    retention: float | None
    next_due: datetime | None


def policy_of(settings: Settings) -> Policy:
    """Return what the settings say of memory and intervals.

    Raises:
        ParameterError: the parameters are not the model's; names every one that is wrong.
    """
    steps = {
        name: tuple(timedelta(minutes=minutes) for minutes in getattr(settings, f"{name}_minutes"))
        for name in ("learning_steps", "relearning_steps")
    }
    return Policy(
        settings.parameters,
        settings.desired_retention,
        **steps,
        maximum_interval_days=settings.maximum_interval_days,
        fuzz=settings.spread_load,
        model=settings.memory_model,
        pack_retention=tuple(sorted(settings.pack_retention.items())),
    )


def open_log(home: Path) -> tuple[Settings, ReviewLog]:
    """Open the log of ``home`` under the learner's settings, making both if need be.

    Raises:
        StateError: something cannot be made, read or opened, or the log has no event while a
            backup has some; says what to do.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StateError(_NO_HOME, home=home, why=error.strerror or error) from error
    settings, path = load_settings(home), home / "reviews.db"
    if not (path.exists() and path.stat().st_size):
        _refuse_lost_log(home)
    log = ReviewLog.open(path, policy=policy_of(settings))
    try:
        if next(log.review_days(), None) is None:
            _refuse_lost_log(home)
    except BaseException:
        log.close()
        raise
    return settings, log


def _refuse_lost_log(home: Path) -> None:
    from studytool.backups.missing import refuse_lost_log  # late: nearly every log has reviews

    refuse_lost_log(home)


class Desk:
    """The learner's state, for one thread at a time.

    Attributes:
        settings: as saved in the home folder; the first language of every text is in them.
        log: the reviews.
        library: the installed packs.
    """

    def __init__(self, home: Path, settings: Settings, *, log: ReviewLog, library: Library) -> None:
        self.home = home
        self.settings = settings
        self.log = log
        self.library = library

    @classmethod
    def open(cls, home: Path) -> Self:
        """Open ``home``, making it at the first run and installing the bundled pack.

        Raises:
            StateError: locked, damaged, read-only, full or newer files; says what to do.
        """
        settings, log = open_log(home)
        try:
            desk = cls(home, settings, log=log, library=Library.open(home / "library.db"))
        except BaseException:
            log.close()
            raise
        try:
            desk._install_bundled_pack()
            desk._register_packs()
        except BaseException:
            desk.close()
            raise
        return desk

    def overview(self, now: datetime) -> Overview:
        """Count what is due, learning and new, and what was done."""
        day = {"offset_minutes": local_offset_minutes(now)}
        day["day_start_hour"] = self.settings.day_start_hour
        today = look_at_today(self, now)
        packs = self.pack_counts(now, today)
        return Overview(
            packs=packs,
            due=min(sum(pack.due for pack in packs), today.reviews_left),
            learning=sum(pack.learning for pack in packs),
            new=min(sum(pack.new for pack in packs), today.new_left),
            reviewed_today=self._reviewed_since(today.began) - self._reviewed_since(today.ends),
            streak_days=self.log.streak_days(now, **day),
            forecast=tuple(self.log.forecast(now, days=FORECAST_DAYS, **day)),
            retention=self.log.retention(now - timedelta(days=RETENTION_DAYS)),
            next_due=self.log.next_due(after=now),
        )

    def pack_counts(self, now: datetime, today: Today) -> tuple[PackCounts, ...]:
        """Count each pack's items, so far as they would be asked today."""
        counts = self.log.counts(now, resting=today.resting, count_new=False)
        return tuple(
            PackCounts(
                id=pack.id,
                title=pack.title[self.settings.language],
                due=min(counts[pack.id].due, today.reviews_left),
                learning=counts[pack.id].learning,
                new=self._admitted(pack.id, now, today),
                items=counts[pack.id].items,
            )
            for pack in self.library.packs()
            if pack.id in counts
        )

    def sit(
        self,
        packs: Sequence[str] = (),
        *,
        concept: str | None = None,
        limit: int | None = None,
    ) -> "Sitting":
        """Begin a sitting over ``packs`` (all when empty), at most ``limit`` questions.

        Raises:
            NotFoundError: an unknown pack or concept; names the nearest.
        """
        from studytool.session.sitting import Sitting  # late: the home screen asks nothing yet

        self.check_scope(packs, concept)
        return Sitting(self, Scope(tuple(packs), concept, limit))

    def cram(
        self,
        packs: Sequence[str] = (),
        *,
        now: datetime,
        concept: str | None = None,
        limit: int | None = None,
    ) -> "Cram":
        """Begin a cram over ``packs`` (all when empty), at most ``limit`` items.

        Raises:
            NotFoundError: an unknown pack or concept; names the nearest.
        """
        from studytool.session.cram import Cram  # late: the home screen asks nothing yet

        self.check_scope(packs, concept)
        return Cram(self, Scope(tuple(packs), concept, limit), now)

    def check_scope(self, packs: Sequence[str], concept: str | None) -> None:
        """Refuse packs or a concept that do not exist.

        Raises:
            NotFoundError: names the nearest.
        """
        installed = [pack.id for pack in self.library.packs()]
        for pack in packs:
            if pack not in installed:
                raise NotFoundError(
                    "pack", pack, installed, remedy=f"there is {_listed(installed)}"
                )
        concepts = [known for pack in packs or installed for known in self.library.concepts(pack)]
        if concept is not None and concept not in concepts:
            raise NotFoundError(
                "concept", concept, concepts, remedy=f"there is {_listed(concepts)}"
            )

    def choose_language(self, language: Language) -> None:
        """Save the language, and no other setting; a sitting under way shows its next text in it.

        Raises:
            StateError: the settings cannot be read or written; the language is as it was.
        """
        change_setting(self.home, "language", language)
        self.settings = replace(self.settings, language=language)

    def close(self) -> None:
        """Close the files."""
        self.library.close()
        self.log.close()

    def _install_bundled_pack(self) -> None:
        folder = bundled_pack_folder()
        digest = tree_digest(folder)
        if any(pack.digest == digest for pack in self.library.packs()):
            return
        from studytool.packs.reader import load_pack  # late: only a new or changed pack is read

        self.library.install(load_pack(folder), folder)

    def _register_packs(self) -> None:
        """Tell the log which items exist, where it does not know or knows an older pack."""
        registered = self.log.registrations()
        for pack in self.library.packs():
            if registered.get(pack.id) != pack.digest:
                listed = [
                    (item.item, item.concept, item.position)
                    for item in self.library.listed(pack.id)
                ]
                self.log.register(pack.id, listed, digest=pack.digest)

    def _reviewed_since(self, instant: datetime) -> int:
        return self.log.reviews_since(instant).reviews

    def _admitted(self, pack: str, now: datetime, today: Today) -> int:
        """Count new items of a pack that today still admits."""
        rules = {"without": today.resting, "closed": today.closed}
        return len(self.log.within([pack]).new(to_ms(now), today.new_left, **rules))


def _listed(names: list[str]) -> str:
    return ", ".join(names) or "none"
