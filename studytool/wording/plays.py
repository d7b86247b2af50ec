"""What plays of items found, in words: code, sentence and remedy of each kind of problem."""

from typing import NamedTuple

from studytool.authoring.play_problem import PlacedProblem, PlayFault, PlayProblem
from studytool.language import Phrase, in_both
from studytool.packs.diagnostics import Diagnostic


class _Words(NamedTuple):
    """A code, its sentence, and how to mend it."""

    code: str
    sentence: Phrase
    remedy: Phrase


_LOOSEN = Phrase(
    "조건을 풀거나 params의 범위를 넓히세요", "loosen it, or widen the params it names"
)
_LOOSEN_NUMBERS = Phrase(
    "params의 범위나 'when'을 고쳐 맞고 틀림이 갈리게 하세요",
    "mend 'when' or widen the params, so that draws tell right from wrong",
)
_UNDRAWN_REMEDIES = {
    "require": _LOOSEN,
    "distinct": Phrase("params의 값을 늘리세요", "give these params more values"),
    "options": _LOOSEN_NUMBERS,
    "things": Phrase(
        "'value'를 서로 다르게 고치거나, 글이 갈리게 하거나, 같아지는 수를 'require'로 빼세요",
        "mend each 'value' and 'text' so that they differ, or exclude equal ones by 'require'",
    ),
    "misconceptions": Phrase(
        "허용 오차를 좁히거나, 오개념의 수식을 고치거나, 'require'로 두 값을 떼어 놓으세요",
        "narrow the tolerance, mend this formula, or hold the two apart by 'require'",
    ),
}
"""By the part of the item that refuses; any other is excluded by a condition."""
_EXCLUDE = Phrase(
    "그런 값을 'require'로 빼거나 수식을 고치세요",
    "exclude such draws by 'require', or mend the formula",
)
_UNSETTLED_REMEDIES = {
    "outcomes": Phrase(
        "언제나 'when' 하나만 성립하게 고치세요", "mend each 'when', so that exactly one holds"
    ),
    "options": _LOOSEN_NUMBERS,
    "things": _UNDRAWN_REMEDIES["things"],
    "estimate": Phrase("축을 넓히거나 'of'를 고치세요", "widen the axis, or mend 'of'"),
}
"""By the part of the item that the simulation leaves open."""
_SIGN_REMEDIES = {
    "sign apart": Phrase(
        "'+'까지 바꾸어 {signed}(으)로 쓰거나, 괄호가 붙게 {bracketed}(으)로 쓰세요",
        "write {signed} in place of the '+' too, or {bracketed} for brackets",
    ),
    "one sign": Phrase(
        "앞의 '{before}'을(를) 빼세요. 이 형식은 부호를 스스로 씁니다",
        "take out the '{before}' before it: this format writes the sign itself",
    ),
}
"""By what a text with two signs wants; else brackets."""
_NOT_ASKED = Phrase(
    "낼 수 없는 문항: 시드 {seed}에서 {why}", "cannot be asked: at seed {seed}, {why}"
)
_MEND_SAMPLE = Phrase(
    "이 매개변수에서도 계산되도록 수식을 고치거나, 그런 값을 'require'로 빼세요",
    "mend the formula, or exclude such draws by 'require'",
)
_WORDS: dict[PlayFault, _Words] = {
    PlayFault.UNDRAWN: _Words(
        "E360",
        Phrase(
            "낼 수 없는 문항: 시드 {seed}에서 {attempts}번 뽑아도 쓸 값이 없고, 그중 {times}번은 {why}",
            "cannot be asked: none of {attempts} draws at seed {seed} will do; in {times} of them {why}",
        ),
        _EXCLUDE,
    ),
    PlayFault.NOT_MADE: _Words(
        "E360",
        _NOT_ASKED,
        _EXCLUDE,
    ),
    PlayFault.NOT_SETTLED: _Words(
        "E360",
        _NOT_ASKED,
        _EXCLUDE,
    ),
    PlayFault.FACTOR_OF_ZERO: _Words(
        "E343",
        Phrase(
            "시드 {seed}에서 맞는 값이 0이고, 0의 몇 배는 다시 0입니다",
            "at seed {seed} the value is 0, and no factor leads away from 0",
        ),
        Phrase(
            "'within: {{abs: ...}}'로 거리를 쓰세요", "write a distance: 'within: {{abs: ...}}'"
        ),
    ),
    PlayFault.NOT_SET: _Words(
        "E353",
        Phrase(
            "시드 {seed}에서 이 수식을 화면에 배치할 수 없습니다: {latex}",
            "at seed {seed} this formula cannot be laid out: {latex}",
        ),
        Phrase(
            "명령의 인수와 첨자를 중괄호로 묶어 모두 쓰세요: \\frac{{a}}{{b}}, \\sqrt{{a}}, a^{{b}}",
            "give each command and script what it takes, in braces: "
            "\\frac{{a}}{{b}}, \\sqrt{{a}}, a^{{b}}",
        ),
    ),
    PlayFault.SIGNS_MEET: _Words(
        "W416",
        Phrase(
            "시드 {seed}에서 이 수의 부호가 잘못 읽힙니다: '{shown}'",
            "at seed {seed} the sign of this number is misread: '{shown}'",
        ),
        Phrase(
            "음수에 괄호가 붙게 {bracketed}(으)로 쓰세요",
            "write {bracketed}: brackets where it is negative",
        ),
    ),
    PlayFault.KEY_NOT_READ: _Words(
        "E363",
        Phrase(
            "시드 {seed}({tag})에서 정답 '{typed}'을(를) 그대로 입력하면 읽지 못합니다: {why}",
            "the key '{typed}' as printed at seed {seed} ({tag}) cannot be read back: {why}",
        ),
        Phrase("단위나 'show'를 고치세요", "mend the unit, 'show', or the spelling"),
    ),
    PlayFault.KEY_NOT_RIGHT: _Words(
        "E363",
        Phrase(
            "시드 {seed}({tag})에서 정답 '{typed}'을(를) 그대로 입력하면 '{outcome}'(으)로 채점됩니다",
            "the key '{typed}' as printed at seed {seed} ({tag}) is marked {outcome}",
        ),
        Phrase(
            "'show'의 자릿수를 늘리거나 허용 오차를 넓히세요",
            "show more digits, or widen the tolerance",
        ),
    ),
    PlayFault.MISCONCEPTIONS_MEET: _Words(
        "E364",
        Phrase(
            "시드 {seed}에서 오개념 '{name}'과(와) '{other}'의 값이 같습니다",
            "at seed {seed} the misconceptions '{name}' and '{other}' come to the same number",
        ),
        Phrase(
            "하나를 빼거나 'when'으로 나누거나 수식을 고치세요",
            "take one out, hold them apart by 'when', or mend a formula",
        ),
    ),
    PlayFault.MISCONCEPTION_NOT_TOLD: _Words(
        "E364",
        Phrase(
            "시드 {seed}에서 오개념 '{name}'의 값 {typed}은(는) '{told}'(으)로 채점됩니다",
            "{typed}, the value of '{name}' at seed {seed}, is marked '{told}'",
        ),
        Phrase(
            "'when'이나 'require'로 두 값을 떼어 놓거나 허용 오차를 좁히세요",
            "hold the two apart by 'when' or 'require', or narrow the tolerance",
        ),
    ),
    PlayFault.TEST_FAILS: _Words(
        "E365",
        Phrase(
            "시드 {seed}({tag})에서 '{typed}'은(는) '{wanted}'이(가) 아니라 '{got}'입니다. "
            "정답은 {key}",
            "'{typed}' at seed {seed} ({tag}) gives {got}, not {wanted}; the key is {key}",
        ),
        Phrase("test를 고치거나 문항을 고치세요", "mend the test, or the item"),
    ),
    PlayFault.TEST_NOT_RUN: _Words(
        "E365",
        Phrase("이 test를 해 볼 수 없습니다: {why}", "this test cannot be run: {why}"),
        Phrase("다른 seed를 쓰세요", "choose another seed"),
    ),
    PlayFault.FEW_VARIANTS: _Words(
        "W405",
        Phrase(
            "서로 다른 변형이 {count}개뿐입니다. {wanted}개는 있어야 합니다",
            "only {count} different variants; {wanted} are wanted",
        ),
        Phrase("값을 더하거나 'require'를 푸세요", "add choices, or widen 'require'"),
    ),
    PlayFault.PROMPT_SHOWS_KEY: _Words(
        "W411",
        Phrase(
            "정답이 문제에 보이는 매개변수 '{name}' 그대로입니다",
            "the key is the parameter '{name}', which the prompt shows",
        ),
        Phrase("다른 것을 묻거나 수식을 고치세요", "ask for something else, or mend the formula"),
    ),
    PlayFault.ONE_REGIME: _Words(
        "W413",
        Phrase(
            "정답이 {plays}번 가운데 {zeros}번 0입니다. 0인 경우와 아닌 경우가 모두 나와야 합니다",
            "the key is 0 in {zeros} of {plays} draws; both 0 and other numbers should occur",
        ),
        Phrase("params의 범위를 넓히세요", "widen the params, so that both occur"),
    ),
    PlayFault.CHECK_REFUSED: _Words(
        "E366",
        Phrase("8번 반복해 보았더니: {why}", "tried with 8 replicates: {why}"),
        Phrase(
            "배열의 첫 축은 [reps]입니다. axis와 모양을 확인하세요",
            "the first axis of an array is [reps]; check shapes and axis",
        ),
    ),
    PlayFault.MEASUREMENT_REFUSED: _Words(
        "E366",
        Phrase(
            "이 조건에서 실험을 할 수 없습니다: {why}",
            "under these conditions the experiment fails: {why}",
        ),
        Phrase(
            "실험의 수식이나 범위를 고치거나, 그런 값을 빼세요",
            "mend the experiment's formulas or ranges, or exclude such values",
        ),
    ),
    PlayFault.EXPERIMENT_REFUSED: _Words(
        "E368",
        Phrase("매개변수가 모두 기본값일 때: {why}", "with every parameter at its default: {why}"),
        Phrase("수식을 고치거나 default를 바꾸세요", "mend the formula, or choose other defaults"),
    ),
    PlayFault.END_REFUSED: _Words(
        "W419",
        Phrase(
            "'{name}'이(가) 범위의 끝인 {end}이고 다른 매개변수는 기본값일 때: {why}",
            "with '{name}' at {end}, an end of its range, and the others at their defaults: {why}",
        ),
        Phrase("수식을 고치거나 범위를 좁히세요", "mend the formula, or narrow the range"),
    ),
    PlayFault.SAMPLE_SHAPE: _Words(
        "E366",
        Phrase(
            "표본의 모양이 {shape}입니다. 반복마다 수 하나, 곧 [reps]여야 합니다",
            "the sample has shape {shape}; it gives one number for each replicate: [reps]",
        ),
        Phrase(
            "나머지 축을 'sum'이나 'mean'으로 모으세요: 'sum(..., axis=1)'",
            "reduce the other axes by sum or mean: sum(..., axis=1)",
        ),
    ),
    PlayFault.NOT_PLAYED: _Words(
        "E367",
        Phrase(
            "시간이나 메모리가 모자라 끝까지 해 보지 못했습니다({seconds:g}초)",
            "too slow or too large to be played to its end ({seconds:g} s)",
        ),
        Phrase("수식과 배열을 줄이세요", "make its formulas and arrays smaller"),
    ),
}


