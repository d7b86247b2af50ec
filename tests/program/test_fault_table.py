"""Every fault is told in both languages, with every reason, and neither language in the other."""

import errno
import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest
import tomlkit

from studytool.backups.copying import shortened
from studytool.errors import StateError
from studytool.faults import FAULTS, Fault
from studytool.language import Message, Phrase
from studytool.reasons import reason, system_reason
from studytool.sqlite.faults import sqlite_reason
from tests.rows import all_rows

SAMPLES: dict[str, object] = {
    "path": Path("/home/ada/study/reviews.db"),
    "folder": Path("/home/ada/study/backups"),
    "chosen": "/home/ada/no where",
    "name": "order",
    "known": "desired_retention",
    "value": '"x"',
    "allowed": Phrase(ko="정수 0–9", en="a whole number 0–9"),
    "near": Phrase(ko="(혹시 order?)", en="; did you mean order?"),
    "mend": "order default",
    "problems": Phrase(ko="둘 다 틀렸습니다.", en="both are wrong."),
    "date": "1900-01-01",
    "what": Phrase(ko="장치", en="a device"),
    "why": Phrase(ko="읽기 전용", en="read-only"),
    "found": 3,
    "copied": 2,
    "events": 1234,
    "n": 2,
    "packs": "notes",
    "first": "notes",
}
SAMPLES_OF = {Fault.NEWER: {"known": 2}}
NOT_PROSE = re.compile(
    r"studytool(?: (?:[a-z]+|--[a-z]+|NAME|order default|desired_retention))*"  # commands
    r"|STUDYTOOL_HOME(?:=\S* \w+)?|/[\w./-]+|[\w-]+\.(?:db|toml|json)(?:-wal)?|--[a-z]+|\w+_\w+"
)
ENGLISH = re.compile(r"[A-Za-z]{2,}[ ,;]+[A-Za-z]{2,}")
HANGUL = re.compile(r"[가-힣ㄱ-ㆎ]")


def made(fault: Fault, **fields: object) -> StateError:
    chosen = {**SAMPLES, **SAMPLES_OF.get(fault, {}), **fields}
    return StateError(fault, **{name: chosen[name] for name in FAULTS[fault].fields})


def held_apart(message: Message) -> None:
    ko, en = message.text("ko"), message.text("en")
    assert ko
    assert en
    assert not ENGLISH.search(NOT_PROSE.sub("", ko)), ko
    assert not HANGUL.search(en), en


@pytest.mark.parametrize("told", [
    Phrase("파일이 없습니다(no such file)", "no such file"),  # the system's own words
    Phrase("파일이 없습니다", "없습니다"),
])  # fmt: skip
def test_a_mixed_message_would_be_seen(told: Phrase) -> None:
    with pytest.raises(AssertionError):
        held_apart(told.of())


@all_rows("fault", Fault)
def test_a_fault_is_told_in_either_language_with_its_fields(fault: Fault) -> None:
    error = made(fault)
    words = FAULTS[fault]
    assert words.fields == StateError(fault, **error.fields).fields.keys()
    for name in words.fields:
        for phrase in (words.whole.ko, words.whole.en):
            assert f"{{{name}" in phrase  # both languages say it
    held_apart(error.told)
    assert error.text("ko").startswith(error.sentence.text("ko"))
    assert error.text("en").endswith(error.remedy.text("en"))


def test_no_two_faults_are_told_alike() -> None:
    for language in (0, 1):
        told = [words.whole[language] for words in FAULTS.values()]
        assert len(set(told)) == len(told) == len(Fault)


@pytest.mark.parametrize("wrong", [{}, {"path": "x", "why": "y"}, {"file": "x"}])
def test_a_wrong_field_is_a_bug_that_shows(wrong: dict[str, object]) -> None:
    with pytest.raises(TypeError, match="moved"):
        StateError(Fault.MOVED, **wrong)


def test_a_field_may_hold_what_looks_like_a_field() -> None:
    error = StateError(Fault.SETTINGS_WRONG, problems=made(Fault.MOVED, path="{home}").told)
    assert "{home}" in error.text("ko")
    assert "{home}" in error.text("en")


def _raised(read: Callable[[], object]) -> Exception:
    with pytest.raises(Exception) as error:  # noqa: PT011 - each of another class
        read()
    return error.value


def _sqlite_error(code: int) -> apsw.Error:
    error = apsw.exception_for(code)
    assert isinstance(error, apsw.Error)
    return error


REASONS = {
    **{f"errno {errno.errorcode[n]}": system_reason(n) for n in errno.errorcode},
    "no errno": reason(OSError("odd")),
    **{f"SQLite {code}": sqlite_reason(_sqlite_error(code)) for code in range(1, 27)},
    "SQLite's check": shortened(["row 3 missing from index a", "row 4 missing from index a"] * 9),
    "not UTF-8": reason(_raised(b"\xff".decode)),
    "TOML": reason(_raised(lambda: tomllib.loads("a = = 1"))),
    "TOML's end": reason(_raised(lambda: tomllib.loads("a = "))),
    "tomlkit": reason(_raised(lambda: tomlkit.parse("a = = 1"))),
    "JSON": reason(_raised(lambda: json.loads("{"))),
    "no number": reason(_raised(lambda: float("x"))),
    "no key": reason(_raised(lambda: dict[str, int]()["memory_model"])),
}


@all_rows("name", REASONS)
def test_a_reason_is_told_in_either_language(name: str) -> None:
    held_apart(REASONS[name])


@all_rows("fault", [fault for fault in Fault if "why" in FAULTS[fault].fields])
def test_every_fault_takes_every_reason(fault: Fault) -> None:
    for why in REASONS.values():
        error = made(fault, why=why)
        held_apart(error.told)
        assert why.text("ko") in error.text("ko")
        assert why.text("en") in error.text("en")
