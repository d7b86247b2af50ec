"""What ``simulate`` prints of draws is what ``verify`` judges of the same draws, to the last bit."""

from studytool.numerics.measure import measure_all, never
from studytool.numerics.registry import find_experiment
from studytool.packs.methods import Measurement
from studytool.verification.sampling import make_sampler
from tests.rows import all_rows

ROWS = [
    ("signal_depth", {"width": "8", "depth": "6"}, "log10_signal_ratio", 300),  # a mean
    (
        "signal_depth",
        {"activation": "linear", "width": "1", "depth": "12"},
        "gradient_square_ratio",
        600,
    ),  # a heavy tail
    ("signal_depth", {"width": "8", "depth": "6"}, "first_is_smallest", 300),  # a share
    ("dense_layer", {"fan_in": "6", "fan_out": "3"}, None, 200),
]


@all_rows(("name", "given", "quantity", "replicates"), ROWS)
def test_the_same_draws_have_the_same_interval_and_diagnosis(
    name: str, given: dict[str, str], quantity: str | None, replicates: int
) -> None:
    experiment = find_experiment(name)
    shown = {
        one.name: one.estimate
        for one in measure_all(experiment, experiment.bind(given), seed=7, replicates=replicates)
    }
    for asked in [quantity] if quantity else shown:
        measurement = Measurement.model_validate(
            {"experiment": name, "with": given, "quantity": asked}
        )
        stream = ("simulate", name, 7)
        sampler = make_sampler(measurement, {}, name=stream, cancelled=never)
        if sampler.exact:
            continue
        judged = sampler.draw(replicates)
        assert judged == shown[asked], asked
        assert (judged.bounds, judged.doubt) == (shown[asked].bounds, shown[asked].doubt)
        assert judged.replicates == replicates
    assert any(one.replicates == replicates for one in shown.values())
