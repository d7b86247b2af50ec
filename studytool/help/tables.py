"""The tables of the help pages, each made from the program's own; imported only when shown."""

import re
from collections.abc import Iterable, Iterator

from studytool.help.columns import described
from studytool.language import Language, Phrase
from studytool.typeset.cells import wrap

_DEFAULT = Phrase("기본값 {value}", "default {value}")
_OF_PACKS = Phrase("꾸러미마다 따로 가능", "also by pack")
_CONSTANTS = Phrase("상수", "constants")
_OPERATORS = Phrase("연산자", "operators")
_FUNCTIONS = Phrase("함수", "functions")
_DRAWS = Phrase("난수 뽑기 (확인과 measure에서만)", "random draws (only in a check, and measure)")

_FIELD = re.compile(r"\{(\w+)[^}]*\}")

STATUSES: dict[int, Phrase] = {
    0: Phrase("잘 됨", "all is as it should be"),
    1: Phrase(
        "살펴본 것이 맞지 않음 (check, verify, doctor)",
        "what was looked at does not hold (check, verify, doctor)",
    ),
    2: Phrase(
        "쓰는 사람이 고칠 수 있음. 고치는 법은 표준 오류에",
        "you can mend it; a message on standard error says how",
    ),
    70: Phrase(
        "studytool 자신의 잘못. 한 줄과 보고서가 남음",
        "a fault of studytool itself: one line, and a report",
    ),
    129: Phrase("터미널이 닫힘: 순서대로 끝남", "the terminal was closed; ended in order"),
    130: Phrase(
        "Ctrl-C로 끝남. 전체 화면에서는 끝내기 키이므로 0",
        "ended by Ctrl-C; on the full screen that is a key that quits, and gives 0",
    ),
    141: Phrase("출력을 읽는 쪽이 사라짐", "nobody reads the output any more"),
    143: Phrase("SIGTERM: 순서대로 끝남", "ended by SIGTERM, in order"),
}
"""The exit statuses of every command."""


def settings(language: Language, width: int) -> Iterator[str]:
    """List the settings by group: name and default, then what each does and may be."""
    from studytool.wording.settings import settings_table

    group = ""
    for row in settings_table(language):
        if row.group != group:
            yield from ([""] if group else [])
            yield row.group
            group = row.group
        own = f", {_OF_PACKS.text(language)}" if row.of_packs else ""
        yield f"  {row.name}: {row.label}  ({_DEFAULT.text(language, value=row.default)}{own})"
        meaning = f"{row.about}: {row.allowed}"
        yield from described([("", meaning)], width=width, column=6)


def answers(language: Language, width: int) -> Iterable[str]:
    """List what can be typed as a number, and what it is read as."""
    from studytool.help.answer_rows import answer_lines

    return answer_lines(language, width=width)


def keys(language: Language, width: int) -> Iterator[str]:
    """List the keys of the full screen by place, from the table that binds them."""
    from studytool.wording.key_help import key_sections

    for number, (heading, rows) in enumerate(key_sections(language)):
        yield from ["", heading] if number else [heading]
        yield from described(rows, width=width, column=20, indent=2)


def line_commands(language: Language, width: int) -> Iterator[str]:
    """List the commands of the line mode, from the table that it reads."""
    from studytool.wording.line_commands import command_rows

    yield from described(command_rows(language), width=width, column=20, indent=2)


def events(language: Language, width: int) -> Iterator[str]:
    """List the kinds of event in the log, and the fields of each."""
    from studytool.review_log.kinds import KINDS, STAMP
    from studytool.wording.events import EVENT_WORDS

    common = {one.name for one in STAMP}
    for name, kind in KINDS.items():
        own = ", ".join(one.name for one in kind.fields if one.name not in common)
        meaning = f"{EVENT_WORDS[name].text(language)} ({own})"
        yield from described([(name, meaning)], width=width, column=12)


def search_fields(language: Language, width: int) -> Iterator[str]:
    """List what a search can ask for, each with an example."""
    from studytool.search.fields import FIELDS

    rows = [(field.example, field.about.text(language)) for field in FIELDS.values()]
    return described(rows, width=width, column=28)


def search_states(language: Language, width: int) -> Iterator[str]:
    """List the states that a search can ask for."""
    from studytool.search.fields import STATES

    rows = [(f"is:{name}", about.text(language)) for name, about in STATES.items()]
    return described(rows, width=width, column=16)


