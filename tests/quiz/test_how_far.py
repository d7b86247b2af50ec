"""How far a wrong number is said to be from its key; each row by hand."""

from studytool.language import Language
from studytool.quiz.how_far import how_far
from tests.rows import all_rows


@all_rows(
    ("answer", "key", "language", "said"),
    [
        (0.5, 0, "en", "That is above the key."),
        (-0.5, 0, "ko", "정답보다 작습니다."),
        (0.0, 3, "en", "The key is not 0."),
        # in per cent, of whole ones from 10 on
        (1.09, 1, "en", "That is about 9.0 % above the key."),
        (1.097, 1, "en", "That is about 10 % above the key."),
        (1.7, 1, "ko", "정답보다 약 70% 큽니다."),
        (-1.2, -1, "en", "In size that is about 20 % above the key."),
        (-0.7, 1, "en", "The sign is the other way round; the size is about right."),
        (1.0949, 1, "en", "That is about 9.5 % above the key."),  # 9.5 is not a tenth yet
        (0.905, 1, "en", "That is about 9.5 % below the key."),
        (0.899, 1, "en", "That is about 10 % below the key."),
        (0.8, -1, "en", "The sign is the other way round; the size is about right."),
        # where per cent end
        (0.59, 1, "en", "That is about 41 % below the key."),
        (1.74, 1, "en", "That is about 74 % above the key."),
        (
            -1.76,
            1,
            "en",
            "The sign is the other way round, and in size it is about 1.8 times the key.",
        ),
        (0.58, 1, "en", "That is about 0.58 times the key."),
        (1.75, 1, "en", "That is about 1.8 times the key."),
        # simple factors
        (-8, 2, "ko", "부호가 반대이고, 크기는 정답의 약 네 배입니다."),
        (2.059, 1, "en", "That is about twice the key."),  # three per cent beside it
        (2.061, 1, "en", "That is about 2.1 times the key."),
        (1.941, 1, "en", "That is about twice the key."),
        (1.939, 1, "en", "That is about 1.9 times the key."),
        (0.34, 1, "en", "That is about a third of the key."),
        (
            -0.25,
            1,
            "en",
            "The sign is the other way round, and in size it is about a quarter of the key.",
        ),
        (0.5, 1, "ko", "정답의 약 절반입니다."),
        (3, 1, "en", "That is about three times the key."),
        (0.1, 1, "en", "That is about 0.10 times the key."),
        (0.0999, 1, "en", "That is about 1/10 of the key."),
        (0.05, 1, "ko", "정답의 약 20분의 1입니다."),
        (299, 1, "en", "That is about 300 times the key."),
        (1 / 299, 1, "en", "That is about 1/300 of the key."),
        # where the order of magnitude says enough
        (-3e5, 1, "ko", "부호가 반대이고, 크기는 정답의 약 10⁵배(5자릿수 큼)입니다."),
        (
            1e300,
            1e-300,
            "en",
            "That is about 10⁶⁰⁰ times the key, 600 orders of magnitude too large.",
        ),
        (1 / 300, 1, "ko", "정답의 약 10⁻²배(2자릿수 작음)입니다."),
        (300, 1, "en", "That is about 10² times the key, 2 orders of magnitude too large."),
    ],
)
def test_how_far(answer: float, key: float, language: Language, said: str) -> None:
    assert how_far(answer, key, language) == said
