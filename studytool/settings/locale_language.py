"""The language of the surroundings: what a home speaks as long as nobody chose one."""

import os
from collections.abc import Mapping

from studytool.language import Language

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""POSIX's variables of the language of messages; the first that is set counts."""

_SAYS_NOTHING = {"", "c", "posix"}
_KOREAN = {"ko", "korean"}


def locale_language(environment: Mapping[str, str] | None = None) -> Language:
    """Return Korean for a Korean locale and where none is named, else English.

    >>> locale_language({"LANG": "ko_KR.UTF-8"}), locale_language({"LANG": "en_US.UTF-8"})
    ('ko', 'en')
    >>> locale_language({"LC_ALL": "C.UTF-8", "LANG": "en_US.UTF-8"})  # names no language
    'ko'
    """
    found = os.environ if environment is None else environment
    named = next((found[name] for name in _VARIABLES if found.get(name)), "")
    for mark in ".@_-":
        named = named.partition(mark)[0]
    return "ko" if named.lower() in _KOREAN | _SAYS_NOTHING else "en"
