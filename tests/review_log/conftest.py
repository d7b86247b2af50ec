from collections.abc import Iterator
from pathlib import Path

import pytest

from studytool.review_log.log import ReviewLog


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "reviews.db"


@pytest.fixture
def log(path: Path) -> Iterator[ReviewLog]:
    with ReviewLog.open(path) as opened:
        opened.register(
            "pack", [("pack/one", "a", 0), ("pack/two", "b", 1), ("pack/three", "a", 2)]
        )
        yield opened
