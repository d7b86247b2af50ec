"""Fill the disk at some write of a command, see what it says and keeps, make space, and do it again."""

import re
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from studytool.language import LANGUAGES, Language
from studytool.numerics.streams import Rng, stream
from studytool.reasons import NO_SPACE
from tests.endurance.deeds import DEEDS, Deed, Place
from tests.endurance.kills import KillFigures, call_doctor, look, telling
from tests.endurance.simulated_disk import SimulatedDisk
from tests.in_process import run_program

SAYS_SO = {
    "ko": re.compile(f"{NO_SPACE.ko}|디스크가 가득|공간"),
    "en": re.compile(f"{NO_SPACE.en}|disk is full|free space"),
}


@dataclass
class FullDiskFigures:
    """What came of the full disks; ``refused`` counts the commands that ended with the right words."""

    points: int = 0
    refused: int = 0
    did_without: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """Say it."""
        yield (
            f"disk full at {self.points} points in {self.seconds:,.0f} s: {self.refused} refused, with the "
            f"reason; {self.acknowledged:,} events acknowledged, {len(self.wrong)} wrong"
        )
        yield f"  did without what had no room: {dict(self.did_without)}"
        yield from (f"  WRONG {one}" for one in self.wrong)


def fill(
    points: int, root: Path, *, seed: int = 0, tell: Callable[[str], object] = lambda _: None
) -> FullDiskFigures:
    """Fill the disk at so many points."""
    figures, rng, begun = FullDiskFigures(), stream("endurance full", seed), time.monotonic()
    first = {language: _place(root / language, language) for language in LANGUAGES}
    tried = 0
    while figures.points < points:
        language = LANGUAGES[tried % 2]
        make = DEEDS[(tried // 2) % len(DEEDS)]
        place = first[language].copied(root / "one")
        deed = make(int(rng.integers(0, 1 << 31)), place)
        _try(place, deed, language, figures, rng)
        shutil.rmtree(root / "one")
        tried += 1
    figures.seconds = time.monotonic() - begun
    tell(f"{figures.points} points, {figures.wrong}")
    return figures


def _place(root: Path, language: Language) -> Place:
    place = Place.make(root)
    for words in (("config", "language", language), ("backup",)):
        run_program(*words, home=place.home)
    return place


def _try(place: Place, deed: Deed, language: Language, figures: FullDiskFigures, rng: Rng) -> None:
    """Do something once with enough space to count its writes; then with less, and once more."""
    measured = place.copied(place.home.parents[1] / "measured")
    disk = SimulatedDisk(measured.home.parent)
    with disk.mounted():
        run_program(*_at(deed, place, measured), home=measured.home, typed=deed.typed)
    shutil.rmtree(measured.home.parent)
    if not disk.writes:
        return
    figures.points += 1
    acknowledged: set[str] = set()
    full = SimulatedDisk(place.home.parent)
    full.free = int(rng.integers(0, disk.writes))
    with full.mounted(), telling(acknowledged.update):
        run = run_program(*deed.arguments, home=place.home, typed=deed.typed)
    if run.returncode == 0:
        acknowledged.update(deed.brings)
    when = f"{deed.name} ({language}), {full.free} of {disk.writes} writes"
    said = run.stdout + run.stderr
    if run.returncode == 2 and SAYS_SO[language].search(said) and "Traceback" not in said:
        figures.refused += 1
    elif run.returncode == 0:
        figures.did_without[deed.name] += 1
    else:
        figures.wrong.append(f"{when}: {run.returncode} {said[-600:]}")
    figures.acknowledged += len(acknowledged)
    found = KillFigures()
    look(place, acknowledged, found)
    again = run_program(*deed.arguments, home=place.home, typed=deed.typed)
    if again.returncode not in {0, 2} or SAYS_SO[language].search(again.stderr):
        found.wrong.append(f"and with space: {again.returncode} {again.stderr[-600:]}")
    call_doctor(place, found)
    look(place, acknowledged, found)
    figures.wrong += [f"{when}: {one}" for one in found.wrong]


def _at(deed: Deed, place: Place, there: Place) -> list[str]:
    """Return the arguments with the paths of another place."""
    before, after = str(place.home.parent), str(there.home.parent)
    return [word.replace(before, after) for word in deed.arguments]
