"""What one claim or key is tried under, and what was found so far."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from studytool.errors import StudytoolError
from studytool.numerics.measure import never
from studytool.verification.evidence import ControlResult, MeasuredQuantity, Verdict
from studytool.verification.rule import (
    Predicted,
    Unaffordable,
    compare,
    draw_enough,
    judge,
    resolution,
)
from studytool.verification.sampling import Sampler


@dataclass(slots=True)
class Record:
    """One claim or key being tried.

    Attributes:
        name: pack, id and revision of what is tried; every stream's name starts with them.
        controls: whether each control was rejected, for each condition where it applied.
        problems: why something could not be tried.
    """

    name: tuple[str, str, str]
    seed: int = 0
    cancelled: Callable[[], bool] = never
    measured: list[MeasuredQuantity] = field(default_factory=list)
    controls: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    problems: list[str] = field(default_factory=list)

    def try_number(
        self,
        sampler: Sampler,
        prediction: Predicted,
        wrongs: Mapping[str, Predicted],
        *,
        condition: str = "",
    ) -> None:
        """Estimate once; judge the prediction and every control against that one estimate."""
        quantity = sampler.quantity + condition
        distance = resolution(prediction, wrongs.values())
        found = draw_enough(sampler.draw, distance, exact=sampler.exact)
        if isinstance(found, Unaffordable):
            self.problems.append(_too_costly(quantity, found))
            return
        self.measured.append(compare(quantity, found, prediction))
        for name, wrong in wrongs.items():
            self.controls[name].append(judge(found, wrong) is Verdict.REFUTED)

    @contextmanager
    def problems_of(self, condition: str) -> Iterator[None]:
        """Keep an author's mistake as a problem of one condition; the others are still tried."""
        try:
            yield
        except StudytoolError as error:
            self.problems.append(f"{condition.strip()} {error}".strip())

    def require_controls(self, names: list[str]) -> None:
        """Take a control that could be tried nowhere as a problem."""
        for name in names:
            if not self.controls.get(name):
                self.problems.append(f"control '{name}' could be tried on no draw")

    def verdict(self) -> Verdict:
        """Sum up: refuted if anything was; holds if all did and every control was rejected."""
        verdicts = {found.verdict for found in self.measured}
        if Verdict.REFUTED in verdicts:
            return Verdict.REFUTED
        rejected = all(all(draws) for draws in self.controls.values())
        sound = rejected and not self.problems
        return Verdict.HOLDS if sound and verdicts == {Verdict.HOLDS} else Verdict.UNDECIDED

    def reason(self) -> str:
        """Say why it does not hold, one reason a line; empty when it does."""
        failed = [f"{found.quantity}: {found.reason}" for found in self.measured if found.reason]
        kept = [
            f"control '{name}' was not rejected on {draws.count(False)} of {len(draws)}"
            for name, draws in self.controls.items()
            if not all(draws)
        ]
        return "\n".join([*self.problems, *failed, *kept])

    def control_results(self) -> tuple[ControlResult, ...]:
        """Return each control with its number of draws."""
        return tuple(
            ControlResult(name, all(draws), len(draws)) for name, draws in self.controls.items()
        )


def condition_text(numbers: Mapping[str, float]) -> str:
    """Write a condition for a reader.

    >>> condition_text({"n": 8, "p": 0.25})
    ' [n=8, p=0.25]'
    >>> condition_text({})
    ''
    """
    written = ", ".join(f"{name}={value:g}" for name, value in numbers.items())
    return f" [{written}]" if written else ""


def _too_costly(quantity: str, found: Unaffordable) -> str:
    needed = f"{found.needed:,.0f} replicates would be needed"
    if not found.needed < float("inf"):
        needed = "its spread is not finite"
    return (
        f"{quantity}: cannot be tried this way: {needed}; "
        "take a sample with less spread, or a wider tolerance"
    )
