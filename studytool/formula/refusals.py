"""The reasons for which a formula is refused, in both languages."""

from studytool.language import Phrase

# --- characters, numbers and words ----------------------------------------------------------------

TOO_LONG = Phrase(
    ko="{count:,}자입니다. 수식은 {most:,}자까지 쓸 수 있습니다.",
    en="{count:,} characters; a formula has at most {most:,}",
)
EMPTY = Phrase(ko="수식이 비어 있습니다.", en="the formula is empty")
NO_BOOLEANS = Phrase(
    ko="참·거짓 값은 없습니다. 수를 비교하세요.",
    en="there are no booleans; compare numbers instead",
)
NO_NONE = Phrase(ko="None은 없습니다.", en="there is no None")
FOREIGN_WORD = Phrase(
    ko="'{word}': 수식에 쓸 수 없는 말입니다.", en="'{word}' is not part of the formula language"
)
NO_SHIFTS = Phrase(
    ko="비트 이동은 없습니다. 2의 거듭제곱으로 쓰세요.",
    en="there are no shifts; write a power of 2",
)
NOT_DECIMAL = Phrase(
    ko="'{text}': 십진수가 아닙니다. 수는 0.25, 곱은 2*n처럼 쓰세요.",
    en="'{text}' is not a decimal number; write it like 0.25, and a product like 2*n",
)
LEADING_ZERO = Phrase(
    ko="'{text}': 수를 0으로 시작할 수 없습니다. 앞의 0을 빼세요.",
    en="'{text}' has a leading zero; leave it out",
)
LONG_NUMBER = Phrase(
    ko="수 하나는 {most}자까지 쓸 수 있습니다.", en="a number has at most {most} characters"
)
HUGE_NUMBER = Phrase(ko="{text}: 너무 큰 수입니다.", en="{text} is too large for a number")
UNDERSCORES = Phrase(
    ko="'{word}': 이름은 밑줄 두 개로 시작할 수 없습니다.",
    en="'{word}': names do not begin with two underscores",
)
NOT_ASCII = Phrase(
    ko="ASCII 문자만 쓸 수 있습니다. 쓸 수 없는 문자: U+{code:04X} ({name})",
    en="only plain ASCII is allowed, not U+{code:04X} ({name})",
)
CONTROL_CHARACTER = Phrase(
    ko="제어 문자는 쓸 수 없습니다(U+{code:04X}).",
    en="only plain ASCII is allowed, not the control character U+{code:04X}",
)
_NO_STRINGS = Phrase(ko="문자열은 쓸 수 없습니다.", en="there are no strings")
_NO_BRACES = Phrase(ko="중괄호는 쓸 수 없습니다.", en="there are no braces")
CHARACTERS = {
    "^": Phrase(ko="거듭제곱은 **로 씁니다.", en="write ** for a power"),
    "'": _NO_STRINGS,
    '"': _NO_STRINGS,
    "`": _NO_STRINGS,
    ".": Phrase(
        ko="점(.)으로 속성을 부를 수 없습니다. 함수는 이름만으로 부르세요.",
        en="there are no attributes; call a function by its bare name",
    ),
    "\\": Phrase(
        ko="백슬래시(\\)는 쓸 수 없습니다.", en="a backslash is not part of the formula language"
    ),
    "#": Phrase(ko="주석은 쓸 수 없습니다.", en="there are no comments"),
    ";": Phrase(
        ko="수식은 하나만 씁니다. ';'은 쓸 수 없습니다.",
        en="one formula only; ';' is not part of the language",
    ),
    ":": Phrase(ko="':'은 쓸 수 없습니다.", en="there is no ':' in the language"),
    "{": _NO_BRACES,
    "}": _NO_BRACES,
    "&": Phrase(ko="'and'로 쓰세요.", en="write 'and'"),
    "|": Phrase(
        ko="'or'로 쓰세요. 절댓값이라면 abs(x)입니다.",
        en="write 'or', or abs(x) for an absolute value",
    ),
    "~": Phrase(ko="'not'으로 쓰세요.", en="write 'not'"),
    "!": Phrase(
        ko="'not'으로 쓰세요. 비교라면 !=, 계승이라면 factorial(n)입니다.",
        en="write 'not', != to compare, or factorial(n)",
    ),
    "@": Phrase(ko="dot(a, b)로 쓰세요.", en="write dot(a, b)"),
    "?": Phrase(ko="'a if condition else b'로 쓰세요.", en="write 'a if condition else b'"),
    "$": Phrase(ko="'$'는 쓸 수 없습니다.", en="'$' is not part of the formula language"),
}
"""By the character that does not belong to the language."""

