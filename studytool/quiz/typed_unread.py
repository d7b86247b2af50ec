"""Why a token of a typed text fits nowhere: each kind of it for a reason of its own."""

from studytool.quiz.typed_refusals import Refusal, RefusedError
from studytool.quiz.typed_tokens import END, TypedKind, TypedToken

_K = TypedKind
_BY_TEXT: dict[str, Refusal] = {
    **dict.fromkeys(("nan",), Refusal.NAN),
    **dict.fromkeys(("inf", "infinity", "∞", "무한", "무한대"), Refusal.INFINITE),
    **dict.fromkeys(("..", "~", "to", "until", "에서", "부터", "사이"), Refusal.RANGE),
    **dict.fromkeys(("±",), Refusal.PLUS_MINUS),
    **dict.fromkeys((",", ";", "or", "and", "또는", "그리고", "과"), Refusal.TWO_NUMBERS),
    **dict.fromkeys(("이상", "이하", "초과", "미만", "보다"), Refusal.INEQUALITY),
    "_": Refusal.UNDERSCORE,
}


def refuse_token(tokens: list[TypedToken], at: int) -> RefusedError:
    """Return why the token at a place, or the end of the text, fits nowhere there."""
    if at >= len(tokens):
        return RefusedError(Refusal.BREAKS_OFF, _joined(tokens[-3:]))
    token = tokens[at]
    if token.at == token.end:  # the base of a logarithm that is none: ₅
        return RefusedError(Refusal.UNKNOWN, _joined(tokens[at + 1 : at + 2]))
    word = _word(tokens, at)
    if (known := _BY_TEXT.get(word.lower())) is not None:
        return RefusedError(known)
    if token.kind is _K.UNKNOWN:
        return _refuse_word(word, behind=tokens[:at])
    return _refuse_operand(tokens, at)


def _refuse_operand(tokens: list[TypedToken], at: int) -> RefusedError:
    """Return why a number, a bracket or a sign fits nowhere."""
    token, last = tokens[at], tokens[at - 1] if at > 0 else END
    if at > 1 and last.text == "|":
        return RefusedError(Refusal.NO_SIGN, token.text)
    if last.kind in (_K.SIGN, _K.OPEN, _K.FUNCTION, _K.ROOT, _K.FRAC):
        return RefusedError(Refusal.BREAKS_OFF, _joined(tokens[max(0, at - 3) : at]))
    if token.kind in (_K.NUMERAL, _K.FRACTION):
        numbers = last.kind in (_K.NUMERAL, _K.FRACTION, _K.PERCENT, _K.RAISED)
        exponent = last.kind is _K.NUMERAL and "e" in last.text.lower() and not token.spaced
        code = Refusal.TWO_NUMBERS if numbers else Refusal.NO_SIGN
        return RefusedError(Refusal.EXPONENT if exponent else code, token.text)
    code = Refusal.BRACKETS if token.kind is _K.CLOSE else Refusal.UNKNOWN
    return RefusedError(code, _joined(tokens[at : at + 3]))


def _refuse_word(word: str, *, behind: list[TypedToken]) -> RefusedError:
    """Return why a word fits nowhere: behind a number it is best left out."""
    if word in ("i", "j"):
        return RefusedError(Refusal.COMPLEX)
    number = any(one.kind in (_K.NUMERAL, _K.FRACTION, _K.CONSTANT) for one in behind)
    return RefusedError(Refusal.WORD if number and word.isalpha() else Refusal.UNKNOWN, word)


def _word(tokens: list[TypedToken], at: int) -> str:
    """Return the text of a token, with the letters that follow an unknown one without a space."""
    text = tokens[at].text
    if tokens[at].kind is not _K.UNKNOWN:
        return text
    for token in tokens[at + 1 :]:
        if token.spaced or token.kind not in (_K.UNKNOWN, _K.MULTIPLIER, _K.KOREAN, _K.COURTESY):
            break
        text += token.text
    return text


def _joined(tokens: list[TypedToken]) -> str:
    return "".join(" " * token.spaced + token.text for token in tokens).strip()
