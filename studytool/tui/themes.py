"""The colours of the screens: the names of the setting, and the theme of high contrast."""

from textual.theme import Theme

CONTRAST = Theme(
    name="contrast",
    primary="#7fd4ff",
    secondary="#7fd4ff",
    warning="#ffe066",
    error="#ffb3b3",
    success="#8cff8c",
    accent="#ffe066",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    boost="#000000",
    dark=True,
    variables={
        "primary-background": "#000000",
        "text-muted": "#ffffff",
        "text-disabled": "#d0d0d0",
        "foreground-muted": "#ffffff",
        "foreground-disabled": "#d0d0d0",
        "block-cursor-foreground": "#000000",
        "block-cursor-background": "#ffe066",
        "block-cursor-blurred-foreground": "#ffffff",
        "block-cursor-blurred-background": "#004080",
        "input-cursor-background": "#ffffff",
        "input-cursor-foreground": "#000000",
        "input-selection-background": "#004080",
        "scrollbar": "#7fd4ff",
        "scrollbar-background": "#000000",
    },
)
"""Every text has at least 7 times the luminance of its ground, or the other way (WCAG, AAA)."""

THEMES = {
    "dark": "textual-dark",
    "light": "textual-light",
    "contrast": CONTRAST.name,
}
"""Textual's name of each value of the setting ``theme``."""
