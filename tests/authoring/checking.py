"""Check a pack as the command does, and say what was found in words."""

from collections.abc import Callable
from pathlib import Path

from studytool.authoring.check_options import CheckOptions
from studytool.authoring.check_pack import check_pack
from studytool.numerics.measure import never
from studytool.packs.diagnostics import Diagnostic
from studytool.wording.plays import play_diagnostic


def checked(
    folder: Path,
    options: CheckOptions | None = None,
    *,
    progress: Callable[[int, int], None] = lambda *_: None,
) -> list[Diagnostic]:
    """Return every problem of a pack, those of plays in English."""
    given = options or CheckOptions(jobs=1)
    found = check_pack(folder, given, progress=progress, cancelled=never)
    return [*found.read, *(play_diagnostic(placed, "en") for placed in found.played)]
