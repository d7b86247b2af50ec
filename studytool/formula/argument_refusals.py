"""What the arguments of a function or a draw have to be, in both languages."""

from studytool.language import Phrase

_QUANTILE = Phrase(
    ko="{name}: p는 0과 1 사이에 있어야 합니다(0과 1은 제외).",
    en="{name}: p is not between 0 and 1",
)
_FREEDOM = Phrase(
    ko="{name}: df는 0.1 이상 1e6 이하여야 합니다.", en="{name}: df is not in [0.1, 1e6]"
)
_QUANTILE_OF_FREEDOM = Phrase(
    ko="{name}: p는 0과 1 사이(0과 1은 제외), df는 0.1 이상 1e6 이하여야 합니다.",
    en="{name}: p is not between 0 and 1, or df is not in [0.1, 1e6]",
)
_ARC = Phrase(ko="{name}: x는 -1 이상 1 이하여야 합니다.", en="{name}: x is not in [-1, 1]")
DOMAINS = {
    "arcsin": _ARC,
    "arccos": _ARC,
    "tan": Phrase(ko="{name}: 탄젠트가 없는 각입니다.", en="{name}: this angle has no tangent"),
    "factorial": Phrase(
        ko="{name}: n은 0 이상인 정수여야 합니다.", en="{name}: n is not a whole number ≥ 0"
    ),
    "comb": Phrase(
        ko="{name}: n과 k는 0 이상인 정수여야 합니다.",
        en="{name}: n or k is not a whole number ≥ 0",
    ),
    "round": Phrase(
        ko="{name}: digits는 -300 이상 300 이하인 정수여야 합니다.",
        en="{name}: digits is not a whole number from -300 to 300",
    ),
    "normal_quantile": _QUANTILE,
    "t_quantile": _QUANTILE_OF_FREEDOM,
    "chi2_quantile": _QUANTILE_OF_FREEDOM,
    "t_cdf": _FREEDOM,
    "chi2_cdf": _FREEDOM,
}
"""By the function that has no value there."""

PARAMETERS = {
    "normal": Phrase(ko="{name}: sd가 음수입니다.", en="{name}: sd is negative"),
    "uniform": Phrase(ko="{name}: low가 high보다 큽니다.", en="{name}: low is above high"),
    "bernoulli": Phrase(
        ko="{name}: p는 0 이상 1 이하여야 합니다.", en="{name}: p is not in [0, 1]"
    ),
    "exponential": Phrase(ko="{name}: mean이 음수입니다.", en="{name}: the mean is negative"),
    "choice": Phrase(
        ko="{name}: count는 1 이상인 정수여야 합니다.", en="{name}: count is not a whole number ≥ 1"
    ),
    "binomial": Phrase(
        ko="{name}: count는 0 이상 1e15 이하인 정수, p는 0 이상 1 이하여야 합니다.",
        en="{name}: count is not a whole number from 0 to 1e15, or p is not in [0, 1]",
    ),
    "poisson": Phrase(
        ko="{name}: mean은 0 이상 1e15 이하여야 합니다.", en="{name}: the mean is not in [0, 1e15]"
    ),
    "geometric": Phrase(
        ko="{name}: p는 1e-12 이상 1 이하여야 합니다.", en="{name}: p is not in [1e-12, 1]"
    ),
    "gamma": Phrase(
        ko="{name}: k는 0보다 크고 scale은 0 이상이어야 합니다.",
        en="{name}: k is not above 0, or scale is negative",
    ),
}
"""By the draw whose parameters are refused."""