SIGN = Phrase(
    ko="'{sign}': 쓸 수 없는 기호입니다. {instead} 꼴로 쓰세요.",
    en="'{sign}' is not part of the formula language; write {instead}",
)

# --- grammar --------------------------------------------------------------------------------------

MISSING_BEFORE = Phrase(
    ko="'{found}' 앞에 빠진 것: '{wanted}'", en="expected '{wanted}', found '{found}'"
)
MISSING_AT_END = Phrase(
    ko="'{wanted}' 없이 수식이 끝났습니다.", en="expected '{wanted}', found the end"
)
TOO_MANY_NODES = Phrase(
    ko="수식 하나에는 연산과 값을 합해 {most}개까지 쓸 수 있습니다.",
    en="a formula has at most {most} operations and values",
)
TOO_DEEP = Phrase(
    ko="{most}단계보다 깊이 겹쳐 쓸 수 없습니다.", en="nested deeper than {most} levels"
)
NO_STARS = Phrase(ko="인자 앞에 *를 붙일 수 없습니다.", en="there are no starred arguments")
NO_INDEXING = Phrase(ko="대괄호로 원소를 꺼낼 수 없습니다.", en="there is no indexing")
NOT_CALLABLE = Phrase(ko="괄호로 부를 수 있는 것은 함수뿐입니다.", en="only a function is called")
EMPTY_BRACKETS = Phrase(ko="괄호 안이 비어 있습니다.", en="empty brackets")
NO_LISTS = Phrase(
    ko="목록은 난수의 모양을 적을 때만 쓸 수 있습니다.",
    en="lists stand only as the shape of a draw",
)
NO_FUNCTION = Phrase(ko="'{name}': 없는 함수입니다.", en="there is no function '{name}'")
NO_FUNCTION_BUT = Phrase(
    ko="'{name}': 없는 함수입니다. 혹시 '{near}'인가요?",
    en="there is no function '{name}'; did you mean '{near}'?",
)
WRITE_INSTEAD = Phrase(
    ko="'{name}': 없는 함수입니다. {instead} 꼴로 쓰세요.",
    en="there is no function '{name}'; write {instead}",
)
WRITE_ONE_OF = Phrase(
    ko="'{name}': 없는 함수입니다. 뜻에 따라 {one} 또는 {other} 꼴로 쓰세요.",
    en="there is no function '{name}'; write {one} or {other}, whichever is meant",
)
DRAWS = Phrase(
    ko="'{name}': 난수는 확인에서만 뽑을 수 있습니다.",
    en="'{name}' draws; only a check may draw",
)
SHAPE_IS_LAST = Phrase(ko="모양은 마지막 인자입니다.", en="a shape is the last argument")
KEYWORDS_ARE_LAST = Phrase(
    ko="이름 붙인 인자 뒤에 이름 없는 인자가 있습니다.", en="a plain argument after a keyword"
)
CALL_IT_SO = Phrase(ko="{signature} 꼴로 쓰세요.", en="write {signature}")
NO_ARGUMENT = Phrase(
    ko="{function}에는 '{name}=' 인자가 없습니다. {signature} 꼴로 쓰세요.",
    en="{function} has no argument '{name}='; write {signature}",
)
ARGUMENT_TWICE = Phrase(ko="'{name}=' 인자를 두 번 썼습니다.", en="'{name}=' is given twice")
NO_VALUE_AT_END = Phrase(
    ko="수식이 여기서 끊겼습니다. 값이 빠졌습니다.",
    en="the formula breaks off here; a value is missing",
)
NO_VALUE_BEFORE = Phrase(
    ko="'{text}' 앞에 값이 빠졌습니다.", en="a value is missing before '{text}'"
)
IF_FIRST = Phrase(
    ko="'if'로 시작하는 수식은 없습니다. a if 조건 else b 꼴로 쓰세요.",
    en="no formula begins with 'if'; write a if condition else b",
)
NO_ASSIGNMENT = Phrase(
    ko="대입은 없습니다. 비교는 ==로 씁니다.", en="there is no assignment; write == to compare"
)
ONE_VALUE = Phrase(
    ko="수식의 값은 하나입니다. ','는 인자 사이에만 씁니다.",
    en="one formula, one value: ',' stands only between arguments",
)
CLOSES_NOTHING = Phrase(
    ko="'{text}': 짝이 되는 여는 괄호가 없습니다.", en="'{text}' closes nothing"
)
NO_OPERATOR_BEFORE = Phrase(
    ko="'{text}' 앞에 연산자가 빠졌습니다. 곱이면 *를 쓰세요.",
    en="an operator is missing before '{text}'; write * for a product",
)
MODULO = Phrase(
    ko="'{text}': 나머지 연산자가 아닙니다. a % b 꼴로 쓰세요.",
    en="'{text}' is no operator; write a % b for the remainder",
)

