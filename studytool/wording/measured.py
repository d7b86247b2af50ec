"""What the figures of the evidence are of: the quantities of the experiments that were run."""

import re

from studytool.language import Language
from studytool.wording.experiment_words import quantity_name

_OF_EXPERIMENT = re.compile(r"[a-z0-9_/-]+(?:\(.*\))?\.([a-z0-9_]+)")
_LESS = " − "


def measured_name(quantity: str, language: Language) -> str:
    """Name what was measured, as evidence keeps it; empty of a formula and of an item's own names.

    >>> measured_name("dense_layer.weight_variance", "en")
    'weight variance'
    >>> measured_name("ridge_fit(lam=0.1).zeros − ridge_fit(lam=0.2).zeros", "ko")
    '0인 계수'
    >>> measured_name("mean(x**2)", "en")
    ''
    """
    found = [_OF_EXPERIMENT.fullmatch(one) for one in quantity.split(_LESS)]
    names = [quantity_name(one[1], language) for one in found if one]
    return _LESS.join(dict.fromkeys(names)) if len(names) == len(found) else ""
