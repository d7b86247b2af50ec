"""What each key of a pack means, but for those of items: of ``pack.yaml``, claims, draws, checks."""

from studytool.language import Phrase
from studytool.packs.claims import (
    Claim,
    Contrast,
    Control,
    NotesPlace,
    OrderCheck,
    Rival,
    ValueCheck,
)
from studytool.packs.experiments import (
    FloatRange,
    IntegerRange,
    LogRange,
    PackExperiment,
    PackQuantity,
)
from studytool.packs.item_fields import Citation
from studytool.packs.manifest import Concept, GlossaryEntry, Manifest, Source
from studytool.packs.methods import Measurement, SampleCheck, SecondFormula
from studytool.packs.model import Model
from studytool.packs.parameters import (
    ChoiceParameter,
    IntegerParameter,
    LogUniformParameter,
    TableParameter,
    TableRow,
    UniformParameter,
)

SOURCE_WORDS = Phrase("출처", "where it is from")
FIGURES_WORDS = Phrase("유효 숫자", "significant figures")
_DEFAULT = Phrase("바꾸지 않았을 때의 값", "its value where none is given")
_DOC = Phrase("매개변수의 뜻", "what it stands for")
_DENOMINATOR = Phrase("ratio의 분모", "the denominator of a ratio")
_RTOL = Phrase("상대 허용 오차", "relative tolerance")
_ATOL = Phrase("절대 허용 오차", "absolute tolerance")
ID_WORDS = Phrase("이름: 소문자, 숫자, 하이픈", "a name: lower-case letters, digits, hyphens")
_MEASURE_NAME = Phrase("학습자에게 보일 이름", "what learners see it called")
_LET = Phrase("이름을 붙인 중간 식", "names for intermediate formulas")
_GIVEN = Phrase("확인할 조건들, 모두에서 맞아야 함", "the conditions; it is tried under each")
_CONTROLS = Phrase("반드시 기각되어야 하는 틀린 말", "wrong statements that the check must reject")
_MARGIN = Phrase("차이가 이보다 커야 함", "by more than this")
_OF_NOTES = Phrase("노트에 적힌 그 문장이면 true", "true where the notes say just this")

