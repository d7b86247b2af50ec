"""Mark what the simulation shows: outcomes, an order, an estimate; and an order that is computed."""

from dataclasses import replace

from studytool.errors import ExperimentError, FormulaError, UnsettledError
from studytool.language import Phrase
from studytool.packs.items import Item
from studytool.quiz.answer import Answer, Number, OrderedThings, PickedOptions
from studytool.quiz.give_mark import measured_outcomes
from studytool.quiz.key import AxisKey, OptionKey, OrderKey, PredictionKey
from studytool.quiz.mark_estimates import mark_estimate
from studytool.quiz.mark_options import mark_options
from studytool.quiz.mark_orders import mark_order
from studytool.quiz.mark_value import Mark
from studytool.quiz.prediction import UNSETTLED, Decision, decide
from studytool.quiz.variant import Variant

_NOT_COMPUTED = Phrase(
    ko="{item}: 무엇이 맞는지 계산할 수 없어 채점하지 않았습니다. {why}",
    en="{item}: what is right cannot be computed here, so nothing was marked. {why}",
)


def mark_predicted(item: Item, variant: Variant, answer: Answer) -> Mark:
    """Run the simulation of a variant where its key needs one, and compare the answer with it.

    Raises:
        TypeError: an answer of another kind of question.
        UnsettledError: the simulation does not settle what is right at these numbers.
    """
    language = variant.language
    match variant.key, answer:
        case OrderKey(right=tuple() as right) as key, OrderedThings():
            return mark_order(key, answer, right, language)
        case OrderKey() as key, OrderedThings():
            decision = _decide(item, variant)
            marked = mark_order(key, answer, decision.order, language)
        case PredictionKey(options=options), PickedOptions():
            decision = _decide(item, variant)
            marked = mark_options(OptionKey(options, decision.holding), answer, language)
        case AxisKey() as key, Number():
            decision = _decide(item, variant)
            marked = mark_estimate(key, answer, decision.value, language)
        case _:
            raise TypeError(f"a {type(answer).__name__} does not answer a {variant.kind}")
    return replace(marked, measured=measured_outcomes(decision.measured))


def show_predicted(item: Item, variant: Variant) -> Mark:
    """Run the simulation where the key needs one, and mark as if no more than it had been asked.

    Raises:
        UnsettledError: the simulation does not settle what is right at these numbers.
    """
    key = variant.key
    if isinstance(key, OrderKey) and key.right is not None:
        return mark_order(key, OrderedThings(key.right), key.right, variant.language)
    decision = _decide(item, variant)
    match key:
        case OrderKey():
            shown = mark_order(key, OrderedThings(decision.order), decision.order, variant.language)
        case AxisKey():
            shown = mark_estimate(key, None, decision.value, variant.language)
        case PredictionKey(options=options):
            wanted, none = OptionKey(options, decision.holding), PickedOptions(frozenset())
            shown = mark_options(wanted, none, variant.language)
        case _:
            raise TypeError(f"no simulation shows the key of a {variant.kind}")
    return replace(shown, measured=measured_outcomes(decision.measured))


def _decide(item: Item, variant: Variant) -> Decision:
    """Run the simulation.

    A value beside its axis, where no answer can stand, settles nothing; neither does what cannot be
    computed of the measured numbers.
    """
    try:
        decision = decide(item, item_id=variant.item, parameters=variant.parameters)
    except (FormulaError, ExperimentError) as error:
        raise UnsettledError(_NOT_COMPUTED, item=variant.item, why=error.told) from error
    key = variant.key
    if isinstance(key, AxisKey) and not key.axis.covers(decision.value.value):
        raise UnsettledError(UNSETTLED, item=variant.item)
    return decision
