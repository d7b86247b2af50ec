"""When the collector looks through all: while no key comes."""

import gc
import weakref
from asyncio import AbstractEventLoop
from collections.abc import Callable, Iterator
from typing import cast

import pytest

from studytool.collection import RestingCollector


class _Planned:
    is_cancelled = False

    def __init__(self, act: Callable[[], None]) -> None:
        self.act = act

    def cancel(self) -> None:
        self.is_cancelled = True


class _Loop:
    """A loop whose time stands still."""

    def __init__(self) -> None:
        self.planned: list[_Planned] = []

    def call_later(self, seconds: float, act: Callable[[], None]) -> _Planned:
        assert seconds > 0
        self.planned.append(_Planned(act))
        return self.planned[-1]


class _Node:
    """Part of a circle that the collector alone can take apart."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def thresholds() -> Iterator[None]:
    """Leave the collector of the other tests as it was."""
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_it_looks_at_rest_where_much_is_new() -> None:
    loop = _Loop()
    collector = RestingCollector(cast("AbstractEventLoop", loop))
    gc.collect()
    node = weakref.ref(_Node())
    collector.put_off()
    loop.planned[-1].act()
    assert node() is not None  # a key or two: not worth it
    kept: list[list[int]] = [[] for _ in range(6_000)]
    collector.put_off()
    assert node() is not None
    assert [one.is_cancelled for one in loop.planned] == [True, False]
    loop.planned[-1].act()
    assert node() is None
    assert len(kept) == 6_000


def test_what_would_take_longer_than_a_frame_waits() -> None:
    """Of new objects, so many as some hundred keys leave, cause no look at all of the program's."""
    RestingCollector(cast("AbstractEventLoop", _Loop()))
    gc.collect()
    before = gc.get_stats()[2]["collections"]
    kept: list[list[int]] = [[] for _ in range(300_000)]
    assert gc.get_stats()[2]["collections"] == before
    assert len(kept) == 300_000
