"""The rules for an e behind a numeral: an exponent, or Euler's number."""

from studytool.quiz.typed_choices import Choices, ReadingChoice
from studytool.quiz.typed_pieces import is_numeral, is_plain_numeral, is_raised, merged, stands
from studytool.quiz.typed_refusals import Refusal, RefusedError
from studytool.quiz.typed_tokens import END, TypedKind, TypedToken

_K = TypedKind


def e_power(
    tokens: list[TypedToken], at: int, choices: Choices
) -> tuple[list[TypedToken], int] | None:
    """Settle ``5*e-3`` and read ``5 e-3``."""
    if not is_plain_numeral(tokens, at):
        return None
    starred = stands(tokens, at + 1, "*", "·")
    e = at + 2 if starred else at + 1
    if not (
        stands(tokens, e, "e", "E")
        and stands(tokens, e + 1, "+", "-")
        and is_numeral(tokens, e + 2)
    ):
        return None
    sign = tokens[e + 1].text
    apart = starred or tokens[e + 1].spaced or tokens[e + 2].spaced
    if apart and tokens[e].text == "e":
        other = choices.takes_other(ReadingChoice.E_POWER)
        if other is (sign == "-"):
            return None
    return merged(tokens, at, e + 2, f"{tokens[at].text}e{sign}{tokens[e + 2].text}")


def e_raised(
    tokens: list[TypedToken], at: int, choices: Choices
) -> tuple[list[TypedToken], int] | None:
    """Settle ``5e^-3`` and ``5e⁻³``."""
    if not (is_plain_numeral(tokens, at) and stands(tokens, at + 1, "e", "E")):
        return None
    found = _whole_power(tokens, at + 2)
    if found is None:
        return None
    exponent, last = found
    e = tokens[at + 1]
    if e.text == "e" and e.kind is not _K.CONSTANT:  # the unit e
        return None
    if e.text == "e" and not choices.takes_other(ReadingChoice.E_RAISED):
        return None
    return merged(tokens, at, last, f"{tokens[at].text}e{exponent}")


def _whole_power(tokens: list[TypedToken], at: int) -> tuple[str, int] | None:
    """Return a whole exponent and the place of its last token."""
    if at < len(tokens) and tokens[at].kind is _K.RAISED:
        return tokens[at].text, at
    if not stands(tokens, at, "^"):
        return None
    opened = at + 1 < len(tokens) and tokens[at + 1].kind is _K.OPEN
    at += 2 if opened else 1
    sign = tokens[at].text if stands(tokens, at, "+", "-") else ""
    at += len(sign)
    if not is_numeral(tokens, at):
        return None
    if opened and not (at + 1 < len(tokens) and tokens[at + 1].kind is _K.CLOSE):
        return None
    return sign + tokens[at].text, at + opened


def e_bracket(
    tokens: list[TypedToken], at: int, choices: Choices
) -> tuple[list[TypedToken], int] | None:
    """Settle ``1e(-3)`` and ``1e{-3}``."""
    joined = (
        is_plain_numeral(tokens, at)
        and stands(tokens, at + 1, "e", "E")
        and not tokens[at + 1].spaced
    )
    if not joined or not stands(tokens, at + 2, "(", "{", "["):
        return None
    sign = tokens[at + 3].text if stands(tokens, at + 3, "+", "-") else ""
    exponent = at + 3 + len(sign)
    if not (is_numeral(tokens, exponent) and stands(tokens, exponent + 1, ")", "}", "]")):
        return None
    if choices.takes_other(ReadingChoice.E_BRACKET):
        return None
    return merged(tokens, at, exponent + 1, f"{tokens[at].text}e{sign}{tokens[exponent].text}")


def e_apart(tokens: list[TypedToken], at: int, _: Choices) -> tuple[list[TypedToken], int] | None:
    """Read ``2 e3``."""
    if not (is_plain_numeral(tokens, at) and is_numeral(tokens, at + 2)):
        return None
    return merged(tokens, at, at + 2, f"{tokens[at].text}e{tokens[at + 2].text}")


def e_unfinished(
    tokens: list[TypedToken], at: int, choices: Choices
) -> tuple[list[TypedToken], int] | None:
    """Ask of ``2e``, ``2e/3`` and ``2e(x)`` whether an exponent is missing; refuse ``2E``."""
    if tokens[at + 1].spaced or not is_plain_numeral(tokens, at) or is_raised(tokens, at + 2):
        return None
    capital = tokens[at + 1].text == "E"
    if not capital and tokens[at + 1].kind is not _K.CONSTANT:  # the unit e
        return None
    if capital or choices.takes_other(ReadingChoice.UNFINISHED):
        raise RefusedError(Refusal.BREAKS_OFF, f"{tokens[at].text}{tokens[at + 1].text}")
    return None


def e_alone(
    tokens: list[TypedToken], at: int, choices: Choices
) -> tuple[list[TypedToken], int] | None:
    """Settle a text that is ``e-3``; read ``E-3``."""
    begins = at == 0 or (at == 1 and stands(tokens, 0, "+", "-"))
    if not (begins and stands(tokens, at + 1, "+", "-") and is_numeral(tokens, at + 2)):
        return None
    after = tokens[at + 3] if at + 3 < len(tokens) else END
    joined = not (tokens[at + 1].spaced or tokens[at + 2].spaced)
    if not joined or after.kind not in (_K.END, _K.UNKNOWN, _K.EQUAL):
        return None
    if tokens[at].text == "e" and not choices.takes_other(ReadingChoice.E_ALONE):
        return None
    return merged(tokens, at, at + 2, f"1e{tokens[at + 1].text}{tokens[at + 2].text}")


def exp_key(
    tokens: list[TypedToken], at: int, choices: Choices
) -> tuple[list[TypedToken], int] | None:
    """Settle ``5EXP-3``, as the key of a calculator is named."""
    signed = at + 2 + stands(tokens, at + 2, "+", "-")
    if not (is_plain_numeral(tokens, at) and is_numeral(tokens, signed)):
        return None
    if not choices.takes_other(ReadingChoice.EXP_KEY):
        return None
    sign = "-" if stands(tokens, at + 2, "-") else ""
    return merged(tokens, at, signed, f"{tokens[at].text}e{sign}{tokens[signed].text}")


def raised_minus(
    tokens: list[TypedToken], at: int, choices: Choices
) -> tuple[list[TypedToken], int]:
    """Settle ``10⁻3``, whose digit was not raised; any other raised minus is a minus."""
    minus = tokens[at]._replace(text="-")
    joined = is_numeral(tokens, at + 1) and not (minus.spaced or tokens[at + 1].spaced)
    if not joined or choices.takes_other(ReadingChoice.RAISED_MINUS):
        return [minus], 1
    return [minus._replace(text="^"), minus], 1


def ten_bracket(
    tokens: list[TypedToken], at: int, choices: Choices
) -> tuple[list[TypedToken], int] | None:
    """Settle ``5*10(-3)``, and ``10(-3)`` at the beginning."""
    signed = at + 2 + stands(tokens, at + 2, "+", "-")
    short = is_numeral(tokens, signed) and len(tokens[signed].text) <= 2
    closed = signed + 1 < len(tokens) and tokens[signed + 1].kind is _K.CLOSE
    behind = stands(tokens, at - 1, "*", "·") or (at == 0 and stands(tokens, at + 2, "-"))
    if not (tokens[at].text == "10" and short and closed and behind):
        return None
    if choices.takes_other(ReadingChoice.TEN_BRACKET):
        return None
    opened = tokens[at + 1]
    return [tokens[at], opened._replace(kind=_K.SIGN, text="^"), opened], 2
