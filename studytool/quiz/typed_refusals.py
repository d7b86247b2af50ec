"""Why a typed text is no number: each reason by its code, in both languages."""

from enum import StrEnum

from studytool.language import Language, Message, Phrase


class Refusal(StrEnum):
    """The code of a reason, which programs compare; its sentence is for people alone."""

    EMPTY = "empty"
    TOO_LONG = "too-long"
    TOO_MANY = "too-many"
    TOO_OPEN = "too-open"
    TOO_DEEP = "too-deep"
    EXPONENT = "exponent"
    CONTROL = "control"
    NAN = "nan"
    INFINITE = "infinite"
    HEXADECIMAL = "hexadecimal"
    UNDERSCORE = "underscore"
    COMPLEX = "complex"
    RANGE = "range"
    PLUS_MINUS = "plus-minus"
    INEQUALITY = "inequality"
    TWO_NUMBERS = "two-numbers"
    NO_SIGN = "no-sign"
    BREAKS_OFF = "breaks-off"
    BRACKETS = "brackets"
    SEPARATORS = "separators"
    MULTIPLIERS = "multipliers"
    BY_ZERO = "by-zero"
    TOO_LARGE = "too-large"
    EVEN_ROOT = "even-root"
    NEGATIVE_POWER = "negative-power"
    LOGARITHM = "logarithm"
    ARC = "arc"
    SIDES_DIFFER = "sides-differ"
    UNKNOWN = "unknown"
    WORD = "word"
    NO_UNIT = "no-unit"
    OTHER_UNIT = "other-unit"
    DIMENSION = "dimension"
    NOT_CONVERTED = "not-converted"
    NO_UNIT_TYPED = "no-unit-typed"


