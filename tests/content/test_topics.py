"""Each of the 26 topics of the notes is recalled, chosen, computed and predicted."""

from collections import Counter

import pytest

from studytool.bundled_pack import bundled_pack_folder
from studytool.packs.behind import claims_behind
from studytool.packs.choices import Choice
from studytool.packs.items import Item
from studytool.packs.predictions import Prediction
from studytool.packs.reader import load_pack

PACK = load_pack(bundled_pack_folder())
LINES = {claim.id: claim.notes.lines for claim in PACK.claims if claim.notes is not None}
TOPICS = {
    "cosine annealing": ((1, 1),),
    "warm-up": ((2, 3),),
    "penalties and their weight": ((13, 13), (24, 26)),
    "L2": ((4, 10), (27, 34)),
    "L1": ((11, 12), (14, 14), (35, 43)),
    "elastic net": ((15, 17), (44, 48)),
    "dropout in training": ((18, 20), (49, 61), (66, 67), (69, 72)),
    "dropout at test": ((62, 65),),
    "dropout as an ensemble": ((68, 68),),
    "vanishing gradients": ((21, 23), (73, 79)),
    "exploding gradients": ((80, 80),),
    "sigmoid": ((81, 89),),
    "tanh": ((90, 92),),
    "ReLU": ((93, 96),),
    "leaky ReLU": ((97, 100),),
    "ELU": ((101, 103),),
    "one value for all weights": ((109, 113),),
    "weights too large or too small": ((104, 108), (114, 115)),
    "Xavier": ((116, 138),),
    "Xavier under ReLU": ((139, 140),),
    "He": ((141, 151),),
    "batch normalisation in training": ((152, 158),),
    "the axes N, C, H, W": ((159, 166),),
    "layer and instance normalisation": ((167, 169),),
    "what batch normalisation does": ((170, 175),),
    "batch normalisation at inference": ((176, 179),),
}
"""By topic: the lines of the notes from first to last, in one stretch or several."""

WAYS = {"card": "recalled", "cloze": "recalled", "choice": "chosen", "numeric": "computed",
        "prediction": "predicted"}  # fmt: skip
FIRST_LINE, LAST_LINE = 1, 179


def _topics_of_lines() -> dict[int, str]:
    return {
        line: topic
        for topic, stretches in TOPICS.items()
        for first, last in stretches
        for line in range(first, last + 1)
    }


def _topics_of(item: Item, topics: dict[int, str]) -> set[str]:
    """Return the topics of the lines that the claims behind an item cite."""
    behind = {*item.claims, *claims_behind(item)}
    return {topics[line] for claim in behind for line in LINES.get(claim, ())}


def _ways_asked(items: list[Item]) -> dict[str, set[str]]:
    topics = _topics_of_lines()
    asked: dict[str, set[str]] = {topic: set() for topic in TOPICS}
    for item in items:
        for topic in _topics_of(item, topics):
            asked[topic].add(WAYS.get(item.kind, item.kind))
    return asked


def _holes(items: list[Item]) -> dict[str, set[str]]:
    wanted = set(WAYS.values())
    return {topic: wanted - ways for topic, ways in _ways_asked(items).items() if wanted - ways}


def test_every_line_belongs_to_one_topic() -> None:
    stretches = [stretch for one in TOPICS.values() for stretch in one]
    assert len(TOPICS) == 26
    assert sorted(_topics_of_lines()) == list(range(FIRST_LINE, LAST_LINE + 1))
    assert sum(last - first + 1 for first, last in stretches) == LAST_LINE


def test_every_item_is_of_a_topic() -> None:
    topics = _topics_of_lines()
    assert [item.id for item in PACK.items if not _topics_of(item, topics)] == []


def test_every_topic_is_asked_in_each_way() -> None:
    assert _holes(PACK.items) == {}


@pytest.mark.parametrize(
    ("left_out", "hole"),
    [
        ("explosion-how-far", {"exploding gradients": {"recalled"}}),
        ("twice-as-deep", {"vanishing gradients": {"predicted"}}),
        ("kaiming-mode", {"He": {"chosen"}}),
    ],
)
def test_a_topic_without_a_way_is_found(left_out: str, hole: dict[str, set[str]]) -> None:
    assert _holes([item for item in PACK.items if item.id != left_out]) == hole


def _answers(item: Item) -> int:
    """Return among how many answers a choice lets one choose at a time."""
    return (item.show or len(item.options)) if isinstance(item, Choice) else 0


def test_there_is_enough_of_every_way() -> None:
    predictions = [item for item in PACK.items if isinstance(item, Prediction)]
    ways = Counter(WAYS.get(item.kind, item.kind) for item in PACK.items)
    orders = sum(item.things is not None for item in predictions)
    assert len(PACK.items) >= 190
    assert ways["computed"] >= 80
    assert ways["predicted"] >= 30
    assert ways["recalled"] >= 60
    assert sum(item.estimate is not None for item in predictions) >= 10
    assert orders + ways["order"] >= 6
    assert sum(_answers(item) >= 4 for item in PACK.items) >= 35
    assert [item.id for item in PACK.items if 0 < _answers(item) < 4] == []
