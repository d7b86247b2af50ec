"""The doctor's round: the settings, the log, the library and the backups of one home folder."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from studytool.backups.folder import FOLDER_NAME
from studytool.doctor.findings import Finding, said
from studytool.doctor.of_backups import examine_backups
from studytool.doctor.of_library import InstalledPacks, examine_library, read_installed
from studytool.doctor.of_log import UNREAD, examine_log
from studytool.doctor.of_packs import retention_of_no_pack
from studytool.doctor.remedies import CORRECT_SETTINGS
from studytool.errors import StateError
from studytool.settings import load_settings
from studytool.sqlite.watching import Watch, unwatched


def examine(home: Path, now: datetime, *, watch: Watch = unwatched) -> list[Finding]:
    """Check everything of ``home``, and change nothing."""
    log, library = home / "reviews.db", home / "library.db"
    installed = read_installed(library)
    of_log = examine_log(log, now=now, installed=installed, watch=watch)
    is_whole = not any(finding.code in UNREAD for finding in of_log)
    return [
        *_settings(home, installed),
        *of_log,
        *examine_library(library),
        *examine_backups(log, home / FOLDER_NAME, is_whole=is_whole, watch=watch),
    ]


def _settings(home: Path, installed: InstalledPacks) -> Iterator[Finding]:
    try:
        settings = load_settings(home)
    except StateError as error:
        yield said("settings_unreadable", error, CORRECT_SETTINGS)
    else:
        yield from retention_of_no_pack(settings.pack_retention, installed)
