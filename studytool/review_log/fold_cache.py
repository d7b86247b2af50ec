"""The cached fold: every item's memory in the table ``items``, kept in step with the events.

It is whole when its stamp names the last event, this version of the fold and the policy in force.
Where a few events are not folded in yet, as a review that was just written, they are before anything
is read; else all is made again from the events. NumPy is imported only where a review is computed.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from studytool.errors import StateError
from studytool.faults import Fault
from studytool.review_log import state_rows
from studytool.review_log.activity import count_one, recount, recount_all
from studytool.review_log.as_made import note_lists
from studytool.review_log.database import Database
from studytool.review_log.delays import DELAY_SET, delay_all, find_vacations
from studytool.review_log.event_ids import id_bytes, last_id
from studytool.review_log.fold_stamp import FoldStamp
from studytool.review_log.items import memory_columns, read_stored
from studytool.review_log.kinds import past_lives
from studytool.review_log.moves import ANY_MOVE, Moves, find_moves, moved, read_moves
from studytool.review_log.names import NO_NAME, find_code, find_names
from studytool.review_log.retracting import (
    concerns_doubles,
    concerns_retraction,
    find_doubles,
    find_retracted,
)
from studytool.review_log.schema import (
    FOLD_SUMS,
    ITEM_INDEXES,
    MEMORY_COLUMNS,
    RATING_CODES,
    REVIEW_CODE,
    SUM_OF_FOLD,
)
from studytool.review_log.set_aside import check_events
from studytool.review_log.shared_settings import find_settings
from studytool.review_log.standing import RATING, STANDING
from studytool.sqlite.connection import Row
from studytool.srs.memory import NEW_MEMORY, Memory, Stage, memory_of, to_ms
from studytool.srs.policy import Policy
from studytool.srs.rating import Rating

if TYPE_CHECKING:
    from studytool.review_log.events import Review
    from studytool.review_log.folding import Folding

_REVIEWS = f"SELECT item, time_ms, id, {RATING}, study_day, seq FROM events e WHERE {STANDING}"
_CONCERNED = f"""
WITH RECURSIVE about(id) AS (
    SELECT id FROM events WHERE seq > ?1 AND target IS NOT NULL
    UNION SELECT target FROM about JOIN events USING (id) WHERE target IS NOT NULL)
SELECT item, iif(kind = {REVIEW_CODE}, study_day, NULL) FROM events WHERE seq > ?1 AND target IS NULL
UNION SELECT item, iif(kind = {REVIEW_CODE}, study_day, NULL) FROM about JOIN events USING (id)
WHERE item IS NOT NULL OR target IS NULL
"""
"""Items, and the days of reviews: from an undo of a re-rating over that to the review that it rates.

NULL for the item of a vacation, and for the day of what is no review.
"""

_LATER_AND_STORED = f"""
SELECT (SELECT count(*) FROM events WHERE item = ?1 AND time_ms >= ?2),
    EXISTS (SELECT 1 FROM events WHERE time_ms = ?2 AND item <> ?1), EXISTS (SELECT 1 FROM moved),
    {MEMORY_COLUMNS}, first_day
