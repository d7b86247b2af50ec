"""Tasks on a Dask cluster, which its owner has started: ``dask://HOST:PORT`` is its scheduler.

A task whose worker dies is run again by the scheduler on another one.
"""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

from studytool import __version__
from studytool.errors import StudytoolError
from studytool.language import Phrase

SCHEME = "dask://"
_SECONDS_TO_CONNECT = 10
_MISSING = Phrase(
    ko="클러스터에 필요한 distributed가 없습니다. 다음으로 설치하세요: pip install 'studytool[cluster]'",
    en="distributed, which a cluster needs, is not installed. Install it with: "
    "pip install 'studytool[cluster]'",
)
_NO_ADDRESS = Phrase(
    ko="'{address}': 클러스터의 주소가 아닙니다. dask://HOST:PORT처럼 쓰세요.",
    en="'{address}' is no address of a cluster; write it like dask://HOST:PORT",
)
_NO_ANSWER = Phrase(
    ko="{address}의 스케줄러가 응답하지 않습니다. 주소가 맞는지, 스케줄러가 돌고 있는지 확인하세요.",
    en="the scheduler at {address} does not answer. See that the address is right and that it runs.",
)
_NO_WORKERS = Phrase(
    ko="{address}의 클러스터에 일꾼이 없습니다. dask worker로 시작하세요.",
    en="the cluster at {address} has no workers. Start some with dask worker.",
)
_OTHER_VERSION = Phrase(
    ko="클러스터의 일꾼에 studytool {version}이 없습니다. 일꾼마다 같은 판을 설치하세요.",
    en="the workers of the cluster do not have studytool {version}. Install the same version on each.",
)


@contextmanager
def cluster_executor(address: str) -> Iterator[Executor]:
    """Connect to a cluster whose workers have this very program, and give its executor.

    Args:
        address: ``dask://HOST:PORT``.

    Raises:
        StudytoolError: no such address, nobody there, no workers, or another version on them.
    """
    host, _, port = address.removeprefix(SCHEME).rpartition(":")
    if not address.startswith(SCHEME) or not host or not port.isdecimal():
        raise StudytoolError(_NO_ADDRESS, address=address)
    if find_spec("distributed") is None:
        raise StudytoolError(_MISSING)
    from distributed import Client

    connect: Any = Client  # it has no types
    try:
        client = connect(f"tcp://{host}:{port}", timeout=_SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError) as error:  # a time limit is an OSError too
        raise StudytoolError(_NO_ANSWER, address=address) from error
    with client:
        _refuse_others(client, address)
        yield client.get_executor(pure=False)


def lost_worker_errors() -> tuple[type[BaseException], ...]:
    """Return what a task ends with whose workers died again and again."""
    from distributed.scheduler import KilledWorker

    return (KilledWorker,)


def _refuse_others(client: Any, address: str) -> None:
    try:
        versions = client.run(_program_version)
    except (ImportError, AttributeError):
        versions = {"": ""}
    if not versions:
        raise StudytoolError(_NO_WORKERS, address=address)
    if set(versions.values()) != {__version__}:
        raise StudytoolError(_OTHER_VERSION, version=__version__)


def _program_version() -> str:
    return __version__
