"""The colours of the screens: our themes, those of Textual that are read as well, their names in the setting."""

from textual.theme import Theme

INK = Theme(
    name="ink",
    primary="#0178d4",
    secondary="#004578",
    warning="#ffa62b",
    error="#e0607e",
    success="#4ebf71",
    accent="#ffa62b",
    foreground="#e0e0e0",
    dark=True,
    variables={
        "block-cursor-foreground": "#ffffff",
        "block-cursor-background": "#005a9e",
    },
)
PAPER = Theme(
    name="paper",
    primary="#004578",
    secondary="#0178d4",
    warning="#734400",
    error="#9c1f44",
    success="#1a6430",
    accent="#7a3d00",
    background="#e8e8e8",
    surface="#e0e0e0",
    panel="#d8d8d8",
    dark=False,
)
"""Their texts have at least 4.5 times the luminance of their ground, or the other way (WCAG, AA)."""

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
"""Here it is 7 times (WCAG, AAA)."""

THEMES = {
    "dark": INK.name,
    "light": PAPER.name,
    "contrast": CONTRAST.name,
    "dracula": "dracula",
    "rose-pine": "rose-pine",
    "rose-pine-moon": "rose-pine-moon",
}
"""The theme of each value of the setting ``theme``: of Textual's those whose texts are as those of paper."""
