"""One row of the table of settings, and what a value of it may be."""

from collections.abc import Callable
from dataclasses import field
from typing import Any, NamedTuple

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.language import Phrase
from studytool.settings.rules import SettingRule, shown


class Setting(NamedTuple):
    """One row of the table.

    Attributes:
        rule: what its value may be.
        label: what it is called on the screen.
        about: what it is, in a line.
        group: the heading that it stands under in the reference.
        of_packs: whether a pack may have a value of its own.
        is_local: whether it is this device's alone; any other shapes the schedule, and is in the log.
        surroundings: what tells the value in force without one in the file; None where it is the
            default.
    """

    name: str
    default: Any
    rule: SettingRule
    label: Phrase
    about: Phrase
    group: Phrase
    of_packs: bool = False
    is_local: bool = False
    surroundings: Callable[[], Any] | None = None

    @property
    def unset(self) -> Any:
        """Return the value in force while the file has none."""
        return self.default if self.surroundings is None else self.surroundings()


def setting(  # noqa: PLR0913 - one for each attribute of a row
    default: object,
    rule: SettingRule,
    *,
    group: Phrase,
    label: Phrase,
    about: Phrase,
    of_packs: bool = False,
    is_local: bool = False,
    surroundings: Callable[[], Any] | None = None,
) -> Any:
    """Return the field of a class of settings that is a row of the table."""
    row = {
        "rule": rule, "group": group, "label": label, "about": about, "of_packs": of_packs,
        "is_local": is_local, "surroundings": surroundings,
    }  # fmt: skip
    return field(default=default, metadata={"row": row})


def check_setting(row: Setting, value: object) -> None:
    """Refuse a value that a setting may not have.

    Raises:
        StateError: says what it must be.
    """
    if not row.rule.admits(value):
        raise StateError(
            Fault.SETTING_VALUE, name=row.name, value=shown(value), allowed=row.rule.allowed
        )
