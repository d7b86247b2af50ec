"""The text of ``--help``: usage, what a command does, its options and its subcommands.

Every line is measured in cells of a terminal, of which Hangul takes two.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import click

from studytool.help.columns import described
from studytool.language import Language, Phrase
from studytool.typeset.cells import cell_width, fold, wrap

NARROWEST = 30
"""Cells of the smallest window that help is written for."""

_USAGE = Phrase(ko="사용법:", en="Usage:")
_OPTIONS = Phrase(ko="옵션:", en="Options:")
_COMMANDS = Phrase(ko="명령:", en="Commands:")
_SHOW_HELP = Phrase(ko="이 도움말을 보여 줍니다.", en="Show this help.")
_DEFAULT = Phrase(ko="기본값: {value}", en="default: {value}")
_REQUIRED = Phrase(ko="필수", en="required")
_PIECES = {
    "[OPTIONS]": Phrase(ko="[옵션]", en="[OPTIONS]"),
    "COMMAND [ARGS]...": Phrase(ko="명령 [인수]...", en="COMMAND [ARGS]..."),
    "[COMMAND] [ARGS]...": Phrase(ko="[명령] [인수]...", en="[COMMAND] [ARGS]..."),
}
"""By what click writes into the usage of any command."""

_INDENT = 2
_GAP = 2
_WIDEST_NAMES = 0.4
"""The part of a line that names may take before what is said of them."""


@dataclass(frozen=True, slots=True)
class CommandWords:
    """What is said of a command: its paragraphs, and what each subcommand does, by its name."""

    paragraphs: Sequence[Phrase]
    subcommands: Mapping[str, Phrase] = field(default_factory=dict)


def help_text(words: CommandWords, ctx: click.Context, language: Language, *, width: int) -> str:
    """Return what ``--help`` prints of a command, in lines of at most ``width`` cells.

    Args:
        words: of the command.
        ctx: the context in which it was called.
        language: of the words.
        width: cells of a line; less than :data:`NARROWEST` counts as that many.
    """
    return "\n".join(_lines(words, ctx, language, max(NARROWEST, width)))


def usage(ctx: click.Context, language: Language) -> str:
    """Return how a command is called: ``studytool item show [OPTIONS] ITEM``."""
    pieces = ctx.command.collect_usage_pieces(ctx)
    named = (_PIECES[one].text(language) if one in _PIECES else one for one in pieces)
    return " ".join([ctx.command_path, *named])


def value_name(option: click.Option) -> str:
    """Return what stands for an option's value."""
    if option.metavar:
        return option.metavar
    match option.type:
        case click.Choice(choices=choices):
            return "|".join(choices)
        case click.types.IntParamType():
            return "N"
        case _:
            return "TEXT"


def _lines(
    words: CommandWords, ctx: click.Context, language: Language, width: int
) -> Iterator[str]:
    yield from _hanging(_USAGE.text(language), usage(ctx, language), width)
    for text in words.paragraphs:
        for paragraph in text.text(language).split("\n\n"):
            yield ""
            yield from (f"{' ' * _INDENT}{line}" for line in wrap(paragraph, width - _INDENT))
    yield ""
    yield _OPTIONS.text(language)
    yield from _columns(_option_rows(ctx, language), width)
    if words.subcommands:
        yield ""
        yield _COMMANDS.text(language)
        rows = ((name, one.text(language)) for name, one in words.subcommands.items())
        yield from _columns(rows, width)


def _hanging(first: str, text: str, width: int) -> Iterator[str]:
    """Yield lines of which all but the first begin below what follows the first word."""
    margin = cell_width(first) + 1
    for number, line in enumerate(wrap(text, width - margin)):
        yield " " * margin + line if number else f"{first} {line}"


def _option_rows(ctx: click.Context, language: Language) -> Iterator[tuple[str, str]]:
    for parameter in ctx.command.get_params(ctx):
        if isinstance(parameter, click.Option):
            names = ", ".join(parameter.opts)
            shown = names if parameter.is_flag else f"{names} {_bracketed(parameter)}"
            about: Phrase = getattr(parameter, "about", _SHOW_HELP)  # click's own is --help
            yield shown, " ".join([about.text(language), *_limits(parameter, language)])


def _bracketed(option: click.Option) -> str:
    name = value_name(option)
    return f"[{name}]" if "|" in name else name


def _limits(option: click.Option, language: Language) -> Iterator[str]:
    """Yield in brackets whether an option must be given, its default and its range."""
    said = []
    if option.required:
        said.append(_REQUIRED.text(language))
    if option.show_default:
        said.append(_DEFAULT.text(language, value=option.default))
    if isinstance(option.type, click.IntRange | click.FloatRange):
        least, most = option.type.min, option.type.max
        said.append(f"≥ {least:,}" if most is None else f"{least:,}–{most:,}")
    if said:
        yield f"[{'; '.join(said)}]"


def _columns(rows: Iterable[tuple[str, str]], width: int) -> Iterator[str]:
    """Yield names and texts in two columns; a name too wide for its column has its own line."""
    listed = list(rows)
    most = int(width * _WIDEST_NAMES)
    widths = [cell_width(name) + _GAP for name, _ in listed]
    column = max((one for one in widths if one <= most), default=most)
    room = width - _INDENT - column
    fitted = ((name, " ".join(_folded(text, room))) for name, text in listed)
    yield from described(fitted, width=width, column=column, indent=_INDENT)


def _folded(text: str, room: int) -> Iterator[str]:
    """Yield the words of a text, those that are too wide for a line in pieces."""
    for word in text.split():
        yield from fold(word, room)
