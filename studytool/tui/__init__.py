"""The full screen: Textual screens and widgets over the learner's desk."""

import os

# Textual reads both as it is imported, which every module of this room may be the first to do.
os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")  # else an IME's syllables become key codes
# Else a second step of what a key does waits for the next of 60 ticks; animations keep their own.
os.environ.setdefault("TEXTUAL_FPS", "480")
