"""A variant: an item made concrete by a seed."""

from dataclasses import dataclass, field
from typing import Literal

from studytool.language import Language
from studytool.quiz.key import Key

ItemKind = Literal["card", "cloze", "choice", "order", "prediction", "numeric"]


@dataclass(frozen=True, slots=True)
class Variant:
    """An item as the learner sees it. ``prompt``, ``hints``, ``solution`` are Markdown.

    For a cloze the prompt shows each blank as ``[1: …]``-like gaps; ``solution`` shows the whole
    text. ``parameters`` are the drawn numbers, as the prompt shows them.
    """

    item: str
    kind: ItemKind
    revision: str
    seed: int
    language: Language
    parameters: dict[str, float]
    prompt: str
    key: Key
    hints: tuple[str, ...]
    solution: str
    claims: tuple[str, ...] = field(default=())
