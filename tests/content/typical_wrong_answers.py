"""Wrong answers that learners typically give to the bundled numeric items, and what each is told.

The rows are what students do: a factor forgotten or doubled, a square, degrees, per layer, upside
down, the neighbouring formula, the complement. Most of them were wrong without a word at first: when
these rows were marked by commit 409a23a, 16 % of what was wrong named a reason.
``python -m tests.content.typical_wrong_answers`` prints a table of what each is told now.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from studytool.bundled_pack import bundled_pack_folder
from studytool.packs.items import Numeric
from studytool.packs.reader import load_pack
from studytool.packs.scope import scope_of
from studytool.quiz.answer import Number
from studytool.quiz.ask import make_variant
from studytool.quiz.compute import compute
from studytool.quiz.how_far import how_far
from studytool.quiz.key import NumberKey
from studytool.quiz.mark import mark
from studytool.quiz.number_text import write_number
from studytool.quiz.outcome import Outcome
from studytool.quiz.read_answer import read_answer
from tests.content.later_wrong_answers import LATER

SEEDS = 20

TYPICAL = {
    "cosine-rate": {
        "an angle in degrees": "lo+(hi-lo)*(1+cos(pi*t/period*pi/180))/2",
        "the lowest rate forgotten": "hi*(1+cos(pi*t/period))/2",
        "the half forgotten": "lo+(hi-lo)*(1+cos(pi*t/period))",
        "squared": "(lo+(hi-lo)*(1+cos(pi*t/period))/2)**2",
        "rising": "lo+(hi-lo)*(1-cos(pi*t/period))/2",
    },
    "warmup-rate": {"the rate forgotten": "t/steps", "upside down": "lr*steps/t"},
    "descent-factor": {
        "one step": "1-lr*curvature",
        "uphill": "(1+lr*curvature)**steps",
        "the curvature doubled": "(1-2*lr*curvature)**steps",
    },
    "l2-decay-steps": {"one step": "start*(1-lr*lam)", "growth": "start*(1+lr*lam)**steps"},
    "ridge-shrinkage": {
        "the half forgotten": "z/(1+2*lam)",
        "multiplied": "z*(1+lam)",
        "what was taken away": "z*lam/(1+lam)",
    },
    "soft-threshold": {
        "a share": "z*(1-lam)",
        "twice the threshold": "max(abs(z)-2*lam,0)*sign(z)",
        "nothing done": "z",
    },
    "l1-vertex-share": {
        "no root of two": "1-4/pi*arcsin(radius/distance)",
        "two for four": "1-2/pi*arcsin(radius/(sqrt(2)*distance))",
    },
    "elastic-net-coefficient": {
        "both subtracted": "max(abs(z)-l1-l2,0)*sign(z)",
        "the half forgotten": "max(abs(z)-l1,0)*sign(z)/(1+2*l2)",
    },
    "dropout-training-mean": {"the weight forgotten": "n*h*(1-drop)", "one unit": "h*w*(1-drop)"},
    "dropout-scale-ratio": {"one plus": "1+drop", "odds": "drop/(1-drop)"},
    "dropout-variance": {
        "kept for dropped": "h**2*keep/(1-keep)",
        "the mean square": "h**2/keep",
        "not inverted": "h**2*keep*(1-keep)",
    },
    "sigmoid-chain": {
        "the weight forgotten": "0.25**layers",
        "one layer short": "(w/4)**(layers-1)",
        "the weight once": "w*0.25**layers",
    },
    "sigmoid-derivative": {"the other factor": "1-sigmoid(x)", "the square": "sigmoid(x)**2"},
    "tanh-derivative": {
        "tanh itself": "tanh(x)",
        "the square alone": "tanh(x)**2",
        "one minus tanh": "1-tanh(x)",
    },
    "same-sign-probability": {"twice one sign": "2*p**n", "the complement": "1-p**n-(1-p)**n"},
    "relu-second-moment": {
        "the mean": "sd/sqrt(2*pi)",
        "the root": "sd/sqrt(2)",
        "doubled": "2*sd**2",
    },
    "leaky-second-moment": {"a sd not squared": "sd*(1+slope**2)/2"},
    "elu-value": {"no alpha": "exp(x)-1", "alpha inside": "exp(alpha*x)-1"},
    "small-init": {
        "one layer": "sd*sqrt(width)",
        "one layer short": "(sd*sqrt(width))**(layers-1)",
        "added up": "layers*sd*sqrt(width)",
    },
    "xavier-variance": {
        "the mean of both": "(1/fan_in+1/fan_out)/2",
        "the two forgotten": "1/(fan_in+fan_out)",
        "upside down": "(fan_in+fan_out)/2",
    },
    "xavier-limit": {
        "three for six": "sqrt(3/(fan_in+fan_out))",
        "the inputs alone": "sqrt(3/fan_in)",
    },
    "xavier-forward": {
        "outputs for inputs": "fan_out*2/(fan_in+fan_out)*sx**2",
        "a sd not squared": "fan_in*2/(fan_in+fan_out)*sx",
    },
    "he-sd": {"the root of the inputs alone": "2/sqrt(fan_in)", "the variance": "2/fan_in"},
    "batch-norm-value": {
        "no scale": "(a-mean)/sqrt(var)+beta",
        "no shift": "gamma*(a-mean)/sqrt(var)",
        "not centred": "gamma*a/sqrt(var)+beta",
    },
    "batch-norm-running": {
        "after one batch": "mean*momentum",
        "the momentum of Keras": "mean*(1-momentum**steps)",
    },
    "instance-norm-means": {"of one example": "c*h*w"},
    "layer-norm-values": {"channels": "c"},
}
"""By item, and by what the learner does: the formula of the answer, over the item's own names."""


