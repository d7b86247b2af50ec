"""A home is its owner's alone, and remembers that it once had reviews."""

import re
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.files import keep_private, make_private
from studytool.half_written import clear_left
from studytool.reasons import reason

_BEGUN = ".reviews-begun"
"""Stands in a home whose log has had a review: without it nothing would tell an emptied home from a new one."""

_OURS = re.compile(
    r"\..*|(reviews|library)\.db.*|settings\.toml|(former_parameters|cram)\.json|backups|evidence"
    r"|cache|reports|packs|studytool\.lock",
    re.IGNORECASE,
)


def is_own_name(name: str) -> bool:
    """Tell whether what has this name in a home is studytool's own.

    >>> is_own_name("reviews.db-wal"), is_own_name("reviews.jsonl")
    (True, False)
    """
    return _OURS.fullmatch(name) is not None


def keep_home_private(home: Path) -> None:
    """Let only the owner read the log, and the folder where it holds nothing of others; tidy it up."""
    with suppress(OSError):
        names = [path.name for path in home.iterdir()]
        clear_left(home, names)
        for name in names:
            if name.startswith("reviews.db"):
                keep_private(home / name)
        if all(map(is_own_name, names)):
            keep_private(home)


def refuse_unmakeable(home: Path) -> None:
    """Refuse a home that is not there and cannot be made; none is made where it can be.

    Raises:
        StateError: its folder cannot be made.
    """
    above = next(path for path in (home, *home.parents) if path.exists())
    if above != home:
        try:
            Path(mkdtemp(prefix=".studytool-", dir=above)).rmdir()
        except OSError as error:
            raise StateError(Fault.HOME_NOT_MADE, path=home, why=reason(error)) from error


def note_begun(home: Path) -> None:
    """Remember that the log of a home has had a review."""
    make_private(home / _BEGUN)


def refuse_gone_reviews(home: Path) -> None:
    """Refuse to go on without a review where there was one; called where the log has none.

    Raises:
        StateError: so it is; says how to begin anew.
    """
    if (home / _BEGUN).exists():
        raise StateError(Fault.LOG_GONE, path=home / "reviews.db", folder=home / _BEGUN)
