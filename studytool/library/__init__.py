"""Installed, compiled packs."""
