"""A printable exam: the questions with room for answers, then the key with the seeds."""

from collections.abc import Iterator, Sequence
from html import escape

from studytool.exchange.concrete import ConcreteQuestion
from studytool.language import Language, Phrase
from studytool.quiz.key import AxisKey, BlankKey, NumberKey, OrderKey, options_of
from studytool.quiz.outcome import Outcome
from studytool.typeset.markdown_html import markdown_html

_NAME = Phrase(ko="이름", en="Name")
_DATE = Phrase(ko="날짜", en="Date")
_ANSWER = Phrase(ko="답", en="Answer")
_KEY = Phrase(ko="정답과 풀이", en="Key and solutions")
_FROM = Phrase(ko="문항 {item}, 시드 {seed}", en="item {item}, seed {seed}")
_RULE = "________________"
_STYLE = """
body { font-family: serif; max-width: 42em; margin: 2em auto; line-height: 1.5; }
.question { break-inside: avoid; margin: 0 0 2em 0; }
.key { break-before: page; }
.from { color: #555; font-size: small; }
.line { margin-top: 1.5em; }
.line::after { content: ""; display: inline-block; width: 16em; border-bottom: 1px solid; }
"""


def exam_markdown(questions: Sequence[ConcreteQuestion], title: str, language: Language) -> str:
    """Return an exam in Markdown; formulas stay TeX between dollars."""
    name, day = (one.text(language) for one in (_NAME, _DATE))
    lines = [f"# {title}", "", f"{name}: {_RULE} {day}: {_RULE}", ""]
    for number, question in enumerate(questions, start=1):
        lines += [f"## {number}.", "", question.prompt, ""]
        lines += [f"{at}. {text}" for at, text in enumerate(_options(question), start=1)]
        lines += ["", f"{_ANSWER.text(language)}: {_RULE}{_unit(question)}", ""]
    lines += ["---", "", f"# {_KEY.text(language)}", ""]
    for number, question in enumerate(questions, start=1):
        lines += [f"**{number}.** {_right(question)}", "", question.solution, ""]
        lines += [f"({_origin(question, language)})", ""]
    return "\n".join(lines)


def exam_html(questions: Sequence[ConcreteQuestion], title: str, language: Language) -> str:
    """Return an exam as one page of HTML that prints: it loads nothing, and formulas are text."""
    name, day, answer = (escape(one.text(language)) for one in (_NAME, _DATE, _ANSWER))
    parts = [
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(title)}</h1>",
        f'<p class="line">{name}: </p><p class="line">{day}: </p>',
    ]
    for number, question in enumerate(questions, start=1):
        listed = "".join(f"<li>{_html(text)}</li>" for text in _options(question))
        parts.append(
            f'<section class="question"><h2>{number}.</h2>{_html(question.prompt)}'
            + (f"<ol>{listed}</ol>" if listed else "")
            + f'<p class="line">{answer}: {escape(_unit(question))}</p></section>'
        )
    parts.append(f'<section class="key"><h1>{escape(_KEY.text(language))}</h1>')
    parts += _key_parts(questions, language)
    return "\n".join([*parts, "</section></body></html>", ""])


def _key_parts(questions: Sequence[ConcreteQuestion], language: Language) -> Iterator[str]:
    for number, question in enumerate(questions, start=1):
        yield f"<h3>{number}. {_html(_right(question))}</h3>{_html(question.solution)}"
        yield f'<p class="from">{escape(_origin(question, language))}</p>'


def _html(markdown: str) -> str:
    return markdown_html(markdown, tex=False)


def _options(question: ConcreteQuestion) -> list[str]:
    return [option.text for option in options_of(question.key)]


def _right(question: ConcreteQuestion) -> str:
    """Return what is right, with the numbers of the options that are."""
    if isinstance(question.key, OrderKey | BlankKey | NumberKey | AxisKey):
        unit = _unit(question)
        return question.key_text if question.key_text.endswith(unit) else question.key_text + unit
    right = [part for part in question.parts if part.outcome is Outcome.RIGHT]
    return "; ".join(f"({part.number}) {part.text}" for part in right) or question.key_text


def _unit(question: ConcreteQuestion) -> str:
    key = question.key
    unit = key.unit if isinstance(key, NumberKey | AxisKey) else None
    return f" {unit}" if unit else ""


def _origin(question: ConcreteQuestion, language: Language) -> str:
    return _FROM.text(language, item=question.item, seed=question.seed)
