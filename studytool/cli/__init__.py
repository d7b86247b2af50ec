"""The command line: one file per command, imported only when that command runs.

A command's file has the name of the command and holds one click command called ``command``.
Exit status: 0 as it should be; 1 the thing checked does not hold; 2 the caller can mend it;
130 ended by Ctrl-C; 141 nobody reads the output any more.
"""

import sys
from difflib import get_close_matches
from importlib import import_module
from typing import Any

import click

from studytool import __version__
from studytool.cli.ending import ended_by_closed_pipe, run_to_end

COMMANDS = {
    "study": "Study what is due: a full screen, or line by line with --plain.",
    "due": "Show what is due, learning and new now.",
    "undo": "Take back what was done last, or do it again.",
    "vacation": "Put off all reviews by a number of days.",
    "stats": "Show time, retention, calibration and the hardest items so far.",
    "forecast": "Simulate the coming days: minutes a day, and items known at other retentions.",
    "optimize": "Fit the memory model to your reviews, and adopt it where it predicts better.",
    "show": "Show one variant of an item: parameters, prompt, key, solution.",
    "mark": "Say what a typed answer would get.",
    "verify": "Try every claim and every key of a pack by simulation.",
    "formula": "Compute a pack author's formula, or say where it is refused.",
    "simulate": "Run an experiment of the computation core.",
    "item": "List items, show one, and suspend, flag, bury, reset or re-rate it.",
    "config": "List the settings, or change one.",
    "log": "Write the log of reviews to a file, or add a file's events to it.",
    "sync": "Exchange reviews with your other devices through a shared folder.",
    "backup": "Back up the log of reviews, or list its backups.",
    "restore": "Replace the log with a backup, and keep what was there.",
    "doctor": "Check the learner's files, and repair what can be repaired.",
    "check": "Read a pack and list every problem with its place and remedy.",
}


class CommandGroup(click.Group):
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
        with ended_by_closed_pipe():
            return super().make_context(*arguments, **named)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with ended_by_closed_pipe():
            return super().invoke(ctx)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; of a name that is none, say which is near."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            near = get_close_matches(args[0], COMMANDS, n=1)
            if not near:
                raise
            said = f"{error.format_message()} Did you mean '{near[0]}'?"
            raise click.UsageError(said, ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the list of commands from the table, importing none of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=CommandGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(
    __version__, "--version", prog_name="studytool", message="%(prog)s %(version)s"
)
@click.pass_context
def program(ctx: click.Context) -> None:
    """A terminal study tool whose every answer is proven by simulation.

    Without a command: the home screen; the first run installs the bundled pack.
    """
    if ctx.invoked_subcommand is None:
        from studytool.cli.home import open_home

        open_home()


def main() -> None:
    """Run the program; what the user can mend ends with a message and exit status 2.

    The message is in the learner's language.
    """
    sys.exit(run_to_end(program))
