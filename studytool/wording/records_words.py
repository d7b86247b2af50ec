"""Texts of the learner's records."""

from dataclasses import dataclass

from studytool.language import Language, Phrase

GLANCE = Phrase(ko="한눈에 보기", en="At a glance")
TOTAL = Phrase(ko="복습 {reviews:,}회, 모두 {time}", en="reviews: {reviews:,} · {time} in all")
STREAK = Phrase(
    ko="공부한 날 {days:,}일 · 지금 연속 {streak}일 · 가장 길었던 연속 {longest}일",
    en="days studied: {days:,} · in a row now: {streak} · longest run: {longest}",
)
TIME = Phrase(
    ko="오늘 {today} · 공부한 날 평균 {studied}", en="today {today} · per study day {studied}"
)
TIME_BEFORE = Phrase(
    ko="오늘 {today} · 공부한 날 평균 {studied} · 최근 30일 동안 {recent}",
    en="today {today} · per study day {studied} · {recent} in the last 30 days",
)
"""Of a learner who began before them; for others they are all the time, which stands above."""

LAST_DAYS = Phrase(ko="최근 30일", en="The last 30 days")
REVIEWS = Phrase(ko="복습", en="reviews")
MINUTES = Phrase(ko="시간", en="time")
MOST_REVIEWS = Phrase(ko="최대 {n:,.0f}회", en="max {n:,.0f}")
MOST_MINUTES = Phrase(ko="최대 {n:,.0f}분", en="max {n:,.0f} min")

RETENTION = Phrase(ko="기억률", en="Retention")
ABOUT_RETENTION = Phrase(
    ko="익힌 문항을 다시 물었을 때 떠올린 비율입니다. 괄호는 95% 구간, 곧 참값이 있을 만한 범위입니다.",
    en="How often an item learned before was recalled when it came up again. In brackets: the 95% "
    "range, where the true share most likely lies.",
)
RECENT = Phrase(ko="최근 30일", en="last 30 days")
EVER = Phrase(ko="전체", en="ever")
TARGET = Phrase(ko="목표", en="target")
SHARE = Phrase(ko="{share:6.1%} ({range}) {n:,}회", en="{share:6.1%} ({range}), {n:,} reviews")
ON_TARGET = Phrase(
    ko="최근 기억률은 목표와 어긋나지 않습니다.", en="The last 30 days agree with the target."
)
BELOW = Phrase(
    ko="최근에는 목표보다 덜 기억했습니다. 복습이 늦었거나 간격이 깁니다.",
    en="Below the target: reviews came late, or the intervals are too long.",
)
ABOVE = Phrase(
    ko="최근에는 목표보다 더 기억했습니다. 복습을 줄일 여지가 있습니다.",
    en="Above the target: there is room for fewer reviews.",
)
NOT_YET_DUE = Phrase(
    ko="아직 없습니다. 익힌 문항을 복습할 날이 오면 나옵니다.",
    en="Nothing yet: this appears when items that you have learned come up for review.",
)
ONLY_TARGET = Phrase(ko="목표 {target:.0%}", en="target {target:.0%}")


BRIER = Phrase(
    ko="Brier 점수 {brier:.4f} (0이 가장 좋고, 늘 50%라면 0.25)",
    en="Brier score {brier:.4f} (0 is best; always 50% gives 0.25)",
)
LOG_LOSS = Phrase(
    ko="로그 손실 {loss:.4f} (0이 가장 좋고, 늘 50%라면 0.69)",
    en="log loss {loss:.4f} (0 is best; always 50% gives 0.69)",
)


@dataclass(frozen=True, slots=True)
class Chance:
    """A chance that was stated before the outcome: how it and its calibration are called.

    Attributes:
        scores: of its calibration; the log loss is none for a learner who says 100%, since one
            error then outweighs all else.
    """

    title: Phrase
    about: Phrase
    name: Phrase
    scores: tuple[Phrase, ...]


