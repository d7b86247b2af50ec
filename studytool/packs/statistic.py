"""The statistics of a sample."""

from enum import StrEnum


class Statistic(StrEnum):
    """What of the sampled values estimates the claimed number."""

    MEAN = "mean"
    VARIANCE = "variance"
    STD = "std"
    MEDIAN = "median"
    RATIO = "ratio"
