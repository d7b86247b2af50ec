"""The home folder of the tests of backups."""

from tests.backups.conftest import folder, home, log

__all__ = ["folder", "home", "log"]
