"""The claims of the bundled pack as a whole: enough that are tried, orders with an effect."""

from studytool.bundled_pack import bundled_pack_folder
from studytool.formula.evaluate import evaluate_number
from studytool.formula.parse import parse_once
from studytool.packs.claims import Claim, OrderCheck, ValueCheck
from studytool.packs.methods import SecondFormula
from studytool.packs.reader import load_pack
from tests.rows import all_rows

CLAIMS = load_pack(bundled_pack_folder()).claims
ORDERS = [
    (claim.id, check) for claim in CLAIMS for check in claim.checks if isinstance(check, OrderCheck)
]


def _is_algebra(claim: Claim) -> bool:
    checks = [check for check in claim.checks if isinstance(check, ValueCheck)]
    return any(isinstance(check.by, SecondFormula) for check in checks)


def test_two_hundred_claims_are_tried_and_few_by_another_formula() -> None:
    tried = [claim for claim in CLAIMS if claim.checks]
    assert len(tried) >= 200
    assert sum(map(_is_algebra, tried)) <= 0.1 * len(tried)
    ways = [claim.model_dump_json(include={"checks"}) for claim in tried]
    assert len(set(ways)) == len(ways), "two claims are tried alike"


def test_most_orders_have_a_contrast_or_a_rival() -> None:
    without = [claim for claim, check in ORDERS if not check.controls]
    assert len(without) <= 0.15 * len(ORDERS), without


@all_rows(("claim", "check"), ORDERS, ids=[claim for claim, _ in ORDERS])
def test_an_order_states_its_least_effect(claim: str, check: OrderCheck) -> None:
    assert evaluate_number(parse_once(check.margin), dict(check.given[0])) > 0, claim
