"""Long work on the command line: a line of progress, and Ctrl-C that ends it in order."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click


@contextmanager
def stopped_by_interrupt() -> Iterator[list[int]]:
    """Gather Ctrl-C instead of dying by it; the list is not empty once it came."""
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield came
    finally:
        signal.signal(signal.SIGINT, before)


def show_progress(text: str) -> None:
    """Write over the line of progress; nothing where standard error is no terminal."""
    if sys.stderr.isatty():
        width = os.get_terminal_size(sys.stderr.fileno()).columns
        click.echo(f"\r\x1b[K{text[: width - 1]}", err=True, nl=False)


def clear_progress() -> None:
    """Take the line of progress away."""
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)
