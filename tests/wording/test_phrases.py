"""Every text of the program is written once, and says the same fields in both languages."""

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from string import Formatter

import studytool
from tests.sources import nodes_of

ROOT = Path(studytool.__file__).parent
GROUND = "errors names kinds of things, and stands below the words of the screens"
TWINS = {
    ("문항", "item"): GROUND,
    ("꾸러미", "pack"): GROUND,
    ("개념", "concept"): GROUND,
    ("설정", "setting"): GROUND,
    ("주장", "claim"): GROUND,
    ("시각", "time"): "a column of instants, and a kind of JSON text: no one word for both",
}
"""Texts that may stand in two places, each with the reason."""


@cache
def _phrases() -> dict[tuple[str, str], list[str]]:
    """Return where each phrase written out stands: its texts in Korean and English, its places."""
    found = defaultdict(list)
    for path in sorted(ROOT.rglob("*.py")):
        for node in nodes_of(path):
            match node:
                case ast.Call(func=ast.Name("Phrase")) if texts := _texts(node):
                    found[texts].append(f"{path.relative_to(ROOT)}:{node.lineno}")
    return found


def _texts(call: ast.Call) -> tuple[str, str] | None:
    """Return the two texts; None where one is computed, or no language has words in it."""
    given = dict(zip(("ko", "en"), call.args, strict=False))
    given |= {str(word.arg): word.value for word in call.keywords}
    texts = [given[language] for language in ("ko", "en")]
    if not all(isinstance(text, ast.Constant) for text in texts):
        return None
    ko, en = (str(ast.literal_eval(text)) for text in texts)
    return (ko, en) if _words(ko + en) and ko != en else None


def _words(text: str) -> list[str]:
    """Return the words of a text besides its fields."""
    return re.findall(r"\w+", re.sub(r"\{[^}]*\}", "", text))


def test_no_text_is_written_twice() -> None:
    twins = {texts: places for texts, places in _phrases().items() if len(places) > 1}
    assert {texts: places for texts, places in twins.items() if texts not in TWINS} == {}
    assert set(TWINS) - set(twins) == set()  # none is listed for nothing


def test_both_languages_fill_in_the_same_fields() -> None:
    differing = [
        (places, texts)
        for texts, places in _phrases().items()
        if _fields(texts[0]) - {"subject"} != _fields(texts[1])  # 이 or 가, as its noun ends
        and _words(texts[1])  # a library's own English is passed on, and described in Korean
    ]
    assert differing == []


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_the_program_has_many_phrases_and_they_were_all_found() -> None:
    assert len(_phrases()) > 500
