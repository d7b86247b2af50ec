"""The alterations of the core that nothing can notice, each with the name of its reason."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

REASONS_FILE = Path(__file__).with_name("core_reasons.json")
"""From the name of a reason to its alterations; its words are in ``wording/core_reasons.py``."""


@cache
def core_reasons() -> Mapping[str, str]:
    """Return the name of the reason of each such alteration, by the alteration's name."""
    table: dict[str, list[str]] = json.loads(REASONS_FILE.read_text(encoding="utf-8"))
    return {name: reason for reason, names in table.items() for name in names}
