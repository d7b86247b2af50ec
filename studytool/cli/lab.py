"""``studytool lab``: an experiment on sliders; in a pipe, what ``simulate`` prints."""

import sys

import click

from studytool.cli import declare
from studytool.cli.home import run_screen
from studytool.cli.output import learner_language, shows_output
from studytool.language import Phrase


@declare.command(
    "lab",
    more=Phrase(
        ko="EXPERIMENT를 쓰지 않으면 실험을 나열합니다. 파이프에서는 수를 출력합니다(studytool simulate).",
        en="Without EXPERIMENT all are listed. In a pipe numbers are printed, as by studytool "
        "simulate.",
    ),
)
@click.argument("name", required=False, metavar="[EXPERIMENT]")
@click.pass_context
def command(context: click.Context, name: str | None) -> None:
    """Try EXPERIMENT out: sliders for its parameters, its draws or its curve drawn as they move."""
    if not (sys.stdin.isatty() and shows_output()):
        from studytool.cli.simulate import command as simulate

        context.invoke(simulate, name=name)
        return
    if name is not None:
        from studytool.library.finding import named_experiment

        named_experiment(name, learner_language())
    run_screen(None, experiment=name or "")
