"""What each key of an item means."""

from studytool.help.pack_key_words import FIGURES_WORDS, ID_WORDS, SOURCE_WORDS
from studytool.language import Phrase
from studytool.packs.answer_key import AnswerKey, Misconception, StatedPrecision, StatedTolerance
from studytool.packs.choices import Because, Choice, Option
from studytool.packs.clozes import Cloze, NumberBlank, WordBlank
from studytool.packs.item_fields import ItemFields, ItemTest
from studytool.packs.items import Card, Numeric
from studytool.packs.model import Model
from studytool.packs.orderings import Order, Thing
from studytool.packs.predictions import (
    EstimateKey,
    LinearAxis,
    LogAxis,
    Prediction,
    PredictionOutcome,
    WithinDistance,
    WithinFactor,
)

_PROMPT = Phrase("묻는 글", "the question")
_SAY_BLANK = Phrase("틀리게 채운 사람에게 하는 말", "feedback where it is filled wrongly")
_SHUFFLED = Phrase("shuffled 또는 fixed", "shuffled or fixed")
_PIN = Phrase("first나 last: 제자리를 지킴", "first or last: it keeps that place")
_DIRECTION = Phrase("ascending 또는 descending", "ascending or descending")
_SHOW = Phrase("보이는 자리: 3sf, 2dp", "digits shown: 3sf, 2dp")
_KEY = Phrase("정답의 수식", "the key as a formula")
_UNIT = Phrase(
    "단위: m/s^2, 개, %; 다른 세는 말은 따옴표 안에",
    "the unit: m/s^2, items, %; other words that count in quotes",
)
_UNITS = Phrase(
    "쓸 수 있는 단위: convert 바꿈, exact 그것만, none 없이",
    "units that may be typed: convert any, exact that one, none",
)
_TOLERANCE = Phrase("얼마나 가까우면 맞는지, 기본 1%", "how near is right; 1% unless said")
_SAY = Phrase("이것을 고른 사람에게 하는 말", "feedback to whoever gives this")
_TEXT = Phrase("보이는 글", "the text shown")
_MEASURE = Phrase("재는 양과 그 이름", "the quantities measured, by name")

