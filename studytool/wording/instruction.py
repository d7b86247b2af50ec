"""The instruction under a question: what to type or to choose."""

from studytool.language import Phrase
from studytool.quiz.variant import BlankKey, NumberKey, OptionKey, PredictionKey, Variant
from studytool.wording import study as phrases


def instruction(question: Variant) -> Phrase:
    """Say how a question is answered."""
    match question.key:
        case NumberKey():
            return phrases.TYPE_NUMBER
        case BlankKey():
            return phrases.TYPE_WORDS
        case OptionKey():
            return phrases.CHOOSE_SEVERAL if wants_several(question) else phrases.CHOOSE
        case PredictionKey():
            return phrases.PREDICT
        case _:
            return phrases.RECALL


def wants_several(question: Variant) -> bool:
    """Tell whether more than one option is right."""
    return isinstance(question.key, OptionKey) and len(question.key.right) > 1
