"""``studytool lsp``: the language server on standard input and output."""

import os
import sys
from importlib.util import find_spec

from studytool.cli import declare
from studytool.cli.output import learner_language
from studytool.errors import StudytoolError
from studytool.language import Language, Phrase
from studytool.settings import home_folder

_MISSING = Phrase(
    ko="언어 서버에 필요한 pygls가 없습니다. 다음으로 설치하세요: pip install 'studytool[lsp]'",
    en="pygls, which the language server needs, is not installed. Install it with: "
    "pip install 'studytool[lsp]'",
)


@declare.command(
    "lsp",
    more=Phrase(
        ko="편집기가 시작해, 꾸러미의 파일을 여는 동안 문제를 알리고, 키와 개념, 주장, 닫힌 식, 실험을 채우고, "
        "문항을 배우는 사람이 보는 대로 보여 줍니다. studytool[lsp]를 설치해야 합니다.",
        en="An editor starts it. While files of a pack are open it tells their problems, completes "
        "keys, concepts, claims, closed forms and experiments, and shows an item as learners meet "
        "it. It needs studytool[lsp] to be installed.",
    ),
)
@declare.in_language
def command(*, lang: Language | None) -> None:
    """Serve an editor on standard input and output."""
    if find_spec("pygls") is None:
        raise StudytoolError(_MISSING)
    from studytool.cli.language_server import make_server

    server = make_server(home_folder(), lang or learner_language())
    with (  # the server closes what it is given
        os.fdopen(os.dup(sys.stdin.fileno()), "rb") as given,
        os.fdopen(os.dup(sys.stdout.fileno()), "wb") as told,
    ):
        server.start_io(given, told)
