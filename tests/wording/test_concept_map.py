"""The concepts recalled least: the six lowest, and none of which all is recalled."""

from studytool.session.concept_map import ConceptStrength, HomeMap
from studytool.wording.concept_map import weakest_rows


def test_what_is_recalled_whole_is_not_weak() -> None:
    """A newcomer's only concept stood there at 100%, as the weakest."""
    recalls = [0.9, 1.0, None, 0.3, 0.996, 0.994, 0.8, 0.7, 0.6, 0.5]
    concepts = tuple(
        ConceptStrength("any", f"c{n}", f"c{n}", 0, 1, 1, recall)
        for n, recall in enumerate(recalls)
    )
    rows = weakest_rows(HomeMap(concepts, (), {}, 0), "en", width=80)
    shown = [cell.concept.concept for row in rows for cell in row]
    assert shown == ["c3", "c9", "c8", "c7", "c6", "c0"]
    few = weakest_rows(HomeMap(concepts[:2], (), {}, 0), "en", width=80)
    assert [cell.concept.concept for row in few for cell in row] == ["c0"]
    assert weakest_rows(HomeMap(concepts[1:2], (), {}, 0), "en", width=80) == []
