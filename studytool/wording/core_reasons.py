"""Why nothing can notice some alterations of the core: a phrase for each reason."""

from collections.abc import Mapping

from studytool.language import Phrase

CORE_REASONS: Mapping[str, Phrase] = {
    "all-ones": Phrase(
        "아무것도 버리지 않는 마스크는 모두 1입니다", "a mask that drops nothing is all ones"
    ),
    "always-inside": Phrase(
        "시그모이드는 [0, 1] 밖으로 나가지 않습니다", "a sigmoid is never outside of [0, 1]"
    ),
    "any-ratio": Phrase(
        "아직 비가 없을 때는 어떤 비로 쌍을 늘어놓아도 됩니다",
        "any ratio will do to order pairs by, where there is none yet",
    ),
    "as-near-to-the-best": Phrase(
        "적합은 만분의 일 안에서 똑같이 최선에 가깝습니다",
        "fits are as near to the best, but for a ten-thousandth",
    ),
    "at-the-minimum": Phrase(
        "최소점에는 당기는 힘이 없어 방향은 반올림이 정합니다",
        "at the minimum there is no pull, whose direction is that of rounding",
    ),
    "before-the-next": Phrase(
        "가장 작은 것들은 다음 것보다도 앞에 있습니다",
        "the least of all are before the next one, too",
    ),
    "beyond-all": Phrase(
        "적분 구간은 부동소수점이 구별하는 범위를 이미 넘습니다",
        "the integral reaches beyond all that a float can tell",
    ),
    "biases-start-at-0": Phrase(
        "편향은 모양과 상관없이 0에서 시작합니다", "biases start at 0, whatever their shape"
    ),
    "cancels-in-a-quotient": Phrase(
        "몫의 위아래를 같은 수로 나눕니다",
        "both sides of a quotient are divided by the same number",
    ),
    "constant-has-no-slope": Phrase("상수의 기울기는 0입니다", "a constant has no slope"),
    "contour-chosen": Phrase(
        "그리는 등고선의 최솟값은 고르기 나름입니다", "the least contour that is drawn is a choice"
    ),
    "dropped-or-more-than-1": Phrase(
        "버리지 않은 유닛에는 1보다 큰 수를 곱합니다",
        "a unit that stays is multiplied by more than 1",
    ),
    "either-fraction": Phrase(
        "어느 쪽을 골라도 같은 몫으로 수렴합니다",
        "both sides of the choice converge to the same share",
    ),
    "ends-differ": Phrase(
        "두 끝의 거리는 부호가 달라 같을 수 없습니다",
        "the distances at both ends differ in sign, so that they are never equal",
    ),
    "factor-of-both": Phrase(
        "몫의 두 적분에 똑같이 곱해집니다", "it is a factor of both integrals of a quotient"
    ),
    "far-from-rounding": Phrase(
        "움직인 값은 반올림보다 훨씬 크게 움직입니다",
        "what moves, moves by far more than rounding",
    ),
    "faster-sweep": Phrase(
        "두 방법은 같은 걸음을 밟으며 하나가 더 빠를 뿐입니다",
        "both sweeps make the same steps; one is the faster",
    ),
    "halved-anyway": Phrase(
        "구간을 반으로 나누어 같은 수에 이릅니다", "the interval is halved to the same float"
    ),
    "halves-as-well": Phrase(
        "아래 끝보다 위라면 어디서 나누어도 됩니다", "any place above the lower end halves as well"
    ),
    "label-is-0-or-1": Phrase("이름표는 0이거나 1입니다", "a label is 0 or 1"),
    "labels-turned": Phrase(
        "이름표를 모두 뒤집으면 적합도 뒤집힙니다", "with every label turned the fit is, too"
    ),
    "larger-by-far": Phrase(
        "계수를 하나 더하는 특이값은 훨씬 큽니다", "what is a rank more is larger by far"
    ),
    "last-chance-is-1": Phrase(
        "한 걸음 더 가도 마지막 확률은 이미 1입니다",
        "one step more gives the last chance the 1 that it has",
    ),
    "loss-held-too": Phrase(
        "가중치를 묶은 곳에서는 손실도 묶이거나 모든 유닛이 꺼져 있습니다",
        "where a weight is held, the loss is held too, or every unit is off",
    ),
    "lower-share-alone": Phrase(
        "무한대에서는 아래쪽 확률만 묻습니다", "at infinity only the lower share is asked for"
    ),
    "masks-chosen": Phrase("마스크의 수는 고르기 나름입니다", "so many masks are a choice"),
    "memory-alone": Phrase(
        "묶음의 크기는 메모리를 얼마나 쓰는지만 정합니다",
        "the size of a batch decides how much memory is used, and nothing else",
    ),
    "met-sooner": Phrase("근은 그보다 적은 걸음에 구해집니다", "the root is met after fewer steps"),
    "never-exact": Phrase(
        "가중치가 정확히 0이나 1인 일은 없습니다", "no weight is ever exactly 0, or 1"
    ),
    "newton-anyway": Phrase(
        "뉴턴 방법은 걸음이 늘어도 같은 근에서 끝납니다",
        "Newton's steps end at the same root, after more of them",
    ),
    "no-division-by-0": Phrase(
        "0으로 나누는 것만 막으며, 그만큼 작은 다른 값은 없습니다",
        "it keeps a division by 0 away, and nothing else is so small",
    ),
    "no-median-between": Phrase(
        "시험에서 뽑는 어떤 중앙값도 두 값 사이에 오지 않습니다",
        "no median that a test can draw lies between the two",
    ),
    "no-sign": Phrase("정규 난수는 부호를 바꾸어도 분포가 같습니다", "a normal draw has no sign"),
    "no-slope-between": Phrase(
        "e^700과 e^701 사이의 기울기는 없습니다", "no slope is between e^700 and e^701"
    ),
    "not-read": Phrase("값이 없는 줄은 읽지 않습니다", "the rows of none are not read"),
    "odd-or-even": Phrase("둘 다 홀수이거나 둘 다 짝수입니다", "both are odd or both even"),
    "one-block-more": Phrase(
        "블록이 하나 많거나 적어도 뜻하는 바는 같습니다",
        "as many blocks, one more or less, say the same",
    ),
    "one-centred": Phrase(
        "곱의 합에서는 한쪽만 평균을 빼도 됩니다",
        "of a sum of products one factor that is centred is enough",
    ),
    "only-compared": Phrase(
        "예의 수가 같은 오차끼리 견주기만 합니다", "errors of as many examples are only compared"
    ),
    "only-counted": Phrase("평균의 개수만 읽습니다", "only how many means there are is read"),
    "outer-product": Phrase(
        "외적은 열과 행의 곱입니다", "an outer product is the product of a column and a row"
    ),
    "outside-the-picture": Phrase(
        "둘 다 그림 밖 멀리에 있습니다", "both lie far outside of the picture"
    ),
    "past-all-growth": Phrase(
        "경로가 끝나는 곳에서는 모든 계수가 이미 줄어듭니다",
        "where the path ends every coefficient shrinks already",
    ),
    "power-below-0": Phrase(
        "거듭제곱은 x가 0보다 크지 않을 때만 쓰입니다",
        "only where x is not above 0 is the power taken",
    ),
    "quadratically-nearer": Phrase(
        "마지막 걸음의 오차는 견주는 값의 제곱만큼 작습니다",
        "the last step is quadratically nearer than what it is measured by",
    ),
    "ratios-alone": Phrase(
        "비만 물으며, 비는 손실의 크기와 상관없습니다",
        "all that is asked for are ratios, which the size of the loss leaves as they are",
    ),
    "root-returned-before": Phrase(
        "근이면 앞에서 돌려주었고, 아니면 몫의 부호가 곱의 부호와 같습니다",
        "the root was returned before, and a quotient has the sign of the product",
    ),
    "same-for-each-class": Phrase(
        "어느 부류에서나 차이가 반올림만큼입니다", "in each class the gap is one of rounding"
    ),
    "same-in-inference": Phrase(
        "추론에서는 다른 샘플이 바뀌어도 출력이 같습니다",
        "in inference other examples change nothing of an output",
    ),
    "same-logarithm": Phrase(
        "1/2 근처에서는 log x와 log1p(−(1 − x))가 같습니다",
        "log x and log1p of −(1 − x) are the same about a half",
    ),
    "same-minimum": Phrase(
        "뉴턴 방법은 같은 최소점에서 끝납니다", "Newton's steps end at the same minimum"
    ),
    "same-peak": Phrase(
        "다르게 찾아도 같은 꼭대기에서 끝납니다", "another search ends at the same peak"
    ),
    "same-root": Phrase(
        "다르게 멈추어도 같은 근에서 끝납니다", "another way out ends at the same root"
    ),
    "set-anew": Phrase("첫 걸음이 새로 정합니다", "the first step sets it anew"),
    "shorter-step": Phrase(
        "걸음이 짧아도 같은 최소점에서 끝납니다", "a shorter step ends at the same minimum"
    ),
    "sign-of-a-quotient": Phrase(
        "몫의 부호는 곱의 부호와 같습니다", "a quotient has the sign of the product"
    ),
    "smaller-gap": Phrase(
        "필요한 것보다 작은 간격을 요구하지만 훑는 횟수는 같습니다",
        "it asks for a smaller gap than it must, within the same sweeps",
    ),
    "sums-of-the-other": Phrase(
        "한쪽이 비어 있으면 합은 어차피 다른 쪽의 것입니다",
        "with none the sums are those of the other anyway",
    ),
    "slope-not-told-from-0": Phrase(
        "그렇게 작은 기울기(10의 −304제곱)는 어디에서도 0과 다르게 쓰이지 않습니다",
        "so small a slope, of 1e-304, is nowhere told from 0",
    ),
    "unknown-size": Phrase(
        "NumPy는 음수인 크기를 모두 정해지지 않은 크기로 봅니다",
        "NumPy takes every negative size for the one that is unknown",
    ),
    "zero-sooner": Phrase(
        "같은 계수가 조금 먼저 0이 될 뿐입니다", "the same coefficients are 0 a little sooner"
    ),
    "zero-weights": Phrase(
        "가중치가 0이면 몇 개이든 결과는 0입니다", "weights of 0 give 0, however many there are"
    ),
    "logarithm-of-0": Phrase(
        "어느 수를 0의 로그로 삼을지는 고르기 나름입니다",
        "which number stands for the logarithm of 0 is a choice",
    ),
    "diverges-anyway": Phrase(
        "발산하는 것만 거기까지 가고, 거기서도 발산입니다",
        "only what diverges comes so far, and it diverges there as well",
    ),
    "as-near-as-rounding": Phrase(
        "어느 쪽이든 반올림만큼 가깝게 풉니다",
        "either solves it as nearly as rounding lets be seen",
    ),
    "beside-0": Phrase(
        "0의 바로 옆이면 어디서나 기울기가 같습니다",
        "right beside 0 the slope is the same everywhere",
    ),
    "enough-steps": Phrase(
        "그만큼 걸으면 한 걸음을 더해도 제자리입니다", "after so many steps one more leads nowhere"
    ),
    "examples-chosen": Phrase(
        "처음 보는 예의 수는 고르기 나름입니다", "how many fresh examples there are is a choice"
    ),
    "through-the-centre": Phrase(
        "타원은 중심에 대해 대칭입니다", "an ellipse is the same on either side of its centre"
    ),
    "any-start": Phrase(
        "어디서 시작해도 같은 해에서 끝납니다", "it ends at the same solution from anywhere"
    ),
    "never-grows": Phrase(
        "릿지의 노름은 페널티와 함께 커지는 일이 없습니다",
        "the norm of ridge grows nowhere as the penalty does",
    ),
    "own-transpose": Phrase(
        "평면의 고유벡터는 거울 행렬로 나와, 뒤집어도 같습니다",
        "eigenvectors in a plane come as a mirror, which is its own transpose",
    ),
    "never-crosses": Phrase(
        "골짜기를 내려가는 길은 0을 넘지 않습니다", "the way down a valley never crosses 0"
    ),
}
"""By the name of a reason in ``verification/core_reasons.json``, which lists its alterations."""
