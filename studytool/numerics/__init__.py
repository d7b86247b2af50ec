"""The computation core: arrays and numbers in, arrays and numbers out; knows nothing of packs."""
