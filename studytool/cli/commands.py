"""The program's commands, each imported at its first use, and the run of the one that is named."""

from importlib import import_module
from typing import Any

import click

from studytool import __version__
from studytool.cli import declare
from studytool.cli.arguments import refuse_controls
from studytool.cli.ending import ended_by_closed_pipe
from studytool.cli.output import INTERRUPTED, errors_written, learner_language, write_note
from studytool.cli.zone_note import tell_of_zone
from studytool.language import Phrase
from studytool.wording.commands import ABOUT_COMMANDS

COMMANDS = {name: about for name, about in ABOUT_COMMANDS.items() if " " not in name}
"""Each command's line of ``--help``, in its order."""

_ABOUT = Phrase(
    ko="수를 계산하고, 배우기 전에 먼저 시험해 보는 터미널 학습 도구입니다.",
    en="A terminal study tool whose numbers are computed, and tried before you learn them.",
)
_MORE = Phrase(
    ko="명령 없이 쓰면 처음 화면이 열리고, 처음 실행할 때 함께 들어 있는 꾸러미들을 설치합니다.",
    en="Without a command: the home screen; the first run installs the bundled packs.",
)


class CommandGroup(declare.DeclaredGroup):
    """A group that knows each command's line of help without importing its file."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """List the commands in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import a command's file at its first use."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"studytool.cli.{cmd_name}").command
        return command

    def make_context(self, *arguments: Any, **named: Any) -> click.Context:
        """Read the arguments; the help is written here."""
        with ended_by_closed_pipe(), errors_written():
            return super().make_context(*arguments, **named)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse what a terminal would act on, wherever it stands: no name has it."""
        refuse_controls(args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with ended_by_closed_pipe(), errors_written():
            tell_of_zone()
            return super().invoke(ctx)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; of a name that is none, say which is near."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches  # most runs of the program need none

            near = get_close_matches(args[0], COMMANDS, n=1)
            if not near:
                raise
            message = f"{error.format_message()} Did you mean '{near[0]}'?"
            raise click.UsageError(message, ctx) from error

    def about_commands(self) -> dict[str, Phrase]:
        """Return the table of commands, importing none of them."""
        return COMMANDS


@click.group(  # noqa: TID251 - with its own words
    cls=CommandGroup,
    invoke_without_command=True,
    about=_ABOUT,
    more=_MORE,
)
@click.version_option(
    __version__,
    "--version",
    prog_name="studytool",
    message="%(prog)s %(version)s",
    cls=declare.DeclaredOption,
    about=Phrase("버전을 보여 줍니다.", "Show the version."),
)
@click.pass_context
def program(ctx: click.Context) -> None:
    """Run the command that was named, or open the home screen."""
    if ctx.invoked_subcommand is None:
        from studytool.cli.home import open_home

        open_home()


def run_named() -> int:
    """Run the command that the arguments name, and return its exit status.

    Raises:
        StudytoolError: its errors, where the command does not write them itself.
    """
    try:
        status = program.main(prog_name="studytool", standalone_mode=False)
    except click.ClickException as error:
        from studytool.cli.usage_errors import usage_text

        language = declare.named_language(getattr(error, "ctx", None)) or learner_language()
        write_note(usage_text(error, language))
        return error.exit_code
    except click.Abort as abort:
        if isinstance(abort.__cause__, EOFError):  # of some file: click takes it for Ctrl-D
            raise abort.__cause__ from None
        return INTERRUPTED
    return status if isinstance(status, int) else 0
