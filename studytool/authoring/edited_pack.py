"""A pack in an author's editor: its files as they stand there, and what is wrong with them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from studytool.authoring.check_options import CheckOptions
from studytool.authoring.check_pack import check_pack
from studytool.authoring.play_problem import PlacedProblem
from studytool.packs.diagnostics import Diagnostic
from studytool.packs.digest import FOLDERS, is_pack
from studytool.packs.item_fields import ItemFields
from studytool.packs.items import Item
from studytool.packs.reader import Reading, read_file, read_pack

_ALONE = ("items/", "claims/")
"""The folders of files that are read alone; the others change what all files say."""


@dataclass(slots=True)
class EditedPack:
    """One pack in the editor, of which the newest text counts.

    Attributes:
        folder: the pack's.
        unsaved: the texts of the files that are open, by their names.
        reading: of the whole pack, as it was read last.
        problems: what reading found, of a file that was changed since by itself.
        played: what the last check found by playing the items, as they were saved.
    """

    folder: Path
    unsaved: dict[str, str] = field(default_factory=dict)
    reading: Reading = field(default_factory=lambda: Reading(None, (), {}))
    problems: tuple[Diagnostic, ...] = ()
    played: tuple[PlacedProblem, ...] = ()

    @property
    def pack_id(self) -> str:
        """Return the pack's id, the name of its folder where it has none yet."""
        manifest = self.reading.manifest
        return self.folder.resolve().name if manifest is None else manifest.id

    def read(self) -> None:
        """Read all files."""
        self.reading = read_pack(self.folder, unsaved=self.unsaved)
        self.problems = self.reading.diagnostics

    def read_changed(self, name: str) -> None:
        """Read a file that was changed, alone where that says what is wrong with it."""
        if not name.startswith(_ALONE) or self.reading.manifest is None:
            self.read()
            return
        alone = read_file(self.folder, name, unsaved=self.unsaved)
        others = [one for one in self.problems if one.place.file != name]
        self.problems = (*others, *alone.diagnostics)
        self.played = tuple(one for one in self.played if one.place.file != name)
        entries = [one for one in self.reading.entries if one.document.name != name]
        self.reading = Reading(
            None,
            self.reading.diagnostics,
            {**self.reading.sources, **alone.sources},
            manifest=self.reading.manifest,
            entries=(*entries, *alone.entries),
            experiments=self.reading.experiments,
        )

    def check(self, home: Path, cancelled: Callable[[], bool]) -> None:
        """Play the items as they were saved.

        Raises:
            Cancelled: the work must stop.
        """
        options = CheckOptions(None, home, jobs=1)
        found = check_pack(self.folder, options, progress=_unheard, cancelled=cancelled)
        self.played = found.played

    def item_at(self, name: str, line: int) -> Item | None:
        """Return the item within whose lines one is, counted from 0; None where there is none."""
        found: Item | None = None
        for one in self.reading.entries:
            place = one.place(())
            if place.file == name and place.line <= line + 1:
                found = one.value if isinstance(one.value, ItemFields) else None  # type: ignore[assignment] # every kind of item
        return found

    def lines(self, name: str) -> Sequence[str]:
        """Return the lines of a file as it stands."""
        text = self.unsaved.get(name, self.reading.sources.get(name, ""))
        return text.split("\n")


def pack_of(path: Path) -> tuple[Path, str] | None:
    """Return the folder of the pack that a file belongs to, and its name in it; None of another."""
    if path.parent.name in FOLDERS and is_pack(path.parent.parent):
        return path.parent.parent, f"{path.parent.name}/{path.name}"
    return (path.parent, path.name) if is_pack(path.parent) else None


def _unheard(done: int, total: int) -> None:
    """Take progress that nobody is told of."""
