"""A setting's value between the command line and the settings: read, shown, and held to its model."""

import re

from studytool.errors import ParameterError
from studytool.language import Language, Phrase
from studytool.settings import SettingRule, Settings
from studytool.settings.rules import ListOf, NumberRange, Switch

DEFAULT = "default"
"""The word that restores a default."""

_SWITCHES = {
    **dict.fromkeys(("true", "on", "yes"), True),
    **dict.fromkeys(("false", "off", "no"), False),
}
_EMPTY = Phrase(ko="없음", en="none")
_MODELS_OWN = Phrase(ko="모델의 기본값", en="the model's defaults")
_MANY = Phrase(ko="{model} 모델의 매개변수 {n}개", en="the {n} parameters of {model}")
_COUNT = Phrase(
    ko="parameters: {model} 모델의 매개변수는 {n}개인데 {given}개입니다.",
    en="parameters: {model} needs {n} of them, not {given}.",
)
_OUTSIDE = Phrase(
    ko="parameters: w{index} = {value}: 쓸 수 있는 값: {low:g}–{high:g}.",
    en="parameters: w{index} = {value}: it must be {low:g}–{high:g}.",
)
_BACK = Phrase(
    ko="모델의 기본값으로 돌리기: studytool config parameters default",
    en="Back to the model's defaults: studytool config parameters default",
)


def read_value(words: tuple[str, ...], rule: SettingRule) -> object:
    """Read what was typed for a setting; what cannot be read stays text, which no rule admits.

    >>> read_value(("1,", "10"), ListOf(NumberRange(0.0, 100.0), most=3))
    (1, 10)
    >>> read_value(("off",), Switch()), read_value(("0.9",), NumberRange(0, 1))
    (False, 0.9)
    """
    text = " ".join(words).strip()
    match rule:
        case ListOf():
            parts = re.findall(r"[^\s,\[\]]+", text)
            return () if text == "none" else tuple(map(_number, parts))
        case Switch():
            return _SWITCHES.get(text.lower(), text)
        case NumberRange():
            return _number(text)
        case _:
            return text


def value_text(name: str, value: object, language: Language) -> str:
    """Write a value as it can be typed again, where it has a value."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        empty = _MODELS_OWN if name == "parameters" else _EMPTY
        return ", ".join(str(one).removesuffix(".0") for one in value) or empty.text(language)
    return str(value)


def allowed_text(name: str, rule: SettingRule, settings: Settings, language: Language) -> str:
    """Say what a setting may be; of the parameters, how many the model has."""
    if name != "parameters":
        return rule.allowed.text(language)
    from studytool.srs.parameters import PARAMETERS

    model = settings.memory_model
    return _MANY.text(language, model=model, n=len(PARAMETERS[model].bounds))


def parameter_problem(settings: Settings, *, place: str = "") -> ParameterError | None:
    """Return what is wrong with the parameters for the model chosen, every one of them named."""
    from studytool.srs.parameters import PARAMETERS

    model, values = settings.memory_model, settings.parameters
    bounds = PARAMETERS[model].bounds
    said: list[tuple[Phrase, dict[str, object]]] = []
    if values and len(values) != len(bounds):
        said = [(_COUNT, {"model": model, "n": len(bounds), "given": len(values)})]
    else:
        said = [
            (_OUTSIDE, {"index": index, "value": value, "low": low, "high": high})
            for index, (value, (low, high)) in enumerate(zip(values, bounds, strict=False))
            if not low <= value <= high
        ]
    if not said:
        return None
    said.append((_BACK, {}))
    ko, en = ("\n".join(p.text(lang, **about) for p, about in said) for lang in ("ko", "en"))
    return ParameterError(Phrase("{place}{ko}", "{place}{en}"), place=place, ko=ko, en=en)


def _number(text: str) -> int | float | str:
    for read in (int, float):
        try:
            return read(text)
        except ValueError:
            continue
    return text
