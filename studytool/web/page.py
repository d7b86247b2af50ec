"""The page that shows the program, and those that say why it is not shown; nothing of them is elsewhere's."""

from html import escape

from studytool.language import Language, Message, Phrase
from studytool.printable import printable_lines

REFUSED = Phrase(
    ko="studytool serve가 알려 준 주소를 여세요. 주소 하나는 한 번만 쓸 수 있습니다. 그 터미널에서 Enter를 누르면 "
    "새 주소가 나옵니다.",
    en="Open the address that studytool serve has printed. Each works once; Enter in that terminal "
    "prints another.",
)
FULL = Phrase(
    ko="창 {most}개가 이미 열려 있습니다. 하나를 닫고 이 쪽을 다시 여세요.",
    en="{most} windows are open already. Close one of them and reload this page.",
)
_ENTERING = Phrase(ko="여는 중입니다…", en="Opening…")
_ENDED = Phrase(ko="끝났습니다.", en="It has ended.")
_AGAIN = Phrase(ko="다시 열기", en="Open again")
_NO_SCRIPTS = Phrase(
    ko="이 쪽은 브라우저의 자바스크립트가 있어야 합니다.", en="This page needs JavaScript."
)

_STYLE = """\
@font-face { font-family: "Roboto Mono"; src: url("font.ttf"); }
html, body { margin: 0; height: 100%; overflow: hidden; background: #121212; color: #e0e0e0;
  font: 16px/1.5 "Roboto Mono", monospace; }
#terminal { position: absolute; inset: 0; }
.said { padding: 2rem; max-width: 40rem; }
#ended { display: none; position: absolute; bottom: 0; left: 0; right: 0; padding: .5rem 1rem;
  background: #1e1e1e; z-index: 10; }
body.-closed #ended { display: block; }
a { color: #ffa62b; }
"""

_FONT_PIXELS = 16


def program_page(socket_address: str, language: Language) -> str:
    """Return the page on which the program is drawn.

    Args:
        socket_address: where its keys go and its screen comes from.
        language: of what the page says itself.
    """
    return _page(
        language,
        '<link rel="stylesheet" href="xterm.css"><script src="textual.js"></script><script src="page.js"></script>',
        f'<noscript><p class="said">{_set(_NO_SCRIPTS, language)}</p></noscript>'
        f'<div id="ended" role="status">{_set(_ENDED, language)} '
        f'<a href="./">{_set(_AGAIN, language)}</a></div><div id="start"></div>'
        f'<div id="terminal" class="textual-terminal" data-font-size="{_FONT_PIXELS}"'
        f' data-session-websocket-url="{escape(socket_address)}"></div>',
    )


def leading_page(address: str, language: Language) -> str:
    """Return a page that goes on to an address; a file of the learner's, by which a browser is opened."""
    return _page(
        language,
        f'<meta http-equiv="refresh" content="0; url={escape(address)}">',
        f'<p class="said">{_set(_ENTERING, language)}</p>',
    )


def entrance_page(language: Language) -> str:
    """Return the page that goes on to the program's: a cookie is sent only where its own page leads."""
    return leading_page("./", language)


def told_page(said: Message | Phrase, language: Language) -> str:
    """Return a page that says why the program is not shown."""
    return _page(language, "", f'<p class="said">{_set(said, language)}</p>')


def _page(language: Language, head: str, body: str) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<title>studytool</title><link rel="icon" href="data:,">'
        f"<style>{_STYLE}</style>{head}</head><body>{body}</body></html>\n"
    )


def _set(said: Message | Phrase, language: Language) -> str:
    return escape(printable_lines(said.text(language)))
