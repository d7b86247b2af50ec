"""The language server: what an editor is told of a pack's files, at each key and at each save."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from studytool import __version__
from studytool.authoring.completion import Suggestion, SuggestionKind, suggestions_at
from studytool.authoring.edited_pack import EditedPack, pack_of
from studytool.cli.show import title_of, variant_lines
from studytool.errors import Cancelled, StudytoolError
from studytool.help.pack_keys import WORDS
from studytool.language import Language
from studytool.packs.diagnostics import MOST_SHOWN, Diagnostic, Edit, Place, Severity
from studytool.packs.spans import token_length
from studytool.quiz.ask import make_variant
from studytool.typeset.math_line import set_plain
from studytool.wording.plays import play_diagnostic

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
}
_KINDS = {
    SuggestionKind.KEY: types.CompletionItemKind.Property,
    SuggestionKind.WORD: types.CompletionItemKind.EnumMember,
    SuggestionKind.CONCEPT: types.CompletionItemKind.Reference,
    SuggestionKind.CLAIM: types.CompletionItemKind.Reference,
    SuggestionKind.SOURCE: types.CompletionItemKind.Reference,
    SuggestionKind.EXPERIMENT: types.CompletionItemKind.Module,
    SuggestionKind.QUANTITY: types.CompletionItemKind.Field,
    SuggestionKind.PARAMETER: types.CompletionItemKind.Variable,
    SuggestionKind.FUNCTION: types.CompletionItemKind.Function,
    SuggestionKind.NAME: types.CompletionItemKind.Variable,
}
_KEY_WORDS = {
    (model.__name__, key): words for model, keys in WORDS.items() for key, words in keys.items()
}


@dataclass(slots=True)
class _OpenPacks:
    """The packs of which files are open.

    Attributes:
        told: by pack, the files whose problems the editor was told of.
        saves: by pack, how often it was saved: a check of an earlier state is given up.
    """

    home: Path
    language: Language
    packs: dict[Path, EditedPack] = field(default_factory=dict)
    told: dict[Path, set[str]] = field(default_factory=dict)
    saves: dict[Path, int] = field(default_factory=dict)

    def at(self, uri: str) -> tuple[EditedPack, str] | None:
        """Return the pack that a file belongs to, and the file's name in it."""
        found = pack_of(Path(to_fs_path(uri) or ""))
        if found is None:
            return None
        folder, name = found
        return self.packs.setdefault(folder, EditedPack(folder)), name


def make_server(home: Path, language: Language) -> LanguageServer:
    """Make the server; it ends when the editor says so, or closes the pipe.

    Args:
        home: the learner's, where checks are kept.
        language: of what is told.
    """
    server = LanguageServer("studytool", __version__)
    serving = _Serving(server, _OpenPacks(home, language))
    options = types.CompletionOptions(trigger_characters=[" ", "{", "[", "'"])
    mending = types.CodeActionOptions([types.CodeActionKind.QuickFix])
    for feature, served, more in (
        (types.TEXT_DOCUMENT_DID_OPEN, serving.opened, None),
        (types.TEXT_DOCUMENT_DID_CHANGE, serving.changed, None),
        (types.TEXT_DOCUMENT_DID_SAVE, serving.saved, None),
        (types.TEXT_DOCUMENT_DID_CLOSE, serving.closed, None),
        (types.TEXT_DOCUMENT_COMPLETION, serving.completed, options),
        (types.TEXT_DOCUMENT_HOVER, serving.hovered, None),
        (types.TEXT_DOCUMENT_CODE_ACTION, serving.mended, mending),
    ):
        server.feature(feature, more)(partial(served))  # a method takes no marks of pygls
    return server


@dataclass(frozen=True, slots=True)
class _Serving:
    """What is done at each message of the editor."""

    server: LanguageServer
    packs: _OpenPacks

    async def opened(self, given: types.DidOpenTextDocumentParams) -> None:
        if (found := self.packs.at(given.text_document.uri)) is not None:
            pack, name = found
            pack.unsaved[name] = given.text_document.text
            await _read_and_check(self.server, self.packs, pack)

    def changed(self, given: types.DidChangeTextDocumentParams) -> None:
        uri = given.text_document.uri
        if (found := self.packs.at(uri)) is not None:
            pack, name = found
            pack.unsaved[name] = self.server.workspace.get_text_document(uri).source
            pack.read_changed(name)
            _tell(self.server, self.packs, pack)

    async def saved(self, given: types.DidSaveTextDocumentParams) -> None:
        if (found := self.packs.at(given.text_document.uri)) is not None:
            await _read_and_check(self.server, self.packs, found[0])

    def closed(self, given: types.DidCloseTextDocumentParams) -> None:
        if (found := self.packs.at(given.text_document.uri)) is not None:
            pack, name = found
            pack.unsaved.pop(name, None)

    def completed(self, given: types.CompletionParams) -> list[types.CompletionItem]:
        found = self.packs.at(given.text_document.uri)
        if found is None:
            return []
        pack, name = found
        line, column = _spot(pack.lines(name), given.position)
        language, text = self.packs.language, "\n".join(pack.lines(name))
        suggested = suggestions_at(
            pack.reading, name, text, line=line, column=column, language=language
        )
        return [_completion(one, language) for one in suggested]

    def hovered(self, given: types.HoverParams) -> types.Hover | None:
        found = self.packs.at(given.text_document.uri)
        if found is None:
            return None
        shown = _rendered(*found, given.position.line, self.packs.language)
        return None if shown is None else types.Hover(types.MarkupContent(*shown))

    def mended(self, given: types.CodeActionParams) -> list[types.CodeAction]:
        found = self.packs.at(given.text_document.uri)
        if found is None:
            return []
        pack, name = found
        lines = range(given.range.start.line + 1, given.range.end.line + 2)
        return [
            _action(pack, one, one.edit, self.packs.language)
            for one in pack.problems[:MOST_SHOWN]
            if one.edit is not None and one.place.file == name and one.place.line in lines
        ]


