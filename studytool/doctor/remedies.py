"""What to do about a file that cannot be used as it is, by what is wrong with it."""

from collections.abc import Mapping

from studytool.errors import StudytoolError
from studytool.language import Phrase
from studytool.library import faults as of_library
from studytool.sqlite import faults as of_log

CORRECT_SETTINGS = Phrase(
    ko="설정 파일을 편집기로 열어 위에 적힌 줄을 고치거나, studytool config NAME default로 그 설정을 기본값으로 "
    "돌리세요. 파일을 지우면 모든 설정이 기본값이 됩니다.",
    en="Open the settings file in an editor and correct the line named above, or set it back with "
    "studytool config NAME default. Deleting the file sets everything back.",
)
RESET_PARAMETERS = Phrase(
    ko="studytool config parameters default를 실행하면 매개변수가 기본값으로 돌아갑니다. 복습은 바뀌지 않습니다.",
    en="Run studytool config parameters default: the parameters are set back, and no review is "
    "changed.",
)
DELETE_FORMER = Phrase(
    ko="{path} 파일을 지우세요. 지금 쓰는 매개변수와 복습은 그대로이고, 이전 매개변수로 되돌아갈 수만 없게 됩니다.",
    en="Delete {path}. The parameters in use and the reviews stay; you only lose the former "
    "parameters to go back to.",
)
FREE_SPACE = Phrase(
    ko="임시 파일 폴더에 복습 기록만큼의 공간을 비우고 studytool doctor를 다시 실행하세요.",
    en="Free as much space as the log takes in the folder for temporary files, and run studytool "
    "doctor again.",
)
_CLOSE_OTHER = Phrase(
    ko="이 파일을 쓰는 다른 프로그램을 닫고 studytool doctor를 다시 실행하세요.",
    en="Close the other program that uses this file, and run studytool doctor again.",
)
GIVE_ACCESS = Phrase(
    ko="{path} 파일과 그 폴더를 읽고 쓸 수 있게 권한을 바꾸고 남은 공간을 확인한 뒤, studytool doctor를 다시 "
    "실행하세요.",
    en="Make {path} and its folder readable and writable, check the free space, and run studytool "
    "doctor again.",
)
_MOVE_AWAY = Phrase(
    ko="{path}을(를) 다른 곳으로 옮기고 studytool doctor를 다시 실행하세요.",
    en="Move {path} elsewhere, and run studytool doctor again.",
)
_UPDATE = Phrase(
    ko="studytool을 업데이트한 뒤 studytool doctor를 다시 실행하세요.",
    en="Update studytool, and run studytool doctor again.",
)
_UPDATE_OR_DELETE = Phrase(
    ko="studytool을 업데이트하거나, {path} 파일을 지우고 studytool을 다시 시작하세요. 꾸러미에서 새로 만듭니다.",
    en="Update studytool, or delete {path} and start studytool again: it is made anew from the "
    "packs.",
)

_OF_LOG: Mapping[Phrase, Phrase] = {
    of_log.LOCKED: _CLOSE_OTHER,
    of_log.OTHER_VERSION: _CLOSE_OTHER,
    of_log.MOVED: _CLOSE_OTHER,
    of_log.IS_FOLDER: _MOVE_AWAY,
    of_log.FOREIGN: _MOVE_AWAY,
    of_log.NEWER: _UPDATE,
}
_OF_LIBRARY: Mapping[Phrase, Phrase] = {
    of_library.LOCKED: _CLOSE_OTHER,
    of_library.FOREIGN: _MOVE_AWAY,
    of_library.NEWER: _UPDATE_OR_DELETE,
}


def remedy_of_log(error: StudytoolError, *, otherwise: Phrase = GIVE_ACCESS) -> Phrase:
    """Return what makes a log readable again, ``otherwise`` where the error does not say."""
    return _among(_OF_LOG, error, otherwise)


def remedy_of_library(error: StudytoolError) -> Phrase:
    """Return what makes a library readable again; access to the file where the error does not say."""
    return _among(_OF_LIBRARY, error, GIVE_ACCESS)


def _among(remedies: Mapping[Phrase, Phrase], error: StudytoolError, otherwise: Phrase) -> Phrase:
    message = error.message
    return remedies.get(message, otherwise) if isinstance(message, Phrase) else otherwise
