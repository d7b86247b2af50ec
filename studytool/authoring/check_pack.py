"""Check a pack as an author's compiler does: read it, play every entry, keep what was found."""

from collections.abc import Callable
from pathlib import Path

from studytool.authoring.check_options import CheckOptions
from studytool.authoring.kept_checks import (
    CheckResult,
    KeptCheck,
    kept_path,
    read_kept,
    state_key,
    write_kept,
)
from studytool.authoring.program_mark import program_mark

_OF_THE_MACHINE = frozenset({"E102", "E105"})
"""Problems that may be gone though no file of the pack changed: such a result is not kept."""


def check_pack(
    folder: Path,
    options: CheckOptions,
    *,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> CheckResult:
    """Return every problem of a pack; what was found before of the same pack is not sought again.

    Args:
        folder: the pack's.
        options: how the check is made.
        progress: is told how many entries are played, of how many.
        cancelled: tells whether the work must stop.

    Raises:
        Cancelled: the work must stop.
    """
    key = _key(folder, options)
    path = None if options.home is None else kept_path(options.home, folder)
    kept = KeptCheck() if path is None else read_kept(path)
    if kept.result is not None and key and kept.key == key:
        return kept.result
    # late: a kept result needs none of it
    from studytool.authoring.fresh_check import check_afresh
    from studytool.authoring.kept_entries import KeptEntries, read_entries, write_entries

    of_entries = None if options.home is None else kept_path(options.home, folder, "entries")
    known = KeptEntries() if of_entries is None else read_entries(of_entries)
    result, entries = check_afresh(folder, options, known, progress=progress, cancelled=cancelled)
    if path is not None and of_entries is not None and key:
        lasts = not any(found.code in _OF_THE_MACHINE for found in result.read)
        write_kept(path, KeptCheck(key, result) if lasts else KeptCheck())
        write_entries(of_entries, entries, known)
    return result


def _key(folder: Path, options: CheckOptions) -> str:
    """Return the key of the pack as it is now; empty where a file of it cannot be read."""
    try:
        return state_key(folder, f"{program_mark()} {options.plays} {options.large}")
    except OSError:
        return ""
