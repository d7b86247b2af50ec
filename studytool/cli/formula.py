"""``studytool formula``: an author's calculator."""

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from studytool.errors import FormulaError

if TYPE_CHECKING:
    from studytool.numerics.arrays import Operand

_OPERATORS = (
    *("+", "-", "*", "/", "//", "%", "**"),
    *("<", "<=", ">", ">=", "==", "!=", "and", "or", "not"),
)


@click.command(name="formula")
@click.argument("text", required=False)
@click.argument("assignments", nargs=-1, metavar="[name=value ...]")
@click.option("--reps", type=click.IntRange(1, 4_000_000), help="Replicates: the name reps.")
@click.option("--seed", default=0, show_default=True, help="Seed of the draws.")
@click.option("--list", "list_", is_flag=True, help="List constants, functions and closed forms.")
@click.option("--json", "as_json", is_flag=True, help="Print value, shape, error as JSON.")
def command(
    text: str | None,
    assignments: tuple[str, ...],
    *,
    reps: int | None,
    seed: int,
    list_: bool,
    as_json: bool,
) -> None:
    """Compute TEXT, a formula of the pack authors' language; - reads it from standard input.

    Values may be formulas themselves: studytool formula "2/(a+b)" a=64 b=2*16
    """
    if list_:
        click.echo(json.dumps(_language_as_json(), ensure_ascii=False) if as_json else _language())
        return
    if text is None:
        raise click.UsageError("give a formula, '-' for standard input, or --list")
    source = sys.stdin.read().strip() if text == "-" else text
    try:
        value = _compute(source, assignments, reps=reps, seed=seed)
    except FormulaError as error:
        _print_error(source, error, as_json=as_json)
        sys.exit(2)
    if as_json:
        plain, shape = (value, []) if isinstance(value, float) else (value.tolist(), value.shape)
        click.echo(json.dumps({"value": plain, "shape": list(shape), "error": None}))
    else:
        click.echo(value)


def _compute(text: str, assignments: tuple[str, ...], *, reps: int | None, seed: int) -> "Operand":
    from studytool.formula.evaluate import evaluate
    from studytool.formula.parse import parse
    from studytool.numerics.streams import stream

    names = {}
    for assignment in assignments:
        name, equals, value = assignment.partition("=")
        if not equals or not name.strip().isidentifier():
            raise click.UsageError(f"'{assignment}' is not name=value")
        try:
            names[name.strip()] = evaluate(parse(value), {})
        except FormulaError as error:
            raise FormulaError(f"in {assignment}: {error.why}") from error
    return evaluate(parse(text, draws=True), names, rng=stream("formula", seed), reps=reps)


def _print_error(text: str, error: FormulaError, *, as_json: bool) -> None:
    if as_json:
        about = {"message": error.why, "column": error.column}
        click.echo(json.dumps({"value": None, "shape": None, "error": about}, ensure_ascii=False))
        return
    click.echo(f"studytool: {error}", err=True)
    if error.column is not None and len(text) <= 200 and text.isprintable():
        click.echo(f"  {text}\n  {' ' * (error.column - 1)}^", err=True)


def _language() -> str:
    from studytool.formula.functions import CONSTANTS, FUNCTIONS, Draw, signature
    from studytool.numerics.closed_forms import CLOSED_FORMS

    groups = {
        "Functions": [n for n, f in FUNCTIONS.items() if not isinstance(f, Draw)],
        "Draws (in checks)": [n for n, f in FUNCTIONS.items() if isinstance(f, Draw)],
    }
    operators = f"{' '.join(_OPERATORS)}, a if c else b"
    lines = [f"Constants: {', '.join(CONSTANTS)}", f"Operators: {operators}"]
    for title, names in groups.items():
        lines += ["", title]
        lines += [
            f"  {signature(name):<36} {FUNCTIONS[name].doc}"
            for name in names
            if name not in CLOSED_FORMS
        ]
    lines += ["", "Closed forms of the core"]
    lines += [
        f"  {signature(form.name):<44} {form.doc}  [{form.source}]"
        for form in CLOSED_FORMS.values()
    ]
    return "\n".join(lines)


def _language_as_json() -> dict[str, Any]:
    from studytool.formula.functions import CONSTANTS, FUNCTIONS, Draw, signature
    from studytool.numerics.closed_forms import CLOSED_FORMS

    return {
        "constants": [{"name": name, "value": value} for name, value in CONSTANTS.items()],
        "operators": [*_OPERATORS, "if else"],
        "functions": [
            {
                "name": name,
                "signature": signature(name),
                "doc": function.doc,
                "draws": isinstance(function, Draw),
            }
            for name, function in FUNCTIONS.items()
            if name not in CLOSED_FORMS
        ],
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
