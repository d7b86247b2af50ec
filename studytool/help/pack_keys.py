"""The keys that a pack's author may write, read from the models, and what each means.

The models say which keys there are, which must be given and what the others are by default; this
table says what they mean. A test finds a key without words, and words without a key.
"""

from collections.abc import Iterator

from pydantic.fields import FieldInfo

from studytool.help.columns import described
from studytool.language import Language, Phrase
from studytool.packs import models

_SOURCE = Phrase("출처", "where it is from")
_PROMPT = Phrase("묻는 글", "the question")
_FIGURES = Phrase("유효 숫자", "significant figures")
_RTOL = Phrase("상대 허용 오차", "relative tolerance")
_ATOL = Phrase("절대 허용 오차", "absolute tolerance")
_ID = Phrase("이름: 소문자, 숫자, 하이픈", "a name: lower-case letters, digits, hyphens")
_SAY = Phrase("이것을 고른 사람에게 하는 말", "feedback to whoever gives this")
_TEXT = Phrase("보이는 글", "the text shown")
_LET = Phrase("이름을 붙인 중간 식", "names for intermediate formulas")
_GIVEN = Phrase("확인할 조건들, 모두에서 맞아야 함", "the conditions; it is tried under each")
_CONTROLS = Phrase("반드시 기각되어야 하는 틀린 말", "wrong statements that the check must reject")
_MEASURE = Phrase("재는 양과 그 이름", "the quantities measured, by name")
_MARGIN = Phrase("적어도 이만큼", "by more than this")
_OF_NOTES = Phrase("노트에 적힌 그 문장이면 true", "true where the notes say just this")