PACK_WORDS: dict[type[Model], dict[str, Phrase]] = {
    Manifest: {
        "schema": Phrase("꾸러미 형식의 판: 1", "the version of the format: 1"),
        "formulas": Phrase("수식 언어의 판: 1", "the version of the formula language: 1"),
        "id": ID_WORDS,
        "version": Phrase("1.0.0 같은 판", "a version such as 1.0.0"),
        "title": Phrase("제목", "the title"),
        "description": Phrase("무엇을 배우는지", "what it teaches"),
        "languages": Phrase(
            "모든 글에 있어야 하는 언어(ko, en, pt-BR 등), 첫째가 바탕",
            "what every text exists in (ko, en, pt-BR, …), the first being the pack's own",
        ),
        "licence": Phrase("라이선스", "the licence of the content"),
        "authors": Phrase("지은이", "who wrote it"),
        "notes": Phrase("주장이 줄로 인용하는 노트 파일", "the notes that claims cite by line"),
        "concepts": Phrase("개념과, 먼저 알아야 할 개념", "the concepts and their prerequisites"),
        "sources": Phrase("인용하는 논문과 책", "the papers and books cited"),
        "glossary": Phrase("낱말과 그 뜻", "terms and what they mean"),
    },
    Concept: {
        "id": ID_WORDS,
        "title": Phrase("개념의 이름", "the name that a learner sees"),
        "requires": Phrase("먼저 알아야 할 개념", "concepts to be learned before"),
        "lesson": Phrase("첫 문항 앞에 읽을 글", "what to read before its first item"),
    },
    GlossaryEntry: {
        "term": Phrase("낱말", "the term"),
        "means": Phrase("그 뜻", "what it means"),
    },
    Source: {
        "id": ID_WORDS,
        "citation": Phrase("저자, 제목, 해", "author, title, year"),
        "url": Phrase("http(s) 주소", "an http(s) address"),
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
        "sigfigs": FIGURES_WORDS,
    },
    LogUniformParameter: {
        "loguniform": Phrase(
            "[처음, 끝]에서 로그로 고르게", "[low, high], evenly in the logarithm"
        ),
        "sigfigs": FIGURES_WORDS,
    },
    TableParameter: {
        "table": Phrase(
            "함께 뽑히는 값들의 줄, 열이 이름이 됨",
            "rows of values drawn together; columns are names",
        ),
    },
    TableRow: {"label": Phrase("문제에 보일 이름", "what the prompt shows for it")},
    PackExperiment: {
        "id": Phrase("이름: 글자, 숫자, 밑줄", "a name: letters, digits, underscores"),
        "title": Phrase("실험의 제목", "what it is called"),
        "description": Phrase("무엇을 하는지", "what it does"),
        "source": SOURCE_WORDS,
        "params": Phrase("움직일 수 있는 수", "numbers that may be changed"),
        "let": Phrase("매개변수에서 나오는 수", "numbers that follow from the parameters"),
        "state": Phrase("처음 상태, 난수를 뽑아도 됨", "the values at first, which may be drawn"),
        "step": Phrase(
            "옛 상태로 계산한 새 상태; 다른 이름은 step 안에서 돕는 중간 값",
            "new values, computed from the old ones; another name helps within the step",
        ),
        "repeat": Phrase("step의 횟수", "how many steps there are"),
        "measure": Phrase("마지막에 재는 양", "what is measured at the end"),
    },
    FloatRange: {
        "float": Phrase("[처음, 끝] 사이의 수", "[low, high], a number"),
        "default": _DEFAULT,
        "doc": _DOC,
    },
    LogRange: {
        "log": Phrase("[처음, 끝], 로그 눈금으로", "[low, high], moved in its logarithm"),
        "default": _DEFAULT,
        "doc": _DOC,
    },
    IntegerRange: {
        "integer": Phrase("[처음, 끝] 사이의 정수", "[low, high], a whole number"),
        "default": _DEFAULT,
        "doc": _DOC,
    },
    PackQuantity: {
        "name": Phrase("재는 것의 이름", "the words for it"),
        "value": Phrase("반복마다 수 하나인 수식", "a formula: one number for each replicate"),
        "statistic": Phrase(
            "난수에 따를 때 mean, variance, std, median, ratio",
            "of what is drawn: mean, variance, std, median or ratio",
        ),
        "over": _DENOMINATOR,
        "closed_form": Phrase("이론이 말하는 값", "what theory says it is"),
    },
    SampleCheck: {
        "name": _MEASURE_NAME,
        "sample": Phrase("reps번 뽑는 수식", "a formula of reps random draws"),
        "let": _LET,
        "statistic": Phrase(
            "mean, variance, std, median, ratio", "mean, variance, std, median or ratio"
        ),
        "over": _DENOMINATOR,
        "because": Phrase(
            "평균이 다른데도 median이나 ratio인 까닭",
            "why median or ratio, where the mean is another number",
        ),
    },
    Measurement: {
        "name": _MEASURE_NAME,
        "experiment": Phrase(
            "studytool simulate --list의 이름, 또는 이 꾸러미의 실험",
            "a name of studytool simulate --list, or an experiment of this pack",
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
        "id": ID_WORDS,
        "concept": Phrase("어느 개념의 주장인지", "the concept that it belongs to"),
        "statement": Phrase("바른 문장", "the correct sentence"),
        "standing": Phrase(
            "confirmed, corrected, refuted, convention, contested, not-computable",
            "confirmed, corrected, refuted, convention, contested or not-computable",
        ),
        "why": Phrase("확인하지 않으면 그 까닭", "why it is not tried, where it is not"),
        "notes": Phrase("노트의 줄과 그 문장", "the lines of the notes, and their words"),
        "source": SOURCE_WORDS,
        "checks": Phrase("확인하는 방법들", "the ways to try it"),
    },
    NotesPlace: {
        "lines": Phrase("1부터 센 줄", "line numbers, counted from 1"),
        "quote": Phrase("그 줄의 말", "the words of those lines"),
        "translation": Phrase(
            "다른 언어로 읽는 이를 위한 번역: {{en: ...}}",
            "for readers of other languages: {{en: ...}}",
        ),
    },
    Citation: {
        "ref": Phrase("pack.yaml의 출처 id", "the id of a source in pack.yaml"),
        "at": Phrase("쪽, 식, 절", "page, equation or section"),
        "looked_up": Phrase(
            "그 자리를 직접 읽어 본 날: 2026-11-30",
            "the day on which you read it there: 2026-11-30",
        ),
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
        "id": ID_WORDS,
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
        "id": ID_WORDS,
        "contrast": Phrase("순서가 없어야 할 설정", "a setting where the order must be absent"),
        "notes": _OF_NOTES,
    },
    Rival: {
        "id": ID_WORDS,
        "greater": Phrase("더 크다고 하는 양", "what is said to be greater"),
        "than": Phrase("그보다 작다고 하는 양", "than this one"),
        "margin": _MARGIN,
        "notes": _OF_NOTES,
    },
}
