"""Every fault of the learner's own files: its code, its sentence and its remedy.

One table, so one module, however long: what compares, says or lists a fault looks here alone.
"""

from enum import StrEnum
from typing import NamedTuple

from studytool.language import Phrase


class Fault(StrEnum):
    """The code of a fault, which programs compare; its sentence is for people alone."""

    LOCKED = "locked"
    DAMAGED = "damaged"
    EVENT_DAMAGED = "event-damaged"
    READ_ONLY = "read-only"
    FULL = "full"
    UNREADABLE = "unreadable"
    NO_FILE = "no-file"
    IS_FOLDER = "is-folder"
    NOT_A_FILE = "not-a-file"
    OWN_FILE = "own-file"
    NEWER = "newer"
    FOREIGN = "foreign"
    MOVED = "moved"
    OTHER_VERSION = "other-version"
    LIBRARY_DAMAGED = "library-damaged"

    NO_LOG = "no-log"
    LOG_LOST = "log-lost"
    LOG_GONE = "log-gone"
    LOG_LINK = "log-link"
    LOG_APPEARED = "log-appeared"
    NOTHING_READABLE = "nothing-readable"

    BACKUPS_BUSY = "backups-busy"
    BACKUPS_UNREADABLE = "backups-unreadable"
    BACKUP_UNWRITABLE = "backup-unwritable"
    BACKUP_DIFFERS = "backup-differs"
    BACKUP_UNSOUND = "backup-unsound"
    NO_BACKUP_FILE = "no-backup-file"
    NO_SOUND_BACKUP = "no-sound-backup"

    HOME_NOT_A_FOLDER = "home-not-a-folder"
    HOME_OF_NO_USER = "home-of-no-user"
    HOME_NOT_MADE = "home-not-made"
    HOME_NAME = "home-name"
    HOME_CLOSED = "home-closed"

    SETTINGS_SYNTAX = "settings-syntax"
    SETTINGS_INACCESSIBLE = "settings-inaccessible"
    SETTINGS_UNWRITABLE = "settings-unwritable"
    SETTINGS_WRONG = "settings-wrong"
    SETTING_UNKNOWN = "setting-unknown"
    SETTING_LONG = "setting-long"
    SETTING_LINE = "setting-line"
    SETTING_VALUE = "setting-value"
    SETTING_NOT_OF_PACKS = "setting-not-of-packs"
    SETTING_PACK_NAME = "setting-pack-name"

    LOCK_UNWRITABLE = "lock-unwritable"
    EVIDENCE_UNWRITABLE = "evidence-unwritable"
    PACKS_UNWRITABLE = "packs-unwritable"
    PACK_LOCK_UNREADABLE = "pack-lock-unreadable"
    PACKS_UNLISTED = "packs-unlisted"
    PACK_FILES_CHANGED = "pack-files-changed"

    SYNC_NO_NAME = "sync-no-name"
    SYNC_OWN_FOLDER = "sync-own-folder"
    SYNC_NO_FOLDER = "sync-no-folder"
    SYNC_NOT_A_FOLDER = "sync-not-a-folder"
    SYNC_UNREADABLE = "sync-unreadable"
    SYNC_UNWRITABLE = "sync-unwritable"

    NO_FORMER_PARAMETERS = "no-former-parameters"
    FORMER_PARAMETERS_UNREADABLE = "former-parameters-unreadable"
    FORMER_PARAMETERS_UNWRITABLE = "former-parameters-unwritable"
    MODEL_CHANGED = "model-changed"

    OUTPUT_CLOSED = "output-closed"
    OUTPUT_UNWRITABLE = "output-unwritable"
    SYSTEM_REFUSED = "system-refused"
    CLOCK_WRONG = "clock-wrong"
    NOT_CONFIRMED = "not-confirmed"


