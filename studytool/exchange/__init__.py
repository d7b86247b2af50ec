"""The log in files of other programs and devices: JSON lines whole, and the optimiser's CSV."""
