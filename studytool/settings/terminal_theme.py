"""The theme of the terminal: the colours of a home as long as nobody chose them."""

import os
from collections.abc import Mapping
from typing import Literal

ThemeName = Literal["dark", "light", "contrast", "dracula", "rose-pine", "rose-pine-moon"]

_LIGHT = frozenset({"7", *map(str, range(9, 16))})
"""White and the bright colours, of the sixteen; 8 is grey."""


def terminal_theme(environment: Mapping[str, str] | None = None) -> ThemeName:
    """Return the light theme where ``COLORFGBG`` names a light ground, else the dark one.

    Some terminals set it: the colours of the text and, last, of the ground.

    >>> terminal_theme({"COLORFGBG": "0;15"}), terminal_theme({"COLORFGBG": "15;0"})
    ('light', 'dark')
    >>> terminal_theme({})
    'dark'
    """
    found = os.environ if environment is None else environment
    ground = found.get("COLORFGBG", "").rpartition(";")[2]
    return "light" if ground in _LIGHT else "dark"
