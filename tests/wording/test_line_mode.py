"""Every act of the screens is done in the line mode, or by a command: for screen readers and pipes."""

from studytool.wording.commands import ABOUT_COMMANDS
from studytool.wording.keys import KEYS, KeyPlace
from studytool.wording.line_commands import COMMANDS
from tests.rows import all_rows

_STUDY = {KeyPlace.ASKING, KeyPlace.HOW_SURE, KeyPlace.MARKED, KeyPlace.RUNNING, KeyPlace.SUMMARY}
"""Where the line mode is: what is done there is a command with a colon."""
_LINE = {
    "hint": ":hint", "give_up": ":show", "try_key": ":try", "lesson": ":lesson", "undo": ":undo",
    "redo": ":redo", "suspend": ":suspend", "bury": ":bury", "flag": ":flag", "help": ":help",
    "leave": ":quit", "edit": ":source", "switch_language": "study",
}  # fmt: skip
_COMMAND = {
    "cram": "study", "custom": "study", "less": "study", "more": "study", "progress": "stats",
    "browse": "search", "suspend": "item suspend", "bury": "item bury", "flag": "item flag",
    "set_due": "item set-due", "reset": "item reset", "undo": "undo", "claims": "claims",
    "try_claim": "verify", "try_all": "verify", "settings": "config", "default": "config",
    "author": "pack preview", "lab": "simulate", "question": "simulate", "copy": "simulate",
    "write": "simulate", "hint": "show", "give_up": "show", "topics": "help", "help": "help",
    "item_before": "check", "item_after": "check", "seed_before": "show", "seed_after": "show",
    "go_to": "show", "edit": "check", "switch_language": "config", "app.palette": "search",
    "app.keys": "help",
}  # fmt: skip
_OF_A_SCREEN = {
    "page_up", "page_down", "up", "down", "leave", "dismiss", "app.quit", "app.jump",
    "app.stop_or_quit", "app.suspend_process",
}  # fmt: skip
"""Moves a bar or leaves a screen: where there is neither, there is nothing to do."""


def _acts() -> list[tuple[str, bool]]:
    """Return each action of a key with whether it is one of studying."""
    rows = [(row.action, place in _STUDY) for row in KEYS for place in row.places if row.action]
    return sorted(set(rows))


@all_rows(("action", "studying"), _acts())
def test_every_act_of_a_key_has_its_line(action: str, studying: bool) -> None:  # noqa: FBT001 - a row
    lines = {f":{command.act}" for command in COMMANDS} | ABOUT_COMMANDS.keys()
    if action not in _OF_A_SCREEN or (studying and action in _LINE):
        assert (_LINE if studying else _COMMAND)[action] in lines


def test_every_command_of_the_line_mode_is_an_act_of_a_key() -> None:
    assert {f":{command.act}" for command in COMMANDS} == {
        line for line in _LINE.values() if line.startswith(":")
    }