# --- problems ---------------------------------------------------------------------------------


async def _read_and_check(server: LanguageServer, packs: _OpenPacks, pack: EditedPack) -> None:
    """Tell what reading finds at once, and what playing the items finds once it is known."""
    pack.read()
    _tell(server, packs, pack)
    number = packs.saves[pack.folder] = packs.saves.get(pack.folder, 0) + 1

    def is_older() -> bool:
        return packs.saves[pack.folder] != number

    try:
        await asyncio.to_thread(pack.check, packs.home, is_older)
    except (Cancelled, StudytoolError):
        return
    _tell(server, packs, pack)


def _tell(server: LanguageServer, packs: _OpenPacks, pack: EditedPack) -> None:
    """Tell the problems of every file that has some, and of those that have none any more."""
    found = [*pack.problems, *map(play_diagnostic, pack.played)]
    by_file: dict[str, list[types.Diagnostic]] = {}
    for one in found[:MOST_SHOWN]:
        told = _diagnostic(pack, one, packs.language)
        by_file.setdefault(one.place.file, []).append(told)
    for name in {*by_file, *packs.told.get(pack.folder, set()), *pack.unsaved}:
        uri = _uri(pack, name)
        params = types.PublishDiagnosticsParams(uri, by_file.get(name, []))
        server.text_document_publish_diagnostics(params)
    packs.told[pack.folder] = set(by_file)


def _uri(pack: EditedPack, name: str) -> str:
    """Return what the editor calls a file of a pack."""
    return from_fs_path(str(pack.folder / name)) or ""


def _diagnostic(pack: EditedPack, found: Diagnostic, language: Language) -> types.Diagnostic:
    said = found.says.text(language)
    if remedy := found.remedy_text(language):
        said += f"\n{remedy}"
    related = [
        types.DiagnosticRelatedInformation(
            types.Location(
                _uri(pack, other.place.file),
                _range(pack, other.place, 0),
            ),
            other.says.text(language),
        )
        for other in found.related
    ]
    return types.Diagnostic(
        _range(pack, found.place, found.length),
        said,
        severity=_SEVERITIES[found.severity],
        code=found.code,
        source="studytool",
        related_information=related,
    )


def _range(pack: EditedPack, place: Place, length: int) -> types.Range:
    lines = pack.lines(place.file)
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    end = place.column - 1 + (length or token_length(line, place.column))
    return types.Range(
        types.Position(place.line - 1, _units(line[: place.column - 1])),
        types.Position(place.line - 1, _units(line[:end])),
    )


def _action(
    pack: EditedPack, found: Diagnostic, edit: Edit, language: Language
) -> types.CodeAction:
    """Return what ``check --fix`` would do about a problem."""
    line = pack.lines(edit.place.file)[edit.place.line - 1]
    start = edit.place.column - 1
    place = types.Range(
        types.Position(edit.place.line - 1, _units(line[:start])),
        types.Position(edit.place.line - 1, _units(line[: start + edit.length])),
    )
    return types.CodeAction(
        found.remedy_text(language) or found.says.text(language),
        types.CodeActionKind.QuickFix,
        [_diagnostic(pack, found, language)],
        edit=types.WorkspaceEdit({_uri(pack, edit.place.file): [types.TextEdit(place, edit.text)]}),
    )


def _units(text: str) -> int:
    """Count the UTF-16 units of a text, by which an editor counts columns."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _spot(lines: Sequence[str], position: types.Position) -> tuple[int, int]:
    """Return line and column of an editor's position, the column in characters.

    One beyond the end, of a text that the editor has shortened meanwhile, is the end.
    """
    if position.line >= len(lines):
        return max(0, len(lines) - 1), len(lines[-1]) if lines else 0
    before = lines[position.line].encode("utf-16-le", "surrogatepass")[: 2 * position.character]
    return position.line, len(before.decode("utf-16-le", "replace"))


# --- completion and hover ---------------------------------------------------------------------


def _completion(one: Suggestion, language: Language) -> types.CompletionItem:
    about = one.about
    if one.kind is SuggestionKind.KEY:
        words = _KEY_WORDS.get((one.about, one.text)) or _KEY_WORDS.get(("ItemFields", one.text))
        about = "" if words is None else words.text(language)
    text = f"{one.text}: " if one.kind is SuggestionKind.KEY else one.text
    return types.CompletionItem(one.text, kind=_KINDS[one.kind], detail=about, insert_text=text)


def _rendered(
    pack: EditedPack, name: str, line: int, language: Language
) -> tuple[types.MarkupKind, str] | None:
    """Return the item in whose lines one is, as a learner meets it."""
    item = pack.item_at(name, line)
    if item is None:
        return None
    try:
        variant = make_variant(item, pack_id=pack.pack_id, seed=0, language=language)
    except StudytoolError as error:
        return types.MarkupKind.PlainText, error.text(language)
    shown = set_plain("\n".join([title_of(variant), "", *variant_lines(variant)]))
    return types.MarkupKind.PlainText, shown