WHY: dict[Refusal, Phrase] = {
    Refusal.EMPTY: Phrase(ko="답을 입력하세요.", en="Type an answer."),
    Refusal.TOO_LONG: Phrase(
        ko="식이 너무 깁니다({most}자까지). 값을 계산해 쓰세요.",
        en="Too long ({most} characters at most): work it out and type the value.",
    ),
    Refusal.TOO_MANY: Phrase(
        ko="식의 수와 기호가 너무 많습니다({most}개까지). 값을 계산해 쓰세요.",
        en="Too many numbers and signs ({most} at most): work it out and type the value.",
    ),
    Refusal.TOO_OPEN: Phrase(
        ko="두 가지로 읽히는 곳이 있는데 식이 너무 깁니다. 값을 계산해 쓰세요.",
        en="Too long for what can be read in two ways: work it out and type the value.",
    ),
    Refusal.EXPONENT: Phrase(
        ko="e 뒤의 지수는 정수여야 합니다. 5*10^0.5처럼 쓰세요.",
        en="An exponent behind e is a whole number: write it as in 5*10^0.5.",
    ),
    Refusal.TOO_DEEP: Phrase(
        ko="괄호나 거듭제곱이 너무 깊이 겹칩니다({most}겹까지). 값을 계산해 쓰세요.",
        en="Nested too deep ({most} levels at most): work it out and type the value.",
    ),
    Refusal.CONTROL: Phrase(
        ko="제어 문자가 들어 있습니다. 지우고 다시 입력하세요.",
        en="There is a control character in it; type the answer without.",
    ),
    Refusal.NAN: Phrase(
        ko="nan은 수가 아닙니다. 수로 답하세요.", en="nan is not a number; answer with one."
    ),
    Refusal.INFINITE: Phrase(
        ko="무한대는 여기서 답이 될 수 없습니다. 유한한 수로 답하세요.",
        en="Infinity cannot be the answer here; type a finite number.",
    ),
    Refusal.HEXADECIMAL: Phrase(
        ko="16진수나 8진수, 2진수는 읽지 않습니다. 10진수로 쓰세요.",
        en="Hexadecimal, octal and binary are not read; write a decimal number.",
    ),
    Refusal.UNDERSCORE: Phrase(
        ko="밑줄은 빼고 쓰세요(1000처럼).", en="Leave the underscores out, as in 1000."
    ),
    Refusal.COMPLEX: Phrase(
        ko="복소수는 답이 될 수 없습니다. 실수로 답하세요.",
        en="A complex number cannot be the answer; type a real one.",
    ),
    Refusal.RANGE: Phrase(
        ko="구간은 답이 될 수 없습니다. 수 하나로 답하세요.",
        en="A range cannot be the answer; type one number.",
    ),
    Refusal.PLUS_MINUS: Phrase(
        ko="±는 수 둘을 뜻합니다. 하나만 쓰세요. 음수를 더하는 것이면 5+(-3)처럼 괄호를 쓰세요.",
        en="± stands for two numbers: type one. To add a negative number use brackets: 5+(-3).",
    ),
    Refusal.INEQUALITY: Phrase(
        ko="부등식은 답이 될 수 없습니다. 수 하나로 답하세요.",
        en="An inequality cannot be the answer; type one number.",
    ),
    Refusal.TWO_NUMBERS: Phrase(
        ko="두 수 사이에 연산 기호가 없습니다. 답은 하나만, 곱은 2*3처럼 쓰세요.",
        en="Two numbers with nothing between them: type one answer; a product is written 2*3.",
    ),
    Refusal.NO_SIGN: Phrase(
        ko="'{text}' 앞에 연산 기호가 없습니다. 곱이면 *를 쓰세요.",
        en="A sign is missing before '{text}'; write * for a product.",
    ),
    Refusal.BREAKS_OFF: Phrase(
        ko="식이 '{text}' 뒤에서 끊겼습니다. 이어질 수를 쓰세요.",
        en="The expression breaks off after '{text}': a number should follow.",
    ),
    Refusal.BRACKETS: Phrase(
        ko="괄호의 짝이 맞지 않습니다. 여는 괄호마다 같은 모양으로 닫으세요.",
        en="The brackets do not match: close each one that opens, with its own kind.",
    ),
    Refusal.SEPARATORS: Phrase(
        ko="'{text}': 점과 쉼표를 한 가지 뜻으로 읽을 수 없습니다. 1234.5처럼 소수점 하나만 쓰세요.",
        en="'{text}': no one rule fits its points and commas; write one point alone, as in 1234.5.",
    ),
    Refusal.MULTIPLIERS: Phrase(
        ko="'{text}': 만, 천 같은 단위의 차례가 맞지 않습니다. 12000처럼 숫자로 쓰세요.",
        en="'{text}': the words for thousands are out of order; write it in digits, as in 12000.",
    ),
    Refusal.BY_ZERO: Phrase(
        ko="0으로 나눌 수 없습니다. 나누는 수를 확인하세요.",
        en="Division by zero: look at what it divides by.",
    ),
    Refusal.TOO_LARGE: Phrase(
        ko="값이 너무 큽니다(1e308까지 읽습니다). 입력을 확인하세요.",
        en="That is too large (numbers up to 1e308 are read): look at what was typed.",
    ),
    Refusal.EVEN_ROOT: Phrase(
        ko="음수의 제곱근은 실수가 아닙니다. 부호를 확인하세요.",
        en="An even root of a negative number is not real: look at its sign.",
    ),
    Refusal.NEGATIVE_POWER: Phrase(
        ko="음수는 정수 제곱과 (-8)^(1/3) 같은 홀수 제곱근만 계산합니다.",
        en="Of a negative number only whole powers and odd roots, as in (-8)^(1/3), are real.",
    ),
    Refusal.LOGARITHM: Phrase(
        ko="로그는 양수에만 있습니다. 괄호 안을 확인하세요.",
        en="Only a positive number has a logarithm: look at what is inside.",
    ),
    Refusal.ARC: Phrase(
        ko="arcsin과 arccos는 −1에서 1까지만 있습니다. 괄호 안을 확인하세요.",
        en="arcsin and arccos are defined from −1 to 1 only: look at what is inside.",
    ),
    Refusal.SIDES_DIFFER: Phrase(
        ko="등호의 두 쪽이 다릅니다({first}, {second}). 하나만 쓰세요.",
        en="The two sides differ ({first} and {second}): type one of them.",
    ),
    Refusal.UNKNOWN: Phrase(
        ko="'{text}'은(는) 읽을 수 없습니다. 0.25, 1/4, 2.5e-1처럼 수로 답하세요.",
        en="'{text}' cannot be read. Answer with a number, like 0.25, 1/4 or 2.5e-1.",
    ),
    Refusal.WORD: Phrase(
        ko="'{text}'은(는) 여기서 읽지 않습니다. 빼고 수만 쓰세요.",
        en="'{text}' is not read here: leave it out and type the number alone.",
    ),
    Refusal.NO_UNIT: Phrase(
        ko="이 답에는 단위가 없습니다. '{text}' 없이 수만 쓰세요.",
        en="This answer has no unit: type the number without '{text}'.",
    ),
    Refusal.OTHER_UNIT: Phrase(
        ko="'{text}'을(를) 읽지 못했습니다. {wanted} 단위의 수로 답하세요.",
        en="'{text}' is not read here; answer in {wanted}.",
    ),
    Refusal.DIMENSION: Phrase(
        ko="'{text}'이(가) 나타내는 것은 {quantity}이고, 여기서 묻는 것은 {asked}입니다. {wanted} 단위로 "
        "답하세요.",
        en="'{text}' gives {quantity}, but what is asked for is {asked}: answer in {wanted}.",
    ),
    Refusal.NOT_CONVERTED: Phrase(
        ko="여기서는 단위를 바꾸어 읽지 않습니다. '{text}' 말고 {wanted} 단위로 답하세요.",
        en="Units are not converted here: answer in {wanted}, not in {text}.",
    ),
    Refusal.NO_UNIT_TYPED: Phrase(
        ko="'{text}' 없이 수만 쓰세요. 그 수는 {wanted} 단위로 읽습니다.",
        en="Type the number without '{text}': it is taken in {wanted}.",
    ),
}
"""The sentence of each reason, with the remedy in it."""

_SHOWN = 20


class RefusedError(Exception):
    """A typed text is no number: raised inside the reader alone, which gives a value for it."""

    def __init__(self, code: Refusal, text: str = "", **fields: object) -> None:
        self.code = code
        self.quoted = text.strip()
        self._fields = fields

    @property
    def message(self) -> Message:
        """The reason in both languages."""
        return WHY[self.code].of(text=self.quoted[:_SHOWN], **self._fields)

    def text(self, language: Language) -> str:
        """Return the reason in ``language``."""
        return self.message.text(language)
