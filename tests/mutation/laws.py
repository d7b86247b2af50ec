"""A pytest plugin: Hypothesis draws the same examples each time and does not shrink a failure."""

from hypothesis import Phase, settings

settings.register_profile(
    "mutation",
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
)
