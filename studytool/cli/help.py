"""``studytool help``: a page on a topic, for a terminal or a pipe."""

from collections.abc import Iterator

import click

from studytool.cli import declare
from studytool.cli.output import learner_language, output_width, write_heading, write_text
from studytool.help.page import WIDEST, is_heading, page_lines, plain_text, topic_lines
from studytool.language import Language

NARROWEST = 40
"""Cells of a line on the smallest terminal that pages are set for."""


@declare.command("help")
@click.argument("topic", required=False, metavar="[TOPIC]")
@declare.in_language
def command(topic: str | None, *, lang: Language | None) -> None:
    """Explain TOPIC; without one, list the topics."""
    language = lang or learner_language()
    width = max(NARROWEST, min(WIDEST, output_width(WIDEST)))
    if topic is None:
        lines = topic_lines(language, width=width)
    else:
        lines = page_lines(topic, language, width=width, fuller={"commands": commands})
    for line in lines:
        text = plain_text([line])
        (write_heading if is_heading(line) else write_text)(text)


def commands(language: Language, width: int) -> Iterator[str]:
    """List every command with its options."""
    from studytool.cli import program
    from studytool.cli.command_reference import command_lines

    return command_lines(program, language, width=width)
