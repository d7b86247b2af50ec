"""The colours of a screen as they are drawn, and how far texts stand out from their ground."""

from collections.abc import Iterator

from studytool.tui.app import StudyApp

FRAME = set("─│╭╮╰╯▊▔▁▎█▌▐▄▀▂▃▅▆▇▏▕▍▋▉ ")
"""What frames and bars are drawn with: no text."""

Colour = tuple[int, int, int]


def drawn(app: StudyApp) -> Iterator[tuple[str, Colour, Colour]]:
    """Yield the texts of the screen, each with its colour and that of its ground."""
    for strip in app.screen._compositor.render_strips():
        for text, style, _ in strip:
            if style is not None and style.color and style.bgcolor and set(text) - FRAME:
                ink, ground = style.color.get_truecolor(), style.bgcolor.get_truecolor()
                yield text, *((ground, ink) if style.reverse else (ink, ground))


def luminance(colour: Colour) -> float:
    """Return the relative luminance of a colour of sRGB, as WCAG 2.1 defines it."""
    parts = [one / 255 for one in colour]
    red, green, blue = (
        one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def weak_texts(app: StudyApp, least: float) -> dict[str, float]:
    """Return each text of the screen whose contrast is below ``least``, with its ratio."""
    found = {}
    for text, *colours in drawn(app):
        dark, light = sorted(map(luminance, colours))
        if (ratio := (light + 0.05) / (dark + 0.05)) < least:
            found[text] = ratio
    return found
