"""How a check is made."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """How a check is made.

    Attributes:
        plays: seeds of each item; None for as many as the pack's size allows.
        home: the learner's folder, where results are kept; None to keep none.
        jobs: processes; None for one a core.
        large: whether more is read than of an ordinary pack.
    """

    plays: int | None = None
    home: Path | None = None
    jobs: int | None = None
    large: bool = False
