"""The keys that a pack's author may write, read from the models, and what each means.

The models say which keys there are, which must be given and what the others are by default; this
table says what they mean. A test finds a key without words, and words without a key.
"""

from collections.abc import Iterator

from pydantic.fields import FieldInfo

from studytool.help.columns import described
from studytool.language import Language, Phrase
from studytool.packs.answer_key import AnswerKey, Misconception, StatedPrecision, StatedTolerance
from studytool.packs.choices import Because, Choice, Option
from studytool.packs.claims import (
    Claim,
    Contrast,
    Control,
    NotesPlace,
    OrderCheck,
    Rival,
    ValueCheck,
)
from studytool.packs.clozes import Cloze, NumberBlank, WordBlank
from studytool.packs.item_fields import Citation, ItemFields, ItemTest
from studytool.packs.items import Card, Numeric
from studytool.packs.manifest import Concept, GlossaryEntry, Manifest, Source
from studytool.packs.methods import Measurement, SampleCheck, SecondFormula
from studytool.packs.model import Model
from studytool.packs.orderings import Order, Thing
from studytool.packs.parameters import (
    ChoiceParameter,
    IntegerParameter,
    LogUniformParameter,
    TableParameter,
    TableRow,
    UniformParameter,
)
from studytool.packs.predictions import (
    EstimateKey,
    LinearAxis,
    LogAxis,
    Prediction,
    PredictionOutcome,
    WithinDistance,
    WithinFactor,
)

_SOURCE = Phrase("출처", "where it is from")
_PROMPT = Phrase("묻는 글", "the question")
_FIGURES = Phrase("유효 숫자", "significant figures")
_RTOL = Phrase("상대 허용 오차", "relative tolerance")
_ATOL = Phrase("절대 허용 오차", "absolute tolerance")
_SAY_BLANK = Phrase("틀리게 채운 사람에게 하는 말", "feedback where it is filled wrongly")
_SHUFFLED = Phrase("shuffled이나 fixed", "shuffled or fixed")
_PIN = Phrase("first나 last: 제자리를 지킴", "first or last: it keeps that place")
_DIRECTION = Phrase("ascending이나 descending", "ascending or descending")
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
_ID = Phrase("이름: 소문자, 숫자, 하이픈", "a name: lower-case letters, digits, hyphens")
_SAY = Phrase("이것을 고른 사람에게 하는 말", "feedback to whoever gives this")
_TEXT = Phrase("보이는 글", "the text shown")
_LET = Phrase("이름을 붙인 중간 식", "names for intermediate formulas")
_GIVEN = Phrase("확인할 조건들, 모두에서 맞아야 함", "the conditions; it is tried under each")
_CONTROLS = Phrase("반드시 기각되어야 하는 틀린 말", "wrong statements that the check must reject")
_MEASURE = Phrase("재는 양과 그 이름", "the quantities measured, by name")
_MARGIN = Phrase("적어도 이만큼", "by more than this")
_OF_NOTES = Phrase("노트에 적힌 그 문장이면 true", "true where the notes say just this")

