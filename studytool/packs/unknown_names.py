"""A name in an entry that names nothing, with what it may have meant."""

from collections.abc import Collection, Iterator

from studytool.packs.claims import Claim
from studytool.packs.diagnostics import Diagnostic
from studytool.packs.document import Path
from studytool.packs.experiments import PackExperiment
from studytool.packs.item_fields import ItemFields
from studytool.packs.located import Located, did_you_mean
from studytool.packs.manifest import Manifest
from studytool.packs.telling import told

_FEW_NAMES = 8
"""So many names are all listed where one of them is wanted."""


def unknown_name(
    located: Located[ItemFields | Claim | Manifest | PackExperiment],
    path: Path,
    named: tuple[str, str],
    known: Collection[str] | None,
) -> Iterator[Diagnostic]:
    """Report a name that is none of the known; of None nothing can be said.

    Args:
        located: the entry that has it.
        path: where in it.
        named: the kind of what is named, and the name.
        known: the names of that kind; None where they could not be read.
    """
    kind, name = named
    if known is not None and name not in known:
        help_ = did_you_mean(name, known)
        if help_ is None and 0 < len(known) <= _FEW_NAMES:
            help_ = told("one of {names}", names=", ".join(sorted(known)))
        yield located.problem(
            "E300", path, told("unknown {kind} '{name}'", kind=told(kind), name=name), help_
        )
