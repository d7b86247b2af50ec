"""The formats of a file of events, and which one a file has."""

from pathlib import Path

import click

from studytool.cli import declare
from studytool.language import Phrase

_FORMATS = ("jsonl", "fsrs-csv")

PATH = click.Path(path_type=Path, allow_dash=True)
format_option = declare.option(
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    about=Phrase(
        "기본값은 .csv로 끝나는 이름이면 fsrs-csv, 아니면 jsonl.",
        "By default fsrs-csv for a name that ends in .csv, else jsonl.",
    ),
)


def format_of(file: Path) -> str:
    """Return the format that a file's name tells."""
    return "fsrs-csv" if file.suffix.lower() == ".csv" else "jsonl"
