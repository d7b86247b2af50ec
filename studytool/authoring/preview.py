"""A pack as its author sees it while writing: its items as far as they can be read, its problems.

After a save the file saved is read first, alone, which is quick; then the whole pack is checked.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from studytool.authoring.check_options import CheckOptions
from studytool.authoring.check_pack import check_pack
from studytool.authoring.play_problem import PlacedProblem
from studytool.language import Language
from studytool.packs.diagnostics import Diagnostic, Place, Severity
from studytool.packs.item_fields import ItemFields
from studytool.packs.items import Item
from studytool.packs.located import Located
from studytool.packs.reader import Reading, read_file, read_pack
from studytool.quiz.ask import make_variant
from studytool.quiz.variant import Variant


@dataclass(frozen=True, slots=True)
class PreviewedItem:
    """An item that could be read, and where it stands."""

    item: Item
    place: Place


@dataclass(frozen=True, slots=True)
class Preview:
    """What is known of a pack at an instant.

    Attributes:
        folder: the pack's.
        pack_id: as its manifest has it, else the name of the folder.
        items: in the order of the files.
        problems: what reading found, sorted by place.
        played: what playing the items found.
        is_checked: whether all of it is of the files as they are now.
    """

    folder: Path
    pack_id: str
    items: tuple[PreviewedItem, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    played: tuple[PlacedProblem, ...] = ()
    is_checked: bool = False

    @classmethod
    def of(cls, folder: Path) -> Self:
        """Read a pack's folder, whatever is wrong in it."""
        reading = read_pack(folder)
        return cls(folder, _pack_id(reading, folder), _items(reading), reading.diagnostics)

    def after_save(self, names: Sequence[str]) -> "Preview":
        """Read again what was saved, each file alone; the problems of others stay until a check."""
        others_need_it = any(name.startswith(("pack.yaml", "experiments/")) for name in names)
        if others_need_it or any(not (self.folder / name).exists() for name in names):
            return Preview.of(self.folder)
        now = self
        for name in names:
            if name.startswith(("items/", "claims/")) and name.endswith(".yaml"):
                now = now.with_file(name)
        return replace(now, is_checked=False)

    def with_file(self, name: str) -> "Preview":
        """Read one file again, alone."""
        reading = read_file(self.folder, name)
        others = [one for one in self.items if one.place.file != name]
        elsewhere = [one for one in self.problems if one.place.file != name]
        played = tuple(one for one in self.played if one.place.file != name)
        return replace(
            self,
            items=tuple(sorted([*others, *_items(reading)], key=lambda one: one.place)),
            problems=tuple(
                sorted([*elsewhere, *reading.diagnostics], key=lambda one: (one.place, one.code))
            ),
            played=played,
        )

    def checked(self, home: Path, cancelled: Callable[[], bool]) -> "Preview":
        """Check the whole pack, as ``check`` does.

        Raises:
            Cancelled: the work must stop.
        """
        options = CheckOptions(None, home, jobs=1)
        found = check_pack(self.folder, options, progress=_unheard, cancelled=cancelled)
        return replace(self, problems=found.read, played=found.played, is_checked=True)

    def index(self, slug: str) -> int | None:
        """Return the number of an item, counted from 0; None where there is none of that id."""
        return next((n for n, one in enumerate(self.items) if one.item.id == slug), None)

    def variant(self, number: int, seed: int, language: Language) -> Variant:
        """Make an item concrete, as a learner meets it.

        Raises:
            StudytoolError: it cannot be drawn at this seed.
        """
        item = self.items[number].item
        return make_variant(item, pack_id=self.pack_id, seed=seed, language=language)


def first_place(preview: Preview, number: int | None) -> Place:
    """Return where an editor opens: at the first error, else at the item in view."""
    errors = [one.place for one in preview.problems if one.severity is Severity.ERROR]
    if errors:
        return errors[0]
    return Place("pack.yaml", 1, 1) if number is None else preview.items[number].place


def _unheard(done: int, total: int) -> None:
    """Take progress that nobody is told of."""


def _pack_id(reading: Reading, folder: Path) -> str:
    return folder.resolve().name if reading.manifest is None else reading.manifest.id


def _items(reading: Reading) -> tuple[PreviewedItem, ...]:
    read = (one for one in reading.entries if isinstance(one.value, ItemFields))
    return tuple(PreviewedItem(one.value, _place(one)) for one in read)


def _place(located: Located[Item]) -> Place:
    return located.place(("id",))
