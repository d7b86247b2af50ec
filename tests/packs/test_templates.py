"""The rules of templates: prose, formulas and code each have their own."""

import pytest

from studytool.packs.templates import (
    BlankPlace,
    EatenPlaceholder,
    NumberFormat,
    Placeholder,
    blanks,
    fill,
    placeholders,
    read_format,
    read_template,
    replace_blanks,
)
from tests.rows import all_rows


def _written(found: Placeholder) -> str:
    parts = [
        found.name,
        found.format and f":{found.format}",
        found.particle and f"|{found.particle}",
    ]
    return f"<{''.join(part for part in parts if part)}>"


@all_rows(("text", "filled"), [
    ("{n} units", "<n> units"),
    ("{n:3sf}, {n:2dp}", "<n:3sf>, <n:2dp>"),
    ("{n:+} {n:()} {n:+2dp} {n:(3sf)}", "<n:+> <n:()> <n:+2dp> <n:(3sf)>"),
    ("{n|와} {n:3sf|은}", "<n|와> <n:3sf|은>"),
    ("{m}", "{m}"),  # unknown: the reader reports it
    ("{n:3f} {n:} {n|에서} {n:+(2dp)}", "{n:3f} {n:} {n|에서} {n:+(2dp)}"),  # the same
    (r"$\sqrt{n}$", r"$\sqrt{n}$"),  # TeX's braces: the symbol is meant
    (r"$\sqrt{\val{n}}$, $\frac{1}{\val{n:3sf}}$", r"$\sqrt{<n>}$, $\frac{1}{<n:3sf>}$"),
    (r"$\val {n}$", "$<n>$"),
    (r"\val{n}", r"\val<n>"),  # in prose it is no command
    ("$x_{in}$", "$x_{in}$"),
    ("$$\n\\val{n}\n$$", "$$\n<n>\n$$"),  # a displayed formula
    ("$a$ {n} $b$", "$a$ <n> $b$"),  # between formulas is prose
    ("costs $ {n} and $ more", "costs $ <n> and $ more"),  # no formula begins with a space
    (r"\$ {n} $x$", r"\$ <n> $x$"),  # an escaped dollar begins none
    ("a $ alone {n}", "a $ alone <n>"),
    ("{{n}}", "{{n}}"),
    ("{ n }", "{ n }"),
    (r"\{n}", r"\{n}"),  # an escaped brace
    ("`{n}` `{x}` ``{n}` ``", "`<n>` `{x}` ``<n>` ``"),
    ("`$` {n} `$`", "`$` <n> `$`"),  # a dollar in code begins no formula
    ("```\nprint(f'{x} {n}')\n```", "```\nprint(f'{x} <n>')\n```"),
    ("[[{n}]] [[a]]", "[[{n}]] [[a]]"),  # a blank has a plain name
])  # fmt: skip
def test_fill(text: str, filled: str) -> None:
    assert fill(text, {"n"}, _written) == filled


def test_a_text_is_filled_by_the_names_that_are_known_now() -> None:
    text = "{n} {m} `{m}`"
    assert fill(text, {"n"}, _written) == "<n> {m} `{m}`"
    assert fill(text, {"m"}, _written) == "{n} <m> `<m>`"
    assert fill(text, ["m", "n"], lambda place: place.name.upper()) == "N M `M`"


@pytest.mark.parametrize(("text", "names"), [
    ("{a} {n}", ["a", "n"]),  # in prose an unknown name counts
    (r"$x_{in} \val{n} \val{b}$", ["n", "b"]),  # in a formula, what \val names
    ("`{a}`", []),  # in code, only a known one
    ("{1} {} {a b}", []),
])  # fmt: skip
def test_placeholders(text: str, names: list[str]) -> None:
    assert [found.name for found in placeholders(text, {"n"})] == names


@pytest.mark.parametrize(("text", "eaten"), [
    ("$= {n}$", True),
    ("$x + {n:3sf}$", True),
    (r"$\sqrt{n}$", False),  # an argument: the symbol
    (r"$\frac{1}{n}$", False),
    ("$w_{n}$", False),
    (r"$\val{n}$", False),
    ("$= {m}$", False),  # no such name
    ("{n}", False),
])  # fmt: skip
def test_a_placeholder_that_tex_eats_is_seen(text: str, *, eaten: bool) -> None:
    found = list(read_template(text, {"n"}))
    assert any(isinstance(part, EatenPlaceholder) for part in found) is eaten


@all_rows(("text", "format_"), [
    (None, NumberFormat()),
    ("3sf", NumberFormat("3sf")),
    ("0dp", NumberFormat("0dp")),
    ("+", NumberFormat(signed=True)),
    ("()", NumberFormat(bracketed=True)),
    ("+2dp", NumberFormat("2dp", signed=True)),
    ("(3sf)", NumberFormat("3sf", bracketed=True)),
    ("0sf", None),
    ("", None),
    ("(", None),
    ("+()", None),
    ("3sf)", None),
])  # fmt: skip
def test_formats(text: str | None, format_: NumberFormat | None) -> None:
    assert read_format(text) == format_


def test_blanks_are_numbered() -> None:
    text = "[[who]] and [[ relu ]]; $[[x]]$, `[[y]]` are none"
    assert blanks(text) == [BlankPlace("who", 0, 7), BlankPlace("relu", 12, 22)]
    assert replace_blanks("[[a]], [[b]]", lambda n, name: f"({n} {name})") == "(1 a), (2 b)"


@pytest.mark.parametrize("unit", ["{{", "{n} $a$ ", "$", "`", "``` ` ", "[[", r"\val{", "$$a"])
def test_hostile_text_is_read_in_one_pass(unit: str) -> None:
    """A text of the largest size, of nothing but beginnings, is read without end."""
    text = unit * (20_000 // len(unit))
    assert len(list(read_template(text, {"n"}))) <= len(text)
