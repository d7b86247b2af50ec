"""``studytool lab``: an experiment of the core on sliders; in a pipe, what ``simulate`` prints."""

import sys

import click

from studytool.cli.home import run_screen
from studytool.cli.output import shows_output


@click.command(name="lab")
@click.argument("name", required=False, metavar="[EXPERIMENT]")
@click.pass_context
def command(context: click.Context, name: str | None) -> None:
    """Try EXPERIMENT out: sliders for its parameters, its draws or its curve drawn as they move.

    Without a name the lab lists all. In a pipe it prints numbers: see simulate.
    """
    if not (sys.stdin.isatty() and shows_output()):
        from studytool.cli.simulate import command as simulate

        context.invoke(simulate, name=name)
        return
    if name is not None:
        from studytool.numerics.registry import find_experiment

        find_experiment(name)
    run_screen(None, experiment=name or "")
