"""One battery over every closed form: documented, elementwise, silent, and NaN outside its domain."""

from inspect import signature
from itertools import product
from math import inf, isnan

import numpy as np
import pytest

from studytool.numerics.activations import ACTIVATIONS, DERIVATIVES, Activation
from studytool.numerics.closed_forms import CLOSED_FORMS, ClosedForm
from tests.rows import all_rows

every_form = pytest.mark.parametrize("form", CLOSED_FORMS.values(), ids=CLOSED_FORMS)
EXTREMES = (
    *(
        0.0,
        -0.0,
        5e-324,
        1e-320,
        1e-308,
        -1e-308,
        0.5,
        1.0,
        -1.0,
        700.0,
        -700.0,
        710.5,
        1e6,
        2.0**53,
    ),
    *(1e300, -1e300, 1e308, 1.7976931348623157e308, -1.7976931348623157e308, inf, -inf),
)
FEW_EXTREMES = (0.0, 1.0, -1.0, 1e-320, 710.5, 1e308)
"""For forms of more than two arguments, whose combinations are many."""


@every_form
def test_words_and_source_are_there(form: ClosedForm) -> None:
    assert form.name == form.function.__name__
    assert form.arguments == tuple(signature(form.function).parameters)
    assert form.doc
    assert not form.doc.startswith(("Give", "Return"))
    assert not form.doc.endswith(".")
    assert form.source


@every_form
def test_arrays_are_computed_element_by_element(form: ClosedForm) -> None:
    """Columns broadcast to one shape; each element is what the numbers alone give."""
    values = np.array([0.25, 0.5, 0.75])
    for at, _ in enumerate(form.arguments):
        operands = [np.array(0.5)] * len(form.arguments)
        operands[at] = values[:, None]
        other = (at + 1) % len(form.arguments)
        if other != at:
            operands[other] = values[None]
        found = np.asarray(form.function(*operands))
        assert found.dtype == np.float64
        assert found.shape == np.broadcast_shapes(*(one.shape for one in operands))
        for index in np.ndindex(found.shape):
            numbers = [float(np.broadcast_to(one, found.shape)[index]) for one in operands]
            assert float(form.function(*numbers)) == found[index]


@every_form
def test_no_warning_at_any_extreme(form: ClosedForm) -> None:
    """A warning is an error in tests, whatever the caller has set; numbers, NumPy scalars and arrays
    give the same.
    """
    count = len(form.arguments)
    for numbers in product(EXTREMES if count < 3 else FEW_EXTREMES[: 9 - count], repeat=count):
        with np.errstate(all="raise"):
            found = float(form.function(*numbers))
            scalars = float(form.function(*map(np.float64, numbers)))
            array = np.asarray(form.function(*(np.array([number]) for number in numbers)))
        same = (found, scalars, float(array[0]))
        assert len(set(same)) == 1 or all(map(isnan, same)), (numbers, same)


@every_form
def test_inside_a_wide_domain_the_value_is_a_number(form: ClosedForm) -> None:
    """Of sizes from 1e-150 to 1e150 and shares between 0 and 1, no form gives NaN."""
    wide = {"keep": (1e-9, 0.5, 1.0), "momentum": (1e-9, 0.5, 1.0), "t": (0.0, 1.0, 1e6)}
    sizes = (1e-150, 1.0, 1e150)
    for numbers in product(*(wide.get(name, sizes) for name in form.arguments)):
        assert not isnan(float(form.function(*numbers))), numbers


@all_rows(
    ("name", "arguments", "value"),
    [
        ("sigmoid_derivative", (0.0,), 0.25),
        ("sigmoid_derivative", (710.0,), np.exp(-710.0)),  # e⁻ˣ once 1 is lost beside it
        ("sigmoid_derivative", (-1500.0,), 0.0),  # below float64
        ("tanh_derivative", (350.0,), 4 * np.exp(-700.0)),
        ("tanh_derivative", (-711.0,), 0.0),  # cosh² is beyond float64, the slope below it
        ("elu_derivative", (-745.0, 1.0), 5e-324),  # the least number above 0
        ("elu_derivative", (-1e300, 1.0), 0.0),
        ("elu_derivative", (1e300, 1.0), 1.0),
        ("elu_derivative", (0.5, 2.0), 1.0),  # alpha is of the negative side alone
        ("elu_derivative", (0.0, 2.0), 2.0),
        ("dropout_variance", (3.0, 1.0), 0.0),  # nothing is dropped
        ("dropout_variance", (3.0, 0.0), float("nan")),  # nothing is kept
        ("dropout_variance", (3.0, -0.1), float("nan")),
        ("dropout_variance", (3.0, 1.1), float("nan")),
        ("xavier_variance", (0.0, 0.0), float("nan")),
        ("xavier_variance", (0.0, 3.0), float("nan")),  # each of both is a size
        ("xavier_variance", (3.0, -1.0), float("nan")),
        ("he_variance", (0.0,), float("nan")),
        ("he_limit", (-1.0,), float("nan")),
        ("lecun_variance", (0.0,), float("nan")),
        ("ridge_shrinkage", (1.0, -1.0), float("nan")),
        ("ridge_shrinkage", (1.0, 1e300), 1e-300),
        ("soft_threshold", (1.0, 1e300), 0.0),
        ("soft_threshold", (1e300, 1.0), 1e300),
        ("cosine_annealing", (1.0, 0.0, 1.0, 0.0), float("nan")),
        ("linear_warmup", (1.0, 0.0, 1.0), float("nan")),
        ("linear_warmup", (1e300, 1.0, 0.1), 0.1),
        ("batch_norm", (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), float("nan")),
        ("running_average", (2.0, 3.0, 1.0, 1e300), 3.0),  # the old value is forgotten
        ("running_average", (2.0, 3.0, 0.0, 1e300), 2.0),  # and here it is all there is
    ],
)
def test_values_at_extremes_and_outside_the_domain(
    name: str, arguments: tuple[float, ...], value: float
) -> None:
    found = float(CLOSED_FORMS[name].function(*arguments))
    assert (isnan(found) and isnan(value)) or found == pytest.approx(value, rel=1e-12, abs=0)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activations_are_silent_and_finite(name: Activation) -> None:
    x = np.array(
        [0.0, -0.0, *(sign * 10.0**power for power in range(-308, 309) for sign in (1, -1))]
    )
    assert np.isfinite(ACTIVATIONS[name](x)).all()
    assert np.isfinite(DERIVATIVES[name](x)).all()
    assert (DERIVATIVES[name](x) >= 0).all()
