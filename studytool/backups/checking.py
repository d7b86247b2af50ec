"""The doctor's round: the settings, the log, the library and the backups of one home folder."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from studytool.backups.checking_backups import examine_backups
from studytool.backups.checking_library import Installed, examine_library, read_installed
from studytool.backups.checking_log import UNREAD, examine_log
from studytool.backups.checking_packs import retention_of_no_pack
from studytool.backups.findings import Finding, said
from studytool.backups.folder import FOLDER_NAME
from studytool.backups.remedies import CORRECT_SETTINGS
from studytool.backups.watching import Watch, unwatched
from studytool.errors import StateError
from studytool.settings import load_settings


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


def _settings(home: Path, installed: Installed) -> Iterator[Finding]:
    try:
        settings = load_settings(home)
    except StateError as error:
        yield said("settings_unreadable", error, CORRECT_SETTINGS)
    else:
        yield from retention_of_no_pack(settings.pack_retention, installed)
