"""The reader of a pack: files → models, with every problem of every file gathered."""

import gc
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from studytool.errors import PackError
from studytool.packs.diagnostics import Diagnostic, Place, Severity, render
from studytool.packs.digest import tree_digest
from studytool.packs.located import Located
from studytool.packs.models import Claim, Item, Manifest, Pack
from studytool.packs.references import check_references
from studytool.packs.source_text import read_source
from studytool.packs.validation import validate
from studytool.packs.yaml_reader import Document, read_yaml

_MANIFEST: TypeAdapter[Any] = TypeAdapter(Manifest)
_ITEM: TypeAdapter[Any] = TypeAdapter(Item)  # Any: a union is no type that mypy could name
_CLAIM: TypeAdapter[Any] = TypeAdapter(Claim)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the pack, unless an error kept it from being whole, and every problem.

    Attributes:
        sources: the text of each file by the name that diagnostics use.
    """

    pack: Pack | None
    diagnostics: tuple[Diagnostic, ...]
    sources: dict[str, str]

    @property
    def errors(self) -> int:
        """Count the errors."""
        return sum(found.severity is Severity.ERROR for found in self.diagnostics)

    def report(self) -> str:
        """Print every diagnostic with its line and a caret."""
        return "\n".join(
            render(found, self.sources.get(found.place.file, "")) for found in self.diagnostics
        )


@dataclass(slots=True)
class _Gathering:
    """What is known so far of one pack."""

    folder: Path
    diagnostics: list[Diagnostic] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)

    def document(self, path: Path) -> Document | None:
        name = path.relative_to(self.folder).as_posix()
        if not path.resolve().is_relative_to(self.folder.resolve()):
            self.diagnostics.append(
                Diagnostic("E105", Place(name, 1, 1), "a link that leaves the pack's folder")
            )
            return None
        text, problems = read_source(path, name)
        self.sources[name] = text
        self.diagnostics += problems
        if problems:
            return None
        document, problems = read_yaml(text, name)
        self.diagnostics += problems
        return document

    def one(self, adapter: TypeAdapter[Any], document: Document) -> Any:
        part, problems = validate(adapter, document, ())
        self.diagnostics += problems
        return part

    def many(self, adapter: TypeAdapter[Any], part: str) -> list[Located[Any]]:
        found: list[Located[Any]] = []
        for path in sorted((self.folder / part).glob("*.yaml")):
            document = self.document(path)
            if document is None:
                continue
            if not isinstance(document.value, list):
                place = document.place(())
                self.diagnostics.append(
                    Diagnostic(
                        "E205", place, f"a file of {part} is a list", "begin each with '- id:'"
                    )
                )
                continue
            for index in range(len(document.value)):
                value, problems = validate(adapter, document, (index,))
                self.diagnostics += problems
                if value is not None:
                    found.append(Located(value, document, (index,)))
        return found


def read_pack(folder: Path) -> Reading:
    """Read a pack's folder; all its problems come in one run, sorted by place."""
    collecting = gc.isenabled()
    gc.disable()  # four times faster on a large pack; nothing here makes cycles
    try:
        return _read(folder)
    finally:
        if collecting:
            gc.enable()


def load_pack(folder: Path) -> Pack:
    """Read a pack that must be right.

    Raises:
        PackError: with every diagnostic, each with its line and remedy.
    """
    reading = read_pack(folder)
    if reading.pack is None:
        raise PackError(f"the pack in {folder} cannot be used:\n{reading.report()}")
    return reading.pack


def _read(folder: Path) -> Reading:
    manifest_path = folder / "pack.yaml"
    if not manifest_path.is_file():
        why = f"{folder} is no pack: it has no pack.yaml"
        return Reading(None, (Diagnostic("E100", Place("pack.yaml", 1, 1), why),), {})
    gathering = _Gathering(folder)
    document = gathering.document(manifest_path)
    manifest = None if document is None else gathering.one(_MANIFEST, document)
    items = gathering.many(_ITEM, "items")
    claims = gathering.many(_CLAIM, "claims")
    if manifest is not None and document is not None:
        notes = _notes(gathering, manifest)
        located = Located(manifest, document, ())
        gathering.diagnostics += check_references(located, items, claims, notes=notes)
    diagnostics = tuple(sorted(gathering.diagnostics, key=lambda found: (found.place, found.code)))
    pack = None
    if manifest is not None and not any(d.severity is Severity.ERROR for d in diagnostics):
        pack = Pack(
            manifest=manifest,
            items=[located.value for located in items],
            claims=[located.value for located in claims],
            digest=tree_digest(folder),
        )
    return Reading(pack, diagnostics, gathering.sources)


def _notes(gathering: _Gathering, manifest: Manifest) -> list[str] | None:
    """Give the lines of the notes that claims cite; None where the pack has none."""
    if manifest.notes is None:
        return None
    text, problems = read_source(gathering.folder / manifest.notes, manifest.notes)
    gathering.diagnostics += problems
    return text.split("\n")
