"""A setting read as it is typed, and changed at the desk: saved, shared, and in force at once."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from studytool.session.desk import agree_on_settings
from studytool.session.policy import policy_of
from studytool.settings import (
    Settings,
    all_settings,
    change_setting,
    check_setting,
    load_settings,
)
from studytool.settings.rules import NumberRange, OneOf, Switch
from studytool.srs.parameters import parameter_problem

if TYPE_CHECKING:
    from studytool.session.desk import Desk

_FINE_STEP = 0.01


def read_value(name: str, text: str, before: Settings) -> object:
    """Read a value, and refuse one that breaks its rule or does not fit the memory model.

    Raises:
        StudytoolError: it may not stand; says what may.
    """
    row = all_settings()[name]
    value = row.rule.read(text.strip())
    check_setting(row, value)
    if name in {"parameters", "memory_model"}:
        changed: dict[str, Any] = {name: value}
        after = replace(before, **changed)
        if wrong := parameter_problem(after.memory_model, after.parameters):
            raise wrong
    return value


def next_value(name: str, settings: Settings, by: int) -> object | None:
    """Return the value one step or choice further, or back; None where there is no such step."""
    rule, value = all_settings()[name].rule, getattr(settings, name)
    match rule:
        case Switch():
            return not value
        case OneOf(words=words):
            word: object = words[(words.index(value) + by) % len(words)]
            return word
        case NumberRange(low=low, high=high):
            stepped = value + by if rule.whole else round(value + by * _FINE_STEP, 2)
            held: object = min(high, max(low, stepped))
            return held
        case _:
            return None


def has_choices(name: str) -> bool:
    """Tell whether a setting has a few values, one after another, of which none need be typed."""
    return isinstance(all_settings()[name].rule, Switch | OneOf)


def change_at_desk(desk: "Desk", name: str, value: object) -> None:
    """Save a setting and put it in force; None takes it out, so that the default holds.

    What shapes the schedule is written into the log too, and memories are computed anew.

    Raises:
        StudytoolError: the value may not stand, and all is as it was; or the file or the log cannot
            be written.
    """
    if value is not None:
        check_setting(all_settings()[name], value)
    change_setting(desk.home, name, value)
    settings = load_settings(desk.home)
    desk.settings = agree_on_settings(desk.home, settings, desk.log, desk.clock)
    desk.log.adopt_policy(policy_of(desk.settings))
