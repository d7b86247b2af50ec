"""``studytool formula``: an author's calculator."""

import re
import sys
from typing import TYPE_CHECKING

import click

from studytool.cli import declare
from studytool.cli.output import (
    USER_ERROR,
    learner_language,
    write_error,
    write_json,
    write_note,
    write_text,
)
from studytool.errors import FormulaError
from studytool.json_output import FormulaErrorJson, FormulaJson, FormulaListJson, FunctionJson
from studytool.language import Language, Phrase
from studytool.typeset.cells import cell_width

if TYPE_CHECKING:
    from studytool.numerics.arrays import Operand

_NO_FORMULA = Phrase(
    ko="수식을 쓰세요. '-'는 표준 입력에서 읽고 --list는 쓸 수 있는 함수를 보여 줍니다.",
    en="give a formula, '-' for standard input, or --list",
)
_NO_ASSIGNMENT = Phrase(ko="'{text}': name=value 꼴로 쓰세요.", en="'{text}' is not name=value")
_CLOSED_FORMS = Phrase(ko="핵심부의 닫힌 식", en="closed forms of the core")
_WIDTH = 80
_LONG_OPTION = re.compile(r"--[a-z]")
_IN_ASSIGNMENT = Phrase(ko="{text}: {why}", en="in {text}: {why}")


class _FormulaCommand(declare.DeclaredCommand):
    """A command whose words may begin with a minus, as formulas do."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read options wherever they stand, and everything else as words."""
        return super().parse_args(ctx, args if "--" in args else self._options_first(ctx, args))

    def _options_first(self, ctx: click.Context, args: list[str]) -> list[str]:
        options: list[str] = []
        words: list[str] = []
        valued = {name for one in self.params if not _is_flag(one) for name in one.opts}
        left = iter(args)
        for arg in left:
            if arg not in ctx.help_option_names and _LONG_OPTION.match(arg) is None:
                words.append(arg)
                continue
            options.append(arg)
            if arg in valued:
                options += [value for value in (next(left, None),) if value is not None]
        misses_its_value = bool(options) and options[-1] in valued
        return args if misses_its_value else [*options, "--", *words]


def _is_flag(parameter: click.Parameter) -> bool:
    return isinstance(parameter, click.Option) and parameter.is_flag


@declare.command(
    "formula",
    cls=_FormulaCommand,
    more=Phrase(
        ko="TEXT는 꾸러미를 쓰는 언어의 수식이고, -는 표준 입력에서 읽습니다. 값에도 수식을 "
        '쓸 수 있습니다: studytool formula "2/(a+b)" a=64 b=2*16',
        en="TEXT is in the language of pack authors; - reads it from standard input. Values "
        'may be formulas themselves: studytool formula "2/(a+b)" a=64 b=2*16',
    ),
)
@click.argument("text", required=False)
@click.argument("assignments", nargs=-1, metavar="[name=value ...]")
@declare.option(
    "--reps",
    type=click.IntRange(1, 4_000_000),
    about=Phrase("반복 수. 수식에서는 reps라는 이름입니다.", "Replicates: reps in the formula."),
)
@declare.with_seed
@declare.option(
    "--list",
    "list_",
    is_flag=True,
    about=Phrase(
        "상수, 함수, 닫힌 식을 나열합니다.", "List constants, functions and closed forms."
    ),
)
@declare.as_json
def command(
    text: str | None,
    assignments: tuple[str, ...],
    *,
    reps: int | None,
    seed: int,
    list_: bool,
    as_json: bool,
) -> None:
    """Compute TEXT, a formula of the pack authors' language; - reads it from standard input."""
    language = learner_language()
    if list_:
        if as_json:
            write_json(_language_as_json())
        else:
            write_text(_language_as_text(language))
        return
    if text is None:
        raise click.UsageError(_NO_FORMULA.text(language))
    source = sys.stdin.read().strip() if text == "-" else text
    try:
        names = _values(assignments, language)
        value = _compute(source, names, reps=reps, seed=seed)
    except _AssignmentError as error:
        _print_error(error.text_given, error, language, as_json=as_json)
        sys.exit(USER_ERROR)
    except FormulaError as error:
        _print_error(source, error, language, as_json=as_json)
        sys.exit(USER_ERROR)
    if as_json:
        plain, shape = (value, ()) if isinstance(value, float) else (value.tolist(), value.shape)
        found: FormulaJson = {"value": plain, "shape": list(shape), "error": None}
        write_json(found)
    else:
        write_text(value)


class _AssignmentError(FormulaError):
    """A refused value of a name; the column counts from the name on."""

    def __init__(self, assignment: str, before: int, error: FormulaError) -> None:
        column = None if error.column is None else before + error.column
        super().__init__(_IN_ASSIGNMENT, column, text=assignment, why=error.why)
        self.text_given = assignment


def _values(assignments: tuple[str, ...], language: Language) -> "dict[str, Operand]":
    from studytool.formula.evaluate import evaluate
    from studytool.formula.parse import parse

    names = {}
    for assignment in assignments:
        name, equals, value = assignment.partition("=")
        if not equals or not name.strip().isidentifier():
            raise click.UsageError(_NO_ASSIGNMENT.text(language, text=assignment))
        try:
            names[name.strip()] = evaluate(parse(value), {})
        except FormulaError as error:
            raise _AssignmentError(assignment, len(name) + 1, error) from error
    return names


def _compute(text: str, names: "dict[str, Operand]", *, reps: int | None, seed: int) -> "Operand":
    from studytool.formula.evaluate import evaluate
    from studytool.formula.parse import parse
    from studytool.numerics.streams import stream

    return evaluate(parse(text, draws=True), names, rng=stream("formula", seed), reps=reps)


def _print_error(text: str, error: FormulaError, language: Language, *, as_json: bool) -> None:
    if as_json:
        about: FormulaErrorJson = {"message": error.why.text(language), "column": error.column}
        refused: FormulaJson = {"value": None, "shape": None, "error": about}
        write_json(refused)
        return
    write_error(error.text(language))
    if error.column is not None and len(text) <= 200 and text.isprintable():
        spaces = " " * cell_width(text[: error.column - 1])
        write_note(f"  {text}\n  {spaces}^")


def _language_as_text(language: Language) -> str:
    from studytool.help.tables import closed_forms, formula_names

    names, forms = (table(language, _WIDTH) for table in (formula_names, closed_forms))
    return "\n".join([*names, "", _CLOSED_FORMS.text(language), *forms])


def _language_as_json() -> FormulaListJson:
    from studytool.formula.draws import DRAWS
    from studytool.formula.functions import (
        CONSTANTS,
        FUNCTIONS,
        OPERATORS,
        draw_signature,
        signature,
    )
    from studytool.numerics.closed_forms import CLOSED_FORMS

    functions: list[FunctionJson] = [
        {"name": name, "signature": signature(name), "doc": one.doc, "draws": False}
        for name, one in FUNCTIONS.items()
        if name not in CLOSED_FORMS
    ]
    draws: list[FunctionJson] = [
        {"name": name, "signature": draw_signature(name), "doc": one.doc, "draws": True}
        for name, one in DRAWS.items()
    ]
    return {
        "constants": [{"name": name, "value": value} for name, value in CONSTANTS.items()],
        "operators": [*OPERATORS, "if else"],
        "functions": [*functions, *draws],
        "closed_forms": [
            {
                "name": form.name,
                "signature": signature(form.name),
                "doc": form.doc,
                "source": form.source,
            }
            for form in CLOSED_FORMS.values()
        ],
    }
