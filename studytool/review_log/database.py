"""The file ``reviews.db``: opened, checked, queried and written durably."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from struct import Struct

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.review_log import as_made
from studytool.review_log.migration import migrate
from studytool.review_log.schema import (
    APPLICATION,
    FIXED_NAMES,
    FOLD_SUMS,
    FORMAT,
    MADE,
    MADE_TABLES,
    PARTS,
    TRUTH,
    VERSION,
)
from studytool.review_log.seals import name_seal
from studytool.review_log.study_days import StudyDays
from studytool.sqlite.connection import (
    Connection,
    Row,
    begin_wal,
    is_made,
    opened,
    refuse_moved,
    transaction,
)
from studytool.sqlite.faults import READ_ONLY, BusyError, sqlite_faults
from studytool.sqlite.journal import refuse_damaged_journal
from studytool.sqlite.watching import Step, look, watched

_VERSIONS = Struct(">60xI4xI")
"""Of user_version and application_id. Source: sqlite.org/fileformat2.html, section 1.3."""


class Database:
    """One connection. Every read sees what other programs have committed; one thread at a time.

    Attributes:
        connection: itself, for what reads bytes.
        checked: the place of the last event whose seal was looked at here.
        damaged: places where an event was just read whose seal is wrong.
        put_off: what is done before the next statement, whether it reads or writes.
    """

    def __init__(self, path: Path, *, busy_seconds: float = 5.0, day_start_hour: int = 0) -> None:
        self.path = path
        self.checked = 0
        self.damaged: list[int] = []
        self.put_off: Callable[[], object] | None = None
        self._day_start_hour = day_start_hour
        opened(path, partial(self._prepare, busy_seconds))

    def close(self) -> None:
        """Close the file; closing twice does nothing."""
        try:
            self.do_put_off()
        finally:
            with sqlite_faults(self.path):
                self.connection.close()

    def do_put_off(self) -> None:
        """Do what was put off; where that fails outside a transaction, it is left to others to do.

        So that events can be read where nothing can be written.
        """
        if (work := self.put_off) is not None:
            self.put_off = None
            try:
                work()
            except StateError:
                if self.connection.in_transaction:
                    raise

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Return all rows of a query."""
        if self.put_off is not None:
            self.do_put_off()
        with sqlite_faults(self.path):
            return self._cursor.execute(sql, tuple(values)).fetchall()

    def stream(self, sql: str, values: Sequence[object] = ()) -> Iterator[Row]:
        """Return the rows of a query one by one, as SQLite finds them."""
        if self.put_off is not None:
            self.do_put_off()
        with sqlite_faults(self.path):
            yield from self.connection.execute(sql, tuple(values))

    def row(self, sql: str, values: Sequence[object] = ()) -> Row | None:
        """Return the first row of a query."""
        return next(self.stream(sql, values), None)

    def number(self, sql: str, values: Sequence[object] = ()) -> int:
        """Return the one whole number that a query gives; 0 for NULL or no row."""
        found = self.row(sql, values)
        return int(found[0] or 0) if found else 0

    def refill(self, table: str, sql: str | None, values: Sequence[object] = ()) -> bool:
        """Fill a table of the fold anew by a statement; tell whether its rows are others now."""
        before = self.rows(f"SELECT * FROM {table}")
        self.rows(f"DELETE FROM {table}")
        if sql is not None:
            self.rows(sql, values)
        return self.rows(f"SELECT * FROM {table}") != before

    def many(self, sql: str, rows: Iterator[Row]) -> list[Row]:
        """Run a statement for each of ``rows``; return the rows that it gives for each."""
        if self.put_off is not None:
            self.do_put_off()
        with sqlite_faults(self.path):
            return self.connection.executemany(sql, rows).fetchall()

    @contextmanager
    def writing(self, *, durable: bool = True) -> Iterator[None]:
        """Make the block one transaction: durable when it ends, undone when it raises.

        Inside another it is part of that.

        Args:
            durable: False for what can be made again: a loss of power may undo it, with nothing
                that was written before it.
        """
        if self.connection.in_transaction:
            yield
            return
        with self._synchronous(durable=durable), transaction(self.connection, self.path):
            yield

    @contextmanager
    def _synchronous(self, *, durable: bool) -> Iterator[None]:
        if durable:
            yield
            return
        self.connection.execute("PRAGMA synchronous = NORMAL")
        try:
            yield
        finally:
            self.connection.execute("PRAGMA synchronous = FULL")

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        """Let all that the block reads be of one moment, whatever other programs write meanwhile.

        A restore puts another log in place, in which the same codes may stand for other words.
        """
        self.do_put_off()
        with sqlite_faults(self.path):
            held = self.connection.execute("SELECT 1 FROM names")  # at its first row from now on
        try:
            yield
        finally:
            held.close()

    def _prepare(self, busy_seconds: float, connection: Connection) -> None:
        self.connection = connection
        # What is read at once needs no cursor of its own, which costs as much.
        self._cursor = connection.cursor()
        connection.set_busy_timeout(round(busy_seconds * 1000))
        made = is_made(connection, self.path, FORMAT)
        refuse_moved(connection, self.path)
        refuse_damaged_journal(connection, self.path)
        if not made:
            self._make()
        as_made.refuse_damaged_schema(connection)
        if connection.readonly("main"):
            raise StateError(Fault.READ_ONLY, path=self.path, why=READ_ONLY)
        if connection.execute("PRAGMA journal_mode").get != "wal":  # a backup that was restored
            with suppress(BusyError):
                connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA temp_store = MEMORY")  # no disk need have room to sort
        connection.execute("PRAGMA fullfsync = ON")  # macOS: through the drive's own cache
        if self.number("PRAGMA user_version") < VERSION:
            self._migrate()
        if not self._is_whole():
            with self.writing():
                self._make_missing()
        if not as_made.are_roots_noted(connection):  # SQLite's own VACUUM has moved them
            with self.writing(durable=False):
                as_made.note_roots(connection)
        self._mend()

    def _mend(self) -> None:
        """Forget what a damaged bit has changed of what can be made again."""
        if damaged := [(key,) for key in as_made.damaged_keys(self.connection)]:
            with self.writing():
                self.connection.executemany(as_made.FORGET, damaged)
        self.compare(as_made.SMALL)

    def compare(self, tables: Collection[str] = as_made.LARGE) -> bool:
        """Leave the fold empty where a damaged bit has changed it; tell whether it is as it was made."""
        with sqlite_faults(self.path):
            if not (are := as_made.are_as_made(self.connection, tables)):
                with self.writing():
                    if not as_made.are_as_made(self.connection, tables):  # nobody else was quicker
                        as_made.renew_meta(self.connection)
                        self._make_anew()
        return are

    def _migrate(self) -> None:
        """Carry an older file over, in one transaction: a crash leaves the old file or the new."""
        look(Step.MIGRATING)
        with watched(self.connection, Step.MIGRATING), self.writing():
            if self.number("PRAGMA user_version") < VERSION:  # nobody else was quicker
                migrate(self.connection, start_hour=self._day_start_hour)
                self._make_missing()

    def _schema(self) -> dict[str, str]:
        """Return the texts of the tables and parts by name; a damaged one need not be text any more."""
        rows = self.rows("SELECT name, CAST(sql AS BLOB) FROM sqlite_schema")
        return {name: (sql or b"").decode(errors="replace") for name, sql in rows}

    def _is_whole(self) -> bool:
        """Tell whether the fold's tables, the indexes and the triggers are this version's."""
        return {*MADE_TABLES.items(), *PARTS.items()} <= self._schema().items()

    def _make_missing(self) -> None:
        """Make again, without a word, what can be made of the truth; empty where it is a table."""
        if not {*MADE_TABLES.items(), *FOLD_SUMS.items()} <= self._schema().items():
            self._make_anew()
        found = self._schema()
        with self.without([name for name, sql in PARTS.items() if found.get(name) != sql]):
            pass  # made at its end

    def _make_anew(self) -> None:
        """Leave the fold's tables empty: whoever opens the log folds the events again."""
        for name, sql in (*MADE_TABLES.items(), *PARTS.items()):
            if sql in MADE:
                self.connection.execute(f"DROP {sql.split()[1]} IF EXISTS {name}")
        self.connection.execute(MADE)
        as_made.note_lists(self.connection)
        self.connection.execute("DELETE FROM meta WHERE key = 'folded_seq'")

    @contextmanager
    def without(self, parts: Collection[str]) -> Iterator[None]:
        """Set indexes or triggers aside, and make them at the end of the block. Inside a transaction.

        Nobody sees the log without them; where the block raises, the transaction brings them back.
        """
        for name in parts:
            self.rows(f"DROP {PARTS[name].split()[1]} IF EXISTS {name}")
        yield
        for name in parts:
            self.rows(PARTS[name])
        as_made.note_roots(self.connection)

    def _make(self) -> None:
        begin_wal(self.connection)
        with self.writing():
            if not is_made(self.connection, self.path, FORMAT):  # nobody else was quicker
                self.connection.execute(TRUTH + MADE)
                as_made.note_lists(self.connection)
                fixed = ((n, name, name_seal(n, name.encode())) for name, n in FIXED_NAMES.items())
                self.many("INSERT INTO names(code, name, seal) VALUES (?, ?, ?)", fixed)
                self.connection.execute(f"PRAGMA application_id = {APPLICATION}")
                self.connection.execute(f"PRAGMA user_version = {VERSION}")


def is_older(path: Path) -> bool:
    """Tell whether a file is a log of an older version, which opening it would carry over.

    By the file's header: where that is in the journal still, a log may be called older that is
    not. False where the file cannot be read.
    """
    if path.is_file():  # a pipe would be waited for
        with suppress(OSError), path.open("rb") as file:
            version, application = _VERSIONS.unpack(file.read(_VERSIONS.size).ljust(_VERSIONS.size))
            return bool(application == APPLICATION and version < VERSION)
    return False


class DatabaseReader:
    """The base of the classes that read one database.

    Attributes:
        days: the learner's study days, as they are now.
    """

    def __init__(self, db: Database, days: StudyDays) -> None:
        self._db = db
        self.days = days

    @property
    def _folded(self) -> Database:
        """The database, with all that another program wrote folded in, where that can be written."""
        return self._db
