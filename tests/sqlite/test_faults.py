"""What SQLite reports of a file, as the fault that the learner is told of."""

from pathlib import Path

import apsw
import pytest

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.sqlite.faults import sqlite_faults


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (apsw.BusyError, Fault.LOCKED),
        (apsw.LockedError, Fault.LOCKED),
        (apsw.ProtocolError, Fault.LOCKED),
        (apsw.NotADBError, Fault.DAMAGED),
        (apsw.CorruptError, Fault.DAMAGED),
        (apsw.FormatError, Fault.DAMAGED),
        (apsw.ReadOnlyError, Fault.READ_ONLY),
        (apsw.PermissionsError, Fault.READ_ONLY),
        (apsw.AuthError, Fault.READ_ONLY),
        (apsw.FullError, Fault.FULL),
        (apsw.IOError, Fault.UNREADABLE),
        (apsw.CantOpenError, Fault.NO_FILE),
    ],
)
def test_each_error_of_a_file_is_its_fault(
    tmp_path: Path, error: type[apsw.Error], fault: Fault
) -> None:
    with pytest.raises(StateError) as raised, sqlite_faults(tmp_path / "reviews.db"):
        raise error
    assert raised.value.fault is fault


@pytest.mark.parametrize("error", [apsw.MisuseError, apsw.SQLError, KeyError])
def test_a_bug_passes_through(tmp_path: Path, error: type[Exception]) -> None:
    with pytest.raises(error), sqlite_faults(tmp_path / "reviews.db"):
        raise error
