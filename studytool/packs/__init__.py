"""Packs: models, reader, diagnostics."""
