"""The experiments that a claim, an item or ``studytool simulate`` may name, written out by hand."""

from collections.abc import Mapping

from studytool.errors import NotFoundError
from studytool.numerics.activations import ACTIVATION_MOMENTS, DEAD_RELU
from studytool.numerics.deep_initialization import DEEP_INITIALIZATION
from studytool.numerics.dropout import DROPOUT_ENSEMBLE, DROPOUT_LAYER, DROPOUT_REGRESSION
from studytool.numerics.dropout_training import DROPOUT_GRADIENT, DROPOUT_STEP, DROPOUT_TRAINING
from studytool.numerics.experiment import Experiment
from studytool.numerics.init_training import (
    GRADIENT_SPREAD,
    INIT_FIT,
    ONE_VALUE_GRADIENT,
    SEED_SPREAD,
)
from studytool.numerics.initializers import DENSE_LAYER
from studytool.numerics.normalization import (
    BATCH_NORM_LAYER,
    BATCH_NORM_RUNNING,
    NORMALIZATION_CHANGE,
    NORMALIZATION_STATISTICS,
)
from studytool.numerics.normalization_depth import NORMALIZED_DEPTH, RESCALED_WEIGHTS
from studytool.numerics.normalization_training import (
    BATCH_DEPENDENCE,
    COVARIATE_SHIFT,
    NORMALIZED_TRAINING,
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
from studytool.numerics.propagation import DEEP_TRAINING, SIGNAL_DEPTH
from studytool.numerics.rate_range_training import RATE_RANGE_TRAINING, SHAPE_TRAINING
from studytool.numerics.relu_training import OFF_UNIT_TRAINING
from studytool.numerics.saturation import ACTIVATION_SLOPE, FROZEN_LAYER, SIGMOID_CALIBRATION
from studytool.numerics.schedules import (
    ANNEALED_DESCENT,
    COSINE_SCHEDULE,
    GRADIENT_ALIGNMENT,
    QUADRATIC_DESCENT,
    WARMUP_SCHEDULE,
    WARMUP_TRAINING,
)
from studytool.numerics.training import SYMMETRY
from studytool.numerics.zigzag import DESCENT_PATH, INPUT_DESCENT, ZIGZAG

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
        DROPOUT_REGRESSION,
        DROPOUT_STEP,
        DROPOUT_GRADIENT,
        DROPOUT_TRAINING,
        ACTIVATION_MOMENTS,
        DEAD_RELU,
        ZIGZAG,
        DESCENT_PATH,
        INPUT_DESCENT,
        SIGNAL_DEPTH,
        DEEP_TRAINING,
        ACTIVATION_SLOPE,
        FROZEN_LAYER,
        SIGMOID_CALIBRATION,
        DENSE_LAYER,
        DEEP_INITIALIZATION,
        RATE_RANGE_TRAINING,
        SHAPE_TRAINING,
        SYMMETRY,
        OFF_UNIT_TRAINING,
        ONE_VALUE_GRADIENT,
        INIT_FIT,
        SEED_SPREAD,
        GRADIENT_SPREAD,
        BATCH_NORM_LAYER,
        BATCH_NORM_RUNNING,
        NORMALIZATION_STATISTICS,
        NORMALIZATION_CHANGE,
        NORMALIZED_DEPTH,
        RESCALED_WEIGHTS,
        NORMALIZED_TRAINING,
        BATCH_DEPENDENCE,
        COVARIATE_SHIFT,
    )
}


def find_experiment(name: str) -> Experiment:
    """Return the experiment called ``name``.

    Raises:
        NotFoundError: there is none; names the nearest.
    """
    if name not in EXPERIMENTS:
        known = list(EXPERIMENTS)
        raise NotFoundError(
            "experiment", name, known, remedy="studytool simulate --list names them"
        )
    return EXPERIMENTS[name]
