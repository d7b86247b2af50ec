"""The registry, written by hand, of the experiments that claims, items and commands may name."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from studytool.errors import NotFoundError
from studytool.numerics.experiment import Experiment

_TOPICS: Mapping[str, tuple[str, ...]] = {
    "schedules": (
        "cosine_schedule",
        "warmup_schedule",
        "quadratic_descent",
        "warmup_training",
        "annealed_descent",
        "gradient_alignment",
    ),
    "penalties": ("l2_decay", "orthonormal_penalty", "kink_descent"),
    "penalty_balls": ("ball_projection", "constrained_fit", "ball_solution"),
    "ridge_paths": ("ridge_path", "ridge_direction", "ridge_steps"),
    "penalized_designs": (
        "ridge_fit",
        "lasso_fit",
        "elastic_net_fit",
        "collinear_designs",
        "feature_selection",
    ),
    "penalty_prediction": ("penalty_prediction",),
    "penalty_shapes": ("slope_jump", "rounded_kink", "turned_features", "diamond_vertices"),
    "lasso_descent": ("lasso_descent",),
    "lasso_solutions": ("lasso_edge", "augmented_lasso", "wide_fit"),
    "dropout": ("dropout_layer", "dropout_ensemble", "dropout_regression"),
    "dropout_step": ("dropout_step", "dropout_thinning", "dropout_gradient"),
    "dropout_training": ("dropout_training",),
    "activations": ("activation_moments", "dead_relu"),
    "zigzag": ("zigzag", "descent_path", "input_descent"),
    "propagation": ("signal_depth", "deep_training"),
    "saturation": ("activation_slope", "frozen_layer", "sigmoid_calibration"),
    "initializers": (
        "dense_layer",
        "unit_layer",
    ),
    "deep_initialization": ("deep_initialization",),
    "rate_range_training": ("rate_range_training", "shape_training"),
    "symmetry": ("symmetry",),
    "relu_training": ("off_unit_training",),
    "init_training": ("one_value_gradient", "init_fit", "seed_spread", "gradient_spread"),
    "normalization": (
        "batch_norm_layer",
        "batch_norm_running",
        "normalization_statistics",
    ),
    "normalization_change": ("normalization_change",),
    "normalization_depth": ("normalized_depth", "rescaled_weights"),
    "normalization_training": ("normalized_training", "batch_dependence", "covariate_shift"),
}
"""Each topic's module and its experiments; ``dense_layer`` is its constant ``DENSE_LAYER``."""
_MODULES = {name: module for module, names in _TOPICS.items() for name in names}


class _Registry(Mapping[str, Experiment[Any]]):
    """The experiments by name; a topic is imported when one of its experiments is asked for."""

    def __getitem__(self, name: str) -> Experiment[Any]:
        return _imported(_MODULES[name], name)

    def __contains__(self, name: object) -> bool:
        return name in _MODULES

    def __iter__(self) -> Iterator[str]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)


@cache
def _imported(module: str, name: str) -> Experiment[Any]:
    experiment = getattr(import_module(f"studytool.numerics.{module}"), name.upper())
    assert isinstance(experiment, Experiment)
    return experiment


EXPERIMENTS: Mapping[str, Experiment[Any]] = _Registry()


def find_experiment(name: str) -> Experiment[Any]:
    """Return the experiment called ``name``.

    Raises:
        NotFoundError: there is none; names the nearest.
    """
    if name not in EXPERIMENTS:
        known = list(EXPERIMENTS)
        raise NotFoundError("experiment", name, known)
    return EXPERIMENTS[name]
