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
    from studytool.packs.folder import is_pack
    from studytool.packs.reader import read_pack

    if not is_pack(path):
        raise PackError(f"{path} is no pack: it has no pack.yaml; name the folder that holds one")
    reading = read_pack(path)
    if as_json:
        click.echo(json.dumps(_as_json(reading), ensure_ascii=False))
    else:
        if reading.diagnostics:
            click.echo(reading.report() + "\n")
        counts = _summary(reading).items()
        click.echo(", ".join(f"{n} {name[:-1] if n == 1 else name}" for name, n in counts))
    if reading.errors:
        sys.exit(1)


def _summary(reading: "Reading") -> dict[str, int]:
    return {
        "errors": reading.errors,
        "warnings": len(reading.diagnostics) - reading.errors,
        "items": reading.items,
        "claims": reading.claims,
    }


def _as_json(reading: "Reading") -> dict[str, Any]:
    from studytool.packs.diagnostics import printable

    return {
        "diagnostics": [
            {
                "code": found.code,
                "severity": str(found.severity),
                "file": printable(found.place.file),
                "line": found.place.line,
                "column": found.place.column,
                "message": printable(found.message),
                "help": printable(found.help),
            }
            for found in reading.diagnostics
        ],
        "summary": _summary(reading),
    }
