"""The reader of a pack: files → models, with every problem of every file gathered."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from studytool.collection import without_collection
from studytool.errors import PackError
from studytool.language import Language, Phrase, in_both
from studytool.packs.diagnostics import MORE_LEFT, MOST_SHOWN, Diagnostic, Place, Severity, render
from studytool.packs.digest import FOLDERS, is_pack, tree_digest
from studytool.packs.experiments import PackExperiment
from studytool.packs.folder import ORDINARY, PackFolder, PackLimits
from studytool.packs.located import Located
from studytool.packs.manifest import Manifest
from studytool.packs.pack import Pack
from studytool.packs.parts import CLAIM, ITEM, MANIFEST, PackParts, languages_of
from studytool.packs.references import Entries, check_references
from studytool.packs.telling import told
from studytool.reasons import system_reason

_UNUSABLE = Phrase(
    "{folder} 폴더의 꾸러미를 쓸 수 없습니다.\n{report}",
    "the pack in {folder} cannot be used:\n{report}",
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the pack, unless an error kept it from being whole, and every problem.

    Attributes:
        sources: the text of each file by the name that diagnostics use.
        items, claims: how many were read, also of a pack with errors.
        manifest: as far as it could be read.
        entries: the items, claims and experiments that were read, with their places.
        experiments: those without errors, by their full names.
    """

    pack: Pack | None
    diagnostics: tuple[Diagnostic, ...]
    sources: dict[str, str]
    items: int = 0
    claims: int = 0
    manifest: Manifest | None = None
    entries: tuple[Located[Any], ...] = ()
    experiments: Mapping[str, PackExperiment] = field(default_factory=dict)

    @property
    def errors(self) -> int:
        """Count the errors."""
        return sum(found.severity is Severity.ERROR for found in self.diagnostics)

    def report(self, language: Language) -> str:
        """Print the first diagnostics with their lines and carets, and count the rest."""
        line_at = self.line_finder()
        printed = [render(found, line_at, language) for found in self.shown]
        if left := self.diagnostics[MOST_SHOWN:]:
            errors = sum(found.severity is Severity.ERROR for found in left)
            printed.append(MORE_LEFT.text(language, n=len(left), errors=errors))
        return "\n".join(printed)

    @property
    def shown(self) -> tuple[Diagnostic, ...]:
        """Return the first diagnostics, as many as anybody reads."""
        return self.diagnostics[:MOST_SHOWN]

    def line_finder(self) -> Callable[[Place], str | None]:
        """Return a function from a place to its source line, None where there is none."""
        lines = {name: text.split("\n") for name, text in self.sources.items() if text}

        def line_at(place: Place) -> str | None:
            beside = lines.get(place.file, [])
            return beside[place.line - 1] if place.line <= len(beside) else None

        return line_at


def read_pack(
    folder: Path,
    limits: PackLimits = ORDINARY,
    unsaved: Mapping[str, str] = MappingProxyType({}),
) -> Reading:
    """Read a pack's folder; all its problems come in one run, sorted by place.

    Args:
        folder: the pack's.
        limits: how much is read at most.
        unsaved: the texts of files, by their names, as they stand in an editor.
    """
    with without_collection():  # four times faster on a large pack
        return _read(folder, limits, unsaved)


def read_file(
    folder: Path,
    name: str,
    limits: PackLimits = ORDINARY,
    unsaved: Mapping[str, str] = MappingProxyType({}),
) -> Reading:
    """Read one file of items or claims beside ``pack.yaml``; of the others nothing is known.

    It is quick, however large the pack is. A reference to what other files have is no problem here.

    Args:
        folder: the pack's.
        name: ``items/NAME.yaml`` or ``claims/NAME.yaml``.
        limits: how much is read at most.
        unsaved: as of a whole pack.
    """
    with without_collection():
        files = PackFolder(folder, limits, unsaved)
        manifest_document, document = files.document("pack.yaml"), files.document(name)
        parts = PackParts(languages_of(manifest_document))
        manifest = None if manifest_document is None else parts.one(MANIFEST, manifest_document)
        experiments, _ = parts.link(files, manifest)
        nothing: Entries[Any] = Entries([], set(), set(), complete=False)
        is_claims = name.startswith("claims/")
        read = parts.many(CLAIM if is_claims else ITEM, [document])
        items, claims = (nothing, read) if is_claims else (read, nothing)
        found = [*files.diagnostics, *parts.diagnostics]
        alone = replace(claims, complete=False)
        found += check_references(manifest, items, alone, experiments, notes=None)
        own = {one for one in found if one.place.file == name}
    return Reading(
        None,
        tuple(sorted(own, key=lambda one: (one.place, one.code, one.message))),
        files.sources,
        items=len(items.read),
        claims=len(claims.read),
        manifest=None if manifest is None else manifest.value,
        entries=tuple(read.read),
    )


