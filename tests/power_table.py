"""Measure how often the rule errs, by the program's own drawing and judging.

``python -m tests.power_table [LAW...]`` runs every row, or those of some laws, and writes the table
that ``studytool help proof`` prints; about two hours of one core. ``--add RUNS`` adds so many runs
to what is kept instead, by draws of their own, until each row has 20,000.
"""

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from math import exp

from studytool.help.power import FULL_RUNS, TABLE_FILE, PowerRow, power_rows
from studytool.numerics.binomial import greatest_share, least_share
from studytool.numerics.estimate import Estimate
from studytool.numerics.measure import never
from studytool.packs.evidence import Verdict
from studytool.packs.methods import SampleCheck
from studytool.verification.drawing import Sampler, draw_enough
from studytool.verification.rule import PredictedNumber, judge
from studytool.verification.sampling import make_sampler


@dataclass(frozen=True, slots=True)
class PowerCase:
    """A statistic of a law, with its true value and a tolerance.

    Attributes:
        is_share: whether what is drawn depends on the prediction, so that each draws anew.
    """

    statistic: str
    law: str
    check: SampleCheck
    truth: float
    tolerance: float
    is_share: bool = False


def _case(
    statistic: str,
    law: str,
    sample: str,
    truth: float,
    tolerance: float,
    *,
    over: str | None = None,
) -> PowerCase:
    kind = "mean" if statistic == "share" else statistic
    check = SampleCheck.model_validate({"sample": sample, "statistic": kind, "over": over})
    return PowerCase(statistic, law, check, truth, tolerance, is_share=statistic == "share")


_E = "exponential(1,[reps])"
_LOGNORMAL = "exp(normal(0,{s},[reps]))"
CASES = (
    _case("mean", "normal", "normal(1,0.3,[reps])", 1, 0.035),
    _case("mean", "exponential", _E, 1, 0.1),
    _case("mean", "normal, squared", "normal(0,1,[reps])**2", 1, 0.1),
    _case("mean", "log-normal, s = 0.5", _LOGNORMAL.format(s=0.5), exp(0.125), 0.05 * exp(0.125)),
    _case(
        "mean",
        "log-normal, s = 1",
        _LOGNORMAL.format(s=1),
        exp(0.5),
        0.05 * exp(0.5),
    ),
    _case("mean", "uniform, in its range", "uniform(0,1,[reps])", 0.5, 0.03),
    _case(
        "mean",
        "rare values of a wide range",
        "20*(uniform(0,1,[reps]) < 0.02)+uniform(0,1,[reps])",
        0.9,
        0.3,
    ),
    _case("share", "30 %", "uniform(0,1,[reps]) < 0.3", 0.3, 0.05),
    _case("share", "0.4 %", "uniform(0,1,[reps]) < 0.004", 0.004, 0.004),
    _case("median", "normal", "normal(1,0.3,[reps])", 1, 0.05),
    _case("median", "Cauchy", "normal(0,1,[reps])/normal(0,1,[reps])", 0, 0.2),
    _case("variance", "normal", "normal(0,1,[reps])", 1, 0.12),
    _case("std", "normal", "normal(0,1,[reps])", 1, 0.06),
    _case("ratio", "exponential / exponential", _E, 1, 0.15, over=_E),
    _case(
        "mean",
        "log-normal, s = 1.5",
        _LOGNORMAL.format(s=1.5),
        exp(1.125),
        0.2 * exp(1.125),
    ),
    _case("mean", "log-normal, s = 2", _LOGNORMAL.format(s=2), exp(2), 0.5 * exp(2)),
    _case("mean", "Pareto 2.5", "uniform(0,1,[reps])**(-0.4)", 5 / 3, 0.05 * 5 / 3),
    _case("mean", "Pareto 1.2", "uniform(0,1,[reps])**(-1/1.2)", 6, 0.6),
    _case(
        "variance",
        "log-normal, s = 0.7",
        _LOGNORMAL.format(s=0.7),
        exp(0.49) * (exp(0.49) - 1),
        0.2 * exp(0.49) * (exp(0.49) - 1),
    ),
    _case(
        "mean",
        "product of 8 uniforms",
        "prod(uniform(0,1,[reps,8]),axis=1)",
        2**-8,
        0.2 * 2**-8,
    ),
)


def measured(case: PowerCase, runs: int, *, seed: int = 0) -> PowerRow:
    """Return how often a right prediction is refused, and one wrong by the tolerance accepted.

    Wrong is tried on both sides; the worse one counts.
    """
    centers = (case.truth, case.truth - case.tolerance, case.truth + case.tolerance)
    predictions = [PredictedNumber(center, case.tolerance) for center in centers]
    name = ("power", case.statistic, case.law, seed)
    sampler = make_sampler(case.check, {}, name=name, cancelled=never)
    held = [0, 0, 0]
    for _ in range(runs):
        for number, verdict in enumerate(_verdicts(case, sampler, predictions)):
            held[number] += verdict is Verdict.HOLDS
    return row_of(case.statistic, case.law, runs, refused=runs - held[0], accepted=max(held[1:]))


def row_of(statistic: str, law: str, runs: int, *, refused: int, accepted: int) -> PowerRow:
    """Make a row with its 95 % intervals."""
    between = [
        [float(f"{end(count, runs, 0.025):.3g}") for end in (least_share, greatest_share)]
        for count in (refused, accepted)
    ]
    return PowerRow(statistic, law, runs, refused, accepted, *between)


def _verdicts(
    case: PowerCase, sampler: Sampler, predictions: Iterable[PredictedNumber]
) -> Iterable[Verdict]:
    """Judge each prediction: by one sample, unless how much is drawn depends on what is said."""
    found = None
    for predicted in predictions:
        if found is None or case.is_share:
            found = draw_enough(sampler, predicted, case.tolerance)
        yield judge(found, predicted) if isinstance(found, Estimate) else Verdict.UNDECIDED


def joined(row: PowerRow, more: PowerRow) -> PowerRow:
    """Add up the runs of two rows of one law; of either the worse side counts."""
    return row_of(
        row.statistic,
        row.law,
        row.runs + more.runs,
        refused=row.refused + more.refused,
        accepted=row.accepted + more.accepted,
    )


def main() -> None:
    """Measure every row, or those whose law is named, and write the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.power_table", description=__doc__)
    parser.add_argument("laws", metavar="LAW", nargs="*")
    parser.add_argument("--add", type=int, metavar="RUNS")
    asked = parser.parse_args()
    kept = {(row.statistic, row.law): row for row in power_rows()} if TABLE_FILE.exists() else {}
    for case in CASES:
        if asked.laws and case.law not in asked.laws:
            continue
        row = kept.get((case.statistic, case.law))
        if asked.add is None or row is None:
            row = measured(case, FULL_RUNS)
        elif row.runs < FULL_RUNS:
            more = min(asked.add, FULL_RUNS - row.runs)
            row = joined(row, measured(case, more, seed=row.runs))
        kept[case.statistic, case.law] = row
        print(row, file=sys.stderr, flush=True)  # noqa: T201
    rows = [
        asdict(kept[case.statistic, case.law])
        for case in CASES
        if (case.statistic, case.law) in kept
    ]
    TABLE_FILE.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
