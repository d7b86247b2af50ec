"""A finding of the doctor: its code, how much it matters, its remedy and its repairs."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from studytool.errors import StateError
from studytool.language import Message, Phrase

DO_REPAIR = Phrase(
    ko="studytool doctor --repair를 실행하면 먼저 물어본 뒤 고칩니다.",
    en="Run studytool doctor --repair; it asks first.",
)


class FindingSeverity(StrEnum):
    """How much a finding matters; ``info`` leaves the files healthy."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Repair(StrEnum):
    """A repair that the doctor can make of what cannot be made again."""

    RECOVER = "recover"
    RESTORE = "restore"
    MERGE = "merge"


_CODES: dict[FindingSeverity, dict[str, Phrase]] = {
    FindingSeverity.ERROR: {
        "events_damaged": Phrase(
            "쓰인 뒤 바뀐 이벤트나 이름", "events or names that changed since they were written"
        ),
        "events_differ": Phrase(
            "백업에는 다르게 적힌 이벤트", "events that a backup has otherwise"
        ),
        "lost_events_in_backup": Phrase(
            "손상되어 떼어 두었고 백업에 있는 이벤트", "damaged events that a backup has"
        ),
        "events_missing": Phrase(
            "백업에는 있고 기록에는 없는 이벤트", "events that a backup has and the log lacks"
        ),
        "events_unreadable": Phrase(
            "내용을 읽을 수 없는 이벤트", "events whose contents are unreadable"
        ),
        "library_unreadable": Phrase("library.db를 읽을 수 없음", "library.db cannot be read"),
        "log_damaged": Phrase("기록이 손상됨", "the log is damaged"),
        "log_missing": Phrase(
            "기록이 없는데 전에는 이벤트가 있었음", "there is no log, though there were events"
        ),
        "log_unreadable": Phrase("기록을 읽을 수 없음", "the log cannot be read"),
        "parameters_wrong": Phrase(
            "기억 모델의 매개변수가 틀림", "the memory model's parameters are wrong"
        ),
        "settings_unreadable": Phrase("설정 파일을 읽을 수 없음", "the settings cannot be read"),
    },
    FindingSeverity.WARNING: {
        "backup_unreadable": Phrase("백업 하나를 읽을 수 없음", "a backup cannot be read"),
        "backups_unreadable": Phrase(
            "백업 폴더를 읽을 수 없음", "the folder of backups cannot be read"
        ),
        "former_parameters_unreadable": Phrase(
            "이전 매개변수를 읽을 수 없음", "the former parameters cannot be read"
        ),
        "pack_files_changed": Phrase("꾸러미의 파일이 바뀜", "files of a pack changed"),
        "pack_lock_unreadable": Phrase("studytool.lock을 못 읽음", "studytool.lock is unreadable"),
        "packs_unlisted": Phrase("studytool.lock에 없는 꾸러미", "packs not in studytool.lock"),
        "reviews_in_future": Phrase("날짜가 미래인 복습", "reviews dated in the future"),
    },
    FindingSeverity.INFO: {
        "backups_hold_more": Phrase(
            "더 새로운 백업에 없는 이벤트가 있는 백업", "backups with events that no later one has"
        ),
        "events_lost": Phrase("손상되어 떼어 둔 이벤트", "events that were damaged and set aside"),
        "events_twofold": Phrase(
            "다른 파일에 다르게 적혀 있던 이벤트", "events that another file had otherwise"
        ),
        "home_read_only": Phrase(
            "폴더에 쓸 수 없어 읽기만 함", "the folder cannot be written and is only read"
        ),
        "newer_events": Phrase(
            "더 새로운 studytool이 적은 이벤트", "events that only a newer studytool knows"
        ),
        "no_backup": Phrase("백업이 아직 없음", "there is no backup yet"),
        "orphan_items": Phrase(
            "설치된 꾸러미에 없는 문항의 복습", "reviews of items that no installed pack has"
        ),
        "orphan_marks": Phrase(
            "설치된 꾸러미에 없는 문항의 보류·깃발", "marks on items that no installed pack has"
        ),
        "replaced_unreadable": Phrase(
            "바뀌기 전 기록의 사본을 읽을 수 없음", "a copy of a replaced log cannot be read"
        ),
        "settings_of_no_pack": Phrase(
            "설치되지 않은 꾸러미의 설정", "settings of a pack that is not installed"
        ),
        "reviews_before_first": Phrase(
            "기기의 첫 이벤트보다 훨씬 앞선 날짜의 이벤트",
            "events dated long before a device's first one",
        ),
    },
}
"""The codes of the findings, by how much they matter, with the meaning of each in a line."""

FINDING_CODES = dict(sorted(row for codes in _CODES.values() for row in codes.items()))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found; ``repairs`` are tried in order until one is wanted and works."""

    code: str
    message: Message
    remedy: Message
    repairs: tuple[Repair, ...] = ()

    @property
    def severity(self) -> FindingSeverity:
        """Return how much it matters, which its code says."""
        return next(severity for severity, codes in _CODES.items() if self.code in codes)


def found_in_copy(finding: Finding, copy: Path, home: Path) -> Finding:
    """Return what was found in the copy of a home that cannot be written, as it is of the home.

    What needs to be written is no repair there.
    """
    message, remedy = (
        Message(
            said.phrase, {name: _at_home(field, copy, home) for name, field in said.fields.items()}
        )
        for said in (finding.message, finding.remedy)
    )
    return Finding(finding.code, message, remedy)


def _at_home(field: object, copy: Path, home: Path) -> object:
    is_copied = isinstance(field, Path) and copy in field.parents
    return home / field.relative_to(copy) if isinstance(field, Path) and is_copied else field


def finding_of(error: StateError, code: str, *repairs: Repair) -> Finding:
    """Return the finding that an error makes, with the error's own remedy."""
    return Finding(code, error.sentence, error.remedy, repairs)
