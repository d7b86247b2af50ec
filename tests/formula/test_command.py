"""``studytool formula`` as a script calls it."""

import json

import pytest
from click.testing import CliRunner

from studytool.cli.formula import command


@pytest.mark.parametrize(
    ("arguments", "standard_input", "printed"),
    [
        (["2/(a+b)", "a=64", "b=2*16"], "", "0.020833333333333332\n"),  # values are formulas
        (["-", "a=3"], "a**2\n", "9.0\n"),
        (["2**", "--json"], "", {"message": "the formula breaks off here; a value is missing"}),
    ],
)
def test_values_and_errors(
    arguments: list[str], standard_input: str, printed: str | dict[str, str]
) -> None:
    result = CliRunner().invoke(command, arguments, input=standard_input)
    if isinstance(printed, str):
        assert (result.exit_code, result.stdout) == (0, printed)
    else:
        assert result.exit_code == 2
        assert json.loads(result.stdout)["error"]["message"] == printed["message"]


def test_an_error_points_at_its_place() -> None:
    result = CliRunner().invoke(command, ["sqrt(a-)", "a=1"])
    assert result.exit_code == 2
    assert (
        result.stderr
        == "studytool: column 8: a value is missing before ')'\n  sqrt(a-)\n         ^\n"
    )


def test_json_gives_value_shape_and_no_error() -> None:
    result = CliRunner().invoke(command, ["normal(0,1,[2,reps])", "--reps", "3", "--json"])
    read = json.loads(result.stdout)
    assert (read["shape"], read["error"], len(read["value"])) == ([2, 3], None, 2)
