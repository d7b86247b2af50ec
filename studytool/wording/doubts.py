"""The words for what keeps a sample from giving an interval, and what to ask instead."""

from collections.abc import Mapping

from studytool.language import Phrase
from studytool.numerics.estimate import Doubt

DOUBTS: Mapping[Doubt, Phrase] = {
    Doubt.RARE_DRAWS: Phrase(
        ko="드물게 나오는 큰 값이 평균을 정합니다. 중앙값이나 로그를 물으세요.",
        en="the mean is carried by rare draws; ask for a median or a logarithm",
    ),
    Doubt.WIDE_RANGE: Phrase(
        ko="값의 범위가 넓어서 이만큼 뽑아도 드문 큰 값이 안 나왔을 수 있습니다. "
        "몫이나 중앙값을 물으세요.",
        en="the range leaves room for rare values that so few draws need not show; "
        "ask for a share or a median",
    ),
    Doubt.NO_SPREAD: Phrase(
        ko="뽑을 때마다 같은 값입니다. 변하지 않는 표본은 표본이 아닙니다. "
        "계산으로 정해지는 값으로 물으세요.",
        en="every draw is the same: a sample that never varies is no sample; "
        "ask for it as a computed number",
    ),
    Doubt.TIES: Phrase(
        ko="중앙값과 같은 값이 여럿 나옵니다. 이산 분포의 중앙값은 쓸 수 없으니 몫을 물으세요.",
        en="several draws tie at the median: no median of a discrete law; ask for a share",
    ),
    Doubt.OVER_ZERO: Phrase(
        ko="나누는 값의 평균이 0일 수 있어 비가 정해지지 않습니다. 차를 묻거나, "
        "평균이 0에서 먼 값으로 나누세요.",
        en="the mean that it is over may be 0, and then there is no ratio; "
        "ask for a difference, or take it over what is far from 0",
    ),
    Doubt.FEW_DRAWS: Phrase(
        ko="구간을 정하기에는 너무 적게 뽑았습니다. 더 많이 되풀이하세요.",
        en="too few draws for an interval; take more replicates",
    ),
    Doubt.SCATTER: Phrase(
        ko="뽑은 값을 묶음으로 나누어 본 흩어짐이 표준 오차와 맞지 않습니다. "
        "표준 오차가 잘못 계산되었으니 이 프로그램의 오류로 알려 주세요.",
        en="blocks of the draws scatter otherwise than the standard error says: it is computed "
        "wrongly; report it as a fault of this program",
    ),
}
