"""How long a line of a log may be; a module of its own, since commands import it before they read."""

MOST_LINE_BYTES = 64 * 2**20
"""An act on a million events names them all in its line; what a field of any event may have is far less."""
