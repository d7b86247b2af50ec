"""HTML of cards as Markdown, by a list of what is allowed; all else is left out, and told."""

import re
from html.parser import HTMLParser

_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`"}
_BREAKS = {"br": "\n", "div": "\n", "p": "\n\n", "tr": "\n", "ul": "\n", "ol": "\n", "hr": "\n"}
_ACTIVE = frozenset({"script", "style", "iframe", "object", "embed", "form", "svg"})
_MEDIA = frozenset({"img", "audio", "video", "source"})
_SOUND = re.compile(r"\[(?:sound|anki:play)[^\]]{0,1000}\]")
_TEX = [
    re.compile(rf"{begin}((?:(?!{begin}).)+?){end}", re.DOTALL)
    for begin, end in (
        (r"\\\(", r"\\\)"),
        (r"\\\[", r"\\\]"),
        (r"\[\$\$?\]", r"\[/\$\$?\]"),
        (r"\[latex\]", r"\[/latex\]"),
    )
]
"""In which no other begins: else each begin without an end looks through all that follows."""
_SPACES_AT_END = re.compile(r"(?<![ \t])[ \t]+\n")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.has_media = self.has_active = False
        self._links: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ACTIVE:
            self.has_active = True
            self._silent += 1
        elif tag in _MEDIA:
            self.has_media = True
        elif tag == "a":
            self._open_link(dict(attrs).get("href") or "")
        elif tag == "li":
            self.parts.append("\n- ")
        else:
            self.parts.append(_MARKS.get(tag, _BREAKS.get(tag, "")))

    def _open_link(self, address: str) -> None:
        is_plain = re.fullmatch(r"https?://[^\s()<>\"]+", address) is not None
        self._links.append(address if is_plain else "")
        self.parts.append("[" if is_plain else "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _ACTIVE:
            self._silent = max(0, self._silent - 1)
        elif tag == "a" and self._links:
            address = self._links.pop()
            self.parts.append(f"]({address})" if address else "")
        elif tag in _MARKS:
            self._close_mark(_MARKS[tag])
        elif tag in ("p", "div", "ul", "ol"):
            self.parts.append("\n")

    def _close_mark(self, mark: str) -> None:
        """End bold or code; where nothing stands in it, leave it out."""
        for back in (1, 2):
            if self.parts[-back:][:1] == [mark] and not "".join(self.parts[-back:][1:]).strip():
                del self.parts[-back]
                return
        self.parts.append(mark)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def html_as_markdown(html: str) -> tuple[str, bool, bool]:
    r"""Return HTML as Markdown, and whether media or what runs was left out of it.

    >>> html_as_markdown('<b>2</b>&lt;3<br>\\(x^2\\)<img src="a.png"><script>f()</script>')
    ('**2**<3\n$x^2$', True, True)
    """
    reader = _Reader()
    reader.feed(_with_whole_tags(html))
    reader.close()
    text = "".join(reader.parts).replace("\u00a0", " ")
    has_sound = _SOUND.search(text) is not None
    text = _SOUND.sub("", text)
    for formula in _TEX:
        text = formula.sub(_in_dollars, text)
    text = _SPACES_AT_END.sub("\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip(), reader.has_media or has_sound, reader.has_active


def _in_dollars(formula: re.Match[str]) -> str:
    """Return a formula as Markdown has it, on one line."""
    latex = formula[1].replace("\n", " ").strip()
    return f"${latex}$"


def _with_whole_tags(html: str) -> str:
    """Return HTML without comments; what ends nowhere is no tag, and the parser need not look for its end."""
    before, *comments = html.split("<!--")
    plain = before + "".join(comment.partition("-->")[2] for comment in comments)
    end = plain.rfind(">") + 1
    return plain[:end] + plain[end:].replace("<", "&lt;")
