"""A refusal that is expected: its fault, and that both languages name the file."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from studytool.errors import StateError
from studytool.faults import Fault


@contextmanager
def refused(fault: Fault) -> Iterator[pytest.ExceptionInfo[StateError]]:
    with pytest.raises(StateError) as error:
        yield error
    assert error.value.fault is fault
    for language in ("ko", "en"):
        assert str(error.value.fields["path"]) in error.value.text(language)
