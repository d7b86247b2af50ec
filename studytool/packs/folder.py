"""A pack's folder: which of its files are read, in which order, and how much of them at most."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from types import MappingProxyType

from studytool.files import read_regular
from studytool.language import Message
from studytool.packs.diagnostics import Diagnostic, Place
from studytool.packs.digest import FOLDERS
from studytool.packs.document import Document
from studytool.packs.evidence import FILE_NAME, MAX_BYTES
from studytool.packs.source_text import read_source, read_unsaved, unreadable
from studytool.packs.telling import told
from studytool.packs.yaml_reader import read_yaml
from studytool.reasons import system_reason


@dataclass(frozen=True, slots=True)
class PackLimits:
    """How much of a pack is read at most, before anything is made of it.

    Attributes:
        files: how many.
        characters: in all of them.
        values: in all of them, lists and mappings counted: about 350 bytes of memory each.
    """

    files: int
    characters: int
    values: int


ORDINARY = PackLimits(files=2_000, characters=50_000_000, values=200_000)
LARGE = PackLimits(files=20_000, characters=500_000_000, values=4_000_000)
"""Of a pack that its reader trusts to be as large as it is."""


_SPLIT = told("split it into packs, or read it with --large")
_MOST_NAMES = 50_000
"""In one folder; more are not even listed."""


class PackFolder:
    """Reads the files of one folder; keeps their texts, and every problem of reading.

    Of the files of ``unsaved`` the text there is read, as it stands in an editor.

    Attributes:
        sources: the text of each file by the name that diagnostics use.
    """

    def __init__(
        self,
        folder: Path,
        limits: PackLimits = ORDINARY,
        unsaved: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.sources: dict[str, str] = {}
        self._folder = folder
        self._limits = limits
        self._unsaved = unsaved
        self._characters = 0
        self._values = 0
        self._is_full = False

    def text(self, name: str) -> str | None:
        """Read a file's text; None when it cannot be used."""
        if self._is_full:
            return None
        if len(self.sources) >= self._limits.files:
            self._stop(name, told("more than {files:,} files", files=self._limits.files))
            return None
        if name in self._unsaved:
            text, problems = read_unsaved(self._unsaved[name], name)
        else:
            text, problems = read_source(self._folder / name, name)
        self._characters += len(text or "")
        if self._characters > self._limits.characters:
            self._stop(
                name,
                told("more than {characters:,} characters", characters=self._limits.characters),
            )
            return None
        self.diagnostics += problems
        self.sources[name] = text or ""
        return None if problems else text

    def _stop(self, name: str, what: Message) -> None:
        """Report once that no more is read."""
        self._is_full = True
        why = told("{what} in the pack's files; nothing is read from here on", what=what)
        self._report("E106", name, why, _SPLIT)

    def document(self, name: str) -> Document | None:
        """Read a YAML file; None when it cannot be used."""
        text = self.text(name)
        return None if text is None else self.parsed(name, text)

    def parsed(self, name: str, text: str) -> Document | None:
        """Read the YAML of a file whose text was read; None when it cannot be used."""
        document, problems = read_yaml(text, name, most=self._limits.values - self._values)
        self.diagnostics += problems
        if document is not None:
            self._values += document.values
        elif any(one.code == "E119" for one in problems):
            self._is_full = True
        return document

    def count_values(self, count: int) -> None:
        """Count the values of what was read without this folder."""
        self._values += count
        self._is_full = self._is_full or self._values > self._limits.values

    @property
    def is_full(self) -> bool:
        """Tell whether the files have more than is read at most."""
        return self._is_full

    def documents(self, part: str) -> list[Document | None]:
        """Read the YAML files right inside the folder ``part``, by name; None for a bad one."""
        return [self.document(name) for name in self.names(part)]

    def names(self, part: str) -> list[str]:
        """Return the names of the YAML files right inside the folder ``part``, in order."""
        names = {f"{part}/{name}" for name in self._names(part)}
        names |= {name for name in self._unsaved if re.fullmatch(rf"{part}/[^/.][^/]*\.yaml", name)}
        return sorted(names)

    def report_misspelt(self, parts: Collection[str]) -> None:
        """Report what lies beside pack.yaml under nearly the name of a part, and is not read."""
        try:
            names = sorted(path.name for path in self._folder.iterdir())
        except OSError:
            return  # reported where a file is read
        for name in names:
            stem = name.removesuffix(".yaml").removesuffix(".yml").casefold()
            like = [part for part in parts if part[0] == stem[:1]]
            near = get_close_matches(stem, like, n=1, cutoff=0.75)
            if near and name not in parts:
                remedy = told("put its files into the folder '{near}/'", near=near[0])
                self._report("E107", name, told("is not read"), remedy)

    def _names(self, part: str) -> list[str]:
        folder = self._folder / part
        try:
            if folder.is_symlink():
                self._report(
                    "E105", part, told("a link, not a folder"), told("put the folder itself here")
                )
                return []
            names = sorted(path.name for path in islice(folder.iterdir(), _MOST_NAMES))
        except FileNotFoundError:
            return []
        except OSError as error:
            why = told("cannot be read: {reason}", reason=system_reason(error.errno))
            self._report("E102", part, why, told("check its permissions"))
            return []
        names = [name for name in names if not name.startswith(".") and not name.endswith("~")]
        for name in names:
            if not name.endswith(".yaml"):
                remedy = told("only files named *.yaml right inside {part}/ are", part=part)
                self._report("W400", f"{part}/{name}", told("is not read"), remedy)
        return [name for name in names if name.endswith(".yaml")]

    def report_lock(self) -> None:
        """Report evidence that is no ordinary file, or too large: nothing of it is read."""
        try:
            read_regular(self._folder / FILE_NAME, MAX_BYTES)
        except FileNotFoundError:
            return
        except OSError as error:
            found = unreadable(FILE_NAME, error, most=MAX_BYTES)
            remedy = told("delete it; 'studytool verify --write' makes it anew")
            self.diagnostics.append(replace(found, remedy=remedy))

    def _report(self, code: str, name: str, says: Message, remedy: Message) -> None:
        self.diagnostics.append(Diagnostic(code, Place(name, 1, 1), says, remedy))


def has_too_much(folder: Path, limits: PackLimits) -> bool:
    """Tell whether a pack has more than is read at most, from its files as they are written."""
    files = PackFolder(folder, limits)
    for part in FOLDERS:
        for name in files.names(part):
            files.document(name)
    return files.is_full
