"""Places where a typed text has two readings: each is a choice.

A text is read once by the likelier side of every choice. A choice that was met is then tried the
other way round: where another value comes of it, the learner is asked.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class ReadingChoice(StrEnum):
    """A place with two readings, the likelier first."""

    COMMA = "1,000: grouped, or a decimal comma"
    GROUP = "1 100/200: a mixed number, or grouped"
    DOT = "2·5: a product, or a decimal point (0·5: the other way round)"
    POINT = "5.10^-3: a product, or a decimal point"
    E_POWER = "5*e-3: a power of ten, or Euler's number less 3 (5*e+3: the other way round)"
    E_RAISED = "5e^-3: Euler's number, or a power of ten"
    TEN = "5*10e-3: as written, or a power of ten"
    LOST_POWER = "5x10-3: a power of ten, or a difference"
    DIVISION = "1/2π: by the whole product, or by its first factor"
    ROOT = "√2π: of the first factor, or of the whole product"
    PERCENT = "10^-3%: the percent of the power, or of the exponent"
    RANGE = "0.4-0.6: a difference, or a range; (1,2): a decimal, or a range"
    FUNCTION = "ln 2/3: of the first number, or of the quotient"
    BASE = "log(8,2): to that base, or of a decimal (log(0,5): the other way round)"
    PER_QUOTIENT = "2/3%: the percent of the quotient, or of its divisor"
    REPEATED = "0.1(6): a product, or a digit that repeats"
    TEMPERATURE = "25 °C in kelvins: a temperature, or a difference"
    UNFINISHED = "2e: times Euler's number, or a power of ten that breaks off"
    E_BRACKET = "1e(-3): a power of ten, or a product with Euler's number"
    E_ALONE = "e-3: Euler's number less 3, or a power of ten without its 1"
    EXP_KEY = "5 exp -3: the exponential, or the power of ten of a calculator's key"
    RAISED_MINUS = "10⁻3: a power, or a difference"
    TEN_BRACKET = "5*10(-3): a power of ten, or a product"
    LOG_BASE = "log28: of the number, or to the base 2"
    MIXED = r"1\frac{1}{2}: a mixed number, or a product (1(1/2): the other way round)"
    DEGREES = "sin(30): of degrees, or of radians (sin(5): the other way round)"
    RADIANS = "π/6 where degrees are asked for: in radians, or in degrees"
    OF_HUNDRED = "1-40% where per cent are asked for: of the whole, or in per cent"


@dataclass(slots=True)
class Choices:
    """The sides that one reading takes, and the choices that it meets."""

    other: frozenset[ReadingChoice] = frozenset()
    met: dict[ReadingChoice, None] = field(default_factory=dict)

    def takes_other(self, choice: ReadingChoice) -> bool:
        """Note that a choice is met; return whether the unlikelier side is taken."""
        self.met[choice] = None
        return choice in self.other
