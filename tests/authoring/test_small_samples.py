"""Eight replicates say what is refused of a check's shapes, and nothing of rare events."""

from studytool.authoring.small_samples import refused_samples
from studytool.packs.experiments import PackExperiment
from studytool.packs.methods import OWN_EXPERIMENTS, Measurement


def test_a_ratio_over_what_eight_replicates_never_meet_is_not_refused() -> None:
    rare = "where(uniform(0,1,[reps]) < 1e-9,1,0)"
    own = PackExperiment.model_validate(
        {
            "id": "own",
            "title": "Own",
            "state": {"x": rare},
            "measure": {"m": {"name": "value", "value": "2*x", "statistic": "ratio", "over": "x"}},
        }
    )
    measured = Measurement.model_validate(
        {"experiment": "own", "quantity": "m"}, context={OWN_EXPERIMENTS: {"p/own": own}}
    )
    assert list(refused_samples(measured, {}, ("check",))) == []
