"""The bundled packs as their authors read them: block style, lines that fit beside a diff."""

from pathlib import Path

import pytest

from studytool.bundled_pack import bundled_folders

LONGEST = 100
FILES = [path for folder in bundled_folders().values() for path in sorted(folder.rglob("*.yaml"))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_line_is_longer_than_a_hundred_columns(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert [n for n, line in enumerate(lines, 1) if len(line) > LONGEST] == []