WORDS: dict[type[models.Model], dict[str, Phrase]] = {
    models.Manifest: {
        "schema": Phrase("꾸러미 형식의 판", "the version of the format"),
        "id": _ID,
        "version": Phrase("1.0.0 같은 판", "a version such as 1.0.0"),
        "title": Phrase("제목", "the title"),
        "description": Phrase("무엇을 배우는지", "what it teaches"),
        "languages": Phrase(
            "ko, en: 모든 글에 있어야 하는 언어", "ko, en: what every text exists in"
        ),
        "licence": Phrase("이용 허락", "the licence of the content"),
        "authors": Phrase("지은이", "who wrote it"),
        "notes": Phrase("주장이 줄로 인용하는 노트 파일", "the notes that claims cite by line"),
        "concepts": Phrase("개념과 그 순서", "the concepts and their prerequisites"),
        "sources": Phrase("인용하는 논문과 책", "the papers and books cited"),
    },
    models.Concept: {
        "id": _ID,
        "title": Phrase("개념의 이름", "the name that a learner sees"),
        "requires": Phrase("먼저 알아야 할 개념", "concepts to be learned before"),
    },
    models.Source: {
        "id": _ID,
        "citation": Phrase("저자, 제목, 해", "author, title, year"),
        "url": Phrase("http(s) 주소", "an http(s) address"),
    },
    models.ItemFields: {
        "id": _ID,
        "concept": Phrase("어느 개념의 문항인지", "the concept that it belongs to"),
        "claims": Phrase("이 문항이 기대는 주장", "the claims that it rests on"),
        "source": _SOURCE,
        "hints": Phrase("힌트, 다섯 개까지", "hints, at most 5"),
        "solution": Phrase("풀이", "the worked solution"),
    },
    models.Card: {
        "front": _PROMPT,
        "back": Phrase("답", "the answer"),
    },
    models.Cloze: {
        "text": Phrase(
            "{{{{답}}}}이나 {{{{답|다른 표기}}}}로 빈칸을 낸 글",
            "the text, blanks as {{{{answer}}}} or {{{{answer|spelling}}}}",
        ),
    },
    models.Choice: {
        "prompt": _PROMPT,
        "measure": _MEASURE,
        "options": Phrase("고를 것 2–8개", "2 to 8 options"),
    },
    models.Option: {
        "id": _ID,
        "text": _TEXT,
        "correct": Phrase("맞는 것이면 true", "true where it is right"),
        "when": Phrase(
            "맞으면 참이 되는, 잰 양의 수식", "a formula over measure, true where it is right"
        ),
        "because": Phrase(
            "이 말이 맞거나 틀림을 보이는 주장", "the claim that proves or refutes its words"
        ),
        "say": _SAY,
    },
    models.Because: {
        "claim": Phrase("이 말을 하는 주장", "the claim that states it"),
        "rejects": Phrase(
            "이 말이 틀렸다면, 이 말과 같은 그 주장의 대조",
            "of a wrong one: the claim's control that says the same",
        ),
    },
    models.Prediction: {
        "prompt": Phrase("무엇을 예측하는지", "what is to be predicted"),
        "measure": _MEASURE,
        "outcomes": Phrase("가능한 결과 2–6개", "2 to 6 possible results"),
    },
    models.PredictionOutcome: {
        "id": _ID,
        "text": _TEXT,
        "when": Phrase("잰 양으로 쓴 조건", "a formula over the measured quantities"),
        "say": _SAY,
    },
    models.Numeric: {
        "params": Phrase("매번 새로 뽑는 수", "numbers drawn anew at each review"),
        "where": Phrase("뽑은 수가 만족할 조건", "conditions on the draw"),
        "let": _LET,
        "prompt": Phrase("{{이름}}으로 수를 보이는 문제", "the question; {{name}} shows a number"),
        "answer": Phrase("정답과 허용 오차", "the key and its tolerance"),
        "misconceptions": Phrase("틀린 길 1–12개", "1 to 12 wrong ways"),
        "check": Phrase("같은 수에 이르는 다른 길", "an independent way to the same number"),
    },
    models.ChoiceParameter: {
        "choice": Phrase("고를 수들", "the numbers to choose from"),
        "labels": Phrase("문제에 보일 이름", "what the prompt shows for each"),
    },
    models.IntegerParameter: {
        "integers": Phrase("[처음, 끝] 정수", "[low, high], both included"),
        "step": Phrase("간격", "the distance of neighbours"),
    },
    models.UniformParameter: {
        "uniform": Phrase("[처음, 끝]에서 고르게", "[low, high], drawn evenly"),
        "sigfigs": _FIGURES,
    },
    models.LogUniformParameter: {
        "loguniform": Phrase(
            "[처음, 끝]에서 로그로 고르게", "[low, high], evenly in the logarithm"
        ),
        "sigfigs": _FIGURES,
    },
    models.AnswerKey: {
        "formula": Phrase("정답의 수식", "the key as a formula"),
        "measure": Phrase("수식 대신 실험이 재는 양", "or an exact quantity of an experiment"),
        "rtol": _RTOL,
        "atol": _ATOL,
        "decimals": Phrase("맞아야 하는 소수 자리", "decimal places that must agree"),
        "show": Phrase("보이는 자리: 3sf, 2dp", "digits shown: 3sf, 2dp"),
        "unit": Phrase("단위", "the unit"),
    },
    models.Misconception: {
        "id": _ID,
        "formula": Phrase("틀린 수식", "the wrong formula"),
        "when": Phrase("어떤 수에서만 볼지", "the draws that it applies to"),
        "say": _SAY,
    },
    models.SampleCheck: {
        "sample": Phrase("reps번 뽑는 수식", "a formula of reps random draws"),
        "let": _LET,
        "statistic": Phrase(
            "mean, variance, std, median, ratio", "mean, variance, std, median or ratio"
        ),
        "over": Phrase("ratio의 분모", "the denominator of a ratio"),
    },
    models.Measurement: {
        "experiment": Phrase(
            "studytool simulate --list의 이름", "a name of studytool simulate --list"
        ),
        "with": Phrase("실험의 매개변수", "the experiment's parameters"),
        "quantity": Phrase("재는 양", "what is measured"),
    },
    models.SecondFormula: {
        "also": Phrase("같은 수의 다른 수식", "a second formula for the number"),
        "let": _LET,
        "because": Phrase("정답을 고쳐 쓴 수식이면 그 까닭", "why, where it is the key rewritten"),
    },
    models.Claim: {
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
    models.NotesPlace: {
        "lines": Phrase("1부터 센 줄", "line numbers, counted from 1"),
        "quote": Phrase("그 줄의 말", "the words of those lines"),
    },
    models.Citation: {
        "ref": Phrase("pack.yaml의 출처 id", "the id of a source in pack.yaml"),
        "at": Phrase("쪽, 식, 절", "page, equation or section"),
    },
    models.ValueCheck: {
        "expect": Phrase("주장하는 수", "the claimed number"),
        "by": Phrase("재는 방법: sample, experiment, also", "how: sample, experiment or also"),
        "given": _GIVEN,
        "rtol": _RTOL,
        "atol": _ATOL,
        "because": Phrase("rtol이 0.05보다 넓은 까닭", "why rtol is wider than 0.05"),
        "controls": _CONTROLS,
    },
    models.Control: {
        "id": _ID,
        "expect": Phrase("틀린 수", "the wrong number"),
        "notes": _OF_NOTES,
    },
    models.OrderCheck: {
        "greater": Phrase("더 커야 하는 양", "the quantity that must be greater"),
        "than": Phrase("그보다 작은 양", "than this one"),
        "margin": _MARGIN,
        "given": _GIVEN,
        "over": Phrase("모두 해 볼 값들의 격자", "a grid of values, each to be tried"),
        "share": Phrase("격자에서 성립해야 할 몫", "the least share of the grid where it holds"),
        "controls": _CONTROLS,
    },
    models.Contrast: {
        "id": _ID,
        "contrast": Phrase("순서가 없어야 할 설정", "a setting where the order must be absent"),
        "notes": _OF_NOTES,
    },
    models.Rival: {
        "id": _ID,
        "greater": Phrase("더 크다고 하는 양", "what is said to be greater"),
        "than": Phrase("그보다 작다고 하는 양", "than this one"),
        "margin": _MARGIN,
        "notes": _OF_NOTES,
    },
}
"""By model, in the order of the page; of a kind of item only what :class:`ItemFields` lacks."""

_PLACES: dict[type[models.Model], Phrase] = {
    models.Manifest: Phrase("pack.yaml", "pack.yaml"),
    models.Concept: Phrase("concepts의 하나", "an entry of concepts"),
    models.Source: Phrase("sources의 하나", "an entry of sources"),
    models.ItemFields: Phrase(
        "모든 문항 (kind는 아래 다섯)", "every item (kind: one of the five below)"
    ),
    models.Card: Phrase("kind: card", "kind: card"),
    models.Cloze: Phrase("kind: cloze", "kind: cloze"),
    models.Choice: Phrase("kind: choice", "kind: choice"),
    models.Option: Phrase("options의 하나", "an entry of options"),
    models.Because: Phrase("because: 주장", "because: a claim"),
    models.Prediction: Phrase("kind: prediction", "kind: prediction"),
    models.PredictionOutcome: Phrase("outcomes의 하나", "an entry of outcomes"),
    models.Numeric: Phrase("kind: numeric", "kind: numeric"),
    models.ChoiceParameter: Phrase("params: 골라 뽑기", "params: one of some numbers"),
    models.IntegerParameter: Phrase("params: 정수", "params: a whole number"),
    models.UniformParameter: Phrase("params: 고른 분포", "params: a number from a range"),
    models.LogUniformParameter: Phrase("params: 로그로 고른 분포", "params: of any magnitude"),
    models.AnswerKey: Phrase("answer", "answer"),
    models.Misconception: Phrase("misconceptions의 하나", "an entry of misconceptions"),
    models.SampleCheck: Phrase("check, by: 뽑아서", "check, by: random draws"),
    models.Measurement: Phrase("check, by, measure: 실험으로", "check, by, measure: an experiment"),
    models.SecondFormula: Phrase("check, by: 다른 수식으로", "check, by: a second formula"),
    models.Claim: Phrase("claims/*.yaml의 주장", "a claim, in claims/*.yaml"),
    models.NotesPlace: Phrase("notes", "notes"),
    models.Citation: Phrase("source", "source"),
    models.ValueCheck: Phrase("checks: 수", "checks: a number"),
    models.Control: Phrase("수의 controls", "controls of a number"),
    models.OrderCheck: Phrase("checks: 크고 작음", "checks: an order"),
    models.Contrast: Phrase("크고 작음의 controls: 대비", "controls of an order: a contrast"),
    models.Rival: Phrase("크고 작음의 controls: 맞수", "controls of an order: a rival"),
}


def own_keys(model: type[models.Model]) -> dict[str, FieldInfo]:
    """Return the keys of a model as an author writes them; of a kind of item its own alone."""
    common = models.ItemFields.model_fields if issubclass(model, models.ItemFields) else {}
    inherited = set() if model is models.ItemFields else {*common, "kind"}
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


def _meaning(model: type[models.Model], key: str, field: FieldInfo, language: Language) -> str:
    words = WORDS[model][key].text(language)
    default = None if field.is_required() else field.get_default(call_default_factory=True)
    plain = isinstance(default, str | int | float) and not isinstance(default, bool)
    return f"{words} ({default})" if plain and default != "" else words