def load_pack(folder: Path, limits: PackLimits = ORDINARY) -> Pack:
    """Read a pack that must be right.

    Raises:
        PackError: with every diagnostic, each with its line and remedy.
    """
    reading = read_pack(folder, limits)
    if reading.pack is None:
        report = in_both(reading.report("ko"), reading.report("en"))
        raise PackError(_UNUSABLE, folder=folder, report=report)
    return reading.pack


def _read(folder: Path, limits: PackLimits, unsaved: Mapping[str, str]) -> Reading:
    if not is_pack(folder):
        why = told("{folder} is no pack: it has no pack.yaml", folder=folder)
        return Reading(None, (Diagnostic("E100", Place("pack.yaml", 1, 1), why),), {})
    files = PackFolder(folder, limits, unsaved)
    document = files.document("pack.yaml")
    parts = PackParts(languages_of(document))
    manifest = None if document is None else parts.one(MANIFEST, document)
    experiments, of_experiments = parts.link(files, manifest)
    of_items, of_claims = files.documents("items"), files.documents("claims")
    if files.is_full:  # refused whatever else it says, so nothing is made of it
        found = [*files.diagnostics, *parts.diagnostics, *of_experiments]
        return Reading(
            None,
            tuple(_in_order(found)),
            files.sources,
            manifest=None if manifest is None else manifest.value,
            experiments=parts.experiments,
        )
    items, claims = parts.many(ITEM, of_items), parts.many(CLAIM, of_claims)
    notes = None
    if manifest is not None and manifest.value.notes is not None:
        notes = files.text(manifest.value.notes)
    files.report_lock()
    files.report_misspelt(FOLDERS)
    found = [*files.diagnostics, *parts.diagnostics, *of_experiments]
    if items.is_empty and not any(one.code == "E107" for one in found):
        found.append(no_items())
    found += check_references(manifest, items, claims, experiments, notes=notes)
    pack = None
    if manifest is not None and not any(one.severity is Severity.ERROR for one in found):
        pack, problems = _whole(folder, manifest.value, items.read, claims.read, experiments.read)
        found += problems
    return Reading(
        pack,
        tuple(_in_order(found)),
        files.sources,
        items=len(items.read),
        claims=len(claims.read),
        manifest=None if manifest is None else manifest.value,
        entries=(*items.read, *claims.read, *experiments.read),
        experiments=parts.experiments,
    )


def _in_order(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    return sorted(set(found), key=lambda one: (one.place, one.code, one.message))


def no_items() -> Diagnostic:
    """Return the problem of a pack that asks nothing."""
    why = told("the pack has no items")
    return Diagnostic("E108", Place("items", 1, 1), why, told("write some in items/NAME.yaml"))


def _whole(
    folder: Path, manifest: Manifest, *read: Sequence[Located[Any]]
) -> tuple[Pack | None, list[Diagnostic]]:
    """Make the pack of its items, claims and experiments."""
    try:
        digest = tree_digest(folder)
    except OSError as error:
        name = Path(error.filename or folder).name
        why = told("cannot be read: {reason}", reason=system_reason(error.errno))
        return None, [Diagnostic("E102", Place(name, 1, 1), why)]
    items, claims, experiments = ([located.value for located in part] for part in read)
    pack = Pack(
        manifest=manifest, items=items, claims=claims, experiments=experiments, digest=digest
    )
    return pack, []
