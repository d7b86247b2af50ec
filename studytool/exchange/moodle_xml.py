"""Questions as Moodle XML: numbers with their tolerance, choices, and blanks of words.

Source: docs.moodle.org, Moodle XML format.
"""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from studytool.exchange.concrete import ConcreteQuestion, NotExported
from studytool.language import Phrase
from studytool.quiz.key import AxisKey, BlankKey, NumberKey, OptionKey, PredictionKey, options_of
from studytool.quiz.outcome import Outcome
from studytool.quiz.tolerance import reach_of
from studytool.typeset.markdown_html import markdown_html

_NO_TYPE = Phrase(
    ko="Moodle에 이런 문항 종류가 없습니다.", en="Moodle has no type of question for it."
)
_BLANK = "____"
"""What a blank is shown as in a prompt."""
_ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in '}#~/"\\'})


def moodle_xml(
    questions: Sequence[ConcreteQuestion], category: str
) -> tuple[bytes, list[NotExported]]:
    """Return a file of questions that Moodle imports, and those that it cannot have."""
    quiz = Element("quiz")
    heading = SubElement(quiz, "question", type="category")
    _text(SubElement(heading, "category"), f"$course$/top/{category.replace('/', '-')}")
    left_out = []
    for question in questions:
        made = _question(question)
        if made is None:
            left_out.append(NotExported(question.name, _NO_TYPE.of()))
        else:
            quiz.append(made)
    indent(quiz)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(quiz, "utf-8") + b"\n", left_out


def _question(question: ConcreteQuestion) -> Element | None:
    match question.key:
        case NumberKey() as key:
            return _number(question, key)
        case AxisKey() as key if question.value is not None:
            return _estimate(question, key, question.value)
        case OptionKey() | PredictionKey():
            return _choice(question)
        case BlankKey() as key:
            return _blanks(question, key)
        case _:
            return None


def _begun(question: ConcreteQuestion, kind: str, html: str | None = None) -> Element:
    made = Element("question", type=kind)
    _text(SubElement(made, "name"), question.name)
    _html(SubElement(made, "questiontext"), html or markdown_html(question.prompt, tex=True))
    _html(SubElement(made, "generalfeedback"), markdown_html(question.solution, tex=True))
    SubElement(made, "defaultgrade").text = "1"
    SubElement(made, "idnumber").text = question.name
    return made


def _number(question: ConcreteQuestion, key: NumberKey) -> Element:
    made = _begun(question, "numerical")
    reach = key.reach()
    within = max(reach.high - reach.key, reach.key - reach.low)
    _answer(made, 100, repr(key.value), tolerance=float(within))
    for wrong in key.misconceptions:
        around = reach_of(wrong.value, key.tolerance)
        far = float(max(around.high - around.key, around.key - around.low))
        feedback = markdown_html(wrong.feedback, tex=True)
        _answer(made, 0, repr(wrong.value), feedback, tolerance=far)
    if key.unit:
        units = SubElement(SubElement(made, "units"), "unit")
        SubElement(units, "multiplier").text = "1"
        SubElement(units, "unit_name").text = key.unit
        SubElement(made, "unitgradingtype").text = "0"
        SubElement(made, "showunits").text = "3"
    return made


def _estimate(question: ConcreteQuestion, key: AxisKey, value: float) -> Element:
    """Let the distance be that of the nearer end, where a factor makes the two unequal."""
    made = _begun(question, "numerical")
    ends = key.leeway.off(value, 1), key.leeway.off(value, -1)
    _answer(made, 100, repr(value), tolerance=min(abs(end - value) for end in ends))
    return made


def _choice(question: ConcreteQuestion) -> Element:
    made = _begun(question, "multichoice")
    right = sum(part.outcome is Outcome.RIGHT for part in question.parts)
    SubElement(made, "single").text = "true" if right == 1 else "false"
    SubElement(made, "shuffleanswers").text = "true"
    SubElement(made, "answernumbering").text = "123"
    wrong = len(question.parts) - right
    for part, option in zip(question.parts, options_of(question.key), strict=True):
        is_right = part.outcome is Outcome.RIGHT
        fraction = 100 / right if is_right else (-100 / wrong if right > 1 else 0)
        text, feedback = (markdown_html(one, tex=True) for one in (part.text, option.feedback))
        _answer(made, fraction, text, feedback, form="html")
    return made


def _blanks(question: ConcreteQuestion, key: BlankKey) -> Element | None:
    """Write a text with embedded answers; blanks that may be exchanged Moodle cannot have."""
    html, count = markdown_html(question.prompt, tex=True), 0
    if key.unordered:
        return None
    for blank in key.blanks:
        if isinstance(blank.wanted, NumberKey):
            reach = blank.wanted.reach()
            within = float(max(reach.high - reach.key, reach.key - reach.low))
            asked = f"{{1:NUMERICAL:={blank.wanted.value!r}:{within!r}}}"
        else:
            words = "~=".join(word.translate(_ESCAPED) for word in blank.wanted)
            asked = f"{{1:SHORTANSWER:={words}}}"
        count += _BLANK in html
        html = html.replace(_BLANK, asked, 1)
    if count < len(key.blanks):
        return None
    return _begun(question, "cloze", html)


def _answer(
    made: Element,
    fraction: float,
    text: str,
    feedback: str = "",
    *,
    tolerance: float | None = None,
    form: str = "moodle_auto_format",
) -> None:
    answer = SubElement(made, "answer", fraction=f"{fraction:.7g}", format=form)
    _text(answer, text)
    if tolerance is not None:
        SubElement(answer, "tolerance").text = repr(tolerance)
    _html(SubElement(answer, "feedback"), feedback)


def _html(element: Element, html: str) -> None:
    element.set("format", "html")
    _text(element, html)


def _text(element: Element, text: str) -> None:
    SubElement(element, "text").text = text
