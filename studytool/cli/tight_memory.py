"""NumPy where the address space has a limit: its BLAS ends a process that has too little, in its own words."""

import os
import sys
from pathlib import Path

_BESIDE_ONE_THREAD = 160 << 20
"""Bytes that NumPy takes with one thread of BLAS, its buffer, and some for what is computed."""
_OF_A_THREAD = 64 << 20


class _RoomForNumPy:
    """Finds nothing, and refuses NumPy where too little room is left for it."""

    def find_spec(self, name: str, *_: object) -> None:
        """Raise MemoryError for NumPy where it would end the process."""
        if name == "numpy" and (room := _room()) is not None and room < _BESIDE_ONE_THREAD:
            raise MemoryError


def heed_memory_limit() -> None:
    """Let NumPy take what a limit of the address space leaves, or raise MemoryError as it is imported."""
    if (room := _room()) is None:
        return
    if room < _BESIDE_ONE_THREAD + _OF_A_THREAD * (os.cpu_count() or 1):
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.meta_path.insert(0, _RoomForNumPy())


def _room() -> int | None:
    """Return the bytes of address space that are left; None where no limit is set or known."""
    try:
        import resource  # POSIX only

        most, _ = resource.getrlimit(resource.RLIMIT_AS)
        if most == resource.RLIM_INFINITY:
            return None
        taken = int(Path("/proc/self/statm").read_bytes().split()[0]) * resource.getpagesize()
    except (ImportError, OSError, ValueError):  # no such system
        return None
    return most - taken
