"""A pack read out of a git repository at one commit: nothing is checked out, and nothing in it runs."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from shutil import which

from studytool.errors import Cancelled
from studytool.language import Message, Phrase
from studytool.library import pack_tree
from studytool.library.entry_names import name_problem, twin_problem
from studytool.library.pack_tree import PackSource, PackTree, is_of_pack, refused
from studytool.packs.digest import FOLDERS, MAX_BYTES
from studytool.printable import printable

PATIENCE_SECONDS = 300.0
_LOOK_SECONDS = 0.2
_MOST_TOLD = 300

_SAFE = (
    "core.hooksPath=/dev/null", "core.fsmonitor=false", "core.symlinks=false",
    "protocol.ext.allow=never", "fetch.recurseSubmodules=false", "submodule.recurse=false",
    "transfer.fsckObjects=true", "fetch.fsckObjects=true", "gc.auto=0", "maintenance.auto=false",
)  # fmt: skip
"""Nothing of a repository or of a template runs; an address names no program."""

_NO_GIT = Phrase(
    ko="git 프로그램이 없습니다. git을 설치하거나, 폴더나 zip 파일에서 설치하세요",
    en="there is no program git; install it, or add a folder or zip file",
)
_NOT_FETCHED = Phrase(
    ko="가져오지 못했습니다(git: {told}). 주소와 커밋, 네트워크를 확인하세요",
    en="it could not be fetched (git: {told}); check the address, the commit and the network",
)
_TOO_SLOW = Phrase(
    ko="{seconds:.0f}초 안에 받지 못했습니다. 네트워크를 확인하고 다시 해 보세요",
    en="it was not fetched within {seconds:.0f} seconds; check the network and try again",
)


def read_git(source: PackSource, cancelled: Callable[[], bool] = lambda: False) -> PackTree:
    """Fetch one commit with the user's own git, and read the pack's files in it.

    Raises:
        PackError: there is no git, nothing to fetch, no pack, or a file that could do harm.
        Cancelled: ``cancelled`` said so.
    """
    program = which("git")
    if program is None:
        raise refused(source, _NO_GIT)
    with tempfile.TemporaryDirectory(prefix="studytool-") as folder:
        git = _Git(source, program, Path(folder), cancelled)
        git.run("init", "--quiet", "--bare", "--template=", ".")
        options = ("--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--no-auto-gc")
        git.run("fetch", *options, "--", source.at, source.commit)
        return _files(source, git)


class _Git:
    """The git program in one bare repository of its own."""

    def __init__(
        self, source: PackSource, program: str, folder: Path, cancelled: Callable[[], bool]
    ) -> None:
        self._source = source
        self._cancelled = cancelled
        self._folder = folder
        settings = [word for one in _SAFE for word in ("-c", one)]
        self._command = [program, *settings]
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        self._environment = {
            **kept,
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_SSH_COMMAND": "ssh -oBatchMode=yes",
            "GIT_LFS_SKIP_SMUDGE": "1",
            "LC_ALL": "C",
        }

    def run(self, *words: str, given: bytes = b"") -> bytes:
        """Run git and return its output; end it when it takes too long, or is not wanted any more."""
        with subprocess.Popen(
            [*self._command, *words],
            cwd=self._folder,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C ends this program, which then ends git
        ) as running:
            said, told = self._finished(running, given)
        if running.returncode:
            lines = [line for line in told.decode("utf-8", "replace").splitlines() if line.strip()]
            last = printable(" / ".join(lines))[:_MOST_TOLD]
            raise refused(self._source, _NOT_FETCHED.of(told=last))
        return said

    def _finished(self, running: "subprocess.Popen[bytes]", given: bytes) -> tuple[bytes, bytes]:
        left: bytes | None = given
        waited = 0.0
        while True:
            try:
                return running.communicate(left, timeout=_LOOK_SECONDS)
            except subprocess.TimeoutExpired:
                left, waited = None, waited + _LOOK_SECONDS
                if self._cancelled():
                    _kill(running)
                    raise Cancelled from None
                if waited > PATIENCE_SECONDS:
                    _kill(running)
                    raise refused(self._source, _TOO_SLOW.of(seconds=PATIENCE_SECONDS)) from None


def _kill(running: "subprocess.Popen[bytes]") -> None:
    """Kill git with the programs that it started."""
    if sys.platform == "win32":
        running.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)


def _files(source: PackSource, git: _Git) -> PackTree:
    """Read the files that make the pack, if none of the folder's names or kinds could do harm."""
    tree = f"{source.commit}:{source.within}" if source.within else source.commit
    listed = git.run("ls-tree", "-r", "-z", "-l", "--full-tree", tree)
    wanted: dict[str, tuple[str, int]] = {}
    for row in listed.split(b"\0")[:-1]:
        about, _, raw = row.partition(b"\t")
        mode, _, digest, size = about.split()
        name = raw.decode("utf-8", "surrogateescape")
        if is_of_pack(name) or name in FOLDERS:
            if (why := _problem(name, mode, size)) is not None:
                raise refused(source, why, printable(name))
            wanted[name] = (digest.decode(), int(size))
    if "pack.yaml" not in wanted:
        raise refused(source, pack_tree.NO_MANIFEST)
    pack_tree.refuse_size(source, (size for _, size in wanted.values()))
    if (twin := twin_problem(wanted)) is not None:
        raise refused(source, twin[1], twin[0])
    return dict(_contents(git, wanted))


def _problem(name: str, mode: bytes, size: bytes) -> Message | None:
    if mode == b"120000":
        return pack_tree.LINK.of()
    if not mode.startswith(b"100"):  # a submodule
        return pack_tree.NOT_ORDINARY.of()
    if int(size) > MAX_BYTES:
        return pack_tree.LARGE_FILE.of(most=MAX_BYTES // 2**20)
    return name_problem(name)


def _contents(git: _Git, wanted: dict[str, tuple[str, int]]) -> list[tuple[str, bytes]]:
    asked = "".join(f"{digest}\n" for digest, _ in wanted.values())
    said = git.run("cat-file", "--batch", given=asked.encode())
    found, at = [], 0
    for name, (_, size) in wanted.items():
        at = said.index(b"\n", at) + 1
        found.append((name, said[at : at + size]))
        at += size + 1
    return found