WORDS: dict[type[Model], dict[str, Phrase]] = {
    Manifest: {
        "schema": Phrase("꾸러미 형식의 판: 1", "the version of the format: 1"),
        "formulas": Phrase("수식 언어의 판: 1", "the version of the formula language: 1"),
        "id": _ID,
        "version": Phrase("1.0.0 같은 판", "a version such as 1.0.0"),
        "title": Phrase("제목", "the title"),
        "description": Phrase("무엇을 배우는지", "what it teaches"),
        "languages": Phrase(
            "모든 글에 있어야 하는 언어(ko, en, pt-BR 등), 첫째가 바탕",
            "what every text exists in (ko, en, pt-BR, …), the first being the pack's own",
        ),
        "licence": Phrase("이용 허락", "the licence of the content"),
        "authors": Phrase("지은이", "who wrote it"),
        "notes": Phrase("주장이 줄로 인용하는 노트 파일", "the notes that claims cite by line"),
        "concepts": Phrase("개념과 그 순서", "the concepts and their prerequisites"),
        "sources": Phrase("인용하는 논문과 책", "the papers and books cited"),
        "glossary": Phrase("낱말과 그 뜻", "terms and what they mean"),
    },
    Concept: {
        "id": _ID,
        "title": Phrase("개념의 이름", "the name that a learner sees"),
        "requires": Phrase("먼저 알아야 할 개념", "concepts to be learned before"),
        "lesson": Phrase("첫 문항 앞에 읽을 글", "what to read before its first item"),
    },
    GlossaryEntry: {
        "term": Phrase("낱말", "the term"),
        "means": Phrase("그 뜻", "what it means"),
    },
    Source: {
        "id": _ID,
        "citation": Phrase("저자, 제목, 해", "author, title, year"),
        "url": Phrase("http(s) 주소", "an http(s) address"),
    },
    ItemFields: {
        "id": _ID,
        "was": Phrase("전에 쓰던 id들", "ids that it had before"),
        "concept": Phrase("어느 개념의 문항인지", "the concept that it belongs to"),
        "tags": Phrase("꼬리표", "tags, to choose items by"),
        "difficulty": Phrase("어려움 1–5", "how hard it is, 1 to 5"),
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
        "source": _SOURCE,
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
        "id": _ID,
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
        "id": _ID,
        "text": _TEXT,
        "value": Phrase("순서를 정하는 수식", "the formula that places it"),
        "say": _SAY,
    },
    PredictionOutcome: {
        "id": _ID,
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
    ChoiceParameter: {
        "choice": Phrase("고를 수들", "the numbers to choose from"),
        "labels": Phrase("문제에 보일 이름", "what the prompt shows for each"),
    },
    IntegerParameter: {
        "integers": Phrase("[처음, 끝] 정수", "[low, high], both included"),
        "step": Phrase("간격", "the distance of neighbours"),
    },
    UniformParameter: {
        "uniform": Phrase("[처음, 끝]에서 고르게", "[low, high], drawn evenly"),
        "sigfigs": _FIGURES,
    },
    LogUniformParameter: {
        "loguniform": Phrase(
            "[처음, 끝]에서 로그로 고르게", "[low, high], evenly in the logarithm"
        ),
        "sigfigs": _FIGURES,
    },
    TableParameter: {
        "table": Phrase(
            "함께 뽑히는 값들의 줄, 열이 이름이 됨",
            "rows of values drawn together; columns are names",
        ),
    },
    TableRow: {"label": Phrase("문제에 보일 이름", "what the prompt shows for it")},
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
        "sf": _FIGURES,
        "credit": Phrase("모자라게 쓴 답의 몫", "the credit of an answer with fewer"),
    },
    Misconception: {
        "id": _ID,
        "formula": Phrase("틀린 수식", "the wrong formula"),
        "when": Phrase("어떤 수에서만 볼지", "the draws that it applies to"),
        "say": _SAY,
    },
    SampleCheck: {
        "sample": Phrase("reps번 뽑는 수식", "a formula of reps random draws"),
        "let": _LET,
        "statistic": Phrase(
            "mean, variance, std, median, ratio", "mean, variance, std, median or ratio"
        ),
        "over": Phrase("ratio의 분모", "the denominator of a ratio"),
    },
    Measurement: {
        "experiment": Phrase(
            "studytool simulate --list의 이름", "a name of studytool simulate --list"
        ),
        "with": Phrase("실험의 매개변수", "the experiment's parameters"),
        "quantity": Phrase("재는 양", "what is measured"),
    },
    SecondFormula: {
        "also": Phrase("같은 수의 다른 수식", "a second formula for the number"),
        "let": _LET,
        "because": Phrase("정답을 고쳐 쓴 수식이면 그 까닭", "why, where it is the key rewritten"),
    },
    Claim: {
        "id": _ID,
        "concept": Phrase("어느 개념의 주장인지", "the concept that it belongs to"),
        "statement": Phrase("바른 문장", "the correct sentence"),
        "standing": Phrase(
            "confirmed, corrected, refuted, convention, contested, not-computable",
            "confirmed, corrected, refuted, convention, contested or not-computable",
        ),
        "why": Phrase("확인하지 않으면 그 까닭", "why it is not tried, where it is not"),
        "notes": Phrase("노트의 줄과 그 문장", "the lines of the notes, and their words"),
        "source": _SOURCE,
        "checks": Phrase("확인하는 방법들", "the ways to try it"),
    },
    NotesPlace: {
        "lines": Phrase("1부터 센 줄", "line numbers, counted from 1"),
        "quote": Phrase("그 줄의 말", "the words of those lines"),
    },
    Citation: {
        "ref": Phrase("pack.yaml의 출처 id", "the id of a source in pack.yaml"),
        "at": Phrase("쪽, 식, 절", "page, equation or section"),
    },
    ValueCheck: {
        "expect": Phrase("주장하는 수", "the claimed number"),
        "by": Phrase("재는 방법: sample, experiment, also", "how: sample, experiment or also"),
        "given": _GIVEN,
        "rtol": _RTOL,
        "atol": _ATOL,
        "because": Phrase("rtol이 0.05보다 넓은 까닭", "why rtol is wider than 0.05"),
        "controls": _CONTROLS,
    },
    Control: {
        "id": _ID,
        "expect": Phrase("틀린 수", "the wrong number"),
        "notes": _OF_NOTES,
    },
    OrderCheck: {
        "greater": Phrase("더 커야 하는 양", "the quantity that must be greater"),
        "than": Phrase("그보다 작은 양", "than this one"),
        "margin": _MARGIN,
        "given": _GIVEN,
        "over": Phrase("모두 해 볼 값들의 격자", "a grid of values, each to be tried"),
        "share": Phrase("격자에서 성립해야 할 몫", "the least share of the grid where it holds"),
        "controls": _CONTROLS,
    },
    Contrast: {
        "id": _ID,
        "contrast": Phrase("순서가 없어야 할 설정", "a setting where the order must be absent"),
        "notes": _OF_NOTES,
    },
    Rival: {
        "id": _ID,
        "greater": Phrase("더 크다고 하는 양", "what is said to be greater"),
        "than": Phrase("그보다 작다고 하는 양", "than this one"),
        "margin": _MARGIN,
        "notes": _OF_NOTES,
    },
}
"""By model, in the order of the page; of a kind of item only what :class:`ItemFields` lacks."""

