"""What describes events without being one: the names of their kinds, and limits of what they say.

Reading what is due takes no more; :mod:`studytool.review_log.events` is loaded for a single event.
"""

REVIEW = "review"
UNDO = "undo"
REDO = "redo"
SUSPEND = "suspend"
UNSUSPEND = "unsuspend"
BURY = "bury"
FLAG = "flag"
UNFLAG = "unflag"
RESET = "reset"
MOVE = "move"
RENAME = "rename"
SET_DUE = "set-due"
RE_RATE = "re-rate"
SETTING = "setting"
IMPORT = "import"
RETRACTION = "retraction"
VACATION = "vacation"
MORE_NEW = "more-new"

LONGEST_VACATION_DAYS = LONGEST_PUT_OFF_DAYS = 3650
MOST_MORE_NEW = 9999
MOST_LINE_BYTES = 64 * 2**20
"""An act on a million events names them all in its line; what a field of any event may have is far less."""

SettingValue = str | bool | float | tuple[float, ...] | None