# --- names and numbers ----------------------------------------------------------------------------

CALL_THE_FUNCTION = Phrase(
    ko="'{name}': 함수입니다. 괄호를 붙여 부르세요.",
    en="'{name}' is a function: call it with (...)",
)
NAME_WITHOUT_VALUE = Phrase(ko="'{name}': 값이 없습니다.", en="'{name}' has no value")
NAME_WITHOUT_VALUE_AMONG = Phrase(
    ko="'{name}': 값이 없습니다. 여기서 쓸 수 있는 이름: {known}",
    en="'{name}' has no value; names here: {known}",
)
CONDITION_IS_ARRAY = Phrase(
    ko="'if'의 조건은 수 하나여야 합니다. 배열에는 where(c, a, b)를 쓰세요.",
    en="'if' needs one number; use where(c, a, b)",
)
ONE_NUMBER = Phrase(
    ko="'{text}': 값이 배열입니다. 수 하나여야 합니다.",
    en="'{text}' gives an array; one number is needed",
)
WHOLE_NUMBER = Phrase(ko="여기에는 정수를 써야 합니다.", en="a whole number is needed here")
SIZE_AT_LEAST_1 = Phrase(
    ko="크기는 1 이상이어야 합니다. 지금은 {size}입니다.", en="a size is at least 1, not {size}"
)
ZERO = Phrase(
    ko="{name}: 0으로 나누었거나 0의 로그입니다.",
    en="{name}: division by zero, or a logarithm of 0",
)
TOO_LARGE = Phrase(
    ko="{name}: 값이 너무 커서 나타낼 수 없습니다.", en="{name}: too large for a float64"
)
NOT_DEFINED = Phrase(
    ko="{name}: 정의되지 않습니다(0/0이거나 음수의 제곱근·로그).",
    en="{name}: not defined here (0/0, or a root or logarithm of a negative number)",
)
OUTSIDE_DOMAIN = Phrase(
    ko="{name}: 정의역을 벗어났거나 값이 너무 큽니다.",
    en="{name}: outside its domain, or too large",
)

# --- arrays ---------------------------------------------------------------------------------------

SHAPES_DO_NOT_FIT = Phrase(
    ko="{name}: 모양이 서로 맞지 않습니다({shapes}).", en="{name}: shapes {shapes} do not fit"
)
NO_AXIS = Phrase(
    ko="{name}: {dimensions}차원 배열에 없는 축입니다({axis}).",
    en="{name}: no axis {axis} in an array of {dimensions} dimensions",
)
AXIS_NEEDS_ONE_ARRAY = Phrase(
    ko="{name}: axis=는 배열 하나에만 씁니다.", en="{name}: axis= goes with one array"
)
TOO_FEW_ELEMENTS = Phrase(
    ko="{name}: 원소가 너무 적습니다({size}개).", en="{name}: too few elements ({size})"
)
SHARE = Phrase(
    ko="{name}: q는 0 이상 1 이하인 수 하나여야 합니다.", en="{name}: q is one number in [0, 1]"
)
SHAPE_OF_DRAW = Phrase(
    ko="{name}: 모양 {given}의 값은 모양 {shape}에 맞지 않습니다.",
    en="{name}: {given} does not fit {shape}",
)

# --- limits ---------------------------------------------------------------------------------------

TOO_MANY_DIMENSIONS = Phrase(
    ko="배열은 {most}차원까지 쓸 수 있습니다.", en="an array has at most {most} dimensions"
)
TOO_MANY_ELEMENTS = Phrase(
    ko="원소가 {count:,}개입니다. 배열 하나에는 {most:,}개까지 담을 수 있으니 모양을 줄이세요.",
    en="{count:,} elements; an array has at most {most:,}; give it a smaller shape",
)
TOO_MUCH_MEMORY = Phrase(
    ko="한 번에 {most}MB보다 많은 메모리가 필요합니다. 배열의 모양이나 수를 줄이세요.",
    en="more than {most} MB would be alive at once; use smaller arrays, or fewer",
)
NO_MEMORY_LEFT = Phrase(
    ko="{name}: 메모리가 모자랍니다.",
    en="{name}: there is not enough memory for it",
)
TOO_MUCH_WORK = Phrase(ko="연산이 {most:.0e}번보다 많습니다.", en="more than {most:.0e} operations")

# --- formulas together ----------------------------------------------------------------------------

CIRCLE = Phrase(
    ko="이름이 서로를 돌아가며 씁니다: {cycle}", en="names go round in a circle: {cycle}"
)
IN_LET = Phrase(ko="{name} = {text}: {why}", en="{name} = {text}: {why}")
