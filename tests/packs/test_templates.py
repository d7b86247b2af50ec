"""The one rule of templates: a known name in single braces is a number, all else stays."""

import pytest

from studytool.packs.templates import blanks, fill, placeholders, replace_blanks


@pytest.mark.parametrize(("text", "filled"), [
    ("{n} units", "<n> units"),
    ("{n:3sf}, {n:2dp}", "<n:3sf>, <n:2dp>"),
    ("{m}", "{m}"),  # unknown: the reader reports it
    ("{n:3f}", "{n:3f}"),  # no such format: the same
    (r"$\frac{1}{n}$", r"$\frac{1}{<n>}$"),  # a LaTeX argument keeps its braces
    ("$x_{in}$", "$x_{in}$"),  # LaTeX's own
    ("$$\n{n}\n$$", "$$\n{<n>}\n$$"),  # a displayed formula too
    ("$a$ {n} $b$", "$a$ <n> $b$"),  # between formulas is outside
    ("{{n}}", "{{n}}"),  # a blank's braces
    ("{ n }", "{ n }"),
])  # fmt: skip
def test_fill(text: str, filled: str) -> None:
    def write(name: str, format_: str | None) -> str:
        return f"<{name}:{format_}>" if format_ else f"<{name}>"

    assert fill(text, {"n"}, write) == filled


@pytest.mark.parametrize(("text", "names"), [
    ("{a} {n}", ["a", "n"]),  # outside a formula an unknown name counts
    ("$x_{in} {n}$", ["n"]),  # inside, only a known one does
    ("{1} {} {a b}", []),
])  # fmt: skip
def test_placeholders(text: str, names: list[str]) -> None:
    assert [found.name for found in placeholders(text, {"n"})] == names


def test_blanks_are_numbered_and_show_their_first_spelling() -> None:
    text = "{{He|Kaiming}} and {{ ReLU }}"
    assert blanks(text) == [("He", "Kaiming"), ("ReLU",)]
    assert replace_blanks(text, lambda n, answer: f"[{n} {answer}]") == "[1 He] and [2 ReLU]"
