"""From the documents of a pack to its models: the manifest, items, claims and experiments."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from pydantic import ConfigDict, TypeAdapter

from studytool.packs.claims import Claim
from studytool.packs.diagnostics import Diagnostic
from studytool.packs.document import Document
from studytool.packs.experiments import PackExperiment
from studytool.packs.folder import PackFolder
from studytool.packs.items import Item
from studytool.packs.located import Located
from studytool.packs.manifest import Manifest
from studytool.packs.references import Entries
from studytool.packs.telling import told
from studytool.packs.text import is_language_tag
from studytool.packs.validation import validate

MANIFEST: TypeAdapter[Any] = TypeAdapter(Manifest)
ITEM: TypeAdapter[Any] = TypeAdapter(Item, config=ConfigDict(defer_build=True))
CLAIM: TypeAdapter[Any] = TypeAdapter(Claim)
EXPERIMENT: TypeAdapter[Any] = TypeAdapter(PackExperiment)
_KINDS: dict[object, TypeAdapter[Any]] = {
    get_args(model.model_fields["kind"].annotation)[0]: TypeAdapter(model)
    for model in get_args(get_args(Item)[0])
}
"""Each kind of item alone: a check of one edit makes the model of its kind and no other."""


def _kind_alone(plain: object) -> TypeAdapter[Any] | None:
    kind = plain.get("kind") if isinstance(plain, dict) else None
    return _KINDS.get(kind) if isinstance(kind, str) else None


def languages_of(manifest: Document | None) -> tuple[str, ...]:
    """Return the languages that ``pack.yaml`` says, before it is read whole; none where unclear."""
    plain = manifest.value if manifest is not None else None
    said = plain.get("languages") if isinstance(plain, dict) else None
    tags = [str(tag) for tag in said] if isinstance(said, list) else []
    is_clear = len(set(tags)) == len(tags) and all(map(is_language_tag, tags))
    return tuple(tags) if is_clear else ()


_UNKNOWN_PACK = "pack"
"""Stands for the id of a pack whose manifest cannot be read, in the full names of its experiments."""


@dataclass(slots=True)
class PackParts:
    """Makes models of documents and gathers what they lack.

    Attributes:
        languages: of the pack, by which its texts are read.
        diagnostics: what was lacking.
        experiments: those without errors, by their full names.
    """

    languages: tuple[str, ...]
    diagnostics: list[Diagnostic] = field(default_factory=list)
    experiments: dict[str, PackExperiment] = field(default_factory=dict)

    def link(
        self, files: PackFolder, manifest: Located[Any] | None
    ) -> tuple[Entries[PackExperiment], list[Diagnostic]]:
        """Read the experiments, with which the measurements of all that follows are linked.

        Returns:
            Those that could be read, and what is wrong with their formulas.
        """
        read = self.many(EXPERIMENT, files.documents("experiments"))
        if not read.read:
            return read, []
        from studytool.packs.experiment_checks import check_experiments  # late: few packs have any

        pack_id = _UNKNOWN_PACK if manifest is None else manifest.value.id
        self.experiments, found = check_experiments(read.read, pack_id)
        return read, found

    def one(self, adapter: TypeAdapter[Any], document: Document) -> Located[Any] | None:
        """Make a model of a whole document."""
        value, problems = validate(adapter, document, (), languages=self.languages)
        self.diagnostics += problems
        return None if value is None else Located(value, document, ())

    def many(self, adapter: TypeAdapter[Any], documents: Sequence[Document | None]) -> Entries[Any]:
        """Make a model of each entry of lists."""
        lists = [one for one in documents if one is not None and self.is_list(one)]
        complete = len(lists) == len(documents)
        is_empty = complete and not any(document.at(()) for document in lists)
        entries: Entries[Any] = Entries([], set(), set(), complete, is_empty)
        for document in lists:
            for index, plain in enumerate(document.at(())):
                located, problems = self.entry(adapter, document, index)
                self.diagnostics += problems
                if located is None:
                    entries.note_broken(plain)
                else:
                    entries.read.append(located)
        return entries

    def entry(
        self, adapter: TypeAdapter[Any], document: Document, index: int
    ) -> tuple[Located[Any] | None, list[Diagnostic]]:
        """Make a model of one entry of a list; return what it lacks, too."""
        path = (index,)
        value = problems = None
        if adapter is ITEM and (of_kind := _kind_alone(document.at(path))) is not None:
            value, _ = self._model(of_kind, document, path)
        if value is None:  # what is wrong with an item is told of the union of all kinds
            value, problems = self._model(adapter, document, path)
        return (None if value is None else Located(value, document, path)), problems or []

    def _model(
        self, adapter: TypeAdapter[Any], document: Document, path: tuple[int]
    ) -> tuple[Any, list[Diagnostic]]:
        return validate(
            adapter, document, path, languages=self.languages, experiments=self.experiments
        )

    def is_list(self, document: Document) -> bool:
        """Tell whether a document is a list; if not, that is a problem."""
        if not isinstance(document.value, list):
            why = told("a file of items or claims is a list")
            place = document.place(())
            self.diagnostics.append(Diagnostic("E205", place, why, told("begin each with '- id:'")))
        return isinstance(document.value, list)
