"""Speed and memory, always as a ratio against a named peer timed in the same run.

    python -m tests.benchmarks [--json] [--smoke] [NAME ...]

Nothing here is a test: a machine may be slow or busy. ``--smoke`` makes every benchmark run
once at a small size, which shows only that it still works.
"""
