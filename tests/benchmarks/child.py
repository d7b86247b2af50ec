"""A program in a process of its own, with the seconds and the memory that it took."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_AND_PEAK = """
import re, sys
from pathlib import Path
found = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print("\\n" + found[1], file=sys.stderr)
"""
"""The process's own peak: ``ru_maxrss`` would begin with that of the process that started it."""

HAS_PEAK = Path("/proc/self/status").exists()
NO_PEAK = "there is no /proc/self/status"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a program printed, and the largest memory that it held, in MB."""

    printed: str
    peak_mb: float


def run(program: str, *arguments: str, environment: Mapping[str, str] | None = None) -> Ran:
    """Run ``program``, Python source, to its end."""
    done = subprocess.run(
        [sys.executable, "-c", program + (_AND_PEAK if HAS_PEAK else ""), *arguments],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, **(environment or {})},
    )
    peak_kib = int(done.stderr.split()[-1]) if HAS_PEAK else 0
    return Ran(done.stdout, peak_kib * 1024 / 1e6)
