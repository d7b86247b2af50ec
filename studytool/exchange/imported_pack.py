"""The folder of a pack made of items from elsewhere; what a check would refuse is left out of it."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

from studytool.errors import ExchangeError
from studytool.exchange.foreign_notes import LeftOut, ReadNotes
from studytool.exchange.imported_items import ImportedItem, make_items, slug
from studytool.files import whole_folder, write_files
from studytool.language import Language, Message, Phrase
from studytool.packs.diagnostics import Place, Severity
from studytool.packs.reader import Reading, read_pack
from studytool.printable import printable
from studytool.reasons import reason

ITEMS_A_FILE = 500
MOST_ITEMS = 20_000
_ROUNDS = 3
"""Of writing and reading: what is refused may have hidden another thing that is."""

_REFUSED = Phrase(ko="꾸러미에 쓸 수 없습니다. {why}", en="a pack cannot have it: {why}")
_TOO_MANY = Phrase(
    ko="꾸러미 하나의 최대 {most:,}개를 넘습니다.", en="a pack has {most:,} items at most."
)
_NOTHING = Phrase(
    ko="{source}에는 가져올 카드가 없습니다. 아무것도 쓰지 않았습니다.",
    en="there is no card in {source} to be taken over; nothing was written.",
)
_ALL_LEFT_OUT = Phrase(
    ko="{source}의 카드 {n}개 가운데 가져올 수 있는 것이 없습니다. 아무것도 쓰지 않았습니다. 첫째({first}): {why}",
    en="of the cards in {source} none could be taken over ({n}); nothing was written. The first, "
    "{first}: {why}",
)
_TAKEN = Phrase(
    ko="{path}이(가) 이미 있어 아무것도 쓰지 않았습니다. 없는 이름을 쓰세요.",
    en="{path} exists, so nothing was written; name a folder that is not there.",
)
_UNWRITABLE = Phrase(ko="{path}에 쓸 수 없습니다({why}).", en="{path} cannot be written ({why}).")
_BAD_ID = Phrase(
    ko="'{name}'은 꾸러미의 이름이 될 수 없습니다. 소문자, 숫자, 하이픈만 쓰세요.",
    en="a pack cannot be called '{name}'; use small letters, digits and hyphens.",
)
_DECK = Phrase(ko="가져온 카드", en="Imported cards")


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What is said of the pack to be made.

    Attributes:
        source: of the notes, for people.
        folder: to be made; its name is the pack's id.
        tag: the language of its texts.
    """

    source: str
    folder: Path
    title: str
    tag: str
    licence: str
    author: str
    words: Language

    @property
    def id(self) -> str:
        """Return the pack's id."""
        return self.folder.absolute().name


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What was written, and what was not."""

    items: tuple[ImportedItem, ...]
    left_out: tuple[LeftOut, ...]


def import_pack(plan: ImportPlan, read: ReadNotes) -> ImportResult:
    """Write a pack of notes, whole or not at all.

    Raises:
        ExchangeError: something is there already, it cannot be written, or there is nothing to write.
    """
    folder = plan.folder
    if slug(plan.id) != plan.id:
        raise ExchangeError(_BAD_ID, name=plan.id)
    if os.path.lexists(folder):
        raise ExchangeError(_TAKEN, path=folder)
    made = list(make_items(read.notes))
    left_out = [*read.left_out, *(one for one in made if isinstance(one, LeftOut))]
    items = [one for one in made if isinstance(one, ImportedItem)]
    left_out += [LeftOut(one.place, _TOO_MANY.of(most=MOST_ITEMS)) for one in items[MOST_ITEMS:]]
    try:
        with whole_folder(folder) as beside:
            items = _write_sound(plan, items[:MOST_ITEMS], beside, left_out.append)
            if not items:
                raise _nothing_of(plan.source, [one for one in left_out if one.is_whole])
    except OSError as error:
        raise ExchangeError(_UNWRITABLE, path=folder, why=reason(error)) from error
    return ImportResult(tuple(items), tuple(left_out))


def _nothing_of(source: str, left_out: Sequence[LeftOut]) -> ExchangeError:
    if not left_out:
        return ExchangeError(_NOTHING, source=source)
    first = left_out[0]
    return ExchangeError(
        _ALL_LEFT_OUT, source=source, n=len(left_out), first=printable(first.place), why=first.why
    )


def _write_sound(
    plan: ImportPlan,
    items: list[ImportedItem],
    folder: Path,
    leave_out: Callable[[LeftOut], None],
) -> list[ImportedItem]:
    """Write the files, and again without what reading them refuses."""
    for _ in range(_ROUNDS):
        rmtree(folder, ignore_errors=True)
        folder.mkdir()
        written = _files(plan, items)
        write_files(folder, {name: text.encode() for name, (text, _) in written.items()})
        wrong = dict(_refused(read_pack(folder), {name: at for name, (_, at) in written.items()}))
        if not wrong:
            return items
        for item in items:
            if item.id in wrong:
                leave_out(LeftOut(item.place, wrong[item.id]))
        items = [item for item in items if item.id not in wrong]
        if not items:
            break
    return []


def _refused(
    reading: Reading, starts: dict[str, list[tuple[int, str]]]
) -> Iterator[tuple[str, Message]]:
    """Yield the ids of the items in whose lines an error stands, each with why."""
    for found in reading.diagnostics:
        if found.severity is Severity.ERROR and (name := _item_at(found.place, starts)):
            yield name, _REFUSED.of(why=found.says)


def _item_at(place: Place, starts: dict[str, list[tuple[int, str]]]) -> str | None:
    before = [name for line, name in starts.get(place.file, ()) if line <= place.line]
    return before[-1] if before else None


_Written = dict[str, tuple[str, list[tuple[int, str]]]]
"""By name: the text of a file, and the line at which each of its items begins."""


def _files(plan: ImportPlan, items: Sequence[ImportedItem]) -> _Written:
    concepts = _concepts(items)
    head = [
        "schema: 1",
        "formulas: 1",
        f"id: {plan.id}",
        "version: 0.1.0",
        *_text("", "title", plan.title),
        f"languages: [{plan.tag}]",
        *_text("", "licence", plan.licence),
        f"authors: [{_quoted(plan.author)}]",
        "concepts:",
    ]
    for deck, name in concepts.items():
        head += [f"  - id: {name}", *_text("    ", "title", deck or _DECK.text(plan.words))]
    files: _Written = {"pack.yaml": ("\n".join(head) + "\n", [])}
    for number, start in enumerate(range(0, len(items), ITEMS_A_FILE), start=1):
        lines: list[str] = []
        starts = []
        for item in items[start : start + ITEMS_A_FILE]:
            starts.append((len(lines) + 1, item.id))
            lines += [*_item_lines(item, concepts[item.deck]), ""]
        files[f"items/{number:03}.yaml"] = ("\n".join(lines), starts)
    return files


def _concepts(items: Sequence[ImportedItem]) -> dict[str, str]:
    """Return an id for each deck; those that have no Latin letters are numbered."""
    names: dict[str, str] = {}
    for item in items:
        if item.deck not in names:
            name = slug(item.deck) or f"deck-{len(names) + 1}"
            names[item.deck] = f"{name[:70]}-{len(names) + 1}" if name in names.values() else name
    return names


def _item_lines(item: ImportedItem, concept: str) -> Iterator[str]:
    yield f"- id: {item.id}"
    yield f"  kind: {'cloze' if item.is_cloze else 'card'}"
    yield f"  concept: {concept}"
    if item.tags:
        yield f"  tags: [{', '.join(map(_quoted, item.tags))}]"
    if item.guid:
        yield f"  anki: {_quoted(item.guid)}"
    if item.is_cloze:
        yield from _text("  ", "text", item.question)
        yield f"  blanks: {{a: {{accept: [{_quoted(item.answer)}]}}}}"
    else:
        yield from _text("  ", "front", item.question)
        yield from _text("  ", "back", item.answer)


def _text(indent: str, key: str, text: str) -> Iterator[str]:
    """Write a text in quotes, or of several lines below its key."""
    if "\n" not in text:
        yield f"{indent}{key}: {_quoted(text)}"
        return
    lines = text.split("\n")
    yield f"{indent}{key}: |-"
    yield from (f"{indent}  {line}" if line.strip() else "" for line in lines)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
