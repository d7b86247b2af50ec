"""``studytool review``: reviews of another program, line by line, each answered once it is durable."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studytool.cli import declare
from studytool.cli.home import opened_desk
from studytool.cli.input_file import opened_input, short_lines
from studytool.cli.output import USER_ERROR, finish_lines, write_error, write_json
from studytool.errors import ExchangeError, StudytoolError
from studytool.json_output import ReviewedJson
from studytool.language import Phrase

if TYPE_CHECKING:
    from studytool.session.written_reviews import KeptReview, WrittenReviews

_LONGEST_LINE = 1_000_000
_TOO_LONG = Phrase(
    ko="한 줄이 {most}바이트보다 깁니다. 줄마다 복습 하나를 쓰세요.",
    en="the line has more than {most} bytes; write one review a line.",
)
_SAID = Phrase(ko="{why}", en="{why}")
_REFUSED = Phrase(
    ko="{read}줄 가운데 {n}줄을 기록하지 못했습니다. 나머지는 저장되었습니다.",
    en="{n} of {read} lines were not kept; the others are saved.",
)


@declare.command(
    "review",
    more=Phrase(
        ko='FILE이나 표준 입력(-)에서 읽습니다. 한 줄은 {{"item": "pack/slug", '
        '"rating": "good"}} 꼴이고, time(기본값은 지금), offset_minutes, duration_ms, '
        "answer, outcome, misconception, confidence, seed, parameters, revision도 쓸 수 "
        "있습니다. 줄마다 복습이 안전하게 저장된 뒤에 JSON 한 줄을 출력합니다. 잘못된 "
        "줄에는 그 오류로 답하고 나머지는 기록하며, 종료 상태는 2가 됩니다. 기록에 있는 "
        "문항과 시각의 복습은 다시 더하지 않습니다.",
        en='They come from FILE or standard input. A line is like {{"item": "pack/slug", '
        '"rating": "good"}}; it may also have time (by default now), offset_minutes, '
        "duration_ms, answer, outcome, misconception, confidence, seed, parameters and "
        "revision. For each a line of JSON is printed, once its review is durable. A line "
        "that is not as it should be is answered with its error, the others are kept, and "
        "the exit status is 2. A review whose item and time the log has is not added again.",
    ),
)
@click.argument("file", metavar="FILE|-", type=click.Path(path_type=Path, allow_dash=True))
@declare.option(
    "--json",
    "as_json",
    is_flag=True,
    about=Phrase(
        "쓰지 않아도 같습니다. 언제나 JSON을 출력합니다.",
        "Changes nothing: JSON is what is printed.",
    ),
)
def command(file: Path, *, as_json: bool) -> None:  # noqa: ARG001 - each command with output takes it
    """Keep reviews that come as lines of JSON, from FILE or standard input."""
    with opened_desk() as desk, opened_input(file) as opened:
        from studytool.session.written_reviews import WrittenReviews

        keeper, language = WrittenReviews(desk), desk.settings.language
        read = refused = 0
        for line in short_lines(opened, file, _LONGEST_LINE):
            read += 1
            if line is None or line.strip():
                try:
                    said = _kept_as_json(read, _kept(keeper, line, f"{file}:{read}"))
                except StudytoolError as error:
                    said = _error_as_json(read, error.text(language))
                    refused += 1
                write_json(said)
                finish_lines()
    if refused:
        write_error(_REFUSED.text(language, n=refused, read=read))
        sys.exit(USER_ERROR)


def _kept(keeper: "WrittenReviews", line: bytes | None, place: str) -> "KeptReview":
    """Keep the review of a line; None is one that was too long.

    Raises:
        StudytoolError: the line is not as it should be, or the log cannot be written; says where.
    """
    try:
        if line is None:
            raise ExchangeError(_TOO_LONG, most=f"{_LONGEST_LINE:,}")
        return keeper.keep(line)
    except ExchangeError as error:
        raise error.at(place) from error
    except StudytoolError as error:
        raise ExchangeError(_SAID, place=place, why=error.told) from error


def _kept_as_json(line: int, kept: "KeptReview") -> ReviewedJson:
    return {
        "line": line,
        "error": None,
        "item": kept.item,
        "rating": kept.rating,
        "review": kept.id,
        "time": kept.time.isoformat(timespec="milliseconds"),
        "added": kept.added,
        "due": None if kept.due is None else kept.due.isoformat(timespec="seconds"),
        "leech": kept.leech,
    }


def _error_as_json(line: int, error: str) -> ReviewedJson:
    return {
        "line": line,
        "error": error,
        "item": None,
        "rating": None,
        "review": None,
        "time": None,
        "added": False,
        "due": None,
        "leech": None,
    }
