"""Cards and numbers, and the union of every kind of item."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from studytool.packs.answer_key import AnswerKey, Misconception
from studytool.packs.choices import Choice
from studytool.packs.clozes import Cloze
from studytool.packs.item_fields import ItemFields
from studytool.packs.methods import Method
from studytool.packs.model import Identifier
from studytool.packs.orderings import Order
from studytool.packs.parameters import Parameter
from studytool.packs.predictions import Prediction
from studytool.packs.text import Text


class Card(ItemFields):
    """A question and its answer, recalled and then rated."""

    question_key: ClassVar[str] = "front"
    kind: Literal["card"]
    front: Text
    back: Text

    @property
    def computes(self) -> bool:
        """Tell whether it may draw or compute a number; most cards do neither."""
        return bool(self.params or self.let)


class Numeric(ItemFields):
    """A question with fresh numbers at each review; the key is computed and tried."""

    kind: Literal["numeric"]
    params: Annotated[dict[Identifier, Parameter], Field(min_length=1, max_length=12)]
    prompt: Text
    answer: AnswerKey
    misconceptions: Annotated[list[Misconception], Field(min_length=1, max_length=12)]
    check: Method


Item = Annotated[Card | Cloze | Choice | Order | Numeric | Prediction, Field(discriminator="kind")]
