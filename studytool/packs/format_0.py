"""What the keys of the format before the first became: told to whoever still writes them."""

from collections.abc import Mapping
from typing import Any

from studytool.language import Message
from studytool.packs.telling import told

RENAMED = {"where": "require"}
_OF_TOLERANCE = {"rtol": "rel", "atol": "abs", "decimals": "dp"}
_VERSIONS = ("schema", "formulas")


def became(key: str, beside: Mapping[str, Any]) -> Message | None:
    """Say what to write for a key of format 0; None where it was none.

    >>> became("rtol", {"formula": "2*n", "rtol": 0.02, "atol": 0.1}).text("en")
    "write 'tolerance: {rel: 2%, abs: 0.1}' in its place"
    """
    if key in RENAMED:
        return told("it is called '{name}' now", name=RENAMED[key])
    entry = tolerance_entry(key, beside)
    return None if entry is None else told("write '{entry}' in its place", entry=entry)


def tolerance_entry(key: str, beside: Mapping[str, Any]) -> str | None:
    """Return what the keys of a tolerance of format 0 are now; None where this is none of them."""
    if key not in _OF_TOLERANCE:
        return None
    stated = [
        f"{name}: {_written(name, beside[old])}"
        for old, name in _OF_TOLERANCE.items()
        if old in beside
    ]
    if len(stated) > 1:  # digits stand alone
        stated = [one for one in stated if not one.startswith("dp")]
    return f"tolerance: {{{', '.join(stated)}}}"


def became_of(mapping: Mapping[str, Any]) -> Message | None:
    """Say what to write for a mapping of format 0 that is none of those wanted; else nothing.

    >>> became_of({"id": "larger", "expect": "reversed"}).text("en")
    "write 'greater:' and 'than:' in place of 'expect: reversed': a comparison that is refuted"
    """
    if "exact" in mapping:
        return told(
            "'exact' is called 'also' now, and has its reason in 'because: {{ko: ..., en: ...}}'"
        )
    if mapping.get("expect") == "equal":
        return told("write 'contrast: {{name: value}}' in its place: where the order is not seen")
    if mapping.get("expect") == "reversed":
        return told(
            "write 'greater:' and 'than:' in place of 'expect: reversed': a comparison that is refuted"
        )
    return None


def _written(name: str, value: object) -> str:
    is_share = name == "rel" and isinstance(value, int | float)
    return f"{float(f'{value}e2'):g}%" if is_share else str(value)


def missed_key(key: str, beside: Mapping[str, Any]) -> Message | None:
    """Say what to write for a key that format 1 wants and format 0 did not; else nothing."""
    if key in _VERSIONS:
        return told("write '{key}: 1'", key=key)
    if key == "blanks" and "{{" in str(beside.get("text")):
        return told(
            "write each {{{{answer|spelling}}}} as [[name]] in the text, and here 'name: {{accept: [answer, spelling]}}'"
        )
    return None
