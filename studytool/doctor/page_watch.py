"""The numbers of a file's pages, told to the watch as they are read."""

from collections.abc import Iterator

from studytool.sqlite.pages import Pages
from studytool.sqlite.watching import Step, look

_PAGES_A_LOOK = 64


def page_numbers(pages: Pages, step: Step) -> Iterator[int]:
    """Return the number of each page; look at the watch now and then."""
    for number in range(1, pages.count + 1):
        if number % _PAGES_A_LOOK == 0:
            look(step, number / pages.count)
        yield number
