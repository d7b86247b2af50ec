"""The learner's desk: settings, log and library, opened together."""

import os
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from studytool.bundled_pack import bundled_folders
from studytool.clock import Clock
from studytool.errors import PackError, StateError, StudytoolError
from studytool.faults import Fault
from studytool.files import OWN_FOLDER
from studytool.language import Language
from studytool.library.library import Library
from studytool.packs.digest import tree_digest
from studytool.reasons import reason
from studytool.review_log.database import is_older
from studytool.review_log.log import ReviewLog
from studytool.review_log.study_days import StudyDays
from studytool.session.agenda import AgendaShelf
from studytool.session.policy import policy_of
from studytool.session.shared_settings import share_settings
from studytool.settings import Settings, change_setting, load_settings
from studytool.settings.home import LOCK_NAME, PACKS_FOLDER
from studytool.settings.own_home import keep_home_private, note_begun, refuse_gone_reviews
from studytool.srs.memory import to_ms

if TYPE_CHECKING:
    from studytool.library.own_evidence import OwnFindings


def open_log(home: Path, clock: Clock, *, compared: bool = True) -> tuple[Settings, ReviewLog]:
    """Open the log of ``home`` under the learner's settings, making both if need be.

    What shapes the schedule is the same in both then. A log of an older version is backed up, then
    carried over.

    Args:
        home: the learner's folder.
        clock: their time and zone.
        compared: whether all that was made of the events is compared, and made again where a damaged bit
            has changed it; without, figures may be wrong until :meth:`Desk.compare_beside` was called.

    Raises:
        StateError: something cannot be made, read or opened, or the log has no event while a
            backup has some; says what to do.
    """
    try:
        home.mkdir(mode=OWN_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise StateError(Fault.HOME_NOT_MADE, path=home, why=reason(error)) from error
    settings, path = load_settings(home), home / "reviews.db"
    if not (path.exists() and path.stat().st_size):
        _refuse_lost_log(home)
    elif is_older(path):
        _back_up(home, clock.now())
    days = StudyDays(clock.offset_minutes, settings.day_start_hour)
    log = ReviewLog.open(path, policy=policy_of(settings), days=days)
    try:
        if compared:
            log.compare()
        if next(log.review_days(), None) is not None:
            note_begun(home)
        elif not log.has_reviews():
            _refuse_lost_log(home)
        shared = agree_on_settings(home, settings, log, clock)
        keep_home_private(home)
    except BaseException:
        log.close()
        raise
    return shared, log


def agree_on_settings(home: Path, settings: Settings, log: ReviewLog, clock: Clock) -> Settings:
    """Make the settings of the file and of the log one, and put them in force; return them.

    Raises:
        StateError: the file or the log cannot be written.
    """
    shared = share_settings(home, settings, log, clock)
    log.days = StudyDays(clock.offset_minutes, shared.day_start_hour)
    if shared != settings:
        log.adopt_policy(policy_of(shared))
    return shared


def _back_up(home: Path, now: datetime) -> None:
    from studytool.backups.taking import back_up_as_it_is  # late: a log is carried over once

    back_up_as_it_is(home, now)


def _refuse_lost_log(home: Path) -> None:
    from studytool.backups.restoring import refuse_lost_log  # late: nearly every log has reviews

    refuse_lost_log(home)
    refuse_gone_reviews(home)


class Desk:
    """The learner's state, for one thread at a time.

    Attributes:
        settings: as saved in the home folder; the first language of every text is in them.
        log: the reviews.
        library: the installed packs.
        own: what this installation found of them.
        clock: the learner's time and zone.
        agendas: what will be asked today, as far as it was worked out.
        unsound: why what is made of the events may be wrong and cannot be made again; None otherwise.
        misplaced: what is wrong with the list of added packs or with their files; None where nothing is.
        unsaved: by item, why its last rating could not be saved; empty again once it was.
    """

    def __init__(
        self, home: Path, settings: Settings, clock: Clock, *, log: ReviewLog, library: Library
    ) -> None:
        self.home = home
        self.clock = clock
        self.settings = settings
        self.log = log
        self.library = library
        self.agendas = AgendaShelf()
        self.unsound: StateError | None = None
        self.misplaced: StateError | None = None
        self.unsaved: dict[str, StudytoolError] = {}

    @cached_property
    def own(self) -> "OwnFindings":
        """Return what this installation found of the packs."""
        from studytool.library.own_evidence import OwnFindings  # late: home shows no finding

        return OwnFindings(self.home)

    @classmethod
    def open(
        cls, home: Path, clock: Clock, *, only: Path | None = None, compared: bool = True
    ) -> Self:
        """Open ``home``, making it at the first run and installing the bundled packs.

        Args:
            home: the learner's folder.
            clock: their time and zone.
            only: the folder of a pack to be installed in the place of the bundled ones.
            compared: as :func:`open_log` has it.

        Raises:
            PackError: the pack in ``only`` cannot be read.
            StateError: locked, damaged, read-only, full or newer files; says what to do.
        """
        settings, log = open_log(home, clock, compared=compared)
        try:
            library = Library.open(home / "library.db")
        except BaseException:
            log.close()
            raise
        desk = cls(home, settings, clock, log=log, library=library)
        try:
            for folder in [only] if only else bundled_folders().values():
                desk._install(folder)
            desk._follow_lock()
            desk.register_packs()
            desk._follow_renames()
        except BaseException:
            desk.close()
            raise
        return desk

    def choose_language(self, language: Language) -> None:
        """Save the language, and no other setting; a sitting under way shows its next text in it.

        Raises:
            StateError: the settings cannot be read or written; the language is as it was.
        """
        change_setting(self.home, "language", language)
        self.settings = replace(self.settings, language=language)

    def until(self, instant: datetime | None, now: datetime) -> timedelta | None:
        """Return how long the learner waits for an instant, as the study days count it."""
        return None if instant is None else self.log.days.until(instant, now)

    def compare_beside(self) -> bool:
        """Do what :meth:`ReviewLog.compare` does in another thread than the desk's.

        Where it was made again, :meth:`renew` is to follow.
        """
        path, policy = self.home / "reviews.db", policy_of(self.settings)
        with ReviewLog.open(path, policy=policy, days=self.log.days) as log:
            return log.compare()

    def renew(self) -> None:
        """Take up what was made again: nothing that was worked out before it stands."""
        self.agendas = AgendaShelf()
        self.register_packs()

    def close(self) -> None:
        """Close the files."""
        self.library.close()
        self.log.close()

    def _install(self, folder: Path) -> None:
        digest = tree_digest(folder)
        if any(pack.digest == digest for pack in self.library.packs()):
            return
        from studytool.packs.reader import load_pack  # late: only a new or changed pack is read

        self.library.install(load_pack(folder), folder, now_ms=to_ms(self.clock.now()))

    def _follow_lock(self) -> None:
        """Make the library what ``studytool.lock`` says; what it lost a row of stays, and is told."""
        added = self.home / PACKS_FOLDER
        if not (os.path.lexists(self.home / LOCK_NAME) or added.is_dir()):
            return
        # late: many learners add no pack
        from studytool.session.added_packs import added_faults, locked_packs, lost_folders

        locked = locked_packs(self.home)
        packs = {pack.id: pack for pack in self.library.packs()}
        for pack in packs.values():
            if pack.id not in locked and added in pack.folder.parents and not pack.folder.is_dir():
                self.library.remove(pack.id)
        for id_, folder, digest in [
            *((one.id, one.folder(self.home), one.digest) for one in locked.values()),
            *lost_folders(self.home, packs),
        ]:
            kept = packs.get(id_)
            if kept is None or (kept.digest, kept.folder) != (digest, folder):
                self._install_added(id_, folder, digest)
        self.misplaced = next(added_faults(self.home, self.library.packs()), None)

    def _install_added(self, id_: str, folder: Path, digest: str) -> None:
        # late: only a new or changed pack is read
        from studytool.packs.folder import LARGE
        from studytool.packs.reader import load_pack

        with suppress(PackError):  # a folder that somebody changed; home tells it
            pack = load_pack(folder, LARGE)  # who added it let it be so large
            if pack.id == id_ and pack.digest.startswith(digest):
                self.library.install(pack, folder, now_ms=to_ms(self.clock.now()))

    def _follow_renames(self) -> None:
        """Write into the log what packs renamed, where it has anything of the old ids."""
        if renames := self.library.renames():
            now = self.clock.now()
            offset_minutes = self.clock.offset_minutes(now)
            self.log.follow_renames(renames, now, offset_minutes=offset_minutes)

    def register_packs(self) -> None:
        """Register each pack's items with the log, where it has none of them or those of an older pack.

        A pack that was registered so and is installed no more is asked no more; its reviews stay.
        """
        registered = self.log.registrations()
        packs = self.library.packs()
        installed = {pack.id for pack in packs}
        for gone in (id_ for id_, digest in registered.items() if digest and id_ not in installed):
            self.log.register(gone, [])
        for pack in packs:
            if registered.get(pack.id) != pack.digest:
                listed = [
                    (item.item, item.concept, item.position)
                    for item in self.library.listed(pack.id)
                ]
                self.log.register(pack.id, listed, digest=pack.digest)
