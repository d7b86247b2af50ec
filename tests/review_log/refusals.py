"""A refusal that is expected: its message, and that both languages name the file."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from studytool.errors import StateError


@contextmanager
def refused(phrase: object) -> Iterator[pytest.ExceptionInfo[StateError]]:
    with pytest.raises(StateError) as error:
        yield error
    assert error.value.message is phrase
    for language in ("ko", "en"):
        assert str(error.value.fields["path"]) in error.value.text(language)
