"""The laws that a check may draw from; a list of sizes at the end of a call makes it a draw."""

from collections.abc import Mapping

import numpy as np

from studytool.formula.kinds import Draw
from studytool.numerics.arrays import Array, Operand

DRAWS: Mapping[str, Draw] = {
    "normal": Draw(lambda rng, m, s, n: rng.normal(m, s, n), ("mean", "sd"), "normal draws"),
    "uniform": Draw(
        lambda rng, low, high, n: rng.uniform(low, high, n),
        ("low", "high"),
        "uniform draws",
        scratch=1,
    ),
    "bernoulli": Draw(
        lambda rng, p, n: (rng.random(n) < p).astype(np.float64),
        ("p",),
        "1 with probability p",
        scratch=2,
    ),
    "exponential": Draw(
        lambda rng, mean, n: rng.exponential(mean, n), ("mean",), "exponential draws"
    ),
    "choice": Draw(
        lambda rng, count, n: rng.integers(0, int(count), n).astype(np.float64),
        ("count",),
        "whole numbers 0 … count-1, evenly",
        scratch=1,
    ),
    "permutation": Draw(
        lambda rng, n: rng.permuted(
            np.broadcast_to(np.arange(n[-1], dtype=np.float64), n), axis=-1
        ),
        (),
        "0 … n-1 in random order along the last axis",
        scratch=1,
    ),
    "binomial": Draw(
        lambda rng, count, p, n: rng.binomial(_whole(count), p, n).astype(np.float64),
        ("count", "p"),
        "successes in count trials of probability p",
        200,
        scratch=2,
    ),
    "poisson": Draw(
        lambda rng, mean, n: rng.poisson(mean, n).astype(np.float64),
        ("mean",),
        "events where so many are expected",
        200,
        scratch=1,
    ),
    "geometric": Draw(
        lambda rng, p, n: rng.geometric(p, n).astype(np.float64),
        ("p",),
        "trials up to the first success, from 1",
        100,
        scratch=1,
    ),
    "gamma": Draw(
        lambda rng, k, scale, n: rng.gamma(k, scale, n),
        ("k", "scale"),
        "gamma draws, of mean k·scale",
        100,
    ),
}


def _whole(count: Operand) -> Operand:
    whole: Array = np.asarray(count).astype(np.int64)
    return whole