ITEM_WORDS: dict[type[Model], dict[str, Phrase]] = {
    ItemFields: {
        "id": ID_WORDS,
        "was": Phrase(
            "전에 쓰던 id들, 처음 것부터. 그 기록과 뽑는 수를 이어받음",
            "ids that it had before, the first one first; it takes over history and draws",
        ),
        "concept": Phrase("어느 개념의 문항인지", "the concept that it belongs to"),
        "tags": Phrase("문항을 고르는 태그", "tags, to choose items by"),
        "anki": Phrase(
            "이 문항의 바탕인 Anki 노트의 guid. 내보낼 때 그대로 씁니다",
            "guid of the Anki note that it was made of; an export gives it back",
        ),
        "difficulty": Phrase("난이도 1–5", "how hard it is, 1 to 5"),
        "claims": Phrase("이 문항이 기대는 주장", "the claims that it rests on"),
        "params": Phrase("매번 새로 뽑는 수", "numbers drawn anew at each review"),
        "distinct": Phrase("서로 달라야 하는 이름들", "names whose values must differ"),
        "require": Phrase("뽑은 수가 만족할 조건", "conditions on the draw"),
        "let": Phrase(
            "이름을 붙인 중간 식, 문제에 보이면 보이는 만큼 반올림해 씀",
            "names for intermediate formulas; one that the question shows is used as shown",
        ),
        "hints": Phrase("힌트, 다섯 개까지", "hints, at most 5"),
        "solution": Phrase("풀이: 왜 그것이 답인지", "why the right answer is right"),
        "source": SOURCE_WORDS,
        "tests": Phrase("답과 그 채점 결과", "answers, and what marking must make of them"),
    },
    ItemTest: {
        "seed": Phrase("어느 변형인지", "which variant"),
        "answer": Phrase("입력한 답", "the answer as typed"),
        "outcome": Phrase(
            "right, near, partial, wrong, unreadable, ambiguous",
            "right, near, partial, wrong, unreadable or ambiguous",
        ),
        "misconception": Phrase("짚어야 할 오개념", "the misconception to be named"),
        "language": Phrase("어느 언어에서", "the language that it is typed in"),
    },
    Card: {
        "front": _PROMPT,
        "back": Phrase("답", "the answer"),
    },
    Cloze: {
        "text": Phrase("[[이름]]으로 빈칸을 낸 글", "the text, with blanks [[name]]"),
        "blanks": Phrase("이름마다 빈칸의 답", "by name, what belongs in each blank"),
        "unordered": Phrase(
            "순서를 바꾸어 채워도 되는 빈칸들", "blanks that may be filled in any order"
        ),
    },
    WordBlank: {
        "accept": Phrase(
            "맞는 표기들, 또는 언어마다 그 목록",
            "the spellings taken as right, or a list of them by language",
        ),
        "say": _SAY_BLANK,
    },
    NumberBlank: {
        "formula": _KEY,
        "tolerance": _TOLERANCE,
        "show": _SHOW,
        "unit": _UNIT,
        "units": _UNITS,
        "say": _SAY_BLANK,
    },
    Choice: {
        "prompt": _PROMPT,
        "measure": _MEASURE,
        "options": Phrase("고를 것 2–24개", "2 to 24 options"),
        "show": Phrase("그 가운데 보일 수, 2–8", "how many of them are shown, 2 to 8"),
        "order": _SHUFFLED,
    },
    Option: {
        "id": ID_WORDS,
        "text": _TEXT,
        "correct": Phrase(
            "맞는 것이면 true, 아무 데도 없으면 when이 정함",
            "true where it is right; where none says so, when decides",
        ),
        "when": Phrase(
            "맞으면 참이 되는, 뽑은 수와 잰 양의 수식",
            "a formula over the numbers drawn and measured, true where it is right",
        ),
        "because": Phrase(
            "이 말이 맞거나 틀림을 보이는 주장", "the claim that proves or refutes its words"
        ),
        "pin": _PIN,
        "say": _SAY,
    },
    Because: {
        "claim": Phrase("이 말을 하는 주장", "the claim that states it"),
        "rejects": Phrase(
            "이 말이 틀렸다면, 이 말과 같은 그 주장의 대조",
            "of a wrong one: the claim's control that says the same",
        ),
    },
    Prediction: {
        "prompt": Phrase("무엇을 예측하는지", "what is to be predicted"),
        "measure": _MEASURE,
        "outcomes": Phrase("가능한 결과 2–6개", "2 to 6 possible results"),
        "order": _SHUFFLED,
        "things": Phrase("또는 순서를 매길 것 3–6개", "or 3 to 6 things to order"),
        "direction": _DIRECTION,
        "estimate": Phrase("또는 축 위에 짚을 값", "or a value to place on an axis"),
    },
    EstimateKey: {
        "of": Phrase("무엇의 값인지: 잰 양의 수식", "what it is: a formula over what is measured"),
        "axis": Phrase("log나 linear 축", "the axis: log or linear"),
        "within": Phrase(
            "얼마나 가까우면 맞는지: factor나 abs", "how near is right: factor or abs"
        ),
        "unit": _UNIT,
    },
    LogAxis: {"log": Phrase("[처음, 끝], 로그 눈금", "[low, high], logarithmic")},
    LinearAxis: {"linear": Phrase("[처음, 끝], 고른 눈금", "[low, high], even")},
    WithinFactor: {"factor": Phrase("이 배수 안", "within this factor")},
    WithinDistance: {"abs": Phrase("이 거리 안", "within this distance")},
    Order: {
        "prompt": _PROMPT,
        "measure": _MEASURE,
        "things": Phrase("순서를 매길 것 3–6개", "3 to 6 things to order"),
        "direction": _DIRECTION,
    },
    Thing: {
        "id": ID_WORDS,
        "text": _TEXT,
        "value": Phrase("순서를 정하는 수식", "the formula that places it"),
        "say": _SAY,
    },
    PredictionOutcome: {
        "id": ID_WORDS,
        "text": _TEXT,
        "when": Phrase("뽑은 수와 잰 양으로 쓴 조건", "a formula over what is drawn and measured"),
        "pin": _PIN,
        "say": _SAY,
    },
    Numeric: {
        "prompt": Phrase("{{이름}}으로 수를 보이는 문제", "the question; {{name}} shows a number"),
        "answer": Phrase("정답과 허용 오차", "the key and its tolerance"),
        "misconceptions": Phrase("틀린 길 1–12개", "1 to 12 wrong ways"),
        "check": Phrase("같은 수에 이르는 다른 길", "an independent way to the same number"),
    },
    AnswerKey: {
        "formula": _KEY,
        "measure": Phrase("수식 대신 실험이 재는 양", "or an exact quantity of an experiment"),
        "tolerance": _TOLERANCE,
        "show": _SHOW,
        "unit": _UNIT,
        "units": _UNITS,
        "precision": Phrase("꼭 써야 하는 유효 숫자", "significant figures that must be given"),
    },
    StatedTolerance: {
        "rel": Phrase("정답에 대한 몫: 1%", "a share of the key: 1%"),
        "abs": Phrase("거리, rel과 함께면 큰 쪽", "a distance; with rel, the larger counts"),
        "sf": Phrase("맞아야 하는 유효 숫자", "significant figures that must agree"),
        "dp": Phrase("맞아야 하는 소수 자리", "decimal places that must agree"),
    },
    StatedPrecision: {
        "sf": FIGURES_WORDS,
        "credit": Phrase("모자라게 쓴 답의 몫", "the credit of an answer with fewer"),
    },
    Misconception: {
        "id": ID_WORDS,
        "formula": Phrase("틀린 수식", "the wrong formula"),
        "when": Phrase("어떤 수에서만 볼지", "the draws that it applies to"),
        "say": _SAY,
    },
}