@dataclass(frozen=True, slots=True)
class ToldAnswer:
    """One wrong answer to one variant: its outcome, what is said, and whether a reason is named."""

    item: str
    slip: str
    typed: str
    outcome: Outcome
    said: str
    is_named: bool


def told_answers(
    seeds: int = SEEDS, typical: Mapping[str, Mapping[str, str]] = TYPICAL
) -> Iterator[ToldAnswer]:
    """Mark each wrong answer, typed with three figures, at so many seeds, in English."""
    pack = load_pack(bundled_pack_folder())
    items = {item.id: item for item in pack.items if isinstance(item, Numeric)}
    for name, slips in typical.items():
        for seed in range(seeds):
            variant = make_variant(items[name], pack_id=pack.id, seed=seed, language="en")
            scope = scope_of(items[name], variant.parameters)
            for slip, formula in slips.items():
                value = compute(formula, scope)
                typed = write_number(value, None if value.is_integer() else "3sf")
                read = read_answer(variant, typed)
                assert isinstance(read, Number), typed
                assert isinstance(variant.key, NumberKey)
                marked = mark(items[name], variant, read)
                far = how_far(read.value, variant.key.value, "en")
                is_named = marked.outcome is Outcome.WRONG and marked.feedback != far
                yield ToldAnswer(name, slip, typed, marked.outcome, marked.feedback, is_named)


def share_named(told: list[ToldAnswer]) -> float:
    """Return the share of wrong markings that name a reason; what is right or near is none."""
    wrong = [one for one in told if one.outcome is Outcome.WRONG]
    return sum(one.is_named for one in wrong) / len(wrong)


def _table(told: list[ToldAnswer], typical: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    for name, slips in typical.items():
        for slip in slips:
            ours = [one for one in told if (one.item, one.slip) == (name, slip)]
            counts = Counter(str(one.outcome) for one in ours)
            named = sum(one.is_named for one in ours)
            beside = ", ".join(f"{n} {word}" for word, n in counts.items() if word != "wrong")
            yield f"{name:24}{slip:26}{named:3} of {counts['wrong']:<3}{beside:12}{ours[0].said}"
    wrong = sum(one.outcome is Outcome.WRONG for one in told)
    yield f"{sum(one.is_named for one in told)} of {wrong} named: {share_named(told):.0%}"


if __name__ == "__main__":
    for table in (TYPICAL, LATER):
        print(*_table(list(told_answers(typical=table)), table), sep="\n")  # noqa: T201 - a script
