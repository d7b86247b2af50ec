"""What the values of a simulation are called: by what sets each apart from the others."""

from collections.abc import Iterator, Mapping

from studytool.language import Language
from studytool.numerics.experiment import ParameterValue
from studytool.quiz.running import MeasuredSetting
from studytool.wording.experiment_words import DECADES, parameter_name, quantity_name, value_text


def measure_names(
    settings: Mapping[str, MeasuredSetting | None], language: Language
) -> dict[str, str]:
    """Name each measured value: as its author does, else by what others have not.

    That is its quantity, its choices, its numbers. What is measured in decades is written as the
    number that it stands for, and is named so.

    Args:
        settings: of what each value is measured, by its name in the item; None of a nameless sample.
        language: of the words.
    """
    known = [one for one in settings.values() if one is not None and one.quantity]
    return {
        name: one.name.text(language)
        if one is not None and one.name is not None
        else ", ".join(_apart(one, known, language)) or value_text(name, language)
        for name, one in settings.items()
    }


def _apart(
    setting: MeasuredSetting | None, known: list[MeasuredSetting], language: Language
) -> Iterator[str]:
    if setting is None:
        return
    if len({one.quantity for one in known}) > 1 or len(known) == 1:
        yield quantity_name(setting.quantity.removeprefix(DECADES), language)
    for name, value in setting.values.items():
        if len({one.values.get(name) for one in known}) > 1:
            yield _set(name, value, language)


def _set(name: str, value: ParameterValue, language: Language) -> str:
    text = value_text(value, language)
    return text if isinstance(value, str) else f"{parameter_name(name, language)} {text}"
