"""The learner's settings, a plain TOML file, and the folder that holds the learner's state."""

from studytool.settings.file import (
    FILE_NAME,
    change_setting,
    load_settings,
    read_settings,
    save_settings,
)
from studytool.settings.home import home_folder
from studytool.settings.locale_language import locale_language
from studytool.settings.row import Setting, check_setting
from studytool.settings.rules import SettingRule
from studytool.settings.table import (
    MODEL_NAMES,
    LeechAction,
    NewMix,
    ReviewOrder,
    Settings,
    all_settings,
    pack_settings,
    shared_settings,
)

__all__ = [
    "FILE_NAME",
    "MODEL_NAMES",
    "LeechAction",
    "NewMix",
    "ReviewOrder",
    "Setting",
    "SettingRule",
    "Settings",
    "all_settings",
    "change_setting",
    "check_setting",
    "home_folder",
    "load_settings",
    "locale_language",
    "pack_settings",
    "read_settings",
    "save_settings",
    "shared_settings",
]
