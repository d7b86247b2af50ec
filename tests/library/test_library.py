"""The library gives back what was installed, lists without the models, and survives faults."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw
import pytest

from studytool.errors import NotFoundError, StateError
from studytool.faults import Fault
from studytool.library.file import VERSION
from studytool.library.library import InstalledPack, Library, ListedItem
from studytool.packs.evidence import (
    KeptEvidence,
    KeptFinding,
    KeptMeasurement,
    Verdict,
    evidence_text,
)
from studytool.packs.pack import Pack
from studytool.packs.reader import load_pack
from tests.disks import ordinary_user
from tests.packs.samples import CARD, MANIFEST, NUMERIC, write_pack

PAGE = 4096
MEASURED = KeptMeasurement("mean(x)", {"n": 8.0}, 2.0, 0.01, 4096, 2.0, 0.1)
KEY = KeptFinding(Verdict.HOLDS, "r", (MEASURED,), {"halved": True}, draws=3)
CLAIM_EVIDENCE = KeptFinding(Verdict.REFUTED, "q")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = write_pack(tmp_path / "sample")
    kept = KeptEvidence(claims={"adds": CLAIM_EVIDENCE}, keys={"doubled": KEY})
    lock = evidence_text(kept, pack="sample", versions={})
    (folder / "evidence.lock").write_text(lock, "utf-8")
    return folder


@pytest.fixture
def pack(folder: Path) -> Pack:
    return load_pack(folder)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


@pytest.fixture
def installed(path: Path, pack: Pack, folder: Path) -> Path:
    with Library.open(path) as library:
        library.install(pack, folder)
    return path


@contextmanager
def refused(fault: Fault) -> Iterator[None]:
    with pytest.raises(StateError) as error:
        yield
    assert error.value.fault is fault
    for language in ("ko", "en"):
        assert str(error.value.fields["path"]) in error.value.text(language)


def test_what_is_installed_comes_back(installed: Path, pack: Pack, folder: Path) -> None:
    with Library.open(installed) as library:
        assert library.packs() == [
            InstalledPack(
                id="sample",
                version="1.0.0",
                digest=pack.digest,
                folder=folder,
                title={"ko": "Sample", "en": "Sample"},
                languages=("ko", "en"),
                items=2,
            )
        ]
        revisions = [item.revision for item in pack.items]
        assert library.listed("sample") == [
            ListedItem("sample/recall", "card", "scale", 0, revisions[0]),
            ListedItem("sample/doubled", "numeric", "scale", 1, revisions[1]),
        ]
        assert library.concepts("sample") == ["scale"]
        assert [library.item(f"sample/{item.id}") for item in pack.items] == pack.items
        assert library.claim("sample", "adds") == pack.claims[0]
        assert library.manifest("sample") == pack.manifest


def test_evidence_comes_back_as_it_was_written(installed: Path) -> None:
    with Library.open(installed) as library:
        assert library.evidence("sample/doubled") == KEY
        assert library.evidence("sample/recall") is None
        assert library.evidence("sample/nothing") is None
        assert library.claim_evidence("sample", "adds") == CLAIM_EVIDENCE


@pytest.mark.parametrize("lock", [
    "not json", "[]", '{"format": 2, "keys": [], "claims": 1}',
    '{"format": 2, "keys": {"doubled": "yes"}}', "[" * 100_000,
    '{"format": 1, "keys": {"doubled": {"verdict": "holds", "revision": "r"}}}',
])  # fmt: skip
def test_an_unusable_lock_means_no_badge(path: Path, pack: Pack, folder: Path, lock: str) -> None:
    (folder / "evidence.lock").write_text(lock, "utf-8")
    with Library.open(path) as library:
        library.install(pack, folder)
        assert library.evidence("sample/doubled") is None


@pytest.mark.parametrize(("ask", "said"), [
    (lambda library: library.item("sample/recal"),
     "no item named 'sample/recal'. Did you mean 'sample/recall'?"),
    (lambda library: library.item("zzz"), "no item named 'zzz'. An item is named pack/slug; studytool item list names them all."),
    (lambda library: library.claim("sample", "add"),
     "no claim named 'add'. Did you mean 'adds'?"),
    (lambda library: library.manifest("sampel"),
     "no pack named 'sampel'. Did you mean 'sample'?"),
])  # fmt: skip
def test_an_unknown_name_names_the_nearest(installed: Path, ask: object, said: str) -> None:
    assert callable(ask)
    with Library.open(installed) as library, pytest.raises(NotFoundError) as missing:
        ask(library)
    assert str(missing.value) == said


def test_a_new_version_takes_the_place_of_the_old(installed: Path, tmp_path: Path) -> None:
    newer = write_pack(tmp_path / "v2", manifest=MANIFEST.replace("1.0.0", "2.0.0"), items=CARD)
    with Library.open(installed) as library:
        library.install(load_pack(newer), newer)
        assert [(pack.version, pack.items) for pack in library.packs()] == [("2.0.0", 1)]
        assert [item.item for item in library.listed("sample")] == ["sample/recall"]
        library.remove("sample")
        library.remove("sample")  # again: nothing happens
        assert (library.packs(), library.listed("sample"), library.concepts("sample")) == (
            [],
            [],
            [],
        )


@pytest.mark.slow
def test_an_install_that_fails_changes_nothing(installed: Path, tmp_path: Path) -> None:
    many = "".join(CARD.replace("recall", f"recall-{n}") for n in range(2_000))
    newer = write_pack(tmp_path / "v2", items=many + NUMERIC)
    with Library.open(installed) as library:
        before = library.packs(), library.listed("sample")
        library._db.pragma("max_page_count", 30)
        with refused(Fault.FULL):
            library.install(load_pack(newer), newer)
        assert (library.packs(), library.listed("sample")) == before


def test_a_locked_library_says_so_and_is_unchanged(
    installed: Path, pack: Pack, folder: Path
) -> None:
    other = apsw.Connection(str(installed))
    other.execute("BEGIN IMMEDIATE")
    with Library.open(installed, busy_seconds=0.01) as library:
        with refused(Fault.LOCKED):
            library.remove("sample")
        assert len(library.packs()) == 1  # reading goes on
        other.execute("ROLLBACK")
        library.install(pack, folder)
    other.close()


def test_two_programs_may_make_it_at_the_same_time(path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from studytool.library.library import Library; "
        "Library.open(Path(sys.argv[1])).close()"
    )
    started = [subprocess.Popen([sys.executable, "-c", script, str(path)]) for _ in range(4)]
    assert [process.wait(30) for process in started] == [0, 0, 0, 0]


@pytest.mark.parametrize("content", [b"", b"no database at all" * 500, b"\xa5" * 100])
def test_a_file_that_is_no_database_is_made_again(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with Library.open(path) as library:
        assert library.packs() == []


def test_wherever_a_page_is_damaged_one_start_more_and_all_is_there(
    installed: Path, pack: Pack, folder: Path
) -> None:
    """A start that meets the damage says so at most once, then makes the file again."""
    whole = installed.read_bytes()
    pages = len(whole) // PAGE
    assert pages >= 10
    told = 0
    for page in range(pages):
        installed.write_bytes(whole[: page * PAGE] + b"\xa5" * PAGE + whole[(page + 1) * PAGE :])
        try:
            _use(installed, pack, folder)
        except StateError as error:
            assert error.fault is Fault.LIBRARY_DAMAGED  # noqa: PT017 - any other would be a bug
            assert not installed.exists()
            told += 1
        _use(installed, pack, folder)
    assert told


def _use(path: Path, pack: Pack, folder: Path) -> None:
    """Start as the program does, and read all."""
    with Library.open(path) as library:
        if [found.id for found in library.packs()] != ["sample"]:
            library.install(pack, folder)
        assert [library.item(one.item) for one in library.listed("sample")] == pack.items
        assert library.claim("sample", "adds") == pack.claims[0]
        assert library.manifest("sample") == pack.manifest
        assert library.evidence("sample/doubled") == KEY
        assert library.prerequisites("sample") == {}
        assert library.siblings(["sample/doubled"]) == set()


@pytest.mark.parametrize("body", ["not json", "{}", '{"kind": "card"}'])
def test_a_row_that_is_no_model_is_damage(installed: Path, body: str) -> None:
    with Library.open(installed) as library:
        library._db.execute("UPDATE items SET body = ?", (body,))
        with refused(Fault.LIBRARY_DAMAGED):
            library.item("sample/recall")
    assert not installed.exists()


@pytest.mark.parametrize(("altered", "read"), [
    ("items SET body = replace(body, '2', '3')", lambda it: it.item("sample/doubled")),
    ("items SET concept = 'other'", lambda it: it.item("sample/doubled")),
    ("items SET evidence = replace(evidence, '0', '1')", lambda it: it.evidence("sample/doubled")),
    ("claims SET body = replace(body, '2', '3')", lambda it: it.claim("sample", "adds")),
    ("packs SET titles = replace(titles, 'a', 'e')", lambda it: it.packs()),
    ("packs SET manifest = replace(manifest, 'a', 'e')", lambda it: it.manifest("sample")),
    ("packs SET digest = 'other'", lambda it: it.digest("sample")),
    ("packs SET folder = '/'", lambda it: it.folder("sample")),
    ("items SET item = 'sample/other' WHERE position = 0", lambda it: it.listed("sample")),
    ("items SET concept = 'other'", lambda it: it.concepts("sample")),
    ("items SET position = 5 WHERE position = 0", lambda it: it.listed("sample")),
    ("items SET added_ms = 5", lambda it: it.added()),
    ("items SET body = replace(body, '2', '3')", lambda it: list(it.texts())),
    ('items SET body = replace(body, \'"tags":[]\', \'"tags":["x"]\')', lambda it: it.tags()),
    ("item_claims SET claim = 'other'", lambda it: it.claim_links()),
    ("item_claims SET claim = 'other'", lambda it: it.claims_of(["sample/doubled"])),
    ("item_claims SET item = 'sample/x' WHERE item = 'sample/b'", lambda it: it.siblings(["sample/doubled"])),
    ("concepts SET requires = '[\"sums\"]'", lambda it: it.prerequisites("sample")),
])  # fmt: skip
def test_a_row_that_is_otherwise_than_it_was_compiled_is_damage(
    installed: Path, altered: str, read: Callable[[Library], object]
) -> None:
    """It would be a model all the same: a key with another number, for one."""
    with Library.open(installed) as library:
        library._insert(
            "item_claims", [("sample", "adds", f"sample/{n}") for n in ("doubled", "b")]
        )
        read(library)
        library._db.execute(f"UPDATE {altered}")
        with refused(Fault.LIBRARY_DAMAGED):
            read(library)
    assert not installed.exists()


def test_a_newer_library_is_left_alone(installed: Path) -> None:
    with Library.open(installed) as library:
        library._db.execute("ALTER TABLE claims ADD COLUMN weather TEXT")
        library._db.execute(f"PRAGMA user_version = {VERSION + 1}")
    with refused(Fault.NEWER):
        Library.open(installed)


@pytest.mark.parametrize("harm", ["user_version = 7", "application_id = 7"])
def test_a_library_with_a_damaged_header_is_made_again(installed: Path, harm: str) -> None:
    with Library.open(installed) as library:
        packs = library.packs()
        library._db.execute(f"PRAGMA {harm}")
    with Library.open(installed) as library:
        assert (library.packs(), packs != []) == ([], True)


@pytest.mark.parametrize("statement", [
    "PRAGMA user_version = 1",  # an older layout
    "UPDATE meta SET value = 'other models'",
    "DROP TABLE claims",
    "DROP INDEX item_claims_by_item",
])  # fmt: skip
def test_a_stale_library_is_made_anew(installed: Path, statement: str) -> None:
    with Library.open(installed) as library:
        library._db.execute(statement)
    with Library.open(installed) as library:
        assert library.packs() == []
    with Library.open(installed) as library:
        assert library.packs() == []


def test_another_programs_database_is_left_alone(path: Path) -> None:
    db = apsw.Connection(str(path))
    db.execute("CREATE TABLE theirs(x)")
    db.close()
    before = path.read_bytes()
    with refused(Fault.FOREIGN):
        Library.open(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("is_folder", [True, False])
def test_a_place_that_cannot_be_opened_says_so(tmp_path: Path, *, is_folder: bool) -> None:
    path = tmp_path / "missing" / "library.db"
    if is_folder:
        path.mkdir(parents=True)
    with refused(Fault.IS_FOLDER if is_folder else Fault.NO_FILE):
        Library.open(path)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_a_read_only_folder_says_so(installed: Path) -> None:
    content = installed.read_bytes()
    with ordinary_user() as folder:
        path = folder / "library.db"
        path.write_bytes(content)
        path.chmod(0o400)
        folder.chmod(0o500)
        with refused(Fault.READ_ONLY), Library.open(path) as library:
            library.remove("sample")


def test_listing_loads_neither_models_nor_yaml_nor_numpy(installed: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from studytool.library.library import Library\n"
        "library = Library.open(Path(sys.argv[1]))\n"
        "library.packs(), library.listed('sample'), library.concepts('sample')\n"
        "library.evidence('sample/doubled')\n"
        "print(sorted({'pydantic', 'yaml', 'numpy', 'studytool.packs.items'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(installed)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_experiments_are_kept_with_their_packs(path: Path) -> None:
    own = Path(__file__).parent.parent / "packs/own/compound-interest"
    read = load_pack(own)
    with Library.open(path) as library:
        library.install(read, own)
        assert library.experiments() == [("compound-interest/savings", read.experiments[0])]
        library.remove(read.id)
        assert library.experiments() == []
