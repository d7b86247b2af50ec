"""``studytool lsp``: a language server that is spoken to over its pipe, as an editor does."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from tests.in_process import run_program

OWN = Path(__file__).parent.parent / "packs/own/compound-interest"
LONGEST_SECONDS = 120.0
"""After which a server that says nothing is killed, and the test fails."""


class Editor:
    """Speaks to a server, one message at a time."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process
        self._number = 0
        self._heard: list[dict[str, Any]] = []

    def ask(self, method: str, params: object) -> Any:
        """Send a request and return its result."""
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        while True:
            message = self._hear()
            if message.get("id") == self._number:
                assert "error" not in message, message
                return message["result"]
            self._heard.append(message)

    def tell(self, method: str, params: object) -> None:
        """Send what has no answer."""
        self._send({"method": method, "params": params})

    def problems(self, uri: str) -> list[dict[str, Any]]:
        """Return the problems of a file that come next."""
        while True:
            message = self._heard.pop(0) if self._heard else self._hear()
            if message.get("method") == "textDocument/publishDiagnostics":
                params = message["params"]
                if params["uri"] == uri:
                    return list(params["diagnostics"])

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _hear(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        length = 0
        while (line := self._process.stdout.readline().strip()) or not length:
            assert line, "the server is gone"
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        read: dict[str, Any] = json.loads(self._process.stdout.read(length))
        return read


@contextmanager
def _editor(home: Path, language: str = "en") -> Iterator[Editor]:
    """Start a server, greet it, and see it end well."""
    process = subprocess.Popen(
        [sys.executable, "-m", "studytool", "lsp", "--lang", language],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "STUDYTOOL_HOME": str(home)},
    )
    watch = Timer(LONGEST_SECONDS, process.kill)
    watch.start()
    try:
        editor = Editor(process)
        greeting = editor.ask(
            "initialize", {"processId": None, "rootUri": None, "capabilities": {}}
        )
        assert greeting["capabilities"]["hoverProvider"]
        editor.tell("initialized", {})
        yield editor
        editor.ask("shutdown", None)
        editor.tell("exit", None)
        assert process.wait() == 0
    finally:
        watch.cancel()
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """Return an editor in English for all tests: a server takes more than a second to start."""
    with _editor(tmp_path_factory.mktemp("home")) as editor:
        yield editor


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Return the folder of a pack of its own."""
    return Path(shutil.copytree(OWN, tmp_path / "a pack"))


def _opened(file: Path, text: str) -> dict[str, Any]:
    about = {"uri": file.as_uri(), "languageId": "yaml", "version": 1, "text": text}
    return {"textDocument": about}


def _at(file: Path, line: int, character: int) -> dict[str, Any]:
    position = {"line": line, "character": character}
    return {"textDocument": {"uri": file.as_uri()}, "position": position}


@pytest.mark.slow
def test_an_hour_of_editing(editor: Editor, pack: Path) -> None:
    file = pack / "items/growth.yaml"
    text = file.read_text("utf-8")
    wrong = text.replace("concept: compounding", "concept: compuonding", 1)
    editor.tell("textDocument/didOpen", _opened(file, wrong))
    [found] = editor.problems(file.as_uri())
    assert (found["code"], found["severity"], found["source"]) == ("E300", 1, "studytool")
    assert "did you mean 'compounding'?" in found["message"]
    line = wrong.splitlines()[found["range"]["start"]["line"]]
    span = slice(*(found["range"][end]["character"] for end in ("start", "end")))
    assert line[span] == "compuonding"

    version = {"uri": file.as_uri(), "version": 2}
    changes = [{"text": text}]
    editor.tell("textDocument/didChange", {"textDocument": version, "contentChanges": changes})
    while editor.problems(file.as_uri()):
        pass  # what was found before the change

    place = text.splitlines().index("  concept: compounding")
    listed = editor.ask("textDocument/completion", _at(file, place, len("  concept: ")))
    beyond = _at(file, 99_999, 7)  # of a text that is shorter meanwhile
    assert editor.ask("textDocument/completion", beyond)
    names = {one["label"] for one in (listed if isinstance(listed, list) else listed["items"])}
    assert names == {"compounding"}

    shown = editor.ask("textDocument/hover", _at(file, place, 4))["contents"]["value"]
    assert "What does 1 grow to in a year" in shown
    assert "key: " in shown


@pytest.mark.slow
def test_columns_are_counted_as_an_editor_counts_them(pack: Path, tmp_path: Path) -> None:
    """Hangul is one unit of UTF-16, an emoji two."""
    file = pack / "items/emoji.yaml"
    text = "- {id: x, tags: [가], front: '😀가', bakc: y, kind: card, concept: compounding}\n"
    with _editor(tmp_path / "home", "ko") as editor:
        editor.tell("textDocument/didOpen", _opened(file, text))
        told = editor.problems(file.as_uri())
        [found] = [one for one in told if one["code"] == "E201"]
        assert found["message"].startswith("모르는 키 'bakc'입니다")
        start = text.encode("utf-16-le").index("bakc".encode("utf-16-le")) // 2
        assert found["range"]["start"]["character"] == start
        asked = {"textDocument": {"uri": file.as_uri()}, "context": {"diagnostics": []}}
        [fix] = editor.ask("textDocument/codeAction", {**asked, "range": found["range"]})
        assert "'back'" in fix["title"]
        [edit] = fix["edit"]["changes"][file.as_uri()]
        assert edit["newText"] == "back"
        ends = [edit["range"][end]["character"] for end in ("start", "end")]
        assert ends == [start, start + len("bakc")]
        below = {end: {"line": 1, "character": 0} for end in ("start", "end")}
        assert not editor.ask("textDocument/codeAction", {**asked, "range": below})


def test_a_file_of_no_pack_is_left_alone(editor: Editor, tmp_path: Path) -> None:
    file = tmp_path / "other.yaml"
    editor.tell("textDocument/didOpen", _opened(file, "kind: "))
    assert not editor.ask("textDocument/completion", _at(file, 0, 6))
    assert editor.ask("textDocument/hover", _at(file, 0, 2)) is None


def test_without_pygls_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studytool.cli.lsp.find_spec", lambda _: None)
    run = run_program("lsp", home=tmp_path)
    assert run.returncode == 2
    assert "pip install 'studytool[lsp]'" in run.stderr
