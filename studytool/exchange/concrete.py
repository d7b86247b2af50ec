"""Items made concrete for other programs and for paper: one question with its key, at one seed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from studytool.errors import StudytoolError
from studytool.language import Language, Message
from studytool.packs.items import Item
from studytool.packs.pack import Pack
from studytool.quiz.ask import make_variant
from studytool.quiz.key import Key, RecallKey
from studytool.quiz.mark import give_up
from studytool.quiz.mark_value import MarkedPart
from studytool.quiz.variant import ItemKind


@dataclass(frozen=True, slots=True)
class ConcreteQuestion:
    """An item at one seed, with all that a marker needs.

    Attributes:
        item: its name, ``pack/slug``.
        prompt: in Markdown, as the other texts.
        key: as the program marks it.
        key_text: what is right, for people.
        parts: the options, each with whether it belongs to the key; of a cloze its blanks.
        value: of an estimate, what the simulation shows.
    """

    item: str
    seed: int
    kind: ItemKind
    prompt: str
    key: Key
    key_text: str
    solution: str
    parts: tuple[MarkedPart, ...] = ()
    value: float | None = None

    @property
    def name(self) -> str:
        """Return a name that no other question has: the item's, and its seed."""
        return f"{self.item}#{self.seed}"


@dataclass(frozen=True, slots=True)
class NotExported:
    """An item that was left out, and why."""

    item: str
    why: Message


def make_questions(
    pack: Pack, items: Sequence[Item], seeds: Sequence[int], language: Language
) -> Iterator[ConcreteQuestion | NotExported]:
    """Make items concrete: one that draws no numbers once, another at each of the seeds."""
    for item in items:
        for seed in seeds if item.params else seeds[:1]:
            try:
                yield _question(pack.id, item, seed, language)
            except StudytoolError as error:
                yield NotExported(f"{pack.id}/{item.id}", error.told)
                break


def _question(pack_id: str, item: Item, seed: int, language: Language) -> ConcreteQuestion:
    variant = make_variant(item, pack_id=pack_id, seed=seed, language=language)
    shown = give_up(item, variant)
    is_recalled = isinstance(variant.key, RecallKey)
    return ConcreteQuestion(
        item=variant.item,
        seed=seed,
        kind=variant.kind,
        prompt=variant.prompt,
        key=variant.key,
        key_text=variant.key.back if is_recalled else shown.key_text,  # type: ignore[union-attr] # a card's
        solution=variant.solution,
        parts=shown.parts,
        value=None if shown.estimated is None else shown.estimated.shown.value,
    )
