"""The formats of a file of events, and which one a file has."""

from pathlib import Path

import click

from studytool.cli import declare
from studytool.language import Phrase

_FORMATS = ("jsonl", "fsrs-csv")
_READ = (*_FORMATS, "anki")
_PACKAGES = (".apkg", ".colpkg")

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
read_format_option = declare.option(
    "--format",
    "format_",
    type=click.Choice(_READ),
    about=Phrase(
        "기본값은 이름의 끝(.csv, .apkg, .colpkg)대로, 아니면 jsonl.",
        "By default what the name's end says: .csv, .apkg, .colpkg; else jsonl.",
    ),
)


def format_of(file: Path) -> str:
    """Return the format that a file's name tells."""
    suffix = file.suffix.lower()
    return "anki" if suffix in _PACKAGES else "fsrs-csv" if suffix == ".csv" else "jsonl"
