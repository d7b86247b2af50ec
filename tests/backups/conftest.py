from pathlib import Path

import pytest


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = tmp_path / "home"
    made.mkdir()
    return made


@pytest.fixture
def log(home: Path) -> Path:
    return home / "reviews.db"


@pytest.fixture
def folder(home: Path) -> Path:
    return home / "backups"
