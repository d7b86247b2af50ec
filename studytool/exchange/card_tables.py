"""Tables of cards: CSV or TSV, with the header lines that Anki writes (``#separator:tab``)."""

import csv
from collections.abc import Iterator, Sequence

from studytool.errors import ExchangeError
from studytool.exchange.foreign_notes import (
    ACTIVE_DROPPED,
    MEDIA_DROPPED,
    MOST_OF_A_NOTE,
    NO_ANSWER,
    NO_QUESTION,
    TOO_LONG,
    ForeignNote,
    LeftOut,
    ReadNotes,
)
from studytool.exchange.fsrs_csv import BAD_ROW
from studytool.exchange.html_text import html_as_markdown
from studytool.language import Phrase
from studytool.printable import printable
from studytool.reasons import reason

_SEPARATORS = {
    "comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "colon": ":",
}  # fmt: skip
_NO_SEPARATOR = Phrase(
    ko="구분자 '{given}'을(를) 모릅니다. #separator: 뒤에 {names} 가운데 하나나 기호 하나를 쓰세요.",
    en="there is no separator '{given}'; write after #separator: one of {names}, or one sign.",
)
_LONGEST_HEAD = 65_536
_COLUMNS = ("guid column", "notetype column", "deck column", "tags column")


def read_table(text: str, name: str, separator: str | None = None) -> ReadNotes:
    """Read a table of notes: question, answer, and the columns that its header lines name.

    Args:
        text: of the file.
        name: of the file, for people.
        separator: where no header line says it; by default a tab if the first line has one.

    Raises:
        ExchangeError: a row is none; says where it begins.
    """
    text = text.removeprefix("\ufeff")
    said: dict[str, str] = {}
    first = begin = 0
    while lines := text[begin : begin + _LONGEST_HEAD].splitlines(keepends=True):
        line = lines[0]
        head, colon, value = line.removeprefix("#").partition(":")
        if not (line.startswith("#") and colon):
            break
        said[head.strip().lower()] = value.strip("\r\n")
        first += 1
        begin += len(line)
    between = _separator(said.get("separator", ""), separator, lines, name)
    rows = _rows(_lines(text, begin), between, name, first)
    return ReadNotes.of(_notes(rows, said, name, first))


def _rows(lines: Iterator[str], separator: str, name: str, first: int) -> Iterator[list[str]]:
    line = 0
    try:
        rows = csv.reader(lines, delimiter=separator)
        for row in rows:
            yield row
            line = rows.line_num
    except (
        csv.Error,
        ValueError,
    ) as error:  # a quote that nothing closes, a quote as the separator
        place = f"{name}:{first + line + 1}"
        raise ExchangeError(BAD_ROW, place=place, why=reason(error)) from error


def _lines(text: str, begin: int) -> Iterator[str]:
    """Return the lines of a text from ``begin`` on one by one, each with its end."""
    while begin < len(text):
        end = text.find("\n", begin) + 1 or len(text)
        yield text[begin:end]
        begin = end


def _separator(said: str, given: str | None, body: Sequence[str], name: str) -> str:
    if said:
        sign = _SEPARATORS.get(said.strip().lower(), said)
        if len(sign) > 1:
            names = ", ".join(_SEPARATORS)
            raise ExchangeError(_NO_SEPARATOR, place=name, given=printable(said), names=names)
        return sign
    return given or ("\t" if body and "\t" in body[0] else ",")


def _notes(
    rows: "Iterator[list[str]]", said: dict[str, str], name: str, first: int
) -> Iterator[ForeignNote | LeftOut]:
    special = {said[one].strip(): one for one in _COLUMNS if said.get(one, "").strip().isdecimal()}
    is_html = said.get("html", "false").strip().lower() == "true"
    for number, row in enumerate(rows, start=first + 1):
        if not any(cell.strip() for cell in row):
            continue
        extra = {special[str(at)]: cell for at, cell in enumerate(row, 1) if str(at) in special}
        fields = [cell for at, cell in enumerate(row, 1) if str(at) not in special]
        tags = tuple((extra.get("tags column", "") + " " + said.get("tags", "")).split())
        deck = extra.get("deck column", said.get("deck", ""))
        place = f"{name}:{number}"
        yield from foreign_note(
            fields, place, key=extra.get("guid column", ""), deck=deck, tags=tags, is_html=is_html
        )


def foreign_note(
    fields: Sequence[str],
    place: str,
    *,
    key: str,
    deck: str,
    tags: tuple[str, ...],
    is_html: bool,
) -> Iterator[ForeignNote | LeftOut]:
    """Make a note of its fields: the question, the answer, and further ones below the answer."""
    if sum(map(len, fields)) > MOST_OF_A_NOTE:
        yield LeftOut(place, TOO_LONG.of(most=MOST_OF_A_NOTE))
        return
    texts = []
    for field in fields:
        text, media, active = html_as_markdown(field) if is_html else (field.strip(), False, False)
        texts.append(text)
        if media:
            yield LeftOut(place, MEDIA_DROPPED.of(), is_whole=False)
        if active:
            yield LeftOut(place, ACTIVE_DROPPED.of(), is_whole=False)
    question, *rest = [*texts, ""]
    answer = "\n\n".join(text for text in rest if text)
    has_deletions = "{{c" in question and "::" in question
    if not question or not (answer or has_deletions):
        yield LeftOut(place, (NO_ANSWER if question else NO_QUESTION).of())
        return
    yield ForeignNote(place, key or question, question, answer, deck, tags, guid=key)
