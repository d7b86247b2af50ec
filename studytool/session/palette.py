"""All that the palette leads to in the learner's packs, in one order: concepts, claims, items."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from studytool.search.reader import folded

if TYPE_CHECKING:
    from studytool.language import Language
    from studytool.session.desk import Desk

PlaceKind = Literal["concept", "claim", "item"]


@dataclass(frozen=True, slots=True)
class PalettePlace:
    """A thing in a pack that the palette leads to.

    Attributes:
        name: of an item ``pack/slug``; of a concept or claim its id.
        title: in the learner's language; of an item that of its concept.
    """

    kind: PlaceKind
    pack: str
    name: str
    title: str


class PaletteShelf:
    """The things of all packs; of many items none is made before it is shown.

    Args:
        desk: the learner's state.
        language: of the titles; texts are found in every language.

    Raises:
        StateError: the library cannot be read.
    """

    def __init__(self, desk: "Desk", language: "Language") -> None:
        library = desk.library
        self._places: list[PalettePlace] = []
        self.texts: list[str] = []
        self._titles: dict[tuple[str, str], str] = {}
        concept_texts: dict[tuple[str, str], str] = {}
        for pack, concept, titles in library.concept_titles():
            title = _chosen(titles, language)
            self._titles[pack, concept] = title
            concept_texts[pack, concept] = folded(" ".join([title, concept, *titles.values()]))
            self._add(PalettePlace("concept", pack, concept, title), concept_texts[pack, concept])
        for pack, claim, statements in library.statements():
            text = folded(" ".join([claim, *statements.values()]))
            self._add(PalettePlace("claim", pack, claim, _chosen(statements, language)), text)
        self._items = library.item_concepts()
        for item, concept in self._items:
            pack, _, slug = item.partition("/")
            self.texts.append(f"{slug} {concept_texts.get((pack, concept), concept)}")

    def __getitem__(self, at: int) -> PalettePlace:
        """Return the thing whose text is ``texts[at]``."""
        if at < len(self._places):
            return self._places[at]
        item, concept = self._items[at - len(self._places)]
        pack = item.partition("/")[0]
        return PalettePlace("item", pack, item, self._titles.get((pack, concept), concept))

    def _add(self, place: PalettePlace, text: str) -> None:
        self._places.append(place)
        self.texts.append(text)


def _chosen(texts: dict[str, str], language: str) -> str:
    """Return the text in a language, else the first that there is."""
    return texts.get(language) or next(iter(texts.values()))