FROM (SELECT 1) LEFT JOIN items ON item = ?1
"""
_SINCE = f"SELECT count(*) FROM events WHERE time_ms >= ? {state_rows.OF_ITEMS}"
_MANY, _PART = 1000, 4
"""Above so many items, if they are more than a quarter of all, folding the whole log is quicker."""

_FEW = 100
"""So many events that are not folded in yet are so by their items; for more, the whole log is."""

_SUM_UP = f"INSERT OR REPLACE INTO meta VALUES ('fold_sum', ({SUM_OF_FOLD}))"
_IS_AT = "SELECT 1 FROM events WHERE seq = ? AND id = ?"


class FoldCache:
    """The tables ``items`` and ``mature_reviews`` of one log under the policy in force."""

    def __init__(self, db: Database, policy: Policy) -> None:
        self._db = db
        self._stamp = FoldStamp(db, policy)
        self._loaded: tuple[str, Folding] | None = None

    def adopt_policy(self, policy: Policy | None = None) -> None:
        """Put this program's policy, or another one, in force for every program that has the log open."""
        if policy is not None:
            self._stamp.choose(policy)
        if self._stamp.read()[0] != self._stamp.text:
            with self._db.writing():
                self._rebuild()
        self.look()

    def catch_up(self) -> None:
        """Make the cache whole under the policy in force; comes first in each transaction.

        Raises:
            StateError: a program with another version of the fold has taken the log over.
        """
        folded, last = self._stamp.follow()
        if folded == last:
            return
        if folded is None or not 0 < last - folded <= _FEW or check_events(self._db, after=folded):
            self._rebuild()
        else:
            self.refold(after=folded)

    def add_later(self, review: "Review", *, item: int, day: int, seq: int) -> None:
        """Let a review of an item's code, just written at ``seq``, be folded in before anything else is done here.

        It has to be durable at once, its fold has not: that can be made again.
        """
        add = partial(self._add, review, item=item, day=day, seq=seq)
        self._db.put_off = partial(self._fold_put_off, review.id, seq, add)

    def look(self) -> int:
        """Fold in what another program wrote and has not folded in; return the last place."""
        _, folded, last = self._stamp.read()
        if folded != last:
            with self._db.writing(durable=False):
                self.catch_up()
        return last

    def _fold_put_off(self, id_: str, seq: int, add: Callable[[], object]) -> None:
        """Fold in the event of an id and a place by ``add``, if it is the one that is not yet."""
        with self._db.writing(durable=False):
            is_next = self._stamp.follow() == (seq - 1, seq)
            if is_next and self._db.row(_IS_AT, (seq, id_bytes(id_))):
                add()
                self._stamp.settle()
            else:
                self.catch_up()

    def _add(self, review: "Review", *, item: int, day: int, seq: int) -> None:
        ms = to_ms(review.time)
        count_one(self._db, day, ms=ms)
        later, beside, item, name, stored = self._before(item, review.item, ms)
        if later > 1 or beside:  # others of this item lie after it, or one that may be its double
            if concerns_doubles(self._db, after=seq - 1) and find_doubles(self._db):
                self._rebuild()
            else:
                self._refold_items([item], read_moves(self._db))
            return
        memory, first_day = read_stored(stored)
        outlook = self._folding.outlook(memory, name, ms=ms, day=day)
        after = outlook.after(review.rating, ms=ms)
        begun = (day,) if first_day is None else ()
        store = state_rows.STORE if begun else state_rows.STORE_AGAIN
        self._db.rows(store, (*memory_columns(after), *begun, item))
        if memory.stage is Stage.REVIEW:
            recalled = int(review.rating is not Rating.AGAIN)
            self._db.rows(state_rows.MATURE, (ms, seq, recalled, outlook.recall))

    def refold(self, *, after: int) -> None:
        """Fold again the items that the events behind ``after`` concern; then every event is folded in."""
        if concerns_retraction(self._db, after=after) and find_retracted(self._db):
            self._rebuild(written_after=after)
            return
        concerned = self._db.rows(_CONCERNED, (after,))
        items: set[int | None] = {item for item, _ in concerned}
        if None in items:
            find_settings(self._db)
            if find_vacations(self._db):
                delay_all(self._db)
        codes_ = [item for item in items if item is not None]
        before = read_moves(self._db)
        moves = (
            find_moves(self._db) if codes_ and (before.now or self._db.row(ANY_MOVE)) else before
        )
        codes_ += moves.changed(before)
        known = self._db.number("SELECT count(*) FROM items") if len(codes_) > _MANY else 0
        doubled = concerns_doubles(self._db, after=after) and find_doubles(self._db)
        if doubled or len(codes_) > max(_MANY, known // _PART):
            self._rebuild(written_after=after)
            return
        recount(self._db, {day for _, day in concerned if day is not None})
        if codes_:
            self._refold_items(before.group(codes_), moves)
        note_lists(self._db.connection)
        self._stamp.settle()

    def relist(self) -> None:
        """Keep the states of moved items in the rows of those of their ids that are listed now, after a change of packs."""
        before = read_moves(self._db)
        if before.now and (changed := find_moves(self._db).changed(before)):
            self._refold_items(changed, read_moves(self._db))
        note_lists(self._db.connection)

    def memory(self, item: str) -> Memory:
        """Return one item's memory; a new one where it was never reviewed, or reset."""
        self.look()
        return read_stored(self._before(find_code(self._db, item) or 0, item, 0)[-1])[0]

    def outlook(self, item: str, *, ms: int, day: int) -> dict[Rating, Memory]:
        """Return what appending a review at ``ms``, on a study day, would make of an item by rating."""
        folded, last = self._stamp.follow()
        if folded != last:
            self.look()
        code = find_code(self._db, item) or 0
        later, _, _, name, stored = self._before(code, item, ms)
        if not later:
            outlook = self._folding.outlook(read_stored(stored)[0], name, ms=ms, day=day)
            return {rating: outlook.after(rating, ms=ms) for rating in RATING_CODES}
        moves = read_moves(self._db)
        return {
            rating: self._supposing((code, ms, last_id(ms), number, day, 0), moves)
            for rating, number in RATING_CODES.items()
        }

    def rebuild(self) -> None:
        """Compute the whole fold anew: under the policy in force, if it is of this version."""
        with self._db.writing():
            self._stamp.take_up()
            self._rebuild()

    @property
    def _folding(self) -> "Folding":
        """The model under the policy in force, which another program may have changed."""
        if self._loaded is None or self._loaded[0] != self._stamp.text:
            from studytool.review_log.folding import Folding

            self._loaded = (self._stamp.text, Folding(self._stamp.policy, self._find_names))
        return self._loaded[1]

    def _find_names(self, codes: Iterable[int]) -> Mapping[int, str]:
        """Return the names of all of ``codes``; two swapped pages may have left one without."""
        wanted = [*codes]
        names = find_names(self._db, wanted)
        if not names.keys() >= set(wanted):
            raise StateError(Fault.DAMAGED, path=self._db.path, why=NO_NAME)
        return names

    def _before(self, item: int, name: str, ms: int) -> tuple[int, int, int, str, Row]:
        """Count an item's events at ``ms`` or later, tell of others then; its row, name and state (of code 0 none)."""
        later, beside, has_moves, *stored = self._db.rows(_LATER_AND_STORED, (item, ms))[0]
        if has_moves:
            moves = read_moves(self._db)
            later = self._since(item, ms, moves)
            item, name = self._kept(item, name, moves)
            _, _, _, *stored = self._db.rows(_LATER_AND_STORED, (item, ms))[0]
        return later, beside, item, name, (*stored,)

    def _since(self, item: int, ms: int, moves: Moves) -> int:
        """Count the events of an item, whatever its id was, at ``ms`` or later."""
        return self._db.number(_SINCE, (ms, json.dumps([*moves.group([item])])))

    def _kept(self, item: int, name: str, moves: Moves) -> tuple[int, str]:
        """Return the row that has an item's state, and the name that its fuzz depends on."""
        if (now := moves.now.get(item)) is None:
            return item, name
        return moves.kept[item], find_names(self._db, [now])[now]

    def _refold_items(self, items: Iterable[int], moves: Moves) -> None:
        values = (json.dumps([*moves.group(items)]),)
        self._db.rows(f"{state_rows.FORGET} WHERE true {state_rows.OF_ITEMS}", values)
        self._db.rows(state_rows.FORGET_MATURE, values)
        self._fold(moves, state_rows.OF_ITEMS, values)

    def _fold(self, moves: Moves, scope: str = "", values: tuple[str, ...] = ()) -> None:
        """Fold the events within ``scope`` into tables that have forgotten them."""
        states = state_rows.read_states(self._db, moves, scope, values)
        reviews = moved(self._db.stream(f"{_REVIEWS} {scope}", values), moves.now)
        folded = self._folding.fold(reviews, past_lives(states))
        self._db.many(state_rows.STORE, moved(folded.memories(), moves.kept, place=-1))
        self._db.many(state_rows.MATURE, folded.mature())
        state_rows.store_states(self._db, states, moves)
        if placed := [(item,) for item, state in states.items() if state.set_day is not None]:
            self._db.many(f"{DELAY_SET} AND item = ?", moved(iter(placed), moves.kept))

    def _supposing(self, review: Row, moves: Moves) -> Memory:
        """Return an item's memory as one more review would leave it."""
        values = (json.dumps([*moves.group(review[:1])]),)
        reviews = [*self._db.rows(f"{_REVIEWS} {state_rows.OF_ITEMS}", values), review]
        states = state_rows.read_states(self._db, moves, state_rows.OF_ITEMS, values)
        folded = self._folding.fold(moved(iter(reviews), moves.now), past_lives(states))
        return next((memory_of(row[:10]) for row in folded.memories()), NEW_MEMORY)

    def _rebuild(self, *, written_after: int | None = None) -> None:
        check_events(self._db, written_after=written_after)
        with self._db.without((*ITEM_INDEXES, *FOLD_SUMS)):  # quicker made anew than kept in step
            self._db.rows(state_rows.FORGET)
            self._db.rows("DELETE FROM mature_reviews")
            self._stamp.put_in_force()
            find_retracted(self._db)
            find_settings(self._db)
            find_vacations(self._db)
            moves = find_moves(self._db)
            find_doubles(self._db)
            recount_all(self._db)
            if self._db.row("SELECT 1 FROM events"):  # a first start need not import NumPy
                self._fold(moves)
            self._db.rows(_SUM_UP)
        note_lists(self._db.connection)
        self._stamp.settle()
