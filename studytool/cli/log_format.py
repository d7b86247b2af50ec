"""The formats of a file of events, and which one a file has."""

from pathlib import Path

import click

_FORMATS = ("jsonl", "fsrs-csv")

PATH = click.Path(path_type=Path, allow_dash=True)
format_option = click.option(
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    help="By default fsrs-csv for a name that ends in .csv, else jsonl.",
)


def format_of(file: Path) -> str:
    """Return the format that a file's name tells."""
    return "fsrs-csv" if file.suffix.lower() == ".csv" else "jsonl"
