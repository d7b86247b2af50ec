"""Errors of the command line in the learner's language: click words them in English alone."""

import re
from functools import cache
from io import StringIO

import click

from studytool.cli.help_text import usage
from studytool.language import Language, Phrase

_USAGE = Phrase(ko="사용법: {usage}", en="Usage: {usage}")
_HELP = Phrase(ko="도움말: {command} --help", en="Try '{command} --help' for help.")
_ERROR = Phrase(ko="오류: {message}", en="Error: {message}")

_LED = (
    Phrase(
        ko="{param_hint} 값이 잘못되었습니다. {message}",
        en="Invalid value for {param_hint}: {message}",
    ),
    Phrase(ko="{message} 혹시 {possibility}인가요?", en="{message} Did you mean {possibility}?"),
    Phrase(
        ko="{message} 혹시 이 가운데 하나인가요? {possibilities}",
        en="{message} (Did you mean one of: {possibilities}?)",
    ),
)
"""Sentences of click that lead or follow another, which is theirs ``message``."""

_SENTENCES = (
    Phrase(ko="{name} 명령은 없습니다.", en="No such command {name}."),
    Phrase(ko="{name} 옵션은 없습니다.", en="No such option {name}."),
    Phrase(ko="명령이 빠졌습니다.", en="Missing command."),
    Phrase(ko="{name} 인수가 빠졌습니다.", en="Missing argument {name}."),
    Phrase(ko="{name} 옵션이 빠졌습니다.", en="Missing option {name}."),
    Phrase(ko="남는 인수: {args}", en="Got unexpected extra argument ({args})"),
    Phrase(ko="남는 인수: {args}", en="Got unexpected extra arguments ({args})"),
    Phrase(ko="{name} 옵션에 값이 빠졌습니다.", en="Option {name} requires an argument."),
    Phrase(ko="{name} 옵션은 값을 받지 않습니다.", en="Option {name} does not take a value."),
    Phrase(ko="{value}: 정수를 쓰세요.", en="{value} is not a valid integer."),
    Phrase(ko="{value}: 정수를 쓰세요.", en="{value} is not a valid integer range."),
    Phrase(ko="{value}: 수를 쓰세요.", en="{value} is not a valid float."),
    Phrase(ko="{value}: 수를 쓰세요.", en="{value} is not a valid float range."),
    Phrase(
        ko="{value}: {format} 꼴(예: 2026-12-31)로 쓰세요.",
        en="{value} does not match the format {format}.",
    ),
    Phrase(
        ko="{value}: 쓸 수 있는 범위는 {range}입니다.", en="{value} is not in the range {range}."
    ),
    Phrase(ko="{value}: 쓸 수 있는 것은 {choices}입니다.", en="{value} is not one of {choices}."),
    Phrase(ko="없는 파일: {filename}", en="File {filename} does not exist."),
    Phrase(ko="없는 폴더: {filename}", en="Directory {filename} does not exist."),
    Phrase(ko="없는 경로: {filename}", en="Path {filename} does not exist."),
    Phrase(ko="폴더가 아니라 파일입니다: {filename}", en="Directory {filename} is a file."),
    Phrase(ko="파일이 아니라 폴더입니다: {filename}", en="File {filename} is a directory."),
    Phrase(ko="읽을 수 없습니다: {filename}", en="File {filename} is not readable."),
)
"""What click says, by its own sentences; a field stands as click wrote it."""


def usage_text(error: click.ClickException, language: Language) -> str:
    """Return what is printed of an error of the command line."""
    if language == "en" or not isinstance(error, click.UsageError):
        shown = StringIO()
        error.show(shown)
        return shown.getvalue().rstrip("\n")
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()
    said = _ERROR.text(language, message=usage_message(error.format_message(), language))
    if error.ctx is None:
        return said
    help_of = _HELP.text(language, command=error.ctx.command_path)
    before = (_USAGE.text(language, usage=usage(error.ctx, language)), help_of)
    return "\n".join([*before, "", said])


def usage_message(message: str, language: Language) -> str:
    """Return one of click's messages in a language; as it is where it is none of these.

    >>> usage_message("Invalid value for 'DAYS': 'x' is not a valid integer range.", "ko")
    "'DAYS' 값이 잘못되었습니다. 'x': 정수를 쓰세요."
    """
    for phrase in _LED:
        if found := _pattern(phrase.en).fullmatch(message):
            fields = found.groupdict()
            inner = usage_message(fields.pop("message"), language)
            return phrase.text(language, message=inner, **fields)
    for phrase in _SENTENCES:
        if found := _pattern(phrase.en).fullmatch(message):
            return phrase.text(language, **found.groupdict())
    return message


@cache
def _pattern(sentence: str) -> re.Pattern[str]:
    """Return the pattern of what click makes of a sentence."""
    parts = re.split(r"\{(\w+)\}", sentence)
    fields = [f"(?P<{part}>.+)" if n % 2 else re.escape(part) for n, part in enumerate(parts)]
    return re.compile("".join(fields), re.DOTALL)
