"""The schemas beside a pack in a real editor's server (Red Hat's YAML language server, under Node).

It is run where ``yaml-language-server`` is on the path: ``npm install --global yaml-language-server``.
"""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from typing import IO, Any

import pytest

from studytool.authoring.new_pack import make_pack, write_schemas
from studytool.bundled_pack import bundled_pack_folder
from tests.authoring.test_new_pack import made

SERVER = shutil.which("yaml-language-server")
LONGEST = 60.0
"""Seconds after which a server that says nothing is killed."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        SERVER is None or shutil.which("node") is None, reason="no yaml-language-server"
    ),
]


class Editor:
    """What an editor says to the server, and is told."""

    def __init__(self, said: IO[bytes], told: IO[bytes]) -> None:
        self._said = said
        self._told = told
        self._asked = 0
        self.request("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
        self._send({"method": "initialized", "params": {}})

    def _send(self, message: dict[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._said.write(b"Content-Length: %d\r\n\r\n%b" % (len(content), content))
        self._said.flush()

    def _messages(self) -> Iterator[dict[str, Any]]:
        while header := self._told.readline():
            length = int(header.partition(b":")[2])
            while self._told.readline().strip():
                pass  # further headers
            message: dict[str, Any] = json.loads(self._told.read(length))
            if "id" in message and "method" in message:  # what it asks of an editor: nothing is set
                wanted = message.get("params", {}).get("items", [])
                self._send({"id": message["id"], "result": [None] * len(wanted)})
            yield message
        raise AssertionError("the server has ended")

    def request(self, method: str, params: dict[str, Any]) -> Any:
        """Ask for something, and return the result."""
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": params})
        return next(
            one["result"]
            for one in self._messages()
            if one.get("id") == self._asked and "method" not in one
        )

    def problems(self, path: Path, text: str) -> list[tuple[int, str]]:
        """Open a file with some text, and return the line and words of each problem told of it."""
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        found = next(
            one["params"]["diagnostics"]
            for one in self._messages()
            if one.get("method") == "textDocument/publishDiagnostics"
            and one["params"]["uri"] == path.as_uri()
        )
        return [(one["range"]["start"]["line"], one["message"]) for one in found]

    def completions(self, path: Path, line: int, character: int) -> set[str]:
        """Return what the server would write at a place of a file that is open."""
        place = {"line": line, "character": character}
        asked = {"textDocument": {"uri": path.as_uri()}, "position": place}
        found = self.request("textDocument/completion", asked)
        listed = found["items"] if isinstance(found, dict) else found or []
        return {one["label"] for one in listed}


@pytest.fixture
def editor() -> Iterator[Editor]:
    """Start a server, and end it after the test."""
    assert SERVER is not None
    with subprocess.Popen(
        [SERVER, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        timer = Timer(LONGEST, process.kill)
        timer.start()
        try:
            yield Editor(process.stdin, process.stdout)
        finally:
            timer.cancel()
            process.kill()


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Return a new pack with its schemas, in a folder with a space in its name."""
    folder = tmp_path / "my packs" / "mine"
    folder.parent.mkdir()
    make_pack(made(folder))
    return folder


def test_a_new_pack_has_no_problem_in_an_editor(editor: Editor, pack: Path) -> None:
    files = sorted(pack.rglob("*.yaml"))
    assert {path.parent.name for path in files} == {"mine", "items", "claims"}
    for path in files:
        assert editor.problems(path, path.read_text("utf-8")) == [], path


def test_slips_are_told_in_their_lines_and_keys_are_completed(editor: Editor, pack: Path) -> None:
    path = min((pack / "items").glob("*.yaml"))
    lines = path.read_text("utf-8").split("\n")
    kinds = [number for number, line in enumerate(lines) if line.startswith("  kind: ")]
    wrong = [*lines]
    wrong[kinds[0]] = wrong[kinds[0]].replace("kind", "knd")
    wrong[kinds[1]] = "  kind: crad"
    told = {line for line, _ in editor.problems(path, "\n".join(wrong))}
    item = max(number for number in range(kinds[0]) if lines[number].startswith("- id:"))
    assert told & {item, kinds[0]}
    assert told & {kinds[1]}
    after = [*lines[: kinds[0] + 1], "  ", *lines[kinds[0] + 1 :]]
    other = path.with_name("other.yaml")
    editor.problems(other, "\n".join(after))
    offered = editor.completions(other, kinds[0] + 1, 2)
    assert {"tags", "difficulty", "hints"} <= offered
    assert "unit" not in offered  # a number's alone


OWN = Path(__file__).parent.parent / "packs/own"
PACKS = [bundled_pack_folder(), *sorted(OWN.iterdir())]


@pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)
def test_what_the_reader_takes_an_editor_takes(
    editor: Editor, folder: Path, tmp_path: Path
) -> None:
    shutil.copytree(folder, tmp_path / "pack")
    write_schemas(tmp_path / "pack")
    for path in sorted((tmp_path / "pack").rglob("*.yaml")):
        part = "pack" if path.name == "pack.yaml" else path.parent.name
        schema = (tmp_path / f"pack/schema/{part}.json").as_uri()
        text = f"# yaml-language-server: $schema={schema}\n{path.read_text('utf-8')}"
        assert editor.problems(path, text) == [], path.name
