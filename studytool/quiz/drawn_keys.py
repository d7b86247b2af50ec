"""What is right in a draw by its numbers alone: options whose ``when`` holds, the order of values."""

from collections.abc import Iterable, Sequence

from studytool.errors import ExperimentError
from studytool.language import LANGUAGES, Message, Phrase
from studytool.packs.choices import Choice, Option
from studytool.packs.items import Item
from studytool.packs.methods import Measurement, SampleCheck
from studytool.packs.orderings import Order, Thing
from studytool.packs.own_experiments import experiment_of
from studytool.packs.predictions import Prediction, PredictionOutcome
from studytool.packs.scope import ParameterScope
from studytool.quiz.compute import compute, experiment_values
from studytool.quiz.settling import order_of
from studytool.quiz.text_writer import TextWriter

_ONE_SIDED = Phrase(
    ko="모든 선택지가 맞거나, 맞는 선택지가 없습니다.", en="all options are right, or none is"
)
_NO_ROOM = Phrase(
    ko="맞는 선택지가 {right}개라서 {shown}개만 보이면 틀린 선택지가 들어갈 자리가 없습니다.",
    en="{right} options are right, and of {shown} shown none would be wrong",
)
_TIED = Phrase(ko="순서를 정할 값 둘이 같습니다.", en="two of the values to order are equal")
_TWINS = Phrase(ko="보이는 글이 같은 것이 둘 있습니다.", en="two of the texts shown are the same")
_NO_MEASUREMENT = Phrase(ko="잴 수 없습니다. {why}", en="it cannot be measured: {why}")
_NUMBER = "{"


def listed_in(
    item: Choice | Order | Prediction,
) -> Sequence[Option | PredictionOutcome | Thing]:
    """Return what an item lists to choose from or to put in order; nothing of an estimate."""
    match item:
        case Choice():
            return item.options
        case Order():
            return item.things
        case Prediction():
            return item.outcomes or item.things or ()


def right_options(item: Choice, scope: ParameterScope) -> frozenset[str] | None:
    """Return the ids of the right options; None where the simulation decides them."""
    if not item.is_decided_by_when:
        return frozenset(option.id for option in item.options if option.is_marked_right)
    if item.measure:
        return None
    whens = {option.id: option.when for option in item.options if option.when is not None}
    return frozenset(name for name, when in whens.items() if compute(when, scope))


def right_order(item: Order, scope: ParameterScope) -> tuple[str, ...] | None:
    """Return the ids in order; None where the simulation decides it, or two values tie."""
    if item.measure:
        return None
    values = {thing.id: thing.value for thing in item.things}
    return order_of(values, scope, ascending=item.direction == "ascending")


def unaskable(item: Item, scope: ParameterScope) -> Message | None:
    """Return why a draw leaves nothing to ask; None where it will do.

    Options must be right and wrong, things in an order without ties, no two of one text, and an
    experiment must take its parameters.

    Raises:
        FormulaError: a formula that cannot be computed for these numbers.
    """
    if not isinstance(item, Choice | Order | Prediction):
        return None
    if (refused := _refused_parameters(item.measure.values(), scope)) is not None:
        return _NO_MEASUREMENT.of(why=refused)
    if isinstance(item, Choice) and (right := right_options(item, scope)) is not None:
        shown = len(item.options) if item.show is None else item.show
        if not right or len(right) == len(item.options):
            return _ONE_SIDED.of()
        if len(right) >= shown:
            return _NO_ROOM.of(right=len(right), shown=shown)
    if isinstance(item, Order) and not item.measure and right_order(item, scope) is None:
        return _TIED.of()
    return _TWINS.of() if _has_twins(item, scope) else None


def _refused_parameters(
    measurements: Iterable[Measurement | SampleCheck], scope: ParameterScope
) -> Message | None:
    experiments = (one for one in measurements if isinstance(one, Measurement))
    try:
        for one in experiments:
            experiment_of(one).bind(experiment_values(one, scope))
    except ExperimentError as error:
        return error.told
    return None


def _has_twins(item: Choice | Order | Prediction, scope: ParameterScope) -> bool:
    """Tell whether two texts to choose or to order are one at these numbers, in some language."""
    texts = [one.text for one in listed_in(item)]
    if not any(_NUMBER in words for text in texts for words in text.root.values()):
        return False  # no number stands in them, and the reader compares what is written
    for language in LANGUAGES:
        writer = TextWriter(item, scope, language)
        shown = [" ".join(writer.write(text).casefold().split()) for text in texts]
        if len(set(shown)) < len(shown):
            return True
    return False
