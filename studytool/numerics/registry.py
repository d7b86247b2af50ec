"""The experiments that a claim, an item or ``studytool simulate`` may name, written out by hand."""

from collections.abc import Mapping

from studytool.errors import NotFoundError
from studytool.numerics.activations import ACTIVATION_MOMENTS, DEAD_RELU
from studytool.numerics.dropout import DROPOUT_ENSEMBLE, DROPOUT_LAYER
from studytool.numerics.experiment import Experiment
from studytool.numerics.initializers import DENSE_LAYER
from studytool.numerics.normalization import (
    BATCH_NORM_LAYER,
    BATCH_NORM_RUNNING,
    NORMALIZATION_STATISTICS,
)
from studytool.numerics.penalties import (
    BALL_PROJECTION,
    ELASTIC_NET_FIT,
    L2_DECAY,
    LASSO_FIT,
    ORTHONORMAL_PENALTY,
    RIDGE_FIT,
)
from studytool.numerics.propagation import SIGNAL_DEPTH
from studytool.numerics.schedules import (
    COSINE_SCHEDULE,
    QUADRATIC_DESCENT,
    WARMUP_SCHEDULE,
    WARMUP_TRAINING,
)
from studytool.numerics.training import SYMMETRY, ZIGZAG

EXPERIMENTS: Mapping[str, Experiment] = {
    experiment.name: experiment
    for experiment in (
        COSINE_SCHEDULE,
        WARMUP_SCHEDULE,
        QUADRATIC_DESCENT,
        WARMUP_TRAINING,
        L2_DECAY,
        RIDGE_FIT,
        LASSO_FIT,
        ELASTIC_NET_FIT,
        ORTHONORMAL_PENALTY,
        BALL_PROJECTION,
        DROPOUT_LAYER,
        DROPOUT_ENSEMBLE,
        ACTIVATION_MOMENTS,
        DEAD_RELU,
        ZIGZAG,
        SIGNAL_DEPTH,
        DENSE_LAYER,
        SYMMETRY,
        BATCH_NORM_LAYER,
        BATCH_NORM_RUNNING,
        NORMALIZATION_STATISTICS,
    )
}


def find_experiment(name: str) -> Experiment:
    """Give the experiment called ``name``.

    Raises:
        NotFoundError: there is none; names the nearest.
    """
    if name not in EXPERIMENTS:
        known = list(EXPERIMENTS)
        raise NotFoundError(
            "experiment", name, known, remedy="studytool simulate --list names them"
        )
    return EXPERIMENTS[name]
