"""A pack read item by item: what was found of an item is found again by its text, not its place.

An entry of a file of items is the text from one ``- `` in the first column to the next. Where that
alone is one item, it is the same item in its file; where it is not, the whole file is read at once.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from studytool.collection import without_collection
from studytool.packs.dependence import around_digest, ground_digest, view_digest
from studytool.packs.diagnostics import Diagnostic, Place
from studytool.packs.digest import FOLDERS, is_pack
from studytool.packs.document import Document
from studytool.packs.entry_texts import EntrySpan, document_of, entry_spans
from studytool.packs.folder import PackFolder, PackLimits
from studytool.packs.item_facts import ItemFacts, PackItems
from studytool.packs.located import Located
from studytool.packs.manifest import Manifest
from studytool.packs.parts import CLAIM, ITEM, MANIFEST, PackParts, languages_of
from studytool.packs.quiet_files import QuietFile
from studytool.packs.reader import no_items
from studytool.packs.references import (
    ItemContext,
    check_all_but_items,
    check_item,
    check_together,
    item_context,
)


class ItemRecord(NamedTuple):
    """What was found of an item; its lines are counted from the line before its first.

    Attributes:
        values: how many there are in its text.
        facts: None of an entry that is no item.
        broken: id and concept of an entry that is none, where it says them.
        problems: what is wrong with it, alone.
        view: a digest of what it names as the pack has it.
    """

    values: int
    facts: ItemFacts | None
    broken: tuple[str, str] | None
    problems: tuple[Diagnostic, ...]
    view: str


class ReadItem(NamedTuple):
    """An item of a pack, or an entry that should be one.

    Attributes:
        key: names its text and the pack; empty where it is known by its place alone.
        start: its first line.
        line: what its record counts from.
        text: of the entry, where its model was not made.
        located: its model, where it was made.
    """

    key: str
    file: str
    start: int
    line: int
    record: ItemRecord
    text: str = ""
    located: Located[Any] | None = None


class SurroundingFindings(NamedTuple):
    """What was found of all of a pack but its items; ``digest`` is of all that it depends on."""

    digest: str = ""
    problems: tuple[Diagnostic, ...] = ()


NOTHING_AROUND = SurroundingFindings()


def _no_record(_: str) -> None:
    """Know of no item."""


@dataclass(frozen=True, slots=True)
class KnownEntries:
    """What an earlier reading found of a pack.

    Attributes:
        around: what surrounds its items.
        record: returns that of an item by its key; None of an unknown one.
        files: of each file that was taken apart: a digest of its text and of all that its items
            depend on, then their keys, and where they stand.
        quiet: the files in which nothing was found.
    """

    around: SurroundingFindings = NOTHING_AROUND
    record: Callable[[str], ItemRecord | None] = _no_record
    files: Mapping[str, "KnownFile"] = field(default_factory=dict)
    quiet: Mapping[str, QuietFile] = field(default_factory=dict)


class KnownFile(NamedTuple):
    """A file of items, taken apart; ``digest`` is of its text and of all that its items depend on."""

    digest: str
    keys: tuple[str, ...]
    spans: tuple[EntrySpan, ...]


@dataclass(frozen=True, slots=True)
class PackByItem:
    """A pack whose items were read one by one.

    Attributes:
        items: in the order of the files, without those of quiet ones.
        others: its claims and experiments.
        around: what was found of all but the items.
        is_between: whether anything was found of the items together.
        files: of items, those that could be taken apart.
        quiet: files of items that are as they were when nothing was found in them.
    """

    manifest: Manifest
    diagnostics: tuple[Diagnostic, ...]
    items: tuple[ReadItem, ...]
    others: tuple[Located[Any], ...]
    claims: int
    around: SurroundingFindings
    is_between: bool
    files: Mapping[str, KnownFile] = field(repr=False)
    quiet: Mapping[str, QuietFile] = field(repr=False)
    parts: PackParts = field(repr=False)

    @property
    def count(self) -> int:
        """Return how many items it has."""
        read = sum(item.record.facts is not None for item in self.items)
        return read + sum(len(file.facts) for file in self.quiet.values())

    def load(self, item: ReadItem) -> Located[Any]:
        """Return the model of an item that has one."""
        if item.located is not None:
            return item.located
        document = document_of(item.text, item.file)
        located = None if document is None else self.parts.entry(ITEM, document, 0)[0]
        if located is None:  # the key names the text and all that the model depends on
            raise ValueError(item.key)
        return located


def read_by_item(
    folder: Path, limits: PackLimits, known: KnownEntries, mark: str
) -> PackByItem | None:
    """Read a pack; of an item whose text is known the record is taken, nothing is read.

    Args:
        folder: the pack's.
        limits: how much is read at most.
        known: what an earlier reading found.
        mark: of the program; other marks have other keys.

    Returns:
        What :func:`studytool.packs.reader.read_pack` finds, item by item; None where the pack has no
        manifest, or more than the limits.
    """
    with without_collection():
        return _read(folder, limits, known, mark) if is_pack(folder) else None


def _read(folder: Path, limits: PackLimits, known: KnownEntries, mark: str) -> PackByItem | None:
    files = PackFolder(folder, limits)
    document = files.document("pack.yaml")
    parts = PackParts(languages_of(document))
    manifest = None if document is None else parts.one(MANIFEST, document)
    if manifest is None:
        return None
    experiments, of_experiments = parts.link(files, manifest)
    claims = parts.many(CLAIM, files.documents("claims"))
    context = item_context(manifest, claims, experiments)
    reader = _ItemReader(files, parts, context, known, ground_digest(mark, manifest.value, files))
    items = [item for name in files.names("items") for item in reader.file(name)]
    notes = None if manifest.value.notes is None else files.text(manifest.value.notes)
    files.report_lock()
    files.report_misspelt(FOLDERS)
    if files.is_full:
        return None
    found = [*files.diagnostics, *parts.diagnostics, *of_experiments]
    digest = "" if found else around_digest(mark, files)
    if (
        not (items or reader.quiet)
        and reader.complete
        and not any(one.code == "E107" for one in found)
    ):
        found.append(no_items())
    for item in items:
        found += (moved(one, item.file, item.line) for one in item.record.problems)
    between = _between(items, reader.quiet.values(), manifest, complete=reader.complete)
    if between is None:  # what it is, and where, wants all of the items
        return _read(folder, limits, replace(known, quiet={}), mark)
    found += between
    around = known.around
    if not digest or digest != around.digest:
        problems = check_all_but_items(manifest, claims, experiments, context.known, notes=notes)
        around = SurroundingFindings(digest, tuple(problems))
    found += around.problems
    return PackByItem(
        manifest.value,
        tuple(sorted(set(found), key=lambda one: (one.place, one.code, one.message))),
        tuple(items),
        (*claims.read, *experiments.read),
        len(claims.read),
        around,
        bool(between),
        reader.apart,
        reader.quiet,
        parts,
    )


def _between(
    items: list[ReadItem],
    quiet: Collection[QuietFile],
    manifest: Located[Manifest],
    *,
    complete: bool,
) -> list[Diagnostic] | None:
    """Check the items against one another; their places are worked out only to tell of something.

    Returns:
        What was found; None where that is something, and the items of quiet files have no places.
    """
    broken = [item.record.broken for item in items if item.record.broken is not None]
    facts = [item.record.facts for item in items if item.record.facts]
    together = PackItems(
        [*facts, *(one for file in quiet for one in file.facts)],
        {id_ for id_, _ in broken},
        {concept for _, concept in broken},
        complete,
    )
    if not any(True for _ in check_together(together, manifest)):
        return []
    if quiet:
        return None
    placed = [item.record.facts.at(item.file, item.line) for item in items if item.record.facts]
    return list(check_together(replace(together, facts=placed), manifest))


@dataclass(slots=True)
class _ItemReader:
    """Reads files of items.

    Attributes:
        known: what an earlier reading found.
        ground: digest of all that an item depends on wherever it stands.
        complete: whether every file so far could be taken apart into items.
        apart: the files so far that were read entry by entry.
        quiet: those that are as they were when nothing was found in them.
        views: what the items name, as the pack has it, by the names.
    """

    files: PackFolder
    parts: PackParts
    context: ItemContext
    known: KnownEntries
    ground: str
    complete: bool = True
    apart: dict[str, KnownFile] = field(default_factory=dict)
    quiet: dict[str, QuietFile] = field(default_factory=dict)
    views: dict[object, str] = field(default_factory=dict)

    def file(self, name: str) -> list[ReadItem]:
        """Read the items of a file."""
        text = self.files.text(name)
        if text is None:
            self.complete = False
            return []
        if self._is_quiet(name, text):
            return []
        one_by_one = self._one_by_one(name, text)
        return self._at_once(name, text) if one_by_one is None else one_by_one

    def _is_quiet(self, name: str, text: str) -> bool:
        """Take over a file in which nothing was found, if it and what its items name are as they were."""
        file = self.known.quiet.get(name)
        if file is None or file.digest != self._digest(text):
            return False
        if any(view != self._view(facts) for facts, view in file.views):
            return False
        self.files.count_values(1 + file.values)
        self.quiet[name] = file
        return True

    def _one_by_one(self, name: str, text: str) -> list[ReadItem] | None:
        """Read each entry of a file by itself; None where the file cannot be taken apart."""
        apart = self._apart(name, text)
        if apart is None:
            return None
        found = []
        for key, (line, start, end) in zip(apart.keys, apart.spans, strict=True):
            entry = text[start:end]
            if (record := self._known(key)) is not None:
                found.append(ReadItem(key, name, line + 1, line, record, entry))
                continue
            document = document_of(entry, name)
            if document is None:
                return None
            item = self._item(document, 0, document.values - 1)
            found.append(item._replace(key=key, start=line + 1, line=line, text=entry))
        self.files.count_values(1 + sum(item.record.values for item in found))
        self.apart[name] = apart
        return found

    def _apart(self, name: str, text: str) -> KnownFile | None:
        """Take a file apart; one that is as it was before is not looked through again."""
        digest = self._digest(text)
        known = self.known.files.get(name)
        if known is not None and known.digest == digest:
            return known
        spans = entry_spans(text)
        if not spans:
            return None
        keys = tuple(self._digest(text[start:end]) for _, start, end in spans)
        return KnownFile(digest, keys, tuple(spans))

    def _digest(self, text: str) -> str:
        return hashlib.sha256(f"{self.ground}{text}".encode("utf-8", "replace")).hexdigest()[:24]

    def _known(self, key: str) -> ItemRecord | None:
        record = self.known.record(key)
        return None if record is None or record.view != self._view(record.facts) else record

    def _view(self, facts: ItemFacts | None) -> str:
        """Return a digest of what an item names, as the pack has it; worked out once for each."""
        if facts is None:
            return ""
        names = (facts.concept, facts.source, facts.claims)
        if (view := self.views.get(names)) is None:
            view = self.views[names] = view_digest(facts, self.context)
        return view

    def _at_once(self, name: str, text: str) -> list[ReadItem]:
        """Read all the entries of a file."""
        document = self.files.parsed(name, text)
        if document is None or not self.parts.is_list(document):
            self.complete = False
            return []
        return [self._item(document, index, 0) for index in range(len(document.at(())))]

    def _item(self, document: Document, index: int, values: int) -> ReadItem:
        located, problems = self.parts.entry(ITEM, document, index)
        facts, broken = None, None
        if located is not None:
            facts = ItemFacts.of(located)
            problems += check_item(located, self.context)
        elif isinstance(plain := document.at((index,)), dict):
            broken = (str(plain.get("id")), str(plain.get("concept")))
        record = ItemRecord(values, facts, broken, tuple(problems), self._view(facts))
        start = document.place((index,)).line
        return ReadItem("", document.name, start, 0, record, located=located)


def moved(found: Diagnostic, file: str, line: int) -> Diagnostic:
    """Return a problem in a file, so many lines further down."""
    related = tuple(replace(other, place=_down(other.place, file, line)) for other in found.related)
    return replace(found, place=_down(found.place, file, line), related=related)


def _down(place: Place, file: str, line: int) -> Place:
    return Place(file, place.line + line, place.column)
