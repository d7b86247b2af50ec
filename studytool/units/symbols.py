"""The units that are known, by symbol and by name, and their prefixes.

Values are those of the SI brochure (9th edition, 2019), and of CODATA 2018 for u.
"""

import math
from dataclasses import dataclass
from fractions import Fraction

from studytool.units.dimension import NUMBER, Dimension


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """One symbol's worth of a quantity.

    Attributes:
        dimension: what it measures.
        scale: how many base units it is; a float only where π is in it.
        offset: what 0 of it is in base units, for a scale of temperature.
        takes_prefixes: it can be a kilo- or a milli- one.
    """

    dimension: Dimension
    scale: Fraction | float = Fraction(1)
    offset: Fraction = Fraction(0)
    takes_prefixes: bool = False


PREFIXES = {
    "Y": 24, "Z": 21, "E": 18, "P": 15, "T": 12, "G": 9, "M": 6, "k": 3, "h": 2, "da": 1,
    "d": -1, "c": -2, "m": -3, "µ": -6, "u": -6, "n": -9, "p": -12, "f": -15, "a": -18,
    "z": -21, "y": -24,
}  # fmt: skip
"""The power of ten of each prefix; ``u`` is how µ is typed."""

PREFIX_NAMES = {
    "tera": 12, "giga": 9, "mega": 6, "kilo": 3, "hecto": 2, "deci": -1, "centi": -2,
    "milli": -3, "micro": -6, "nano": -9, "pico": -12, "femto": -15,
    "테라": 12, "기가": 9, "메가": 6, "킬로": 3, "헥토": 2, "데시": -1, "센티": -2,
    "밀리": -3, "마이크로": -6, "나노": -9, "피코": -12, "펨토": -15,
}  # fmt: skip

_LENGTH, _MASS, _TIME = Dimension.of(m=1), Dimension.of(kg=1), Dimension.of(s=1)
_ENERGY, _POWER = Dimension.of(kg=1, m=2, s=-2), Dimension.of(kg=1, m=2, s=-3)
_PRESSURE, _CHARGE = Dimension.of(kg=1, m=-1, s=-2), Dimension.of(A=1, s=1)
_RATE, _TEMPERATURE, _ANGLE = Dimension.of(s=-1), Dimension.of(K=1), Dimension.of(rad=1)
_VISCOSITY = Dimension.of(kg=1, m=-1, s=-1)
_VOLUME, _DOSE = Dimension.of(m=3), Dimension.of(m=2, s=-2)


def _si(dimension: Dimension, scale: Fraction | float = Fraction(1)) -> KnownUnit:
    return KnownUnit(dimension, scale, takes_prefixes=True)


def _bare(dimension: Dimension, scale: Fraction | float | int | str = 1) -> KnownUnit:
    return KnownUnit(dimension, scale if isinstance(scale, float) else Fraction(scale))


