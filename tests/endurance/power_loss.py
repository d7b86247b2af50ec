"""Cut the power at every fsync, and let the program open what is left of the home.

Left are all files without what was not synced; with some of it, by sectors; and with names as they were
just changed. Whatever is left, all that was acknowledged before has to be in it.
"""

import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from studytool.numerics.streams import Rng, stream
from tests.endurance.deeds import DEEDS, Place
from tests.endurance.kills import KillFigures, call_doctor, look, telling
from tests.endurance.simulated_disk import Image, SimulatedDisk, write_image
from tests.in_process import run_program

DEEDS_OF_A_HOME = 3 * len(DEEDS)
IMAGES_BETWEEN_DOCTORS = 25
KINDS = ((0.0, False), (0.5, False), (0.0, True), (0.5, True))
"""Of losses: the share of unsynced sectors that are there; whether names are as they are now."""


@dataclass
class PowerFigures:
    """What came of the losses of power; ``points`` are the fsyncs at which it was cut."""

    points: int = 0
    images: int = 0
    acknowledged: int = 0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)
    mended: Counter[str] = field(default_factory=Counter)

    def lines(self) -> Iterator[str]:
        """Say it."""
        yield (
            f"power cut at {self.points:,} fsyncs, {self.images:,} homes left, in {self.seconds:,.0f} s: "
            f"{self.acknowledged:,} events acknowledged, {len(self.wrong)} wrong"
        )
        yield f"  mended by doctor --repair: {dict(self.mended)}"
        yield from (f"  WRONG {one}" for one in self.wrong)


def cut_power(
    points: int, root: Path, *, seed: int = 0, tell: Callable[[str], object] = lambda _: None
) -> PowerFigures:
    """Cut the power at so many fsyncs."""
    figures, rng = PowerFigures(), stream("endurance power", seed)
    begun, number = time.monotonic(), 0
    first = Place.make(root / "first")
    while figures.points < points:
        place = first.copied(root / "one")
        _write_and_cut(place, figures, rng, points)
        shutil.rmtree(root / "one")
        number += 1
        tell(f"{figures.points:,} fsyncs, {figures.images:,} homes, {figures.wrong}")
    figures.seconds = time.monotonic() - begun
    return figures


def _write_and_cut(place: Place, figures: PowerFigures, rng: Rng, points: int) -> None:
    disk = SimulatedDisk(place.home)
    acknowledged: set[str] = set()
    left: list[tuple[Image, set[str], str]] = []
    doing = ""

    def cut() -> None:
        figures.points += 1
        for share, names_now in KINDS:
            if share or rng.random() < 0.5:  # what is all dropped is often the same
                image = disk.image(rng, share=share, names_now=names_now)
                left.append((image, set(acknowledged), f"{doing}, {share}, {names_now}"))

    for _ in range(DEEDS_OF_A_HOME):
        deed = DEEDS[int(rng.integers(0, len(DEEDS)))](int(rng.integers(0, 1 << 31)), place)
        doing = deed.name
        disk.at_sync = cut
        with disk.mounted(), telling(acknowledged.update):
            run = run_program(*deed.arguments, home=place.home, typed=deed.typed)
        if run.returncode == 0:
            acknowledged.update(deed.brings)
        for image, known, when in left:
            _open(place, image, known, when, figures)
        left.clear()
        if figures.points >= points:
            break
    figures.acknowledged += len(acknowledged)


def _open(
    place: Place, image: Image, acknowledged: set[str], when: str, figures: PowerFigures
) -> None:
    """Open what is left where it was, as the program does."""
    away = place.files / "as it was"
    place.home.rename(
        away
    )  # a log at another path would be a copy, and look at the one that it is of
    place.home.mkdir()
    write_image(image, place.home)
    found = KillFigures()
    figures.images += 1
    look(place, acknowledged, found, folded=figures.images % 3 == 0)
    if figures.images % IMAGES_BETWEEN_DOCTORS == 0:
        call_doctor(place, found)
        look(place, acknowledged, found)
    figures.mended += found.mended
    figures.wrong += [f"at {when}: {one}" for one in found.wrong]
    shutil.rmtree(place.home)
    away.rename(place.home)
