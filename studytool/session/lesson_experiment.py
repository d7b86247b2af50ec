"""The experiment that a lesson tells its reader to try, as the lab can set it up."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_COMMAND = re.compile(r"studytool simulate (?P<name>[\w/-]+)(?P<given>(?: \w+=[^\s`,;]+)*)")


@dataclass(frozen=True, slots=True)
class SuggestedExperiment:
    """An experiment by its name, and the parameters that are given, as they are typed."""

    name: str
    given: Mapping[str, str]


def suggested_experiment(text: str) -> SuggestedExperiment | None:
    """Return the first experiment that a text runs by ``studytool simulate``; None where none is.

    >>> suggested_experiment("Try: `studytool simulate ridge_fit lam=10`, then lam=1.")
    SuggestedExperiment(name='ridge_fit', given={'lam': '10'})
    """
    found = _COMMAND.search(" ".join(text.split()))
    if found is None:
        return None
    pairs = (one.partition("=") for one in found["given"].split())
    return SuggestedExperiment(found["name"], {name: value.rstrip(".") for name, _, value in pairs})