def commands(language: Language, width: int) -> Iterator[str]:
    """List the commands without their options, which only the command line knows."""
    from studytool.wording.commands import ABOUT_COMMANDS

    groups = {name.split()[0] for name in ABOUT_COMMANDS if " " in name}
    rows = (
        (f"studytool {name}", about.text(language))
        for name, about in ABOUT_COMMANDS.items()
        if name not in groups
    )
    return described(rows, width=width, column=27)


def pack_keys(language: Language, width: int) -> Iterable[str]:
    """List the keys of packs by model."""
    from studytool.help.pack_keys import pack_key_lines

    return pack_key_lines(language, width=width)


def formula_names(language: Language, width: int) -> Iterator[str]:
    """List constants, operators, functions and draws of the formula language."""
    from studytool.formula.draws import DRAWS
    from studytool.formula.functions import (
        CONSTANTS,
        FUNCTIONS,
        OPERATORS,
        draw_signature,
    )
    from studytool.numerics.closed_forms import CLOSED_FORMS

    heads = ((_CONSTANTS, CONSTANTS), (_OPERATORS, (*OPERATORS, "a if c else b")))
    for title, words in heads:
        yield from described([(title.text(language), "  ".join(words))], width=width, column=12)
    functions = [
        (_signature(name), _doc(name, one.doc, language))
        for name, one in FUNCTIONS.items()
        if name not in CLOSED_FORMS
    ]
    draws = [
        (draw_signature(name), _draw_doc(name, one.doc, language)) for name, one in DRAWS.items()
    ]
    for title, rows in ((_FUNCTIONS, functions), (_DRAWS, draws)):
        yield ""
        yield title.text(language)
        yield from described(rows, width=width, column=30, indent=2)


def closed_forms(language: Language, width: int) -> Iterator[str]:
    """List the closed forms of the core, with the source of each."""
    from studytool.help.formula_words import KOREAN_SOURCES
    from studytool.numerics.closed_forms import CLOSED_FORMS

    for form in CLOSED_FORMS.values():
        yield from wrap(_signature(form.name), width)
        source = KOREAN_SOURCES.get(form.source, form.source) if language == "ko" else form.source
        meaning = f"{_doc(form.name, form.doc, language)} [{source}]"
        yield from described([("", meaning)], width=width, column=4)


def json(language: Language, width: int) -> Iterable[str]:
    """List the keys of every command's JSON, with their types."""
    from studytool.help.json_reference import json_lines

    return json_lines(language, width=width)


def statuses(language: Language, width: int) -> Iterator[str]:
    """List the exit statuses."""
    rows = ((f"{status}", meaning.text(language)) for status, meaning in STATUSES.items())
    return described(rows, width=width, column=6)


def power(language: Language, width: int) -> Iterable[str]:
    """List how often the acceptance rule was measured to err."""
    from studytool.help.power import power_lines

    return power_lines(language, width)


def pack_codes(language: Language, width: int) -> Iterator[str]:
    """List the codes that ``studytool check`` reports."""
    from studytool.packs.codes import CODES

    rows = ((code, meaning.text(language)) for code, meaning in CODES.items())
    return described(rows, width=width, column=7)


def finding_codes(language: Language, width: int) -> Iterator[str]:
    """List the codes that ``studytool doctor`` reports."""
    from studytool.doctor.findings import FINDING_CODES

    rows = ((code, meaning.text(language)) for code, meaning in FINDING_CODES.items())
    return described(rows, width=width, column=32)


def faults(language: Language, width: int) -> Iterator[str]:
    """List what can be wrong with the learner's own files, and how each is mended."""
    from studytool.faults import FAULTS

    for fault, words in FAULTS.items():
        message = words.whole.ko if language == "ko" else words.whole.en
        yield fault
        yield from described([("", _FIELD.sub(_in_capitals, message))], width=width, column=4)


def _in_capitals(field: "re.Match[str]") -> str:
    return field[1].upper()


def _signature(name: str) -> str:
    from studytool.formula.functions import signature

    return signature(name)


def _doc(name: str, english: str, language: Language) -> str:
    from studytool.help.formula_words import KOREAN

    return KOREAN[name] if language == "ko" else english.removeprefix("Return ").replace("``", "")


def _draw_doc(name: str, english: str, language: Language) -> str:
    from studytool.help.formula_words import KOREAN_DRAWS

    return KOREAN_DRAWS[name] if language == "ko" else english
