"""Items and variants made by hand, for tests of what is done with them."""

from collections.abc import Iterable
from dataclasses import fields as fields_of
from typing import Any

from pydantic import TypeAdapter

from studytool.language import Language
from studytool.packs.choices import Choice
from studytool.packs.clozes import Cloze
from studytool.packs.items import Card, Item, Numeric
from studytool.packs.orderings import Order
from studytool.packs.predictions import Prediction
from studytool.quiz.key import BlankKey, Key, NumberKey, ShownBlank, WrongValue
from studytool.quiz.tolerance import Tolerance, exact
from studytool.quiz.variant import ItemKind, Variant

TOLERANCES = fields_of(Tolerance)
_ITEMS: TypeAdapter[Card | Cloze | Choice | Order | Numeric | Prediction] = TypeAdapter(Item)


def variant_of(key: Key, *, language: Language = "en", kind: ItemKind = "numeric") -> Variant:
    """Return a variant that has this key and nothing else of note."""
    return Variant("p/i", kind, "r", 0, language, {}, "?", key, (), "")


def number_key(value: float, **fields: Any) -> NumberKey:
    """Return a key within 1 %, printed as ``KEY``, without a misconception.

    What a :class:`Tolerance` has may be given too: ``relative`` and ``absolute`` as numbers.
    """
    stated: dict[str, Any] = {"relative": 0.01, "absolute": 0.0}
    stated |= {one.name: fields.pop(one.name) for one in TOLERANCES if one.name in fields}
    for name in ("relative", "absolute"):
        stated[name] = exact(float(stated[name]))
    usual: dict[str, Any] = {"tolerance": Tolerance(**stated), "text": "KEY", "unit": None}
    return NumberKey(value, **{**usual, "misconceptions": (), **fields})


def blank_key(*wanted: "tuple[str, ...] | NumberKey", unordered: Iterable[int] = ()) -> BlankKey:
    """Return blanks that want these spellings or numbers; of each it is said which it is."""
    blanks = [ShownBlank(one, f"say {place}") for place, one in enumerate(wanted, start=1)]
    return BlankKey(tuple(blanks), frozenset(unordered))


def wrong(id_: str, value: float) -> WrongValue:
    """Return a misconception that comes to ``value``."""
    return WrongValue(id_, value, f"because of {id_}")


def item_of(**fields: object) -> Card | Cloze | Choice | Order | Numeric | Prediction:
    """Return an item as the pack's reader makes it of these fields."""
    return _ITEMS.validate_python({"id": "i", "concept": "c", **fields})


def numeric_of(**fields: object) -> Numeric:
    """Return a numeric item: twice ``n``, and a misconception that forgets the two."""
    usual: dict[str, object] = {
        "kind": "numeric",
        "params": {"n": {"integers": [1, 9]}},
        "prompt": "{n}",
        "answer": {"formula": "2*n", "tolerance": {"rel": 0.01}},
        "misconceptions": [{"id": "half", "formula": "n", "say": "Twice that."}],
        "check": {"sample": "sum(normal(2, 1, [reps, n]), axis=1)", "statistic": "mean"},
    }
    item = item_of(**{**usual, **fields})
    assert isinstance(item, Numeric)
    return item


def prediction_of(*whens: str, quantity: str = "weight_variance") -> Prediction:
    """Return a prediction about a dense layer with 4 inputs and 4 units; outcomes a, b, …"""
    item = item_of(
        kind="prediction",
        prompt="?",
        measure={
            "x": {
                "experiment": "dense_layer",
                "with": {"fan_in": "4", "fan_out": "2+2"},
                "quantity": quantity,
            }
        },
        outcomes=[
            {"id": id_, "text": f"text {id_}", "when": when, "say": f"say {id_}"}
            for id_, when in zip("abcdef", whens, strict=False)
        ],
    )
    assert isinstance(item, Prediction)
    return item