class FaultWords(NamedTuple):
    """What is told of a fault.

    Attributes:
        sentence: what is wrong, and with which file.
        remedy: how to mend it; empty where there is nothing to do.
    """

    sentence: Phrase
    remedy: Phrase

    @property
    def whole(self) -> Phrase:
        """The sentence and the remedy as one message."""
        ko, en = (f"{sentence} {remedy}".strip() for sentence, remedy in zip(*self, strict=True))
        return Phrase(ko, en)

    @property
    def fields(self) -> frozenset[str]:
        """The names of the fields that the message has."""
        from string import Formatter  # the first use of a module that costs a start

        return frozenset(name for _, name, _, _ in Formatter().parse(self.whole.en) if name)


def _words(*, ko: tuple[str, str], en: tuple[str, str]) -> FaultWords:
    """Make a row of the table, each language as (sentence, remedy)."""
    return FaultWords(Phrase(ko[0], en[0]), Phrase(ko[1], en[1]))


FAULTS: dict[Fault, FaultWords] = {
    # --- a SQLite file: the log or the library -------------------------------------------------
    Fault.LOCKED: _words(
        ko=(
            "다른 프로그램이 {path}에 쓰고 있어 기다리다 멈췄습니다. 지금까지의 복습은 모두 그대로 있습니다.",
            "그 프로그램이 끝난 뒤 다시 해 보세요.",
        ),
        en=(
            "another program is writing to {path} and did not finish in time. All reviews saved "
            "so far are there.",
            "Try again when that program is done.",
        ),
    ),
    Fault.DAMAGED: _words(
        ko=(
            "{path} 파일이 손상되었습니다({why}). 이 프로그램은 파일을 고치거나 지우지 않았습니다.",
            "studytool doctor --repair가 읽을 수 있는 복습을 모두 새 파일로 옮기고, studytool restore가 "
            "백업으로 바꿉니다. 둘 다 손상된 파일을 보관합니다.",
        ),
        en=(
            "{path} is damaged ({why}). studytool has neither changed nor deleted it.",
            "studytool doctor --repair moves every review that can be read into a new file; "
            "studytool restore puts a backup in its place. Both keep the damaged file.",
        ),
    ),
    Fault.EVENT_DAMAGED: _words(
        ko=(
            "{path}에서 방금 읽은 이벤트 {n}개가 손상되어, 검사합으로 고치거나 따로 떼어 두었습니다. 나머지 기록은 그대로 "
            "쓸 수 있습니다.",
            "같은 명령을 다시 실행하세요. 잃은 것이 있으면 studytool doctor가 알려 주고, 백업이나 다른 기기에 있으면 "
            "되찾습니다.",
        ),
        en=(
            "events just read from {path} were damaged ({n}); each was put right by its checksum or "
            "set aside. The rest of the log goes on.",
            "Run the command again. studytool doctor names what is lost, and gets it back where a "
            "backup or another device has it.",
        ),
    ),
    Fault.READ_ONLY: _words(
        ko=(
            "{path}에 쓸 수 없습니다({why}). 지금까지의 복습은 모두 그대로 있습니다.",
            "파일과 폴더의 쓰기 권한을 확인하거나, STUDYTOOL_HOME에 쓸 수 있는 폴더를 지정하세요.",
        ),
        en=(
            "{path} cannot be written ({why}). All reviews saved so far are there.",
            "Make the file and its folder writable, or set STUDYTOOL_HOME to a folder that is.",
        ),
    ),
    Fault.FULL: _words(
        ko=(
            "디스크가 가득 차 {path}에 저장하지 못했습니다({why}). 이번 것만 저장되지 않았고 그 앞의 복습은 모두 "
            "그대로 있습니다.",
            "공간을 비운 뒤 다시 해 보세요.",
        ),
        en=(
            "the disk is full: {path} could not take what was just written ({why}). Only that is "
            "not saved; all reviews before it are there.",
            "Free some space and try again.",
        ),
    ),
    Fault.UNREADABLE: _words(
        ko=(
            "{path} 파일을 읽거나 쓰지 못했습니다({why}). 저장되었다고 알린 복습은 모두 그대로 있습니다.",
            "디스크의 남은 공간과 연결 상태를 확인하고 다시 해 보세요.",
        ),
        en=(
            "{path} could not be read or written ({why}). Every review that was reported as saved "
            "is there.",
            "Check the disk's free space and its connection, and try again.",
        ),
    ),
    Fault.NO_FILE: _words(
        ko=(
            "{path} 파일을 열 수 없습니다({why}).",
            "폴더가 있는지, 읽고 쓸 권한이 있는지 확인하세요.",
        ),
        en=(
            "cannot open {path} ({why}).",
            "Check that its folder exists and may be read and written.",
        ),
    ),
    Fault.IS_FOLDER: _words(
        ko=(
            "{path}은(는) 파일이 아니라 폴더입니다.",
            "폴더를 다른 곳으로 옮기고 다시 시작하세요.",
        ),
        en=("{path} is a folder, not a file.", "Move it elsewhere and start again."),
    ),
    Fault.NOT_A_FILE: _words(
        ko=(
            "{path}은(는) 보통 파일이 아니라 {what}입니다. 그대로 두었습니다.",
            "다른 곳으로 옮기거나 다른 이름을 쓰세요.",
        ),
        en=(
            "{path} is no ordinary file but {what}; it was left as it is.",
            "Move it elsewhere, or use another name.",
        ),
    ),
    Fault.OWN_FILE: _words(
        ko=(
            "{path}은(는) studytool이 자기 자료를 두는 파일입니다. 아무것도 쓰지 않았습니다.",
            "다른 이름이나 다른 폴더를 쓰세요.",
        ),
        en=(
            "{path} is a file that studytool keeps for itself; nothing was written.",
            "Use another name, or another folder.",
        ),
    ),
    Fault.NEWER: _words(
        ko=(
            "{path}은(는) 더 새로운 studytool이 쓴 파일입니다(형식 {found}, 이 프로그램은 {known}까지). 파일은 그대로 "
            "두었습니다.",
            "studytool을 업데이트하세요.",
        ),
        en=(
            "{path} was written by a newer studytool (format {found}; this one knows up to "
            "{known}). It was left as it is.",
            "Update studytool.",
        ),
    ),
    Fault.FOREIGN: _words(
        ko=(
            "{path}은(는) 다른 프로그램의 데이터베이스입니다. 파일은 그대로 두었습니다.",
            "다른 곳으로 옮기고 다시 시작하세요.",
        ),
        en=(
            "{path} is another program's database. It was left as it is.",
            "Move it elsewhere and start again.",
        ),
    ),
    Fault.MOVED: _words(
        ko=(
            "이 프로그램이 쓰던 {path} 파일이 그사이 옮겨졌거나 지워졌거나 다른 파일로 바뀌었습니다. 방금 것은 저장하지 "
            "않았습니다.",
            "이 프로그램을 닫고 다시 시작하세요.",
        ),
        en=(
            "{path} was moved, deleted or replaced while this program had it open. What was just "
            "to be written was not saved.",
            "Close this program and start it again.",
        ),
    ),
    Fault.OTHER_VERSION: _words(
        ko=(
            "다른 버전의 studytool이 {path}을(를) 함께 쓰고 있습니다. 지금까지의 복습은 모두 그대로 있습니다.",
            "이 프로그램을 닫고 다시 시작하세요.",
        ),
        en=(
            "another version of studytool is using {path} too. All reviews saved so far are there.",
            "Close this program and start it again.",
        ),
    ),
    Fault.LIBRARY_DAMAGED: _words(
        ko=(
            "설치된 꾸러미를 읽어 둔 {path}이(가) 손상되어 지웠습니다({why}). 복습 기록은 다른 파일에 있으며 "
            "그대로입니다.",
            "studytool을 다시 시작하면 꾸러미에서 새로 만듭니다.",
        ),
        en=(
            "{path}, made from the installed packs, was damaged and has been deleted ({why}). Your "
            "reviews are in another file and are untouched.",
            "Start studytool again: it is made again from the packs.",
        ),
    ),
    # --- the log as a whole --------------------------------------------------------------------
    Fault.NO_LOG: _words(
        ko=("{path}이(가) 없습니다. 아직 복습이 없습니다.", ""),
        en=("there is no {path}: there are no reviews yet.", ""),
    ),
    Fault.LOG_LOST: _words(
        ko=(
            "복습 기록 {path}이(가) 없거나 비어 있습니다. 그런데 가장 최근의 온전한 백업 {name}에는 이벤트 "
            "{events:,}개가 있습니다.",
            "studytool restore를 실행하면 되찾습니다. 처음부터 새로 시작하려면 백업 폴더 {folder}을(를) 다른 곳으로 "
            "옮긴 뒤 다시 실행하세요.",
        ),
        en=(
            "the log of reviews {path} is missing or empty, but its newest sound backup, {name}, "
            "has {events:,} events.",
            "Run studytool restore to get them back. To begin anew on purpose, move the folder of "
            "backups, {folder}, elsewhere and run this again.",
        ),
    ),
    Fault.LOG_GONE: _words(
        ko=(
            "여기에는 복습이 있었는데 지금 복습 기록 {path}에는 하나도 없습니다. 백업도 없습니다.",
            "다른 곳에 둔 백업이나 파일이 있으면 되돌려 놓으세요. 처음부터 새로 시작하거나 studytool sync로 다른 기기에서 받으려면 "
            "{folder} 파일을 지운 뒤 다시 실행하세요.",
        ),
        en=(
            "there were reviews here, but the log {path} has none now, and there is no backup.",
            "If you keep a backup or the file elsewhere, put it back. To begin anew, or to get the "
            "reviews from another device by studytool sync, delete {folder} and run this again.",
        ),
    ),
    Fault.LOG_LINK: _words(
        ko=(
            "{path}은(는) {name}(으)로 이어진 링크인데 거기에 파일이 없습니다.",
            "그 파일을 제자리에 돌려 놓으세요(디스크가 연결되어 있는지 보세요). 백업이 있으면 studytool restore가 링크 자리에 백업을 "
            "놓습니다. 처음부터 새로 시작하려면 링크를 지우세요.",
        ),
        en=(
            "{path} is a link to {name}, and there is no file there.",
            "Put that file back (is its disk connected?). If there is a backup, studytool restore "
            "puts it in the place of the link. To begin anew, delete the link.",
        ),
    ),
    Fault.LOG_APPEARED: _words(
        ko=(
            "{path} 파일이 없었는데 그사이 다른 프로그램이 새 복습 기록을 만들었습니다. 아무것도 바꾸지 않았습니다.",
            "그 프로그램을 닫고 다시 해 보세요.",
        ),
        en=(
            "{path} was missing, and another program has just made a new log there. Nothing was "
            "changed.",
            "Close that program and try again.",
        ),
    ),
    Fault.NOTHING_READABLE: _words(
        ko=(
            "{path}에서 읽을 수 있는 복습이 하나도 없습니다. 파일은 그대로 두었습니다.",
            "다른 곳에 둔 백업이 있으면 studytool restore로 되돌리고, 없으면 파일을 옮긴 뒤 다시 시작하세요.",
        ),
        en=(
            "no review at all could be read from {path}. It was left as it is.",
            "If you keep a backup elsewhere, studytool restore takes its path; otherwise move the "
            "file away and start again.",
        ),
    ),
    # --- backups -------------------------------------------------------------------------------
    Fault.BACKUPS_BUSY: _words(
        ko=("다른 프로그램이 {path}의 백업을 다루고 있습니다.", "잠시 뒤 다시 해 보세요."),
        en=("another program is at work on the backups in {path}.", "Try again in a moment."),
    ),
    Fault.BACKUPS_UNREADABLE: _words(
        ko=(
            "백업 폴더 {path}을(를) 읽을 수 없습니다({why}). 복습 기록은 그대로 있습니다.",
            "폴더에 읽기 권한을 주세요(chmod u+rwx).",
        ),
        en=(
            "the backups in {path} cannot be read ({why}). The log is untouched.",
            "Make the folder readable (chmod u+rwx).",
        ),
    ),
    Fault.BACKUP_UNWRITABLE: _words(
        ko=(
            "{path}에 쓸 수 없어 백업을 만들지 못했습니다({why}). 복습 기록과 앞서 만든 백업은 모두 그대로 있습니다.",
            "남은 공간과 쓰기 권한을 확인하세요.",
        ),
        en=(
            "no backup was made: {path} cannot be written ({why}). The reviews and the earlier "
            "backups are as they were.",
            "Check the free space and the folder's permissions.",
        ),
    ),
    Fault.BACKUP_DIFFERS: _words(
        ko=(
            "{path}의 백업이 원본과 다릅니다(이벤트 {copied}개, 원본은 {found}개). 백업을 버렸습니다. 복습 기록은 "
            "그대로 있습니다.",
            "studytool doctor로 확인하세요.",
        ),
        en=(
            "the backup of {path} differs from it ({copied} events; the log has {found}) and was "
            "thrown away. The reviews are as they were.",
            "Run studytool doctor.",
        ),
    ),
    Fault.BACKUP_UNSOUND: _words(
        ko=(
            "{path}은(는) 온전한 백업이 아닙니다({why}). 파일은 그대로 두었습니다.",
            "다른 백업을 고르세요: studytool backup --list",
        ),
        en=(
            "{path} is not a sound backup ({why}). It was left as it is.",
            "Choose another one: studytool backup --list",
        ),
    ),
    Fault.NO_BACKUP_FILE: _words(
        ko=("{path} 파일이 없습니다.", ""), en=("there is no file {path}.", "")
    ),
    Fault.NO_SOUND_BACKUP: _words(
        ko=("{folder}에 온전한 백업이 없습니다.", ""),
        en=("there is no sound backup in {folder}.", ""),
    ),
    # --- the home folder and the settings ------------------------------------------------------
    Fault.HOME_NOT_A_FOLDER: _words(
        ko=(
            "STUDYTOOL_HOME={chosen}: {path}은(는) 폴더가 아닙니다.",
            "STUDYTOOL_HOME에 폴더를 지정하거나, 변수를 지워 기본 폴더를 쓰세요.",
        ),
        en=(
            "STUDYTOOL_HOME={chosen}: {path} is not a folder.",
            "Set STUDYTOOL_HOME to a folder, or unset it to use the default one.",
        ),
    ),
    Fault.HOME_OF_NO_USER: _words(
        ko=(
            "STUDYTOOL_HOME={chosen}: 그런 사용자의 홈 폴더를 찾을 수 없습니다.",
            "전체 경로를 쓰세요.",
        ),
        en=(
            "STUDYTOOL_HOME={chosen}: there is no home folder of such a user.",
            "Write the whole path.",
        ),
    ),
    Fault.HOME_NOT_MADE: _words(
        ko=(
            "폴더 {path}을(를) 만들 수 없습니다({why}).",
            "쓰기 권한을 확인하거나 STUDYTOOL_HOME에 다른 폴더를 지정하세요.",
        ),
        en=(
            "cannot make the folder {path} ({why}).",
            "Check its permissions, or set STUDYTOOL_HOME to another folder.",
        ),
    ),
    Fault.HOME_NAME: _words(
        ko=(
            "학습 기록 폴더로 {path}을(를) 쓸 수 없습니다({why}).",
            "STUDYTOOL_HOME에 이름이 다른 폴더를 지정하세요.",
        ),
        en=(
            "{path} cannot be the folder of what you learn ({why}).",
            "Set STUDYTOOL_HOME to a folder with another name.",
        ),
    ),
    Fault.HOME_CLOSED: _words(
        ko=(
            "폴더 {path}에 들어갈 수 없습니다({why}).",
            "읽기 권한을 주거나(chmod u+rwx) STUDYTOOL_HOME에 다른 폴더를 지정하세요.",
        ),
        en=(
            "the folder {path} cannot be entered ({why}).",
            "Give yourself permission (chmod u+rwx), or set STUDYTOOL_HOME to another folder.",
        ),
    ),
    Fault.SETTINGS_SYNTAX: _words(
        ko=("{path}: {why}.", "파일을 고치세요. 지우면 기본 설정으로 시작합니다."),
        en=("{path}: {why}.", "Correct the file, or delete it to start from the defaults."),
    ),
    Fault.SETTINGS_INACCESSIBLE: _words(
        ko=(
            "{path}을(를) 읽을 수 없습니다({why}).",
            "파일인지, 읽기 권한이 있는지 확인하거나 STUDYTOOL_HOME에 다른 폴더를 지정하세요.",
        ),
        en=(
            "{path} cannot be read ({why}).",
            "Check that it is a file and its permissions, or set STUDYTOOL_HOME to another folder.",
        ),
    ),
    Fault.SETTINGS_UNWRITABLE: _words(
        ko=(
            "설정을 {path}에 저장하지 못했습니다({why}).",
            "폴더의 쓰기 권한과 남은 공간을 확인하세요.",
        ),
        en=(
            "cannot save the settings to {path} ({why}).",
            "Check the folder's permissions and free space.",
        ),
    ),
    Fault.SETTINGS_WRONG: _words(ko=("{problems}", ""), en=("{problems}", "")),
    Fault.SETTING_PACK_NAME: _words(
        ko=(
            "{path}: [packs.{name}]: 꾸러미 이름에 제어 문자가 있습니다.",
            "파일에서 이 표를 지우세요.",
        ),
        en=(
            "{path}: [packs.{name}]: the name of a pack has control characters.",
            "Delete this table from the file.",
        ),
    ),
    Fault.SETTING_UNKNOWN: _words(
        ko=(
            "{path}: {name}: 그런 설정은 없습니다.{near}",
            "새 버전이 쓴 파일이면 studytool을 업데이트하세요. 지우기: studytool config {mend}",
        ),
        en=(
            "{path}: {name}: there is no such setting.{near}",
            "If a newer version wrote the file, update studytool. Remove it: studytool config {mend}",
        ),
    ),
    Fault.SETTING_LONG: _words(
        ko=(
            "{path}: {name}: 이렇게 긴 이름의 설정은 없습니다.",
            "파일을 편집기로 열어 그 줄을 지우세요.",
        ),
        en=(
            "{path}: {name}: no setting has so long a name.",
            "Open the file in an editor and delete that line.",
        ),
    ),
    Fault.SETTING_LINE: _words(
        ko=(
            "{path}: {name} = {value}: 쓸 수 없는 값입니다. 쓸 수 있는 값: {allowed}.",
            "기본값으로 돌리기: studytool config {mend}",
        ),
        en=(
            "{path}: {name} = {value}: it must be {allowed}.",
            "Back to the default: studytool config {mend}",
        ),
    ),
    Fault.SETTING_VALUE: _words(
        ko=("{name} = {value}: 쓸 수 없는 값입니다. 쓸 수 있는 값: {allowed}.", ""),
        en=("{name} = {value}: it must be {allowed}.", ""),
    ),
    Fault.SETTING_NOT_OF_PACKS: _words(
        ko=(
            "{name}: 꾸러미마다 따로 정할 수 없습니다. 꾸러미마다 따로 정할 수 있는 설정: {known}.",
            "",
        ),
        en=("{name}: this cannot be set for one pack alone. What can: {known}.", ""),
    ),
    Fault.LOCK_UNWRITABLE: _words(
        ko=("{path}에 쓸 수 없습니다({why}).", "폴더의 쓰기 권한과 남은 공간을 확인하세요."),
        en=("cannot write {path} ({why}).", "Check the folder's permissions and free space."),
    ),
    Fault.PACKS_UNWRITABLE: _words(
        ko=(
            "{path}에 쓰지 못해 꾸러미를 바꾸지 않았습니다({why}).",
            "폴더의 쓰기 권한과 남은 공간을 확인하세요.",
        ),
        en=(
            "cannot write to {path} ({why}), so no pack was changed.",
            "Check the folder's permissions and free space.",
        ),
    ),
    Fault.PACK_LOCK_UNREADABLE: _words(
        ko=(
            "설치된 꾸러미의 목록 {path}을(를) 읽을 수 없습니다({why}). 복습은 그대로 있습니다.",
            "그 파일을 다른 곳으로 옮긴 뒤 studytool pack add로 꾸러미를 다시 설치하세요.",
        ),
        en=(
            "the list of installed packs in {path} cannot be read ({why}). All reviews are there.",
            "Move that file away, then install the packs again by studytool pack add.",
        ),
    ),
    Fault.PACKS_UNLISTED: _words(
        ko=(
            "{path}에 꾸러미의 행이 없거나 그 파일이 없어졌습니다: {packs}. 공부는 그대로 할 수 있지만 어디서 온 "
            "것인지 알 수 없어 업데이트하지 못합니다.",
            "studytool pack add로 다시 설치하면 기록은 그대로 이어집니다. 쓰지 않는 꾸러미라면 studytool pack "
            "remove {first}",
        ),
        en=(
            "{path} is gone or has lost the rows of these packs: {packs}. They can be studied, but "
            "nobody knows from where they came, so they cannot be updated.",
            "Install each again by studytool pack add; what was learned of it stays. One that is "
            "not wanted goes by studytool pack remove {first}",
        ),
    ),
    Fault.PACK_FILES_CHANGED: _words(
        ko=(
            "설치한 뒤 파일이 바뀌거나 없어진 꾸러미: {packs}. 기록은 그대로 있습니다.",
            "studytool pack remove {first}로 지운 뒤 studytool pack add로 다시 설치하세요.",
        ),
        en=(
            "the files of these packs were changed or are gone since they were installed: {packs}. "
            "What was learned of them stays.",
            "Remove it by studytool pack remove {first}, then install it again by studytool pack add.",
        ),
    ),
    Fault.EVIDENCE_UNWRITABLE: _words(
        ko=(
            "시험한 결과를 {path}에 남기지 못했습니다({why}).",
            "결과는 그대로 맞습니다. 남기려면 폴더의 쓰기 권한과 남은 공간을 확인하고 다시 시험하세요.",
        ),
        en=(
            "what was found could not be kept in {path} ({why}).",
            "The result itself stands. To keep it, check the folder's permissions and free space, "
            "and try again.",
        ),
    ),
    # --- the folder that devices share ---------------------------------------------------------
    Fault.SYNC_NO_NAME: _words(
        ko=(
            "폴더 이름이 비어 있습니다. 변수로 지정했다면 그 변수에 값이 없습니다.",
            "기기끼리 공유할 폴더를 지정하세요.",
        ),
        en=(
            "the name of the folder is empty; if it came from a variable, that is not set.",
            "Name the folder that your devices share.",
        ),
    ),
    Fault.SYNC_OWN_FOLDER: _words(
        ko=(
            "{folder}: studytool의 자료가 있는 폴더라서 공유할 수 없습니다.",
            "공유만을 위한 폴더를 따로 만들어 지정하세요.",
        ),
        en=(
            "{folder}: studytool's own files are kept there, so it cannot be shared.",
            "Make a folder for the exchange alone, and name that.",
        ),
    ),
    Fault.SYNC_NO_FOLDER: _words(
        ko=("{folder} 폴더가 없습니다.", "이름을 확인하거나 먼저 폴더를 만드세요."),
        en=("there is no folder {folder}.", "Check its name, or make it first."),
    ),
    Fault.SYNC_NOT_A_FOLDER: _words(
        ko=("{folder}: 폴더가 아니라 파일입니다.", "기기끼리 공유할 폴더의 이름을 쓰세요."),
        en=("{folder} is a file, not a folder.", "Name a folder that your devices share."),
    ),
    Fault.SYNC_UNREADABLE: _words(
        ko=("{folder} 폴더를 읽을 수 없습니다({why}).", "권한을 확인하세요."),
        en=("the folder {folder} cannot be read ({why}).", "Check its permissions."),
    ),
    Fault.SYNC_UNWRITABLE: _words(
        ko=(
            "{folder}에 쓸 수 없습니다({why}). 받은 것은 모두 저장되었습니다.",
            "쓰기 권한과 남은 공간을 확인하고 다시 해 보세요.",
        ),
        en=(
            "{folder} cannot be written ({why}). All that was received is saved.",
            "Check its permissions and free space, and try again.",
        ),
    ),
    # --- the parameters of the memory model ----------------------------------------------------
    Fault.NO_FORMER_PARAMETERS: _words(
        ko=("{path}이(가) 없습니다. 되돌아갈 이전 매개변수가 없습니다.", ""),
        en=("there is no {path}: there are no former parameters to go back to.", ""),
    ),
    Fault.FORMER_PARAMETERS_UNREADABLE: _words(
        ko=(
            "{path}: 읽을 수 없는 매개변수입니다({why}).",
            "파일을 고치거나 지우세요. 지워도 이전 매개변수로 되돌아갈 수만 없게 됩니다. studytool optimize "
            "--reset은 기본값으로 되돌립니다.",
        ),
        en=(
            "{path}: these parameters cannot be read ({why}).",
            "Correct the file or delete it: you only lose the former parameters to go back to. "
            "studytool optimize --reset returns to the defaults.",
        ),
    ),
    Fault.FORMER_PARAMETERS_UNWRITABLE: _words(
        ko=(
            "이전 매개변수를 {path}에 적지 못해 아무것도 바꾸지 않았습니다({why}).",
            "폴더의 쓰기 권한과 남은 공간을 확인하세요.",
        ),
        en=(
            "cannot write the former parameters to {path} ({why}), so nothing was changed.",
            "Check the folder's permissions and free space.",
        ),
    ),
    Fault.MODEL_CHANGED: _words(
        ko=(
            "매개변수를 맞추는 동안 memory_model이나 parameters 설정이 바뀌었습니다. 비교한 것과 지금 쓰는 것이 달라 "
            "아무것도 바꾸지 않았습니다.",
            "studytool optimize를 다시 실행하세요.",
        ),
        en=(
            "the setting memory_model or parameters was changed during the fit, so that what is in "
            "use now is not what was compared; nothing was changed.",
            "Run studytool optimize again.",
        ),
    ),
    # --- the command line ----------------------------------------------------------------------
    Fault.OUTPUT_CLOSED: _words(
        ko=("표준 출력이 닫혀 있어 결과를 쓸 수 없습니다.", "터미널이나 파일로 보내세요."),
        en=(
            "standard output is closed: the result has nowhere to go.",
            "Send it to a terminal or a file.",
        ),
    ),
    Fault.OUTPUT_UNWRITABLE: _words(
        ko=("출력을 쓰지 못했습니다({why}).", "출력을 보낸 디스크의 남은 공간을 확인하세요."),
        en=(
            "the output could not be written ({why}).",
            "Check the free space of the disk that it went to.",
        ),
    ),
    Fault.SYSTEM_REFUSED: _words(
        ko=(
            "시스템이 {path}을(를) 거절했습니다({why}).",
            "권한, 남은 공간, 이름을 확인하고 다시 해 보세요. 저장된 복습은 그대로 있습니다.",
        ),
        en=(
            "the system refused {path} ({why}).",
            "Check its permissions, its name and the free space, and try again; saved reviews are safe.",
        ),
    ),
    Fault.CLOCK_WRONG: _words(
        ko=(
            "컴퓨터의 시계가 틀렸습니다(지금 날짜: {date}). 복습할 날을 알 수 없어 아무것도 하지 않았습니다.",
            "시계를 맞춘 뒤 다시 해 보세요.",
        ),
        en=(
            "the computer's clock is wrong (it says {date}). Nothing was done, since no review could "
            "be dated.",
            "Set the clock, then try again.",
        ),
    ),
    Fault.NOT_CONFIRMED: _words(
        ko=("확인을 받지 못해 아무것도 바꾸지 않았습니다.", "--yes를 주면 묻지 않습니다."),
        en=("nothing was changed, since it was not confirmed;", "--yes answers for you."),
    ),
}
"""The words of every fault. A message is the sentence with the remedy behind it."""
