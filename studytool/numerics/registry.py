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
from studytool.numerics.penalized_designs import (
    COLLINEAR_DESIGNS,
    ELASTIC_NET_FIT,
    FEATURE_SELECTION,
    LASSO_FIT,
    PENALTY_PREDICTION,
    RIDGE_FIT,
)
from studytool.numerics.penalties import (
    BALL_PROJECTION,
    CONSTRAINED_FIT,
    KINK_DESCENT,
    L2_DECAY,
    ORTHONORMAL_PENALTY,
    RIDGE_DIRECTION,
    RIDGE_PATH,
    RIDGE_STEPS,
)
from studytool.numerics.propagation import SIGNAL_DEPTH
from studytool.numerics.schedules import (
    ANNEALED_DESCENT,
    COSINE_SCHEDULE,
    GRADIENT_ALIGNMENT,
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
        ANNEALED_DESCENT,
        GRADIENT_ALIGNMENT,
        L2_DECAY,
        RIDGE_FIT,
        LASSO_FIT,
        ELASTIC_NET_FIT,
        COLLINEAR_DESIGNS,
        FEATURE_SELECTION,
        PENALTY_PREDICTION,
        ORTHONORMAL_PENALTY,
        BALL_PROJECTION,
        CONSTRAINED_FIT,
        RIDGE_PATH,
        RIDGE_DIRECTION,
        RIDGE_STEPS,
        KINK_DESCENT,
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
