"""A test driver that knows when the program is idle, where Textual's own sleeps until it seems so.

Textual sleeps a fiftieth of a second, again and again until a whole sleep took next to no processor
time: twice a key, and once a pause. That was half the time of these tests.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from math import inf
from time import monotonic
from typing import Any

from textual import _wait, app, pilot

SOON_SECONDS = 1 / 40
"""What is due by then is waited for: a screen draws what has changed within a sixtieth."""

_wait_by_sleeping = _wait.wait_for_idle


def know_when_idle() -> None:
    """Have all that drives a program within this process wait no longer than it must."""
    vars(app)["wait_for_idle"] = vars(pilot)["wait_for_idle"] = _wait_for_idle


async def _wait_for_idle(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Wait until nothing is to be done now or soon; as Textual does while a thread is at work."""
    loop: Any = asyncio.get_running_loop()
    ends = monotonic() + max_sleep
    await asyncio.sleep(min_sleep)
    looks = 0
    while looks < 2 and monotonic() < ends:  # one look may come before what a thread has just sent
        await asyncio.sleep(0)
        looks += 1
        if loop._ready:
            looks = 0
        elif (wait := _seconds_to_next(loop)) <= SOON_SECONDS:
            await asyncio.sleep(max(wait, 0))
            looks = 0
    if _is_a_thread_at_work(loop):
        await _wait_by_sleeping(min_sleep, max_sleep)


def _seconds_to_next(loop: Any) -> float:
    """Return when the next of what is planned is due, from now."""
    due: float = min((one.when() for one in loop._scheduled if not one.cancelled()), default=inf)
    return due - float(loop.time())


def _is_a_thread_at_work(loop: Any) -> bool:
    threads: ThreadPoolExecutor | None = loop._default_executor
    return threads is not None and len(threads._threads) > threads._idle_semaphore._value