_PLACES: dict[type[Model], Phrase] = {
    Manifest: Phrase("pack.yaml", "pack.yaml"),
    Concept: Phrase("concepts의 하나", "an entry of concepts"),
    Source: Phrase("sources의 하나", "an entry of sources"),
    GlossaryEntry: Phrase("glossary의 하나", "an entry of glossary"),
    ItemFields: Phrase("모든 문항 (kind는 아래 여섯)", "every item (kind: one of the six below)"),
    ItemTest: Phrase("tests의 하나", "an entry of tests"),
    Card: Phrase("kind: card", "kind: card"),
    Cloze: Phrase("kind: cloze", "kind: cloze"),
    WordBlank: Phrase("blanks: 낱말", "blanks: words"),
    NumberBlank: Phrase("blanks: 수", "blanks: a number"),
    Choice: Phrase("kind: choice", "kind: choice"),
    Option: Phrase("options의 하나", "an entry of options"),
    Because: Phrase("because: 주장", "because: a claim"),
    Prediction: Phrase("kind: prediction", "kind: prediction"),
    PredictionOutcome: Phrase("outcomes의 하나", "an entry of outcomes"),
    EstimateKey: Phrase("estimate", "estimate"),
    LogAxis: Phrase("axis: 로그", "axis: logarithmic"),
    LinearAxis: Phrase("axis: 고른 눈금", "axis: even"),
    WithinFactor: Phrase("within: 배수", "within: a factor"),
    WithinDistance: Phrase("within: 거리", "within: a distance"),
    Order: Phrase("kind: order", "kind: order"),
    Thing: Phrase("things의 하나", "an entry of things"),
    Numeric: Phrase("kind: numeric", "kind: numeric"),
    ChoiceParameter: Phrase("params: 골라 뽑기", "params: one of some numbers"),
    IntegerParameter: Phrase("params: 정수", "params: a whole number"),
    UniformParameter: Phrase("params: 고른 분포", "params: a number from a range"),
    LogUniformParameter: Phrase("params: 로그로 고른 분포", "params: of any magnitude"),
    TableParameter: Phrase("params: 함께 뽑히는 값", "params: values that belong together"),
    TableRow: Phrase("table의 한 줄", "a row of table"),
    AnswerKey: Phrase("answer", "answer"),
    StatedTolerance: Phrase("tolerance", "tolerance"),
    StatedPrecision: Phrase("precision", "precision"),
    Misconception: Phrase("misconceptions의 하나", "an entry of misconceptions"),
    SampleCheck: Phrase("check, by: 뽑아서", "check, by: random draws"),
    Measurement: Phrase("check, by, measure: 실험으로", "check, by, measure: an experiment"),
    SecondFormula: Phrase("check, by: 다른 수식으로", "check, by: a second formula"),
    Claim: Phrase("claims/*.yaml의 주장", "a claim, in claims/*.yaml"),
    NotesPlace: Phrase("notes", "notes"),
    Citation: Phrase("source", "source"),
    ValueCheck: Phrase("checks: 수", "checks: a number"),
    Control: Phrase("수의 controls", "controls of a number"),
    OrderCheck: Phrase("checks: 크고 작음", "checks: an order"),
    Contrast: Phrase("크고 작음의 controls: 대비", "controls of an order: a contrast"),
    Rival: Phrase("크고 작음의 controls: 맞수", "controls of an order: a rival"),
}


def own_keys(model: type[Model]) -> dict[str, FieldInfo]:
    """Return the keys of a model as an author writes them; of a kind of item its own alone."""
    common = ItemFields.model_fields if issubclass(model, ItemFields) else {}
    inherited = set() if model is ItemFields else {*common, "kind"}
    return {
        field.alias or name: field
        for name, field in model.model_fields.items()
        if name not in inherited
    }


def pack_key_lines(language: Language, *, width: int) -> Iterator[str]:
    """List every key of every model, those that must be given with a star."""
    for number, (model, place) in enumerate(_PLACES.items()):
        if number:
            yield ""
        yield place.text(language)
        rows = [
            (_marked(key, field), _meaning(model, key, field, language))
            for key, field in own_keys(model).items()
        ]
        yield from described(rows, width=width, column=18, indent=2)


def _marked(key: str, field: FieldInfo) -> str:
    return f"{key}*" if field.is_required() else key


def _meaning(model: type[Model], key: str, field: FieldInfo, language: Language) -> str:
    words = WORDS[model][key].text(language)
    default = None if field.is_required() else field.get_default(call_default_factory=True)
    plain = isinstance(default, str | int | float) and not isinstance(default, bool)
    return f"{words} ({default})" if plain and default != "" else words
