"""The concepts recalled least: the six lowest, and where fewer are met those that come next."""

from studytool.session.concept_map import ConceptStrength, HomeMap
from studytool.wording.concept_map import weakest_rows


def _shown(*recalls: float | None) -> list[str]:
    concepts = tuple(
        ConceptStrength("any", f"c{n}", f"c{n}", 0, 1, 1, recall)
        for n, recall in enumerate(recalls)
    )
    rows = weakest_rows(HomeMap(concepts, (), {}, 0), "en", width=80)
    assert all(len(row) == 2 for row in rows[:-1])
    return [cell.concept.concept for row in rows for cell in row]


def test_the_weakest_come_first_and_what_comes_next_fills_the_rest() -> None:
    recalls = [0.9, 1.0, None, 0.3, 0.996, 0.994, 0.8, 0.7, 0.6, 0.5]
    assert _shown(*recalls) == ["c3", "c9", "c8", "c7", "c6", "c0"]
    assert _shown(*recalls[:3], None) == ["c0", "c1", "c2", "c3"]
    assert _shown(None, 1.0, *[None] * 9) == ["c1", "c0", "c2", "c3", "c4", "c5"]
    assert _shown(None, None) == []  # a newcomer's home says where to begin, and no more
