"""Who is asked on a day: each rule by hand, on a few items."""

from collections.abc import Callable, Iterable, Sequence

import pytest

from studytool.srs.asking_rules import choose_new, choose_reviews, in_turn, needs_of

Due = tuple[str, str, frozenset[str]]


def _due(item: str, *claims: str) -> Due:
    """Return a due item of the pack that its first letter names."""
    return item, item[0], frozenset(claims)


@pytest.mark.parametrize(
    ("rows", "most", "left", "taken", "asked", "siblings"),
    [
        ([], 5, {}, (), [], 0),
        ([_due("a1"), _due("a2"), _due("a3")], 2, {"a": 9}, (), ["a1", "a2"], 0),  # the day's limit
        ([_due("a1")], 0, {"a": 9}, (), [], 0),
        ([_due("a1"), _due("a2"), _due("b1")], 9, {"a": 1, "b": 1}, (), ["a1", "b1"], 0),  # a pack's
        ([_due("a1"), _due("a2")], 9, {"a": 0}, (), [], 0),
        ([_due("a1", "x"), _due("a2", "x"), _due("a3", "x", "y"), _due("a4", "y")], 9, {"a": 9}, (),
         ["a1", "a4"], 2),  # siblings wait for another day, and claim nothing themselves
        ([_due("a1", "x"), _due("a2", "y")], 9, {"a": 9}, ("x",), ["a2"], 1),  # asked before
        ([_due("a1", "x"), _due("a2")], 9, {"a": 1}, ("x",), ["a2"], 1),  # takes none of the room
        ([_due("a1", "x"), _due("b1", "x")], 9, {"a": 0, "b": 1}, (), ["b1"], 0),  # claims nothing
        ([_due("a1", "x"), _due("b1", "x")], 1, {"a": 1, "b": 1}, (), ["a1"], 0),  # not read so far
    ],
)  # fmt: skip
def test_the_reviews_of_a_day(
    rows: list[Due],
    most: int,
    left: dict[str, int],
    taken: Sequence[str],
    asked: list[str],
    siblings: int,
) -> None:
    room, claims = dict(left), set(taken)
    assert choose_reviews(iter(rows), most=most, left=room, taken=claims) == (asked, siblings)
    of_pack = [item[0] for item in asked]
    assert room == {pack: count - of_pack.count(pack) for pack, count in left.items()}
    assert claims == {*taken, *(claim for row in rows if row[0] in asked for claim in row[2])}


class _Pack:
    """New items in order; each is open once those that it needs are begun."""

    def __init__(self, needs: dict[str, str], claims: dict[str, str]) -> None:
        self.needs, self.claims = needs, claims
        self.asked_for: list[list[str]] = []

    def _is_open(self, item: str, settled: set[str]) -> bool:
        return set(self.needs[item]) <= settled

    def open_rows(
        self, chosen: Sequence[str], put_off: Sequence[str]
    ) -> tuple[Iterable[tuple[str, frozenset[str]]], Callable[[Sequence[str]], bool] | None]:
        def opens(last: Sequence[str]) -> bool:
            settled = {*chosen, *put_off}
            return any(
                self._is_open(one, settled) and not self._is_open(one, settled - set(last))
                for one in self.needs
            )

        self.asked_for.append(list(chosen))
        left = [one for one in self.needs if one not in {*chosen, *put_off}]
        is_open = [one for one in left if self._is_open(one, {*chosen, *put_off})]
        rows = [(one, frozenset(self.claims.get(one, ""))) for one in is_open]
        return rows, opens if len(is_open) < len(left) else None


