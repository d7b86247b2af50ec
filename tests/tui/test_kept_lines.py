"""Drawn lines of widgets that are gone are held by nothing."""

import gc
from weakref import ref

from textual._styles_cache import StylesCache
from textual.color import Color

import studytool.tui.gated_app  # noqa: F401 - for what it does to Textual


def test_what_a_widget_has_drawn_goes_with_it() -> None:
    cache = StylesCache()
    cache.get_inner_outer(Color(1, 2, 3), Color(4, 5, 6))
    held = ref(cache)
    del cache
    gc.collect()
    assert held() is None
