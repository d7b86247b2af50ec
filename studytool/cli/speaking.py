"""The learner's language on the command line: errors told in it, and questions asked in it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from studytool.errors import StateError, StudytoolError
from studytool.language import Language
from studytool.settings import read_settings


def learner_language(home: Path) -> Language:
    """Return the language of the settings, the first one where it cannot be read."""
    try:
        return read_settings(home)[0].language
    except StateError:
        return "ko"


@contextmanager
def told_in(language: Language) -> Iterator[None]:
    """Tell what the learner can mend in ``language``, with exit status 2."""
    try:
        yield
    except StudytoolError as error:
        click.echo(f"studytool: {error.text(language)}", err=True)
        sys.exit(2)


def confirmed(question: str, *, yes: bool) -> bool:
    """Ask on standard error, unless ``yes``; the end of the input means no."""
    if yes:
        return True
    try:
        return click.confirm(question, err=True)
    except click.Abort as abort:
        if isinstance(abort.__context__, KeyboardInterrupt):  # Ctrl-C is no answer
            raise
        click.echo("", err=True)
        return False
