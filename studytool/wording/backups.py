"""Backups in words: taken, listed, restored."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from studytool.language import Language, Phrase

if TYPE_CHECKING:
    from studytool.backups.folder import Backup
    from studytool.backups.taking import BackupReport, ListedBackup

_BACKED_UP = Phrase(
    ko="백업했습니다: {path} (이벤트 {events:,}개, 다시 읽어 확인함)",
    en="backed up: {path} ({events:,} events, read back)",
)
_DELETED = Phrase(ko="오래된 백업 {n}개를 정리했습니다.", en="older backups deleted: {n}")
_SPARED = Phrase(
    ko="다른 백업 {n}개는 정리할 차례지만, 더 새로운 백업에 없는 이벤트가 있어 지우지 않았습니다. 지금 기록에서 빠진 것이 있는지 "
    "studytool doctor로 확인하세요.",
    en="not deleted, since they have events that no later backup has: {n}. Run studytool doctor to "
    "see whether the log lacks any.",
)
_NO_BACKUPS = Phrase(ko="{folder}에 백업이 없습니다.", en="there are no backups in {folder}.")
_LINE = Phrase(ko="{name}  이벤트 {events:,}개  {size}", en="{name}  {events:,} events  {size}")
_HOLDS_MORE = Phrase(
    ko="{line}  더 새로운 백업에 없는 이벤트가 있어 지우지 않음",
    en="{line}  not deleted: it has events that no later backup has",
)
_UNREADABLE = Phrase(ko="{name}  읽을 수 없음  {size}", en="{name}  unreadable  {size}")
RESTORE_QUESTION = Phrase(
    ko="복습 기록을 {path} 백업(이벤트 {events:,}개)으로 바꿀까요? 지금 기록은 replaced-... "
    "백업으로 남습니다.",
    en="Replace the log with {path} ({events:,} events)? The present log is kept as a backup "
    "named replaced-...",
)
_RESTORED = Phrase(
    ko="복습 기록을 {path} 백업(이벤트 {events:,}개)으로 바꾸었습니다.",
    en="the log was replaced with {path} ({events:,} events).",
)
_GO_BACK = Phrase(
    ko="바뀌기 전 기록: studytool restore {name}", en="to go back: studytool restore {name}"
)

_TAKEN_BACK = Phrase(
    ko="이 기기가 다른 기기와 이미 나눈 이벤트 가운데 이 백업에 없는 {n:,}개는 이제 어느 기기에서도 세지 않습니다. 다시 "
    "세려면: studytool undo",
    en="of what this device had synced already, the events that this backup lacks count no more on "
    "any device: {n:,}. To let them count again: studytool undo",
)


def backups_text(listed: "Sequence[ListedBackup]", folder: Path, language: Language) -> str:
    """Return a line for each backup, or say that ``folder`` has none."""
    if not listed:
        return _NO_BACKUPS.text(language, folder=folder)
    return "\n".join(_line(one, language) for one in listed)


def taken_text(taken: "BackupReport", language: Language) -> str:
    """Say which backup was taken, and which older ones were deleted or had to stay."""
    lines = [_BACKED_UP.text(language, path=taken.backup.path, events=taken.contents.events)]
    for phrase, others in ((_DELETED, taken.deleted), (_SPARED, taken.spared)):
        lines += [phrase.text(language, n=len(others))] if others else []
    return "\n".join(lines)


def restored_text(
    path: Path,
    events: int,
    replaced: "Backup | None",
    *,
    language: Language,
    retracted: int = 0,
) -> str:
    """Say which backup is the log now, what counts no more elsewhere, and how to go back."""
    lines = [_RESTORED.text(language, path=path, events=events)]
    if replaced is not None:
        lines.append(_GO_BACK.text(language, name=replaced.path.name))
    if retracted:
        lines.append(_TAKEN_BACK.text(language, n=retracted))
    return "\n".join(lines)


def _line(one: "ListedBackup", language: Language) -> str:
    phrase = _UNREADABLE if one.events is None else _LINE
    size = f"{one.size_bytes / 1000:,.0f} kB"
    line = phrase.text(language, name=one.backup.path.name, events=one.events, size=size)
    return _HOLDS_MORE.text(language, line=line) if one.holds_more else line