SYMBOLS: dict[str, KnownUnit] = {
    # --- SI: base units and those derived from them --------------------------------------------
    "m": _si(_LENGTH), "g": _si(_MASS, Fraction(1, 1000)), "s": _si(_TIME),
    "A": _si(Dimension.of(A=1)), "K": _si(_TEMPERATURE), "mol": _si(Dimension.of(mol=1)),
    "cd": _si(Dimension.of(cd=1)), "lm": _si(Dimension.of(cd=1, rad=2)),
    "lx": _si(Dimension.of(cd=1, rad=2, m=-2)), "rad": _si(_ANGLE), "sr": _bare(Dimension.of(rad=2)),
    "Hz": _si(_RATE), "Bq": _si(_RATE), "N": _si(Dimension.of(kg=1, m=1, s=-2)),
    "Pa": _si(_PRESSURE), "J": _si(_ENERGY), "W": _si(_POWER), "C": _si(_CHARGE),
    "V": _si(Dimension.of(kg=1, m=2, s=-3, A=-1)),
    "F": _si(Dimension.of(kg=-1, m=-2, s=4, A=2)),
    "Ω": _si(Dimension.of(kg=1, m=2, s=-3, A=-2)),
    "ohm": _si(Dimension.of(kg=1, m=2, s=-3, A=-2)),
    "S": _si(Dimension.of(kg=-1, m=-2, s=3, A=2)),
    "Wb": _si(Dimension.of(kg=1, m=2, s=-2, A=-1)),
    "T": _si(Dimension.of(kg=1, s=-2, A=-1)),
    "H": _si(Dimension.of(kg=1, m=2, s=-2, A=-2)),
    "Gy": _si(_DOSE), "Sv": _si(_DOSE), "kat": _si(Dimension.of(mol=1, s=-1)),
    # --- beside the SI -------------------------------------------------------------------------
    "min": _bare(_TIME, 60), "h": _bare(_TIME, 3600), "d": _bare(_TIME, 86400),
    "yr": _bare(_TIME, Fraction("365.25") * 86400),
    "L": _si(_VOLUME, Fraction(1, 1000)), "l": _si(_VOLUME, Fraction(1, 1000)),
    "cc": _bare(_VOLUME, "1e-6"),
    "t": _bare(_MASS, 1000), "ha": _bare(Dimension.of(m=2), 10**4),
    "eV": _si(_ENERGY, Fraction("1.602176634e-19")),
    "e": _bare(_CHARGE, "1.602176634e-19"),
    "u": _bare(_MASS, "1.66053906660e-27"), "Da": _bare(_MASS, "1.66053906660e-27"),
    "bar": _si(_PRESSURE, Fraction(10**5)), "atm": _bare(_PRESSURE, 101325),
    "mmHg": _bare(_PRESSURE, "133.322387415"),
    "cal": _si(_ENERGY, Fraction("4.184")), "Cal": _bare(_ENERGY, 4184), "Wh": _si(_ENERGY, Fraction(3600)),
    "Nm": _si(_ENERGY), "Ah": _si(_CHARGE, Fraction(3600)), "Pas": _si(_VISCOSITY),
    "M": _si(Dimension.of(mol=1, m=-3), Fraction(1000)),
    "Å": _bare(_LENGTH, "1e-10"), "au": _bare(_LENGTH, 149597870700),
    "ly": _bare(_LENGTH, 9460730472580800),
    "pc": _si(_LENGTH, 149597870700 * 648000 / math.pi),
    "mi": _bare(_LENGTH, "1609.344"), "ft": _bare(_LENGTH, "0.3048"),
    "yd": _bare(_LENGTH, "0.9144"), "lb": _bare(_MASS, "0.45359237"),
    **dict.fromkeys(("kph", "kmh", "kmph"), _bare(Dimension.of(m=1, s=-1), Fraction(5, 18))),
    "mph": _bare(Dimension.of(m=1, s=-1), "0.44704"),
    "°": _bare(_ANGLE, math.pi / 180), "dB": _bare(Dimension.of(dB=1)),
    "°C": KnownUnit(_TEMPERATURE, offset=Fraction("273.15")),
    "°F": KnownUnit(_TEMPERATURE, Fraction(5, 9), Fraction("459.67") * 5 / 9),
    "Δ°C": _bare(_TEMPERATURE),
    "ΔK": _bare(_TEMPERATURE),
    "bit": _si(Dimension.of(bit=1)), "b": _si(Dimension.of(bit=1)), "B": _si(Dimension.of(bit=1), Fraction(8)),
    # --- parts of a number ---------------------------------------------------------------------
    "%": _bare(NUMBER, "0.01"), "‰": _bare(NUMBER, "0.001"), "ppm": _bare(NUMBER, "1e-6"),
    "ppb": _bare(NUMBER, "1e-9"), "FLOP": _si(NUMBER), "FLOPS": _si(_RATE),
    "1": _bare(NUMBER),
}  # fmt: skip
"""Every symbol; capital and small letters differ."""

NAMES: dict[str, str] = {
    "meter": "m", "metre": "m", "gram": "g", "second": "s", "sec": "s", "minute": "min",
    "hour": "h", "hr": "h", "day": "d", "year": "yr", "liter": "L", "litre": "L", "amp": "A",
    "ampere": "A", "kelvin": "K", "mole": "mol", "hertz": "Hz", "newton": "N", "pascal": "Pa",
    "joule": "J", "watt": "W", "coulomb": "C", "volt": "V", "farad": "F", "ohm": "Ω",
    "tesla": "T", "henry": "H", "degree": "°", "deg": "°", "radian": "rad", "byte": "B",
    "mile": "mi", "foot": "ft", "feet": "ft", "yard": "yd", "pound": "lb", "마일": "mi", "피트": "ft",
    "percent": "%", "permille": "‰", "celsius": "°C", "degc": "°C", "fahrenheit": "°F", "tonne": "t", "ton": "t", "톤": "t", "calorie": "cal",
    "미터": "m", "그램": "g", "초": "s", "분": "min", "시간": "h", "일": "d", "년": "yr",
    "리터": "L", "암페어": "A", "켈빈": "K", "몰": "mol", "헤르츠": "Hz", "뉴턴": "N",
    "파스칼": "Pa", "줄": "J", "와트": "W", "쿨롱": "C", "볼트": "V", "패럿": "F", "옴": "Ω",
    "테슬라": "T", "헨리": "H", "도": "°", "라디안": "rad", "바이트": "B", "비트": "bit",
    "퍼센트": "%", "프로": "%", "퍼밀": "‰", "칼로리": "cal",
}  # fmt: skip
"""Names of units; English ones in any case, and with an s."""

COUNTERS = frozenset((
    "개", "명", "번", "회", "층", "대", "장", "권", "마리", "쌍", "배", "가지", "자리", "차원",
    "점", "건", "줄기", "칸", "그루", "통", "잔", "사람", "걸음", "단계", "세대", "item",
    "people", "person", "time", "layer", "sample", "step", "epoch", "parameter", "weight",
    "neuron", "node", "example", "image", "token", "word", "point", "piece", "pair", "dimension",
    "trial", "draw", "event", "head", "channel", "feature", "ea", "thing", "class", "vertex",
))  # fmt: skip
"""Words that count things: plain numbers. Any other is written in quotes in a pack."""
