"""Signs that a negative number would meet, by texts of both kinds: as a teacher reads them."""

from studytool.packs.meeting_signs import meeting_signs
from tests.rows import all_rows

NAMES = {"a", "b", "n"}
MEETS = [
    *("1.2 + {b}", "1.2 − {b}", "5 - {b}", "{a}-{b}", "{a} - {b}", "x - {b}", "-{b}", "y = -{b}"),
    *("y = - {b}", "{a}·{b}", "4 · {b}", "{a}*{b}", "3 × {b}", "{a}/{b}", "±{b}", "1–{b}"),
    *("{b}^2", "{b}²", "{b}**2", "1.2 + {b:2dp}", "1.2 + {b:+}", "(-{b})", "값은 3 + {b}입니다"),
    *("{a:+} − {b}", "`x - {b}`", r"$\val{b}^2$", r"$1+\val{b}$", r"$-\val{b}$", r"$2\val{b}$"),
    *(r"$\val{a}\val{b}$", r"$x\cdot\val{b}$", r"$x \times {\val{b}}$", r"$\frac{1-\val{b}}{2}$"),
    *(r"$a\val{b}$", r"${\val{b}}^{2}$", r"$3 - \val{b:2dp}$", r"$(x)\val{b}$", r"$+\val{b:+}$"),
]
STANDS_ALONE = [
    *("{b}", "is {b} and", "- {b}", "* {b}", "+ {b}", "line\n- {b}", "= {b}", "({b})", "|{b}|"),
    *("fan-{b}", "Temperature - {b} degrees", "word – {b}", "and/or {b}", "well-{b}", "COVID-{n}"),
    *("*{b}*", "**{b}**", "평균·{b}", "A, {b}", "1. {b}", "a) {b}", "~{b}", "e^{b}"),
    *("{a} {b:+}", "{a} + {b:()}", "{b:()}^2", "{a} + {b:(2dp)}", "1.2 + {other}"),
    *(r"$\val{b}$", r"$x=\val{b}$", r"$e^{\val{b}}$", r"$x_{\val{b}}$", r"$\sqrt{\val{b}}$"),
    *(r"$x \le \val{b}$", r"$\text{if }\val{b}$", r"$\val{a:()}^2$", r"$(\val{b})^2$"),
    *(r"$\frac{\val{b}}{2}$", r"$\val{a}\val{b:+}$", r"$\left(\val{b}\right)^2$", r"$\val{a}x$"),
]


@all_rows("text", MEETS)
def test_a_sign_beside_a_number_is_found(text: str) -> None:
    [found] = meeting_signs(text, NAMES)
    assert found.before or found.after
    assert f"{found.before}{text[found.place.start : found.place.end]}{found.after}" in text


@all_rows("text", STANDS_ALONE)
def test_a_number_alone_meets_no_sign(text: str) -> None:
    assert [found for found in meeting_signs(text, NAMES) if found.place.name in NAMES] == []
