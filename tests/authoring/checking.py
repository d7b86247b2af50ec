"""Check a pack as the command does, and say what was found in words."""

from collections.abc import Callable, Mapping
from pathlib import Path

from studytool.authoring.check_options import CheckOptions
from studytool.authoring.check_pack import check_pack
from studytool.numerics.measure import never
from studytool.packs.diagnostics import Diagnostic
from studytool.wording.plays import play_diagnostic
from tests.packs.korean_only import english_words


def checked(
    folder: Path,
    options: CheckOptions | None = None,
    *,
    progress: Callable[[int, int], None] = lambda *_: None,
) -> list[Diagnostic]:
    """Return every problem of a pack, those of plays in English."""
    given = options or CheckOptions(jobs=1)
    found = check_pack(folder, given, progress=progress, cancelled=never)
    return [*found.read, *(play_diagnostic(placed) for placed in found.played)]


def problems_of(folder: Path, files: Mapping[str, str]) -> list[tuple[str, str]]:
    """Write a pack's files, play it a little, and return each problem with its remedy, in order.

    Each is looked at in Korean too, for English words.
    """
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())
    found = sorted(checked(folder, CheckOptions(5, jobs=1)), key=lambda one: one.place)
    assert [english_words(one, "".join(files.values())) for one in found] == [[]] * len(found)
    return [(str(one), one.help) for one in found]
