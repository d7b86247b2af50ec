"""Estimates from replicates: a value, its standard error, and streaming moments behind both."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number from replicates, as in statistics; an exact value has standard error 0."""

    value: float
    standard_error: float
    replicates: int
