"""How an answer compares with its key, in a word: what the log keeps of a mark."""

from enum import StrEnum

from studytool.language import Phrase

MISCONCEPTION = Phrase(ko="오개념", en="misconception")


class Outcome(StrEnum):
    """How an answer compares with its key.

    ``near`` is a number that is the key but for its accuracy; ``shown`` is no answer: the learner
    asked to see the key.
    """

    RIGHT = "right"
    PARTIAL = "partial"
    WRONG = "wrong"
    NEAR = "near"
    SHOWN = "shown"
