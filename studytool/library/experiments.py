"""Every experiment that a name may mean: the core's, and those of packs, by ``pack/id``."""

from typing import TYPE_CHECKING, Any

from studytool.errors import NotFoundError
from studytool.language import Language
from studytool.library.finding import find_pack, home_library

if TYPE_CHECKING:
    from studytool.library.library import Library
    from studytool.numerics.experiment import Experiment


def own_experiments(library: "Library", language: Language) -> "list[Experiment[Any]]":
    """Return the experiments of the installed packs, by their names."""
    rows = library.experiments()
    if not rows:
        return []
    from studytool.packs.own_experiments import made_experiment  # late: most packs have none

    return [made_experiment(name, given, language) for name, given in rows]


def installed_experiments(language: Language) -> "list[Experiment[Any]]":
    """Return the experiments of the packs that are installed at home; none where nothing is."""
    with home_library() as library:
        return [] if library is None else own_experiments(library, language)


def own_or_core_experiment(name: str, library: "Library", language: Language) -> "Experiment[Any]":
    """Find an experiment of the core or of an installed pack, by its full name.

    Raises:
        NotFoundError: there is none; names the nearest of the core.
    """
    from studytool.numerics.registry import find_experiment

    found = (one for one in own_experiments(library, language) if one.name == name)
    return next(found, None) or find_experiment(name)


def named_experiment(name: str, language: Language) -> "Experiment[Any]":
    """Find an experiment of the core, or of a pack: ``pack/id``, or ``PATH/id`` of its folder.

    Raises:
        NotFoundError: there is none; names the nearest.
        PackError: the pack cannot be read.
    """
    from studytool.numerics.registry import EXPERIMENTS, find_experiment
    from studytool.packs.own_experiments import made_experiment

    if name in EXPERIMENTS:
        return find_experiment(name)
    head, slash, id_ = name.rpartition("/")
    if not slash:
        own = [one.name for one in installed_experiments(language)]
        raise NotFoundError("experiment", name, [*EXPERIMENTS, *own])
    pack = find_pack(head)
    for one in pack.experiments:
        if one.id == id_:
            return made_experiment(f"{pack.id}/{id_}", one, language)
    raise NotFoundError("experiment", name, [f"{head}/{one.id}" for one in pack.experiments])