RECALL = Chance(
    title=Phrase(ko="예측한 기억 확률과 실제", en="Predicted and actual recall"),
    about=Phrase(
        ko="미리 예측한 기억 확률과 실제로 떠올린 비율입니다. 둘이 가까울수록 복습 날짜가 잘 "
        "정해집니다. 그림: ● 실제, ├─┤ 95% 구간, │ 예측, ◆ 겹침.",
        en="The chance of recall predicted beforehand, and what happened: the closer they are, "
        "the better timed the reviews. Picture: ● actual, ├─┤ its 95% range, │ predicted, ◆ both.",
    ),
    name=Phrase(ko="예측", en="predicted"),
    scores=(BRIER, LOG_LOSS),
)
CONFIDENCE = Chance(
    title=Phrase(ko="확신과 실제 정답률", en="Stated confidence and actual results"),
    about=Phrase(
        ko="답을 보기 전에 고른 확신과 실제로 맞은 비율입니다. 확신이 실제보다 높으면 과신입니다. "
        "그림: ● 실제, ├─┤ 95% 구간, │ 확신, ◆ 겹침.",
        en="How sure you said you were, and how often you were right: a confidence above that is "
        "overconfidence. Picture: ● right, ├─┤ its 95% range, │ stated, ◆ both.",
    ),
    name=Phrase(ko="확신", en="stated"),
    scores=(BRIER,),
)
TRUE = Phrase(ko="실제", en="actual")
RANGE = Phrase(ko="95% 구간", en="range")
TIMES = Phrase(ko="횟수", en="reviews")
CONCEPTS = Phrase(ko="개념, 덜 기억한 것부터", en="Concepts, the least recalled first")
ABOUT_CONCEPTS = Phrase(
    ko="기억: ‘다시’가 아닌 평가의 비율. 정답: 맞게 답한 비율.",
    en="recall: not rated ‘again’; right: answered correctly.",
)
RECALLED = Phrase(ko="기억", en="recall")
RIGHT = Phrase(ko="정답", en="right")
ITEMS = Phrase(ko="가장 어려운 문항", en="The hardest items")
ABOUT_ITEMS = Phrase(
    ko="떠올린 비율과 복습 횟수입니다. 잘 잊는 것이 확실한 문항부터 나옵니다.",
    en="Share recalled and number of reviews; the most surely forgotten first.",
)
OF_TIMES = Phrase(ko="{n:,}회", en="of {n:,}")
ALIVE = Phrase(ko="아직 남은 오개념", en="Remaining misconceptions")
ABOUT_ALIVE = Phrase(
    ko="이렇게 틀린 뒤로 아직 맞게 답하지 못한 문항입니다.",
    en="Answered wrongly in this way, and not correctly since.",
)
SHOWN = Phrase(ko="({times}회)", en="(×{times})")

NOTHING = Phrase(ko="아직 복습이 없습니다.", en="There are no reviews yet.")
BEGIN = Phrase(
    ko="처음 화면에서 Enter를 눌러 시작하면 여기에 이런 것이 나옵니다.",
    en="Press Enter on the home screen to begin; then you will find here:",
)
WILL_HOLD = Phrase(
    ko="얼마나 자주, 얼마나 오래 공부했는지\n"
    "익힌 것을 목표만큼 기억하고 있는지\n"
    "예측한 기억 확률과 고른 확신이 실제와 맞는지\n"
    "덜 기억하는 개념, 가장 어려운 문항, 아직 남은 오개념",
    en="how often and how long you studied\n"
    "whether you recall what you learned as well as you aim to\n"
    "whether predicted recall and stated confidence match what happens\n"
    "the concepts you recall least, the hardest items, remaining misconceptions",
)

_SLIPS = {
    "slip:sign": Phrase(ko="부호를 거꾸로 썼습니다.", en="The sign was the other way round."),
    "slip:percent": Phrase(
        ko="백분율을 그대로 썼습니다.", en="A percentage was given for a fraction."
    ),
    "slip:power-of-ten": Phrase(
        ko="소수점 자리가 어긋났습니다.", en="It was off by a power of ten."
    ),
    "slip:reciprocal": Phrase(ko="역수를 답했습니다.", en="The reciprocal was given."),
    "slip:square": Phrase(ko="제곱한 값을 답했습니다.", en="The square was given."),
    "slip:degrees": Phrase(
        ko="각을 라디안이 아니라 도(°)로 계산했습니다.", en="An angle was taken in degrees."
    ),
    "slip:square-root": Phrase(ko="제곱근을 답했습니다.", en="The square root was given."),
}


_UNNAMED = Phrase(ko="이제 꾸러미에 없는 오개념: {id}", en="No longer in a pack: {id}")


def name_slip(misconception: str, language: Language) -> str:
    """Name a slip that any number can have; of anything else say that no pack speaks of it."""
    return _SLIPS.get(misconception, _UNNAMED).text(language, id=misconception)


def write_minutes(minutes: float, language: Language) -> str:
    """Write a time briefly.

    >>> write_minutes(0.5, "en"), write_minutes(12.4, "ko"), write_minutes(125, "en")
    ('0.5 min', '12분', '2 h 5 min')
    """
    if minutes < _MANY_MINUTES:
        decimals = 1 if _A_MOMENT <= minutes < _FEW_MINUTES else 0
        return _MINUTES.text(language, n=f"{minutes:.{decimals}f}")
    hours, rest = divmod(round(minutes), 60)
    return _HOURS.text(language, hours=hours, n=rest)


_A_MOMENT, _FEW_MINUTES, _MANY_MINUTES = 0.05, 9.95, 99.5
_MINUTES = Phrase(ko="{n}분", en="{n} min")
_HOURS = Phrase(ko="{hours:,}시간 {n}분", en="{hours:,} h {n} min")
