"""Small trees: a product without signs, and the degree of a root."""

from studytool.quiz.typed_refusals import Refusal, RefusedError
from studytool.quiz.typed_tree import Node, TypedLiteral, TypedProduct

_MOST_DEGREE = 99


def implied_product(factors: list[Node]) -> Node:
    """Return the product of factors with no sign between them."""
    node = factors[0]
    for factor in factors[1:]:
        node = TypedProduct(node, factor, implied=True)
    return node


def degree_of(node: Node) -> int:
    """Return the degree of a root that is written with one."""
    value = node.value if isinstance(node, TypedLiteral) else 0
    if isinstance(value, float) or value not in range(2, _MOST_DEGREE + 1):
        raise RefusedError(Refusal.UNKNOWN, "\\sqrt[]")
    return int(value)
