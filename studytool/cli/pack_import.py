"""``studytool pack import``: cards of another program as the folder of a pack to be edited."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studytool.cli import declare
from studytool.cli.output import learner_language, write_json, write_note, write_text
from studytool.errors import ExchangeError
from studytool.files import IrregularFileError, LargeFileError, read_regular
from studytool.json_output import PackImportJson
from studytool.language import Language, Phrase
from studytool.printable import printable
from studytool.reasons import reason

if TYPE_CHECKING:
    from studytool.exchange.foreign_notes import LeftOut, ReadNotes
    from studytool.exchange.imported_pack import ImportResult

_MOST_BYTES = 256 * 2**20
_SHOWN = 20
_UNKNOWN_AUTHOR = Phrase(ko="모름", en="unknown")
_UNREADABLE = Phrase(
    ko="{path}을(를) 읽을 수 없습니다({why}).", en="{path} cannot be read ({why})."
)
_NOT_A_FILE = Phrase(
    ko="일반 파일이 아니거나 너무 큽니다", en="it is no ordinary file, or too large"
)
_NOT_TEXT = Phrase(
    ko="{path}: UTF-8로 된 글이 아닙니다. UTF-8로 저장해서 다시 가져오세요.",
    en="{path} is not text in UTF-8; save it so, and import it again.",
)
_UNKNOWN = Phrase(
    ko="{path}: 어떤 카드인지 알 수 없습니다. .md, .csv, .tsv, .txt, .apkg, .colpkg 파일이나 .md 파일이 든 폴더를 쓰세요.",
    en="{path}: which cards are these? Give a file .md, .csv, .tsv, .txt, .apkg or .colpkg, or a "
    "folder of .md files.",
)
_MADE = Phrase(
    ko="""\
{folder}: 문항 {items}개(카드 {cards}, 빈칸 {clozes})를 가져왔습니다. 가져오지 못한 것 {dropped}개, 일부를 뺀 것 {altered}개.
  다듬기     studytool pack preview {folder}
  확인하기   studytool check {folder}""",
    en="""\
{folder}: items taken over {items} (cards {cards}, clozes {clozes}); not taken over {dropped}, without a part {altered}
  to edit    studytool pack preview {folder}
  to check   studytool check {folder}""",
)
_MORE = Phrase(ko="외 {n}개. 모두 보기: --json", en="and {n} more; --json lists all")


@declare.command(
    "pack import",
    more=Phrase(
        ko="SOURCE는 hashcards(Q:, A:, C:)나 Obsidian 플러그인(::, :::, ?, ??, ==cloze==)의 "
        "카드가 있는 마크다운이나 그런 폴더, Anki의 머리줄이 있는 표(.csv, .tsv, .txt), "
        "또는 Anki 꾸러미(.apkg, .colpkg)입니다. 그림, 소리, 스크립트, 스타일은 뺍니다. "
        "무엇을 왜 뺐는지 알려 줍니다. 이미 있는 FOLDER에는 쓰지 않습니다.",
        en="SOURCE is Markdown with the cards of hashcards (Q:, A:, C:) or of Obsidian's "
        "plugin (::, :::, ?, ??, ==cloze==), or a folder of it; a table (.csv, .tsv, .txt) "
        "with Anki's header lines; or an Anki package (.apkg, .colpkg). Pictures, sound, "
        "scripts and styles are left out; what was left out, and why, is told. A FOLDER "
        "that exists is refused.",
    ),
)
@click.argument("source", type=click.Path(path_type=Path), metavar="SOURCE")
@click.argument("folder", type=click.Path(path_type=Path), metavar="FOLDER")
@declare.option(
    "--title",
    metavar="TEXT",
    about=Phrase(
        "배우는 사람이 볼 제목. 기본값은 FOLDER로 만듭니다.",
        "What learners see; by default made from FOLDER.",
    ),
)
@declare.option(
    "--language",
    "tag",
    metavar="TAG",
    about=Phrase(
        "카드의 언어: ko, en 등. 기본값은 내 언어.",
        "Of the cards: ko, en and so on; by default yours.",
    ),
)
@declare.option(
    "--licence",
    default="unknown",
    metavar="NAME",
    about=Phrase("쓰는 조건(라이선스). 기본값: unknown.", "Terms of use. Default: unknown."),
)
@declare.option("--author", metavar="NAME", about=Phrase("지은이.", "Who wrote them."))
@declare.as_json
def import_command(  # noqa: PLR0913 - click passes each option by name
    source: Path,
    folder: Path,
    *,
    title: str | None,
    tag: str | None,
    licence: str,
    author: str | None,
    as_json: bool,
) -> None:
    """Make the pack FOLDER of cards in SOURCE, and say what was left out and why."""
    from studytool.exchange.imported_pack import ImportPlan, import_pack

    language = learner_language()
    plan = ImportPlan(
        source=printable(source.name),
        folder=folder,
        title=folder.absolute().name.replace("-", " ").capitalize() if title is None else title,
        tag=tag or language,
        licence=licence,
        author=author or _UNKNOWN_AUTHOR.text(language),
        words=language,
    )
    result = import_pack(plan, _read(source))
    if as_json:
        write_json(_as_json(plan.id, folder, result, language))
        return
    _tell(result.left_out, language)
    clozes = sum(item.is_cloze for item in result.items)
    whole = sum(one.is_whole for one in result.left_out)
    write_text(
        _MADE.text(
            language,
            folder=folder,
            items=len(result.items),
            cards=len(result.items) - clozes,
            clozes=clozes,
            dropped=whole,
            altered=len(result.left_out) - whole,
        )
    )


def _read(source: Path) -> "ReadNotes":
    from studytool.exchange.anki_package import read_package
    from studytool.exchange.card_tables import read_table
    from studytool.exchange.foreign_notes import ReadNotes
    from studytool.exchange.markdown_cards import read_markdown

    if source.is_dir():
        files = sorted(path for path in source.rglob("*.md") if not path.is_symlink())
        if not files:
            raise ExchangeError(_UNKNOWN, path=source)
        read = (read_markdown(_text(path), path.relative_to(source).as_posix()) for path in files)
        return ReadNotes.of(found for one in read for found in one.all())
    readers: dict[str, Callable[[], ReadNotes]] = {
        ".md": lambda: read_markdown(_text(source), source.name),
        ".csv": lambda: read_table(_text(source), source.name),
        ".tsv": lambda: read_table(_text(source), source.name, "\t"),
        ".txt": lambda: read_table(_text(source), source.name),
        ".apkg": lambda: read_package(source, _bytes(source)),
        ".colpkg": lambda: read_package(source, _bytes(source)),
    }
    if source.suffix.lower() not in readers:
        raise ExchangeError(_UNKNOWN, path=source)
    return readers[source.suffix.lower()]()


def _bytes(path: Path) -> bytes:
    try:
        return read_regular(path, _MOST_BYTES)
    except (IrregularFileError, LargeFileError) as error:
        raise ExchangeError(_UNREADABLE, path=path, why=_NOT_A_FILE.of()) from error
    except OSError as error:
        raise ExchangeError(_UNREADABLE, path=path, why=reason(error)) from error


def _text(path: Path) -> str:
    try:
        return _bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExchangeError(_NOT_TEXT, path=path) from error


def _tell(left_out: "tuple[LeftOut, ...]", language: Language) -> None:
    for one in left_out[:_SHOWN]:
        write_note(f"{one.place}: {one.why.text(language)}")
    if more := left_out[_SHOWN:]:
        write_note(_MORE.text(language, n=len(more)))


def _as_json(
    pack_id: str, folder: Path, result: "ImportResult", language: Language
) -> PackImportJson:
    return {
        "id": pack_id,
        "folder": str(folder),
        "cards": sum(not item.is_cloze for item in result.items),
        "clozes": sum(item.is_cloze for item in result.items),
        "left_out": [
            {"place": printable(one.place), "why": one.why.text(language), "whole": one.is_whole}
            for one in result.left_out
        ],
    }
