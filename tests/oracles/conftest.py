"""The packages of the oracle group; a test that asks for one that is not installed is skipped."""

from types import ModuleType

import pytest

_REASON = "the oracle group is not installed"


@pytest.fixture(scope="session")
def torch() -> ModuleType:
    module: ModuleType = pytest.importorskip("torch", reason=_REASON)
    return module


@pytest.fixture(scope="session")
def linear_model() -> ModuleType:
    module: ModuleType = pytest.importorskip("sklearn.linear_model", reason=_REASON)
    return module


@pytest.fixture(scope="session")
def stats() -> ModuleType:
    module: ModuleType = pytest.importorskip("scipy.stats", reason=_REASON)
    return module


@pytest.fixture(scope="session")
def integrate() -> ModuleType:
    module: ModuleType = pytest.importorskip("scipy.integrate", reason=_REASON)
    return module


@pytest.fixture(scope="session")
def signal() -> ModuleType:
    module: ModuleType = pytest.importorskip("scipy.signal", reason=_REASON)
    return module
