"""The trace of one check: what its key calls, what its draws call, and the class that follows."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from studytool.formula.points import NEAR, RELATIVE, VARIES
from studytool.numerics.estimate import Estimate
from studytool.numerics.form_calls import FormCalls, record_forms
from studytool.numerics.intervals import Basis
from studytool.packs.compared_key import KeyFormula
from studytool.packs.evidence import Independence, NumbersByName
from studytool.packs.independence import find_circle, is_rewritten
from studytool.packs.methods import Method, SecondFormula
from studytool.verification.noise import holds_key_in_noise, is_little_noise
from studytool.verification.problems import CircularCheck
from studytool.verification.rule import PredictedNumber


@dataclass(slots=True)
class CheckTrace:
    """A check followed over its conditions.

    Attributes:
        computed: the key under each condition.
        of_key: the closed forms that computing it called.
        drawn: what each condition's draws called.
        scopes: the numbers of each condition.
        drawn_with: the numbers of the condition that is being drawn.
    """

    key: KeyFormula
    method: Method
    computed: list[float] = field(default_factory=list)
    of_key: set[str] = field(default_factory=set)
    drawn: list[FormCalls] = field(default_factory=list)
    scopes: list[NumbersByName] = field(default_factory=list)
    drawn_with: NumbersByName = field(default_factory=dict)

    @contextmanager
    def computing_key(self) -> Iterator[None]:
        """Record what the key calls."""
        with record_forms() as calls:
            yield
        self.of_key |= calls.names

    @contextmanager
    def drawing(self, key: float, scope: NumbersByName) -> Iterator[None]:
        """Record what is called while a number is drawn that the key, so large here, predicts."""
        self.drawn_with = scope
        with record_forms() as calls:
            yield
        self.computed.append(key)
        self.drawn.append(calls)
        self.scopes.append(scope)

    def independence(self, estimate: Estimate) -> Independence:
        """Return the class of an estimate: one that was not drawn was computed another way."""
        if isinstance(self.method, SecondFormula) and is_rewritten(self.key, self.method):
            return Independence.ALGEBRA
        return drawn_class(estimate)

    def is_number(self, found: Estimate, predicted: PredictedNumber) -> bool:
        """Tell a number with noise beside it from a sample."""
        return is_little_noise(self.method, self.drawn_with, found, predicted)

    def circle(self) -> CircularCheck | None:
        """Return how the check takes its key from itself; None where nothing shows that it does.

        That is where its formula holds the key; where its draws call a closed form that the key
        calls; or where they call one that gave the key, or nearly, under every condition, if there
        are two.
        So is one that gives the key where each draw is its mean, bent though it is by them.
        Algebra says that it is the key rewritten, and is no circle.
        """
        if isinstance(self.method, SecondFormula) and is_rewritten(self.key, self.method):
            return None
        if found := find_circle(self.key, self.method):
            return CircularCheck(found.form.format(key=self.key.formula))
        shared = self.of_key.intersection(name for calls in self.drawn for name in calls.names)
        form = min([*shared, *self._equal_forms()], default=None)
        if form is None and self._is_noisy_key():
            form = self.key.formula
        return None if form is None else CircularCheck(form)

    def _is_noisy_key(self) -> bool:
        """Tell a sample that is the key with a little noise inside, under different conditions."""
        pairs = zip(self.scopes, self.computed, strict=True)
        is_varied = len({abs(one) for one in self.computed}) > 1
        return is_varied and all(holds_key_in_noise(self.method, *pair) for pair in pairs)

    def _equal_forms(self) -> Iterator[str]:
        sizes = sorted(map(abs, set(self.computed)))
        if len(sizes) < 2:
            return
        close = NEAR if sizes[-1] > VARIES * sizes[0] else RELATIVE
        for name in frozenset.intersection(*(calls.names for calls in self.drawn)):
            pairs = zip(self.computed, self.drawn, strict=True)
            if all(_gave(calls.values[name], key, close) for key, calls in pairs):
                yield name


def _gave(values: set[float], key: float, close: float) -> bool:
    return any(abs(value - key) <= close * abs(key) for value in values)


def drawn_class(estimate: Estimate) -> Independence:
    """Tell draws from a number that was computed."""
    is_drawn = estimate.basis is not Basis.COMPUTED
    return Independence.SIMULATED if is_drawn else Independence.SECOND_METHOD
