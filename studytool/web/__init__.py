"""The full-screen program in a browser on this computer, for who has its one-time address."""

BROWSER_DRIVER = "textual.drivers.web_driver:WebDriver"
"""What Textual draws by where the screen is a page (``$TEXTUAL_DRIVER``)."""
