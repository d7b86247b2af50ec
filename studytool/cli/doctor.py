"""``studytool doctor``: what is wrong with the learner's files, and its repair."""

import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from studytool.cli import declare
from studytool.cli.long_work import watched_work
from studytool.cli.output import (
    NOT_AS_IT_SHOULD_BE,
    confirmed,
    learner_language,
    write_json,
    write_note,
    write_text,
)
from studytool.cli.read_only_home import copied_home
from studytool.clock import utc_now
from studytool.errors import StateError, StudytoolError
from studytool.faults import Fault
from studytool.json_output import DoctorJson, RepairJson
from studytool.language import Language, Phrase
from studytool.settings import FILE_NAME, home_folder, read_settings
from studytool.settings.own_home import refuse_unmakeable
from studytool.srs.parameters import parameter_problem
from studytool.wording.doctor import SEVERITIES, findings_text

if TYPE_CHECKING:
    from studytool.doctor.findings import Finding
    from studytool.library.library import InstalledPack

_RESET_PARAMETERS = Phrase(
    ko="studytool config parameters default를 실행하면 매개변수가 기본값으로 돌아갑니다. 복습은 바뀌지 않습니다.",
    en="Run studytool config parameters default: the parameters are set back, and no review is "
    "changed.",
)

_OF_ADDED = {
    Fault.PACKS_UNLISTED: "packs_unlisted",
    Fault.PACK_FILES_CHANGED: "pack_files_changed",
}
"""The codes of what may be wrong with added packs, but for a lock that cannot be read."""


@declare.command(
    "doctor",
    more=Phrase(
        ko="복습 기록, 설정, 매개변수, 백업, 시계를 검사합니다. 이것들로 만드는 기억, 색인, "
        "바꾸어 둔 꾸러미는 저절로 다시 만들며, --repair는 기억을 새로 계산합니다. 쓸 수 "
        "없는 폴더도 그대로 검사합니다.\n\n"
        "잘못된 것이 있거나 --repair 뒤에도 남으면 종료 상태는 1입니다. 참고 사항은 세지 "
        "않습니다.",
        en="The log of reviews, the settings, parameters, backups and clock are checked. What "
        "is made of these (memories, indexes, compiled packs) is made again by itself; "
        "--repair computes the memories anew. A folder that cannot be written is checked "
        "all the same.\n\n"
        "Exit status 1 when something is wrong, or still is after --repair; notes do not "
        "count.",
    ),
)
@declare.option(
    "--repair",
    "repair_them",
    is_flag=True,
    about=Phrase("고칠 수 있는 것을 물어보고 고칩니다.", "Repair what can be, asking first."),
)
@declare.option(
    "--yes",
    is_flag=True,
    about=Phrase("--repair를 묻지 않고 합니다.", "With --repair: do not ask."),
)
@declare.as_json
def command(*, repair_them: bool, yes: bool, as_json: bool) -> None:
    """Check the log of reviews, the settings, parameters, backups and clock."""
    home = home_folder()
    language = learner_language(home)
    refuse_unmakeable(home)
    findings = _examine(home, language)
    repairs: list[RepairJson] = []
    if repair_them:
        repairs = _repair(findings, home, language, yes=yes)
        findings = _examine(home, language) if repairs else findings
        _remake_caches(home, findings, language)
    shown = _as_json(findings, repairs, language)
    if as_json:
        write_json(shown)
    else:
        done = [tried["message"] for tried in repairs]
        write_text(findings_text(findings, done, language))
    if not shown["healthy"]:
        sys.exit(NOT_AS_IT_SHOULD_BE)


def _examine(home: Path, language: Language) -> "list[Finding]":
    from studytool.doctor.examine import examine

    with watched_work(language), copied_home(home) as copy:
        found = examine(home, utc_now(), copy=copy)
        return [*_parameters(home), *_added_packs(home, copy or home), *found]


def _added_packs(home: Path, place: Path) -> "Iterator[Finding]":
    """Check the list of added packs and their files, where the library at ``place`` can be read."""
    from studytool.doctor.findings import finding_of
    from studytool.library.library import Library
    from studytool.session.added_packs import added_faults

    packs: list[InstalledPack] = []
    if (place / "library.db").exists():
        with suppress(StateError), Library.open(place / "library.db") as library:
            packs = library.packs()
    for fault in added_faults(home, packs, hashed=True):
        yield finding_of(fault, _OF_ADDED.get(fault.fault, "pack_lock_unreadable"))


def _parameters(home: Path) -> "Iterator[Finding]":
    """Check the memory model's parameters: those in force, and those kept to go back to."""
    from studytool.doctor.findings import Finding, finding_of
    from studytool.fitting import adopting

    with suppress(StateError):  # told of the settings themselves
        settings, _ = read_settings(home)
        model, values = settings.memory_model, settings.parameters
        if problem := parameter_problem(model, values, place=f"{home / FILE_NAME}: "):
            yield Finding("parameters_wrong", problem.told, _RESET_PARAMETERS.of())
    try:
        if (home / adopting.FILE_NAME).exists():
            adopting.read_former(home)
    except StateError as error:
        yield finding_of(error, "former_parameters_unreadable")


def _repair(
    findings: "list[Finding]", home: Path, language: Language, *, yes: bool
) -> list[RepairJson]:
    """Offer each finding's repairs in turn, until one is wanted and works."""
    done: list[RepairJson] = []
    for finding in findings:
        if finding.repairs:
            write_note(finding.message.text(language))
            done += _mend(finding, home, language, yes=yes)
    return done


def _remake_caches(home: Path, findings: "list[Finding]", language: Language) -> None:
    """Make again what is made of a log that is whole."""
    from studytool.doctor.log_findings import UNREAD
    from studytool.doctor.repair import remake_caches

    if any(finding.code in {*UNREAD, "home_read_only"} for finding in findings):
        return

    with watched_work(language):
        remake_caches(home, utc_now())


def _mend(finding: "Finding", home: Path, language: Language, *, yes: bool) -> list[RepairJson]:
    from studytool.doctor.repair import QUESTIONS, repair

    tried: list[RepairJson] = []
    for kind in finding.repairs:
        if not confirmed(QUESTIONS[kind].text(language, home=home), yes=yes):
            continue
        try:
            with watched_work(language):
                message, worked = repair(kind, home, utc_now()).text(language), True
        except StudytoolError as error:
            message, worked = error.text(language), False
        tried.append(
            {"code": finding.code, "repair": str(kind), "done": worked, "message": message}
        )
        if worked:
            break
    return tried


def _as_json(
    findings: "list[Finding]", repairs: list[RepairJson], language: Language
) -> DoctorJson:
    counts = {
        severity: sum(str(finding.severity) == severity for finding in findings)
        for severity in SEVERITIES
    }
    return {
        "healthy": not counts["error"] and not counts["warning"],
        "findings": [
            {
                "code": finding.code,
                "severity": str(finding.severity),
                "message": finding.message.text(language),
                "remedy": finding.remedy.text(language),
                "repairable": bool(finding.repairs),
            }
            for finding in findings
        ],
        "repairs": repairs,
        "summary": {
            "errors": counts["error"],
            "warnings": counts["warning"],
            "notes": counts["info"],
        },
    }
