"""A pack's folder: which of its files are read, in which order, and how much of them at most."""

from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path

from studytool.packs.diagnostics import Diagnostic, Place
from studytool.packs.document import Document
from studytool.packs.source_text import read_source
from studytool.packs.yaml_reader import read_yaml
from studytool.reasons import system_reason

MAX_FILES = 2_000
MAX_CHARACTERS = 200_000_000
"""In all files together: about twice a pack of 100,000 numeric items."""


def is_pack(folder: Path) -> bool:
    """Tell whether a folder holds a pack; one that may not be entered does not."""
    try:
        return (folder / "pack.yaml").is_file()
    except OSError:
        return False


class PackFolder:
    """Reads the files of one folder; keeps their texts, and every problem of reading.

    Attributes:
        sources: the text of each file by the name that diagnostics use.
    """

    def __init__(self, folder: Path) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.sources: dict[str, str] = {}
        self._folder = folder
        self._characters = 0

    def text(self, name: str) -> str | None:
        """Read a file's text; None when it cannot be used."""
        if len(self.sources) >= MAX_FILES or self._characters > MAX_CHARACTERS:
            self._report("E106", name, "not read: the pack is too large", "split it into packs")
            return None
        text, problems = read_source(self._folder / name, name, within=self._folder)
        self.diagnostics += problems
        self.sources[name] = text or ""
        self._characters += len(text or "")
        return None if problems else text

    def document(self, name: str) -> Document | None:
        """Read a YAML file; None when it cannot be used."""
        text = self.text(name)
        if text is None:
            return None
        document, problems = read_yaml(text, name)
        self.diagnostics += problems
        return document

    def documents(self, part: str) -> list[Document | None]:
        """Read the YAML files right inside the folder ``part``, by name; None for a bad one."""
        return [self.document(f"{part}/{name}") for name in self._names(part)]

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
                remedy = f"put its files into the folder '{near[0]}/'"
                self._report("E107", name, "is not read", remedy)

    def _names(self, part: str) -> list[str]:
        folder = self._folder / part
        try:
            names = sorted(path.name for path in folder.iterdir())
        except FileNotFoundError:
            return []
        except OSError as error:
            why = f"cannot be read: {system_reason(error.errno).text('en')}"
            self._report("E102", part, why, "check its permissions")
            return []
        names = [name for name in names if not name.startswith(".") and not name.endswith("~")]
        for name in names:
            if not name.endswith(".yaml"):
                remedy = f"only files named *.yaml right inside {part}/ are"
                self._report("W400", f"{part}/{name}", "is not read", remedy)
        return [name for name in names if name.endswith(".yaml")]

    def _report(self, code: str, name: str, message: str, help_: str) -> None:
        self.diagnostics.append(Diagnostic(code, Place(name, 1, 1), message, help_))
