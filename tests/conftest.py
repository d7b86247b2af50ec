"""Every test finds the same surroundings, whatever shell, terminal or machine starts pytest."""

import gc
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from _pytest.doctest import DoctestModule
from hypothesis import settings

from studytool.bundled_pack import bundled_folders, is_bundled_folder
from studytool.library import pack_rows
from studytool.packs import evidence as packs_evidence
from studytool.packs import reader
from studytool.packs.evidence import KeptEvidence
from studytool.packs.folder import ORDINARY, PackLimits
from studytool.packs.pack import Pack
from studytool.sqlite.connection import Row

TESTS = Path(__file__).parent
OF_THE_SHELL = (
    "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "COLORTERM", "TERM_PROGRAM",
    "TEXTUAL", "TEXTUAL_THEME", "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_ANIMATIONS", "TEXTUAL_DRIVER",
    "STUDYTOOL_HOME", "XDG_DATA_HOME", "PYTHONUNBUFFERED", "PYTHONOPTIMIZE", "PYTHONWARNINGS",
    "PYTHONDONTWRITEBYTECODE", "LC_ALL", "LC_MESSAGES", "LANG", "COLORFGBG",
)  # fmt: skip
"""Variables that change what the program or its libraries print, or where they write.

A program that is started finds what the one before it compiled: half of a start.
"""

IN_MEMORY = Path("/dev/shm")
"""Where Linux keeps files in memory: there no write waits for a disk, which a third of the time was."""

LEAST_FREE_BYTES = 2**31

OBJECTS_BETWEEN_COLLECTIONS = 50_000
"""Python's 700 would have every test search what it made, over and over, for circles."""

_HOMES = count()

settings.register_profile("anywhere", deadline=None)  # a slow machine breaks no law
settings.load_profile("anywhere")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--backwards", action="store_true", help="run the last test first")


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Run the whole suite on all cores; named tests run in this process, as a debugger needs."""
    chosen = config.option
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS and not chosen.collectonly
    worker = hasattr(config, "workerinput")
    xdist = config.pluginmanager.has_plugin("xdist")
    if whole and xdist and not worker and chosen.numprocesses is None:
        chosen.numprocesses = "auto"
        if chosen.dist == "no":
            chosen.dist = "worksteal"  # neighbours stay together and share what they prepared


@pytest.hookimpl(optionalhook=True, wrapper=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """One process more than xdist counts cores: a test of the screens waits for a quarter of its time."""
    cores = yield
    return cores if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ else cores + 1


class _FilesWithExamples:
    """A pytest plugin for all folders: examples are looked for only where a file has any.

    To import and search the others takes seconds in each process.
    """

    @pytest.hookimpl(wrapper=True)
    def pytest_collect_file(self, file_path: Path) -> Generator[None, list[Any], list[Any]]:
        found = yield
        if file_path.suffix == ".py" and b">>> " not in file_path.read_bytes():
            return [one for one in found if not isinstance(one, DoctestModule)]
        return found


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(_FilesWithExamples())
    for name in OF_THE_SHELL:
        os.environ.pop(name, None)
    os.environ["TERM"] = "xterm-256color"
    sys.dont_write_bytecode = False  # what one process has compiled, the others find
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    _keep_temporary_files_in_memory()
    _let_programs_be_ended()
    _read_the_bundled_packs_once()


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Import another part of the tests first in each worker, where there are several.

    To compile them takes longer than all else of collecting: each finds what the others have.
    """
    worker: dict[str, Any] = getattr(session.config, "workerinput", {})
    if worker:
        number, count = int(worker["workerid"].removeprefix("gw")), worker["workercount"]
        for path in sorted(TESTS.rglob("test_*.py"))[number::count]:
            module = ".".join(path.relative_to(TESTS.parent).with_suffix("").parts)
            with suppress(Exception, pytest.skip.Exception):  # collecting it will tell
                import_module(module)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--backwards"):
        items.reverse()


def pytest_collection_finish() -> None:
    """Let no later search for circles walk the tests and modules, which stay to the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _a_home_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let no test read or write what the learner of this machine has."""
    home = tmp_path_factory.getbasetemp() / f"home-{next(_HOMES)}"
    os.environ["STUDYTOOL_HOME"] = str(home)
    yield
    os.environ.pop("STUDYTOOL_HOME", None)
    if hasattr(time, "tzset"):  # a test that lived in another zone has put TZ back by now
        time.tzset()


def _keep_temporary_files_in_memory() -> None:
    """Choose the folder of temporary files where nobody has, and there is room."""
    if os.environ.keys() & {"TMPDIR", "PYTEST_DEBUG_TEMPROOT"} or not hasattr(os, "statvfs"):
        return
    if not os.access(IN_MEMORY, os.W_OK | os.X_OK):
        return
    found = os.statvfs(IN_MEMORY)
    if found.f_bavail * found.f_frsize >= LEAST_FREE_BYTES and not found.f_flag & os.ST_NOEXEC:
        os.environ["TMPDIR"] = str(IN_MEMORY)
        tempfile.tempdir = None  # it is asked for again


def _read_the_bundled_packs_once() -> None:
    """Let all homes that are made in this process have each bundled pack from one reading."""
    read = reader.load_pack
    bundled = cache(read)

    def load_pack(folder: Path, limits: PackLimits = ORDINARY) -> Pack:
        return bundled(folder) if is_bundled_folder(folder) else read(folder, limits)

    reader.load_pack = load_pack
    _compile_once(bundled)


def _compile_once(bundled: Callable[[Path], Pack]) -> None:
    """Let all homes have the rows of the bundled packs, too: a first start takes a tenth of a second."""
    compile_rows, read_evidence = pack_rows.rows_of_pack, packs_evidence.read_evidence
    kept = cache(read_evidence)
    folders = set(bundled_folders().values())

    @cache
    def compiled(folder: Path) -> list[tuple[str, list[Row]]]:
        tables = compile_rows(bundled(folder), folder, kept(folder), added={}, now_ms=0)
        return [(table, list(rows)) for table, rows in tables]

    def rows_of_pack(
        pack: Pack, folder: Path, evidence: KeptEvidence, *, added: Mapping[str, int], now_ms: int
    ) -> Iterator[tuple[str, Iterable[Row]]]:
        is_known = folder in folders and evidence is kept(folder) and pack is bundled(folder)
        if added or not is_known:
            yield from compile_rows(pack, folder, evidence, added=added, now_ms=now_ms)
            return
        for table, rows in compiled(folder):
            came = (
                (*row[:6], now_ms, *row[7:]) for row in rows
            )  # when it came is its seventh value
            yield table, came if table == "items" else rows

    def read_once(folder: Path) -> KeptEvidence:
        return kept(folder) if folder in folders else read_evidence(folder)

    pack_rows.rows_of_pack = rows_of_pack
    packs_evidence.read_evidence = read_once


def _let_programs_be_ended() -> None:
    """Let the programs that tests start be ended by SIGHUP and SIGINT, under nohup and ``&`` too.

    A program inherits a signal that is ignored, but not one that is handled.
    """
    for name in ("SIGHUP", "SIGINT"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, lambda *_: None)
