"""The memory model: FSRS-6 as vectorised NumPy, one implementation for every use."""
