"""The variants at which what is measured is tried."""

from studytool.packs.evidence import NumbersByName
from studytool.packs.items import Item
from studytool.quiz.parameters import draw_parameters
from studytool.verification.trial import Trial

MOST_DRAWS = 5
"""Each variant of few, five of many."""
SEEDS = 24
"""Seeds tried in search of as many different ones."""


def different_draws(trial: Trial, item: Item) -> list[NumbersByName]:
    """Draw an item's parameters until five draws differ; one empty draw where it has none."""
    pack, slug, _ = trial.name
    draws: list[NumbersByName] = []
    for attempt in range(SEEDS if item.params else 1):
        seed = SEEDS * trial.seed + attempt
        drawn = draw_parameters(item, item_id=f"{pack}/{slug}", seed=seed)
        if drawn not in draws:
            draws.append(drawn)
        if len(draws) == MOST_DRAWS:
            break
    return draws
