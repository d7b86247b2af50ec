"""Letters of two alphabets by another name: Greek by its names, Hangul by its single letters."""

import re
import unicodedata

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi",
    "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi",
    "ψ": "psi", "ω": "omega",
}  # fmt: skip
_IN_HANGUL = {
    "알파": "alpha", "베타": "beta", "감마": "gamma", "델타": "delta", "엡실론": "epsilon",
    "입실론": "epsilon", "제타": "zeta", "에타": "eta", "세타": "theta", "쎄타": "theta",
    "카파": "kappa", "람다": "lambda", "뮤": "mu", "크사이": "xi", "파이": "pi", "로": "rho",
    "시그마": "sigma", "타우": "tau", "카이": "chi", "프사이": "psi", "오메가": "omega",
}  # fmt: skip
_GREEK_IN_HANGUL = re.compile(f"(?<![가-힣])({'|'.join(_IN_HANGUL)})(?![가-힣])")

_FIRST = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_MIDDLE = (
    "ㅏ", "ㅐ", "ㅑ", "ㅒ", "ㅓ", "ㅔ", "ㅕ", "ㅖ", "ㅗ", "ㅗㅏ", "ㅗㅐ", "ㅗㅣ", "ㅛ",
    "ㅜ", "ㅜㅓ", "ㅜㅔ", "ㅜㅣ", "ㅠ", "ㅡ", "ㅡㅣ", "ㅣ",
)  # fmt: skip
_LAST = (
    "ㄱ", "ㄲ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ",
    "ㄹㅌ", "ㄹㅍ", "ㄹㅎ", "ㅁ", "ㅂ", "ㅂㅅ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ",
    "ㅍ", "ㅎ",
)  # fmt: skip
_LETTERS = str.maketrans(
    {
        **{chr(0x1100 + place): letter for place, letter in enumerate(_FIRST)},
        **{chr(0x1161 + place): letters for place, letters in enumerate(_MIDDLE)},
        **{chr(0x11A8 + place): letters for place, letters in enumerate(_LAST)},
    }
)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def greek_in_names(text: str) -> str:
    """Write small Greek letters, and their names in Hangul, by their names.

    >>> greek_in_names("β1"), greek_in_names("베타1"), greek_in_names("람다를")
    ('beta1', 'beta1', '람다를')
    """
    if _NOT_ASCII.search(text) is None:
        return text
    named = _GREEK_IN_HANGUL.sub(lambda found: _IN_HANGUL[found[1]], text)
    return "".join(_GREEK.get(letter, letter) for letter in named)


def hangul_in_letters(text: str) -> str:
    """Write each syllable by its single letters, as they are typed.

    >>> hangul_in_letters("값"), hangul_in_letters("ㄱㅏㅂㅅ")
    ('ㄱㅏㅂㅅ', 'ㄱㅏㅂㅅ')
    """
    if _NOT_ASCII.search(text) is None:
        return text
    apart = "".join(
        unicodedata.normalize("NFKD", sign) if _is_hangul(sign) else sign for sign in text
    )
    return apart.translate(_LETTERS)


def _is_hangul(sign: str) -> bool:
    return "\u3131" <= sign <= "\u318e" or "가" <= sign <= "힣"
