"""Every command with its options, read from click, for ``studytool help commands``."""

from collections.abc import Iterator

import click

from studytool.cli.help_text import value_name
from studytool.help.columns import described
from studytool.language import Language
from studytool.typeset.cells import cell_width
from studytool.wording.commands import ABOUT_COMMANDS

_NOT_SHOWN = ("--help", "--version")


def command_lines(program: click.Group, language: Language, *, width: int) -> Iterator[str]:
    """Yield each command's usage, and below it what the command does."""
    for number, name in enumerate(ABOUT_COMMANDS):
        command = find_command(program, name)
        if isinstance(command, click.Group):
            continue
        if number:
            yield ""
        yield from usage_lines(f"studytool {name}", command, width=width)
        yield from described([("", ABOUT_COMMANDS[name].text(language))], width=width, column=4)


def find_command(program: click.Group, name: str) -> click.Command:
    """Return the command of a name such as ``item list``.

    Raises:
        KeyError: there is none.
    """
    command: click.Command = program
    for word in name.split():
        found = (
            command.get_command(click.Context(command), word)
            if isinstance(command, click.Group)
            else None
        )
        if found is None:
            raise KeyError(name)
        command = found
    return command


def usage_lines(name: str, command: click.Command, *, width: int) -> Iterator[str]:
    """Yield a command's name, arguments and options, wrapped between them."""
    line = name
    for part in filter(None, map(_shown, command.params)):
        if cell_width(line) + 1 + cell_width(part) > width:
            yield line
            line = f"    {part}"
        else:
            line += f" {part}"
    yield line


def _shown(parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Argument):
        return parameter.make_metavar(click.Context(click.Command(None)))
    options = [name for name in parameter.opts if name not in _NOT_SHOWN]
    if not isinstance(parameter, click.Option) or not options:
        return ""
    shown = options[-1] if parameter.is_flag else f"{options[-1]} {value_name(parameter)}"
    shown = shown if parameter.required else f"[{shown}]"
    return f"{shown}..." if parameter.multiple else shown