@pytest.mark.parametrize(
    ("needs", "claims", "wanted", "taken", "chosen", "put_off", "rounds"),
    [
        ({}, {}, 3, "", "", "", 1),
        ({"a": "", "b": "", "c": ""}, {}, 2, "", "ab", "", 1),
        ({"a": "", "b": "", "c": ""}, {}, 9, "", "abc", "", 1),  # nothing is closed: read once
        ({"a": "", "b": "a", "c": "ab"}, {}, 9, "", "abc", "", 3),  # each opens the next
        ({"a": "", "b": "a", "c": "ab"}, {}, 2, "", "ab", "", 2),  # no further than is wanted
        ({"a": "", "b": "z"}, {}, 9, "", "a", "", 1),  # one that nothing opens
        ({"b": "a", "a": "", "c": ""}, {}, 2, "", "ab", "", 2),  # what opens comes in its place
        ({"b": "a", "a": ""}, {}, 9, "", "ab", "", 2),  # whatever the order of the pack
        ({"a": "", "b": "", "c": "a"}, {"a": "x", "b": "x"}, 9, "", "ac", "b", 2),  # a sibling
        ({"a": "", "b": "a"}, {"a": "x"}, 9, "x", "b", "a", 2),  # its claim is asked today: opens b
        ({"a": "", "b": "a", "c": "b"}, {"a": "x", "b": "x"}, 9, "x", "c", "ab", 3),  # and so on
        ({"b": "a", "a": "", "c": ""}, {"a": "x"}, 9, "x", "bc", "a", 2),  # b in its place
        ({"a": "", "c": "", "b": "ac"}, {"c": "x"}, 9, "x", "ab", "c", 2),  # a begun, c put off
        ({"c": "", "a": "", "b": "ac"}, {"c": "x"}, 9, "x", "ab", "c", 2),  # whichever is first
        ({"a": "", "b": "a"}, {"a": "x"}, 0, "x", "", "", 1),  # nothing is wanted
        ({"a": "", "b": "a"}, {"b": "x"}, 9, "x", "a", "b", 2),
        ({"a": "", "b": ""}, {"a": "x", "b": "x"}, 1, "", "a", "", 1),  # enough: b stays as it was
    ],
)
def test_the_new_items_of_a_pack(
    needs: dict[str, str],
    claims: dict[str, str],
    wanted: int,
    taken: str,
    chosen: str,
    put_off: str,
    rounds: int,
) -> None:
    pack, today = _Pack(needs, claims), set(taken)
    found = choose_new(pack.open_rows, wanted=wanted, taken=today)
    assert found == (list(chosen), list(put_off))
    assert today == {*taken, *(claim for one in chosen for claim in claims.get(one, ""))}
    assert len(pack.asked_for) == rounds  # to open a pack's rows is a search of the log


@pytest.mark.parametrize(
    ("chosen", "begun", "order"),
    [
        ({}, {}, []),
        ({"a": ["a1", "a2"], "b": ["b1", "b2"]}, {"a": 0, "b": 0}, ["a1", "b1", "a2", "b2"]),
        ({"a": ["a1", "a2"], "b": ["b1", "b2", "b3"]}, {"a": 2, "b": 0},
         ["b1", "b2", "a1", "b3", "a2"]),  # b catches up first
        ({"b": ["b1", "b2"], "a": ["a1"]}, {"a": 0, "b": 0}, ["b1", "a1", "b2"]),
        ({"a": ["z", "y", "x"]}, {"a": 5}, ["z", "y", "x"]),  # a pack's own order stays
    ],
)  # fmt: skip
def test_packs_take_turns(
    chosen: dict[str, list[str]], begun: dict[str, int], order: list[str]
) -> None:
    assert in_turn(chosen, begun) == order


@pytest.mark.parametrize(
    ("concept", "needs"),
    [("loss", set()), ("sgd", {"loss", "gradient"}), ("adam", {"sgd", "loss", "gradient", "mean"}),
     ("unknown", set()), ("hen", {"egg", "hen"})],
)  # fmt: skip
def test_what_a_concept_needs(concept: str, needs: set[str]) -> None:
    requires = {
        "sgd": ["gradient", "loss"], "gradient": ["loss"], "adam": ["sgd", "mean"],
        "hen": ["egg"], "egg": ["hen"],  # a circle, which the check of a pack refuses, ends
    }  # fmt: skip
    assert needs_of(concept, requires) == needs
