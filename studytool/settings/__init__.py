"""The learner's settings, a plain TOML file, and the folder that holds the learner's state."""

from studytool.settings.file import (
    FILE_NAME,
    change_setting,
    load_settings,
    read_settings,
    save_settings,
)
from studytool.settings.rules import MODEL_NAMES, OF_PACKS, RULES, SettingRule, check_setting
from studytool.settings.values import LeechAction, ReviewOrder, Settings, home_folder

__all__ = [
    "FILE_NAME",
    "MODEL_NAMES",
    "OF_PACKS",
    "RULES",
    "LeechAction",
    "ReviewOrder",
    "SettingRule",
    "Settings",
    "change_setting",
    "check_setting",
    "home_folder",
    "load_settings",
    "read_settings",
    "save_settings",
]
