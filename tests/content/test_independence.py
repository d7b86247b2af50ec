"""No check of the bundled pack takes its key from itself, and each that is algebra says why."""

import warnings
from collections.abc import Iterator, Sequence

from studytool.bundled_pack import bundled_pack_folder
from studytool.errors import StudytoolError
from studytool.numerics.measure import never
from studytool.packs.claims import ValueCheck
from studytool.packs.compared_key import KeyFormula
from studytool.packs.evidence import NumbersByName
from studytool.packs.first_draws import drawn_parameters, scopes_of
from studytool.packs.independence import is_rewritten
from studytool.packs.items import Numeric
from studytool.packs.methods import Method, SecondFormula
from studytool.packs.reader import load_pack
from studytool.packs.scope import scope_of
from studytool.quiz.compute import compute, key_value
from studytool.verification.sampling import make_sampler
from studytool.verification.tracing import CheckTrace
from tests.rows import all_rows

PACK = load_pack(bundled_pack_folder())

Check = tuple[str, KeyFormula, Method, Numeric | None]


def _checks() -> Iterator[Check]:
    for claim in PACK.claims:
        for check in claim.checks:
            if isinstance(check, ValueCheck):
                yield claim.id, KeyFormula(check.expect, check.given), check.by, None
    for item in PACK.items:
        if isinstance(item, Numeric):
            draws = drawn_parameters(item, scopes_of(item) or ())
            yield item.id, KeyFormula.of_answer(item.answer, item.let, draws), item.check, item


CHECKS = list(_checks())


def _conditions(key: KeyFormula) -> Sequence[NumbersByName]:
    return key.conditions[:4]


@all_rows("check", CHECKS, ids=[f"{name}-{n}" for n, (name, *_) in enumerate(CHECKS)])
def test_no_check_is_circular(check: Check) -> None:
    """Two replicates of each condition are enough to see what the draws call."""
    name, key, method, item = check
    trace = CheckTrace(key, method)
    for given in _conditions(key):
        with trace.computing_key():
            scope = scope_of(item, given) if item else given
            value = key_value(item, scope) if item else compute(key.formula or "", given)
        with trace.drawing(value, scope), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # two replicates are few for a statistic
            try:
                make_sampler(method, scope, name=("trace", name), cancelled=never).draw(2)
            except StudytoolError:
                continue
    assert trace.circle() is None


def test_algebra_says_why() -> None:
    silent = [
        name
        for name, key, method, _ in CHECKS
        if isinstance(method, SecondFormula) and is_rewritten(key, method) and not method.because
    ]
    assert silent == []
