"""Texts that a parser may walk over again and again: each a piece, repeated."""

import sys
from collections.abc import Callable
from types import FrameType

PIECES = [
    "{{", "}}", "{a}", "{a}$b$ ", "{a:", "$", "$$", "$a ", "$$a ", "$a$$", "$a$b", "`$", "$`", "$\\",
    r"$\val{a}$ ", r"$\frac{a}{b}$", r"$\frac{a}{b}$가", "[[", "]]", "[[a]]", "[[a", "[", "]", "[a](",
    "[a](<b", '[a](b "', "](", "![", "![a](b)", "[a]", "[a]: b\n", "*", "* ", "*a ", "**a ", "**가**",
    "*_", "*a_ ", "**a* ", "a**b", "_", "_a ", "`", "`a ", "``x`", "```\n", "~~a ", "<", "<a ", "<!--",
    "<http:", "<a@b.c>", "&", "&#", "&amp;", "\\", "\\[", "\\(", "> ", "> a\n", "- ", "- a\n", "1. ",
    "# a\n", "a\n=\n", "---\n", "a\n\n", "a  \n", "|a", "a|b\n-|-\n", "a", "a ", "가", "가 ", "\t",
    "\u00a0", "a\u0301", "👩\u200d", "1\ufe0f", "\u1112\u1161", "'", '"', "..",
]  # fmt: skip
NESTED = [
    ("{", "}"), ("a_{", "}"), ("a^{", "}"), (r"\sqrt{", "}"), (r"\sqrt[", "]{a}"), (r"\sqrt[3]{", "}"),
    (r"\frac{a}{", "}"), (r"\frac{", "}{a}"), (r"\tfrac{", "}{a}"), (r"\hat{", "}"), (r"\bar{a_{", "}}"),
    (r"\mathbf{", "}"), (r"\left(", r"\right)"), ("(", ")"), ("[", "]"), (r"\sum_{", "}"), ("a'", ""),
]  # fmt: skip
"""What opens and closes a part of a formula inside another."""


def repeated(piece: str, size: int) -> str:
    """Return a piece again and again, up to so many characters."""
    return (piece * (size // len(piece) + 1))[:size]


def nested(opening: str, closing: str, depth: int) -> str:
    """Return a formula of so many parts inside one another."""
    return f"${opening * depth}a{closing * depth}$"


def calls(work: Callable[[], object]) -> int:
    """Count the calls of functions, Python's own and those in C."""
    count = 0

    def step(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(step)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
