"""The command line: one file per command, imported only when that command runs.

A command's file has the name of the command and holds one click command called ``command``. Home,
where no command is named, is opened without them: its first frame does not wait for click.
Exit status: 0 as it should be; 1 the thing checked does not hold; 2 the caller can mend it;
70 a fault of the program itself; 130 ended by Ctrl-C; 141 nobody reads the output any more.
"""

import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from studytool.cli.commands import COMMANDS as COMMANDS
    from studytool.cli.commands import program as program

_LATE = ("COMMANDS", "program")
_COMPLETION = "_STUDYTOOL_COMPLETE"
"""Set by a shell that asks click for completions, of no arguments too."""


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(name)
    from studytool.cli import commands

    return getattr(commands, name)


def run() -> int:
    """Run the command that the arguments name, home where they name none; return the exit status."""
    from studytool.cli.tight_memory import heed_memory_limit

    heed_memory_limit()
    if len(sys.argv) > 1 or _COMPLETION in os.environ:
        from studytool.cli.commands import run_named

        return run_named()
    from studytool.cli.ending import ended_by_closed_pipe
    from studytool.cli.home import open_home
    from studytool.cli.output import errors_written
    from studytool.cli.zone_note import tell_of_zone

    with ended_by_closed_pipe(), errors_written():
        tell_of_zone()
        open_home()
    return 0


def main() -> None:
    """Run the program; what the user can mend ends with a message and exit status 2.

    The message is in the learner's language.
    """
    try:
        from studytool.cli.ending import run_to_end

        status = run_to_end(run)
    except KeyboardInterrupt:  # before that could see it, or after
        from studytool.cli.output import INTERRUPTED

        status = INTERRUPTED
    sys.exit(status)
