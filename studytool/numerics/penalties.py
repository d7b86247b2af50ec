"""Penalties on one coefficient: their optimum, decay and descent.

Penalties count as in :mod:`studytool.numerics.least_squares`: l1·|w| + (l2/2)·w².
"""

from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np

from studytool.numerics.arrays import Array
from studytool.numerics.closed_forms import elastic_net_threshold, soft_threshold
from studytool.numerics.estimate import Estimator
from studytool.numerics.experiment import Experiment, Quantity, Range
from studytool.numerics.streams import Rng


@dataclass(frozen=True, slots=True)
class OrthonormalPenalty:
    """Parameters of ``orthonormal_penalty``."""

    z: Annotated[float, Range(-1e3, 1e3), "least-squares coefficient"] = 1.5
    l1: Annotated[float, Range(0.0, 1e3), "weight of the L1 penalty"] = 0.5
    l2: Annotated[float, Range(0.0, 1e3), "weight of the L2 penalty"] = 0.0


def _orthonormal(_rng: Rng, _n: int, p: OrthonormalPenalty) -> dict[str, Array]:
    """Minimise (w − z)²/2 + l1·|w| + l2·w²/2 by proximal gradient steps from 0."""
    z, l1, l2 = p.z, p.l1, p.l2
    w, step = 0.0, 0.5 / (1.0 + l2)
    for _ in range(200):
        moved = w - step * ((w - z) + l2 * w)
        w = max(abs(moved) - step * l1, 0.0) * (1.0 if moved > 0 else -1.0)
    pull = l1 * abs(w)
    loss = np.square(w - z) / 2.0
    return {
        "coefficient": np.array([w]),
        "rescaled": np.array([(1.0 + l2) * w]),
        "l1_share": np.array([pull / (loss + pull) if loss + pull else 0.0]),
    }


def _l1_share(p: OrthonormalPenalty) -> float:
    """Return λ(|z|−λ)/(λ²/2 + λ(|z|−λ)), for |z| > λ > 0 and no L2 penalty."""
    lam, left = p.l1, abs(p.z) - p.l1
    applies = lam > 0 and left > 0 and p.l2 == 0
    return lam * left / (lam**2 / 2 + lam * left) if applies else float("nan")


ORTHONORMAL_PENALTY = Experiment[OrthonormalPenalty](
    name="orthonormal_penalty",
    doc="one coefficient of an orthonormal design, by 200 proximal gradient steps",
    parameter_type=OrthonormalPenalty,
    quantities=(
        Quantity(
            "coefficient",
            "the penalised coefficient",
            Estimator.EXACT,
            lambda p: float(elastic_net_threshold(p.z, p.l1, p.l2)),
        ),
        Quantity(
            "rescaled",
            "the coefficient times 1 + l2, Zou and Hastie's elastic net",
            Estimator.EXACT,
            lambda p: float(soft_threshold(p.z, p.l1)),
        ),
        Quantity("l1_share", "the L1 term's share of loss and L1 term", Estimator.EXACT, _l1_share),
    ),
    simulate=_orthonormal,
    elements=lambda _: 1.0,
    source="Zou & Hastie 2005, sections 2.2 and 3.2; steps: Daubechies et al. 2004",
)


@dataclass(frozen=True, slots=True)
class L2Decay:
    """Parameters of ``l2_decay``."""

    start: Annotated[float, Range(-1e3, 1e3), "first weight"] = 2.0
    lr: Annotated[float, Range(1e-6, 10), "learning rate"] = 0.1
    lam: Annotated[float, Range(0.0, 1e3), "weight of the penalty"] = 0.05
    steps: Annotated[int, Range(1, 100_000), "steps"] = 50


def _decay(_rng: Rng, _n: int, p: L2Decay) -> dict[str, Array]:
    """Descend by the slope of the penalty itself, differentiated by a complex step of 10⁻²⁰."""
    w = p.start
    for _ in range(p.steps):
        at = complex(w, 1e-20)
        w -= p.lr * (p.lam / 2 * at * at).imag / 1e-20
    return {"weight": np.array([w])}


L2_DECAY = Experiment[L2Decay](
    name="l2_decay",
    doc="gradient descent on (lam/2)·w² alone, step by step",
    parameter_type=L2Decay,
    quantities=(
        Quantity(
            "weight",
            "the weight after the steps",
            Estimator.EXACT,
            lambda p: p.start * (1 - p.lr * p.lam) ** p.steps,
        ),
    ),
    simulate=_decay,
    elements=lambda _: 1.0,
    source="Goodfellow et al. 2016, Deep Learning, eq. 7.5",
)


@dataclass(frozen=True, slots=True)
class KinkDescent:
    """Parameters of ``kink_descent``."""

    method: Annotated[Literal["slope", "proximal"], "the step"] = "slope"
    lr: Annotated[float, Range(1e-4, 1.0), "learning rate"] = 0.3
    lam: Annotated[float, Range(1e-3, 1.0), "weight of the penalty"] = 0.7
    steps: Annotated[int, Range(1, 100_000), "steps"] = 4000


def _kink(_rng: Rng, _n: int, p: KinkDescent) -> dict[str, Array]:
    """Step down lam·|w| from 1 by its slope, or by the proximal step; watch for changes of sign.

    A weight that lands on 0 stays there, by its slope as well: sign(0) = 0. It does so where
    lr·lam is 1/k and no rounding comes between.
    """
    w, step, before, crossings = 1.0, p.lr * p.lam, 1.0, 0
    for _ in range(p.steps):
        before = w
        w = w - step * float(np.sign(w)) if p.method == "slope" else max(w - step, 0.0)
        crossings += w * before < 0
    swing = abs(w - before) if w * before < 0 else 0.0
    return {"swing": np.array([swing]), "crossings": np.array([float(crossings)])}


KINK_DESCENT = Experiment[KinkDescent](
    name="kink_descent",
    doc="descent on an L1 penalty alone: by its slope, or by the proximal step",
    parameter_type=KinkDescent,
    quantities=(
        Quantity(
            "swing",
            "how far the last step carried the weight across 0; 0 where it did not cross",
            Estimator.EXACT,
        ),
        Quantity("crossings", "steps that carried the weight across 0", Estimator.EXACT),
    ),
    simulate=_kink,
    elements=lambda _: 1.0,
    source="Beck & Teboulle 2009, SIAM J. Imaging Sciences 2(1), section 1",
)
