"""``studytool check``: an author's compiler."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from studytool.errors import PackError

if TYPE_CHECKING:
    from studytool.packs.reader import Reading


@click.command(name="check")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the diagnostics as JSON.")
def command(path: Path, *, as_json: bool) -> None:
    """Read the pack in PATH and list every problem with its place and remedy."""
    from studytool.packs.reader import read_pack

    if not (path / "pack.yaml").is_file():
        raise PackError(f"{path} is no pack: it has no pack.yaml; name the folder that holds one")
    reading = read_pack(path)
    summary = _summary(reading)
    if as_json:
        click.echo(json.dumps(_as_json(reading, summary), ensure_ascii=False))
    else:
        if reading.diagnostics:
            click.echo(reading.report() + "\n")
        click.echo(", ".join(f"{count} {name}" for name, count in summary.items()))
    if reading.errors:
        sys.exit(1)


def _summary(reading: "Reading") -> dict[str, int]:
    pack = reading.pack
    return {
        "errors": reading.errors,
        "warnings": len(reading.diagnostics) - reading.errors,
        "items": 0 if pack is None else len(pack.items),
        "claims": 0 if pack is None else len(pack.claims),
    }


def _as_json(reading: "Reading", summary: dict[str, int]) -> dict[str, Any]:
    return {
        "diagnostics": [
            {
                "code": found.code,
                "severity": str(found.severity),
                "file": found.place.file,
                "line": found.place.line,
                "column": found.place.column,
                "message": found.message,
                "help": found.help,
            }
            for found in reading.diagnostics
        ],
        "summary": summary,
    }