def play_diagnostic(placed: PlacedProblem) -> Diagnostic:
    """Make a diagnostic of a problem that a play found."""
    words = _WORDS[placed.problem.fault]
    sentence, remedy = words.sentence.of(**_fields(placed.problem)), words.remedy
    if placed.problem.fault is PlayFault.UNDRAWN:
        remedy = _UNDRAWN_REMEDIES.get(str(placed.problem.path[0]), remedy)
    if placed.problem.fault is PlayFault.NOT_SETTLED:
        remedy = _UNSETTLED_REMEDIES[str(placed.problem.path[0])]
    if placed.problem.fault is PlayFault.CHECK_REFUSED and not placed.problem.fields["is_shape"]:
        remedy = _MEND_SAMPLE
    if placed.problem.fault is PlayFault.SIGNS_MEET:
        remedy = _SIGN_REMEDIES.get(str(placed.problem.fields["remedy"]), remedy)
    help_ = remedy.of(**_fields(placed.problem))
    return Diagnostic(words.code, placed.place, sentence, help_, length=placed.length)


def _fields(problem: PlayProblem) -> dict[str, object]:
    """Return the fields of a sentence; a reason that stands in both languages as a message."""
    fields: dict[str, object] = dict(problem.fields)
    if "why_ko" in fields:
        fields["why"] = in_both(str(fields["why_ko"]), str(fields["why_en"]))
    return fields
