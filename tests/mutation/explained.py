"""Mutants that no test can notice, each with the reason.

Those of the core, which ``verify --mutants core`` shows, are in ``verification/core_reasons.json``.
"""

from studytool.verification.core_reasons import core_reasons
from studytool.wording.core_reasons import CORE_REASONS

_WALKED_TO_THE_SAME = "what is not computed so is walked, to the same number"
_DOTS_ARE_SECOND = "'...' is the second of two arguments, so the last is at 1 as well"
_COMPUTED_TO_THE_SAME = "what is not computed so is computed by functions, to the same number"
_NO_SKEW = "a quotient of 0 by 0 is compared, and then not used"
_NEAREST_ALONE = "the nearest comes first, and no other is used"

_REMEMBERED = "whether SQLite may keep what a function gave changes no value that it gives"
_READ_EXACTLY = "what is not usual is read one by one, to the same event or refusal"
_WIDER = "an interval may always be a last bit wider"
_LIMIT = "the limit is a choice; its tests take it from where it is said"
_NEXT_BUT_ONE = "a word's code is any number that is free, and the one behind the next is"
_MEMORY_ALONE = "the size of a batch decides how much memory is used, and nothing else"
_SPEED_ALONE = "it decides how fast events are taken in, and nothing that is read later"
_MORE_TABLES = "the tables of the truth are there too, so that the sets are never equal"
_MEMORY_GIVEN_BACK = "what SQLite gives back to the system, nothing reads"
_LARGER_TABLE = "the table of numbers is larger, and its further rows stay unused"
_UNKNOWN_SIZE = CORE_REASONS["unknown-size"].en
_NO_DAY = "a millisecond is no whole day, as none is"
_NOT_ZERO_HERE = "neither number is 0 there"
_TENS_AT_LEAST = "a power is 2 or more there, or −2 or less"
_MADE_FLOAT64 = "the evaluation makes float64 of whatever a function returns"
_AT_THE_END = "at the end of the axis the formula gives 1 as well"
_NO_TIES = "no two keys are alike where their order is read"
_ONLY_LEXSORT = "what this one sort would do, the slower one does as well"
_OTHER_MOVES = "other moves up and down show as much of the rounding"
_ANY_UNKNOWN = "any smooth numbers in (1, 2) that no formula gives will do"
_THE_END_BEHIND = "behind a whole expression stands the end, or another token"
_NO_NUMBER_JOINED = "what it would join is no number, so that no other reading comes of it"
_NOWHERE = "what stands behind the last token is cut out of no text"
_NEVER_EMPTY = "the second value of a usual review is as little empty as its first"
_HAS_CODE = "every word has a code; only where there is none is no code"
_ANY_NEGATIVE = "SQLite takes every negative limit for none"
_IN_VAIN = "what is looked for once more, or folded once more, comes out the same"

EXPLAINED: dict[str, str] = {
    f"studytool/numerics/{name}": CORE_REASONS[reason].en for name, reason in core_reasons().items()
} | {
    "studytool/review_log/lines.py: _unknown_kind: get_close_matches(kind, KINDS, n=1) -> "
    "get_close_matches(kind, KINDS)": _NEAREST_ALONE,
    "studytool/review_log/lines.py: _unknown_kind: 1 -> 2": _NEAREST_ALONE,
    "studytool/formula/reductions.py: _argmax: "
    "np.asarray(np.argmax(x, axis=axis), dtype=np.float64) -> np.asarray(np.argmax(x, axis=axis))": (
        _MADE_FLOAT64
    ),
    "studytool/formula/reductions.py: _count_nonzero: "
    "np.asarray(np.count_nonzero(x, axis=axis), dtype=np.float64) -> "
    "np.asarray(np.count_nonzero(x, axis=axis))": _MADE_FLOAT64,
    "studytool/formula/parse.py: _Parser._is_keyword: 1 -> 2 (2)": (
        "behind the last name stands the end, which is no more an operator than the name"
    ),
    "studytool/formula/evaluate.py: Evaluation._reduction: -1 -> 1": _DOTS_ARE_SECOND,
    "studytool/quiz/compute.py: key_value: 1 -> 2": (
        "an exact quantity takes one replicate, whatever is asked for"
    ),
    "studytool/srs/fold.py: module: 50000 -> 50001": _MEMORY_ALONE,
    "studytool/srs/fold.py: Reviews.of_batches: 1 -> 2": _UNKNOWN_SIZE,
    "studytool/srs/memories.py: Memories.of: 1 -> 2": _UNKNOWN_SIZE,
    "studytool/srs/memories.py: Memories.of: 1 -> 2 (3)": _UNKNOWN_SIZE,
    "studytool/srs/schedule.py: Scheduler.retrievability: 0 -> 1": _NO_DAY,
    "studytool/srs/schedule.py: Scheduler._strength: 0 -> 1": _NO_DAY,
    "studytool/srs/schedule.py: fuzzed_days: length < _FUZZ_FROM_DAYS -> length <= _FUZZ_FROM_DAYS": (
        "days are whole, and the limit is not"
    ),
    "studytool/srs/schedule.py: _chance: 31 -> 32": (
        "it moves a chance by less than 2**-31, and no interval that is drawn by it by a day"
    ),
    "studytool/formula/elementwise.py: _lifted: np.asarray(ufunc(*given), dtype=np.float64) -> "
    "np.asarray(ufunc(*given))": _MADE_FLOAT64,
    "studytool/review_log/absorbing.py: _roomy: "
    "db.rows(f'PRAGMA cache_size = {-_CACHE_KIB}') -> pass": "a larger cache is only quicker",
    "studytool/review_log/columns.py: gather_columns: np.cumsum(ends + 1) - ends - 1 -> "
    "np.cumsum(ends + 1) - ends + 1": "the numbers of lives are only compared with each other",
    "studytool/formula/accuracy.py: accuracy_of: abs(value) < spread -> abs(value) <= spread": "no key is as large as its spread to the last bit",
    "studytool/formula/accuracy.py: _mover: 2 -> 3": _OTHER_MOVES,
    "studytool/formula/accuracy.py: _mover.move: 3 -> 4": _OTHER_MOVES,
    "studytool/formula/functions.py: compare_floats: a < b -> a <= b": "where both are the same, they were found equal before",
    "studytool/formula/intervals.py: total: 8 -> 9": _WIDER,
    "studytool/formula/known.py: multisets: math.isinf(values) or math.isinf(count) -> math.isinf(values) and math.isinf(count)": "what comes of infinity is no number, and so infinity as well",
    "studytool/formula/points.py: _unknown: 7 -> 8": _ANY_UNKNOWN,
    "studytool/formula/points.py: Points._applied: np.asarray(found, dtype=np.float64) -> np.asarray(found)": "numbers of another type are compared with the key's as they are",
    "studytool/formula/random_points.py: spread: np.array(known, dtype=np.float64) -> np.array(known)": "the values that are drawn about them are float64 anyway",
    "studytool/formula/draws.py: module: rng.random(n) < p -> rng.random(n) <= p": (
        "a draw equals p once in 2**53 times"
    ),
    "studytool/formula/draws.py: module: np.arange(n[-1], dtype=np.float64) -> "
    "np.arange(n[-1])": _MADE_FLOAT64,
    "studytool/srs/schedule.py: module: 0 -> 1 (2)": (
        "in the review stage the model's interval decides, and no delay is read"
    ),
    "studytool/srs/schedule.py: _transitions: 1 -> 2": (
        "without steps every row says the same, so a second one changes nothing"
    ),
    "studytool/srs/leitner.py: Leitner.next: 1 -> 2 (3)": "hard leaves an item in its box anyway",
    "studytool/srs/fold.py: replay: np.argsort(-counts, kind='stable') -> np.argsort(-counts)": (
        "any order among equally busy items gives the same memories"
    ),
    "studytool/srs/fsrs.py: initial_stability: 4 -> 5": "a rating is 1 to 4, so no fifth is read",
    "studytool/srs/fsrs.py: recall_stability: 1.0 -> 2.0": (
        "the first of the four is that of an item not recalled, which has another formula"
    ),
    "studytool/quiz/number_text.py: write_number: False -> True": (
        "the shortest text of a float has no zeros to drop but those of a whole number"
    ),
    "studytool/quiz/slips.py: module: key > 0 -> key >= 0": (
        "a key of 0 has no slips: it never gets there"
    ),
    "studytool/review_log/absorbing.py: append_new: if added < many <= added + len(new) -> if not added < many <= added + len(new)": _SPEED_ALONE,
    "studytool/review_log/absorbing.py: append_new: added < many <= added + len(new) -> added <= many <= added + len(new)": _SPEED_ALONE,
    "studytool/review_log/absorbing.py: append_new: added < many <= added + len(new) -> added < many < added + len(new)": _SPEED_ALONE,
    "studytool/review_log/absorbing.py: append_new: added + len(new) -> added - len(new)": _SPEED_ALONE,
    "studytool/review_log/absorbing.py: append_new: aside.enter_context(_indexes_set_aside(db)) -> pass": _SPEED_ALONE,
    "studytool/review_log/absorbing.py: _roomy: db.rows('PRAGMA shrink_memory') -> pass": _MEMORY_GIVEN_BACK,
    "studytool/review_log/absorbing.py: _indexes_set_aside: db.rows('REINDEX sqlite_autoindex_events_1') -> pass": _SPEED_ALONE,
    "studytool/review_log/acts.py: last_word_ms: 0 -> 1": "no clock is at the first millisecond of 1970",
    "studytool/review_log/columns.py: gather_columns: 1 -> 2": "lives are told apart by their numbers, whatever lies between two of them",
    "studytool/review_log/columns.py: _numbered: -1 -> 1": _LARGER_TABLE,
    "studytool/review_log/columns.py: _numbered: 1 -> 2 (2)": _LARGER_TABLE,
    "studytool/review_log/database.py: Database._prepare: 1000 -> 1001": "a wait of five seconds is five milliseconds longer",
    "studytool/review_log/database.py: Database._prepare: refuse_moved(connection, self.path) -> pass": (
        "tests/backups/test_replacing.py holds it, where a file is replaced while it is opened"
    ),
    "studytool/review_log/database.py: Database._prepare: "
    "refuse_damaged_journal(connection, self.path) -> pass": "tests/sqlite/test_journal.py holds it",
    "studytool/review_log/database.py: Database._is_whole: "
    "{*MADE_TABLES.items(), *PARTS.items()} <= self._schema().items() -> "
    "{*MADE_TABLES.items(), *PARTS.items()} < self._schema().items()": _MORE_TABLES,
    "studytool/review_log/database.py: Database._make: begin_wal(self.connection) -> pass": (
        "the mode is set after it anyhow; here it only spares a journal that is deleted"
    ),
    "studytool/review_log/fold_cache.py: FoldCache.refold: "
    "self._db.number('SELECT count(*) FROM items') if len(codes_) > _MANY else 0 -> "
    "self._db.number('SELECT count(*) FROM items') if not len(codes_) > _MANY else 0": _SPEED_ALONE,
    "studytool/review_log/fold_cache.py: FoldCache.refold: len(codes_) > _MANY -> "
    "len(codes_) >= _MANY": _SPEED_ALONE,
    "studytool/review_log/fold_cache.py: FoldCache.refold: 0 -> 1": _SPEED_ALONE,
    "studytool/review_log/fold_cache.py: FoldCache._add: concerns_doubles(self._db, after=seq - 1) and find_doubles(self._db) -> concerns_doubles(self._db, after=seq - 1) or find_doubles(self._db)": _IN_VAIN,
    "studytool/review_log/fold_cache.py: FoldCache._add: 1 -> 2 (2)": _IN_VAIN,
    "studytool/review_log/log.py: ReviewLog.open: 5.0 -> 6.0": "a wait of five seconds is a second longer",
    "studytool/review_log/moves.py: find_moves: 0 -> 1": _HAS_CODE,
    "studytool/review_log/log_writer.py: LogWriter.append_review: 0 -> 1": _HAS_CODE,
    "studytool/review_log/log_writer.py: LogWriter.at_once: True -> False": _IN_VAIN,
    "studytool/review_log/set_aside.py: check_events: begin < until -> begin <= until": _IN_VAIN,
    "studytool/review_log/set_aside.py: check_events: damaged_places(db.connection, after=begin, until=until, among=among) -> damaged_places(db.connection, after=begin, among=among)": "events that were just written are looked at, too, and are sound",
    "studytool/review_log/blocks.py: _read_answers: max(map(len, answers)) <= values.MOST_TEXT -> max(map(len, answers)) < values.MOST_TEXT": _READ_EXACTLY,
    "studytool/review_log/write_in_bulk.py: module: json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=('\\n', ': ')) -> json.JSONEncoder(ensure_ascii=False, allow_nan=False)": "each value is written alone then, to the same text",
    "studytool/review_log/set_aside.py: check_names: damaged_names(db.connection, after=known) -> damaged_names(db.connection)": "one checksum has shown that the seals of those names are right",
    "studytool/review_log/absorbing.py: module: 500 -> 501": _SPEED_ALONE,
    "studytool/review_log/absorbing.py: module: 20000 -> 20001": _SPEED_ALONE,
    "studytool/review_log/absorbing.py: module: 4 -> 5": _SPEED_ALONE,
    "studytool/review_log/absorbing.py: settle_twofold: theirs < ours -> theirs <= ours": "what has the same line is the same event, and its place is the same",
    "studytool/review_log/fold_cache.py: FoldCache.catch_up: check_events(self._db, after=folded) -> check_events(self._db)": "the other events are looked at, too, which each reader of them does",
    "studytool/review_log/fold_cache.py: FoldCache._fold_put_off: self.catch_up() -> pass": "whoever reads next folds in what is not yet",
    "studytool/review_log/fold_cache.py: FoldCache.refold: self._rebuild(written_after=after) -> self._rebuild()": "events that were just written are looked at, too, and are sound",
    "studytool/review_log/fold_cache.py: FoldCache.refold: codes_ and (before.now or self._db.row(ANY_MOVE)) -> codes_ or (before.now or self._db.row(ANY_MOVE))": _IN_VAIN,
    "studytool/review_log/fold_cache.py: FoldCache.refold: concerns_doubles(self._db, after=after) and find_doubles(self._db) -> concerns_doubles(self._db, after=after) or find_doubles(self._db)": _IN_VAIN,
    "studytool/review_log/fold_cache.py: FoldCache.refold: known // _PART -> known * _PART": _SPEED_ALONE,
    "studytool/review_log/database.py: Database._migrate: self._make_missing() -> pass": "what is missing is made behind it, in a transaction of its own",
    "studytool/review_log/database.py: Database.at_one_moment: held.close() -> pass": "a statement ends where nothing refers to it any more",
    "studytool/review_log/fold_cache.py: FoldCache.outlook: 0 -> 1": (
        "a review that is only supposed has no place in the log, and none is read"
    ),
    "studytool/review_log/fold_cache.py: FoldCache._supposing: 1 -> 2": (
        "no item has a time as its code, so that one more code finds nothing"
    ),
    "studytool/review_log/fold_cache.py: FoldCache._folding: 0 -> 1": _SPEED_ALONE,
    "studytool/review_log/log.py: ReviewLog.open: log.close() -> pass": (
        "a log that did not open is closed when nothing refers to it any more"
    ),
    "studytool/review_log/names.py: Coder.forget: self._known.update(FIXED_NAMES) -> pass": (
        "the fixed names are in the table too; here they spare the look-ups"
    ),
    "studytool/quiz/mark_options.py: mark_options: answer.ids < key.right -> "
    "answer.ids <= key.right": "equal sets were marked right before",
    "studytool/units/known.py: _times: "
    "KnownUnit(unit.dimension, unit.scale * Fraction(10) ** power, takes_prefixes=False) -> "
    "KnownUnit(unit.dimension, unit.scale * Fraction(10) ** power)": (
        "a unit takes no prefixes where nothing is said"
    ),
    "studytool/units/known.py: _times: False -> True": (
        "what has a prefix is looked up among the units without one"
    ),
    "studytool/units/parse.py: UnitError.__init__: super().__init__(word) -> pass": (
        "Python keeps the arguments of an error without it"
    ),
    "studytool/units/parse.py: _Made: 0 -> 1": "the first factor sets it",
    "studytool/units/parse.py: _is_compatible: '℀' <= sign <= '⅏' -> '℀' <= sign < '⅏'": (
        "the last sign of the block is like no other"
    ),
    "studytool/units/problems.py: _unread: get_close_matches(word, [*SYMBOLS, *NAMES, *COUNTERS], n=1, cutoff=0.7) -> "
    "get_close_matches(word, [*SYMBOLS, *NAMES, *COUNTERS], cutoff=0.7)": _NEAREST_ALONE,
    "studytool/units/problems.py: _unread: 1 -> 2": _NEAREST_ALONE,
    "studytool/quiz/typed_units.py: measure: 1 -> 2 (2)": (
        "no unit of a plain number has the scale 2, and in parts of 1 a number is itself"
    ),
    "studytool/review_log/database.py: Database.__init__: 5.0 -> 6.0": (
        "a wait of five seconds is a second longer"
    ),
    "studytool/review_log/database.py: Database._prepare: "
    "connection.execute('PRAGMA synchronous = FULL') -> pass": (
        "it is what SQLite does where nothing is said, and is said for builds that do otherwise"
    ),
    "studytool/review_log/migration.py: _seal: connection.create_scalar_function('event_seal_of_bytes', _seal_of_bytes, deterministic=True) -> connection.create_scalar_function('event_seal_of_bytes', _seal_of_bytes)": _REMEMBERED,
    "studytool/review_log/queue_slice.py: QueueSlice._merged: limit <= 0 -> limit < 0": "with a limit of 0 the statement finds nothing either",
    "studytool/review_log/absorbing.py: module: 2000 -> 2001": _MEMORY_ALONE,
    "studytool/review_log/folding.py: module: 2000 -> 2001": _MEMORY_ALONE,
    "studytool/review_log/json_values.py: module: 1000 -> 1001": _LIMIT,
    "studytool/review_log/json_values.py: module: 1000 -> 1001 (2)": _LIMIT,
    "studytool/review_log/study_days.py: module: 12 -> 13": "any hours on both sides of a change of clocks will do",
    "studytool/review_log/migration.py: _seal: True -> False": _REMEMBERED,
    "studytool/review_log/migration.py: _seal: True -> False (2)": _REMEMBERED,
    "studytool/review_log/migration.py: _seal: True -> False (3)": _REMEMBERED,
    "studytool/review_log/names.py: Coder.code: 1 -> 2": _NEXT_BUT_ONE,
    "studytool/review_log/names.py: Coder.codes: 1 -> 2": _NEXT_BUT_ONE,
    "studytool/quiz/how_far.py: how_far: answer > 0 -> answer >= 0": _NOT_ZERO_HERE,
    "studytool/quiz/how_far.py: how_far: answer < 0 -> answer <= 0": _NOT_ZERO_HERE,
    "studytool/quiz/how_far.py: how_far: key < 0 -> key <= 0": _NOT_ZERO_HERE,
    "studytool/quiz/how_far.py: how_far: key > 0 -> key >= 0": _NOT_ZERO_HERE,
    "studytool/quiz/how_far.py: _orders: power > 0 -> power >= 0": _TENS_AT_LEAST,
    "studytool/quiz/how_far.py: _orders: 0 -> 1": _TENS_AT_LEAST,
    "studytool/quiz/mark_estimates.py: leeway_message: 0.0 -> 1.0": (
        "a leeway that is no factor is a distance"
    ),
    "studytool/quiz/mark_estimates.py: _off: answer > shown.value -> answer >= shown.value": (
        "an estimate that equals what is shown is right"
    ),
    "studytool/quiz/read_order.py: _place: 'a' <= word <= 'z' -> 'a' <= word < 'z'": (
        "no order has 26 things, so that z stands nowhere either way"
    ),
    "studytool/quiz/axis.py: Axis.share: value >= self.high -> value > self.high": _AT_THE_END,
    "studytool/quiz/matching.py: _Matching.add: -1 -> 1": "the way to a place is written before it is read",
    "studytool/quiz/read_options.py: _in_a_row: 1 < len(row) <= count <= _MOST_IN_A_ROW -> 1 <= len(row) <= count <= _MOST_IN_A_ROW": "one place alone is read to the same by the other way",
    "studytool/quiz/slips.py: find_slips: 0.01 -> 1.01": "it only spares the exact comparison, which decides",
    "studytool/quiz/typed_angles.py: may_be_degrees: value <= _FULL_TURN -> value < _FULL_TURN": "no number that is typed without π is the float of 2π",
    "studytool/quiz/typed_echo.py: echo_value: 0 <= value < _SHORT -> 0 < value < _SHORT": "0 is written alike by both ways",
    "studytool/quiz/typed_echo.py: echo: 6 -> 7 (7)": "nothing asks for what binds tighter than an atom",
    "studytool/quiz/parameters.py: _judge_key: True -> False": "the first draw is taken either way, after more of them",
    "studytool/srs/asking_rules.py: in_turn: sorted(turns, key=lambda turn: turn[:2]) -> sorted(turns)": _NO_TIES,
    "studytool/srs/asking_rules.py: in_turn: 2 -> 3": _NO_TIES,
    "studytool/srs/fold.py: Reviews.in_order: 1 -> 2": _ONLY_LEXSORT,
    "studytool/srs/fold.py: Reviews.in_order: (int(self.item.max()) + 1) * span < _LARGEST -> (int(self.item.max()) + 1) * span <= _LARGEST": _ONLY_LEXSORT,
    "studytool/srs/fold.py: Reviews.in_order: 1 -> 2 (2)": _ONLY_LEXSORT,
    "studytool/srs/fold.py: Reviews.in_order: self.time_ms - first -> self.time_ms + first": "all keys are larger or smaller by as much",
    "studytool/srs/fold.py: Reviews.in_order: np.argsort(key, kind='stable') -> np.argsort(key)": _NO_TIES,
    "studytool/srs/last_reviews.py: choose_last_days: gains >= SMALLEST_GAIN -> gains > SMALLEST_GAIN": "no gain that a model gives is exactly the limit",
    "studytool/formula/accuracy.py: _mover.move: run + 1 -> run - 1": _OTHER_MOVES,
    "studytool/formula/accuracy.py: _mover.move: state * 1103515245 + 12345 -> state * 1103515245 - 12345": _OTHER_MOVES,
    "studytool/formula/accuracy.py: _mover.move: 31 -> 32": _OTHER_MOVES,
    "studytool/formula/accuracy.py: _mover.move: 1 + signs * NOTHING -> 1 - signs * NOTHING": _OTHER_MOVES,
    "studytool/formula/simulation.py: FormulaRun._value: 0 -> 1 (2)": "a byte more of half a gigabyte refuses nothing else",
    "studytool/quiz/tolerance.py: _coarse: abs(number - key) <= _COARSE * abs(key) -> abs(number - key) < _COARSE * abs(key)": "no rounding to fewer figures lies just a tenth of a number from it that is a decimal",
    "studytool/quiz/typed_numerals.py: _kind: at < len(tokens) -> at <= len(tokens)": _THE_END_BEHIND,
    "studytool/formula/accuracy.py: _mover.move: 1 + up * NOTHING -> 1 - up * NOTHING": _OTHER_MOVES,
    "studytool/formula/elementwise.py: _tan: np.abs(np.cos(x)) <= _ROOM * np.abs(x) -> np.abs(np.cos(x)) < _ROOM * np.abs(x)": "no float64 is exactly as near to a pole as that",
    "studytool/formula/elementwise.py: _factorial: 171 -> 172": "both factorials are beyond a float64",
    "studytool/formula/elementwise.py: _comb: fewer * math.log(total / fewer) > _LARGEST_LOG -> fewer * math.log(total / fewer) >= _LARGEST_LOG": "no such logarithm is exactly the largest",
    "studytool/formula/points.py: _unknown: 1 -> 2": _ANY_UNKNOWN,
    "studytool/formula/points.py: _unknown: 0 -> 1": _ANY_UNKNOWN,
    "studytool/formula/points.py: _unknown: 1.5 + 0.45 * np.sin(angle) -> 1.5 - 0.45 * np.sin(angle)": _ANY_UNKNOWN,
    "studytool/formula/ranges.py: _factorial: 0.0 -> 1.0": "the factorial of 0 is that of 1",
    "studytool/review_log/absorbing.py: append_new: aside.enter_context(db.without(_GUARD)) -> pass": _SPEED_ALONE,
    "studytool/review_log/absorbing.py: append_new: if len(new) >= _SOME -> if not len(new) >= _SOME": _SPEED_ALONE,
    "studytool/review_log/absorbing.py: append_new: len(new) >= _SOME -> len(new) > _SOME": _SPEED_ALONE,
    "studytool/quiz/typed_exponents.py: exp_key: is_plain_numeral(tokens, at) and is_numeral(tokens, signed) -> is_plain_numeral(tokens, at) or is_numeral(tokens, signed)": _NO_NUMBER_JOINED,
    "studytool/quiz/typed_rules.py: _point: False -> True": "no rule asks of a sign that was made whether a space is before it",
    "studytool/review_log/fold_cache.py: FoldCache.refold: len(codes_) > max(_MANY, known // _PART) -> len(codes_) >= max(_MANY, known // _PART)": _SPEED_ALONE,
    "studytool/review_log/damage.py: mended_name: 32 -> 33": "a seal is of the lowest 32 bits of a code",
    "studytool/review_log/damage.py: _near: _BITS - 1 -> _BITS + 1": "no whole number that SQLite keeps has a further bit",
    "studytool/review_log/queue.py: QueueReader.counts: 1 -> 2 (2)": _ANY_NEGATIVE,
    "studytool/review_log/queue_slice.py: QueueSlice.new: 1 -> 2": _ANY_NEGATIVE,
    "studytool/formula/functions.py: compare_floats: a < b -> a <= b (2)": "what is equal was told before",
    "studytool/formula/intervals.py: total_product: 8 -> 9": _WIDER,
    "studytool/formula/ranges.py: _variance: 8 -> 9": _WIDER,
    "studytool/formula/ranges.py: _variance: 8 + count.high -> 8 - count.high": "the room left beside half the width is larger than what it takes away",
    "studytool/formula/ranges.py: _normal_quantile: 64 -> 65": _WIDER,
    "studytool/formula/ranges.py: _tan: x.high - x.low >= _BRANCH -> x.high - x.low > _BRANCH": "an interval of exactly that width is held by both",
    "studytool/formula/structure.py: KnownWalk._operation: 0 -> 1 (2)": "both operands are of one name",
    "studytool/quiz/matching.py: _Matching.add: 1 -> 2 (2)": "the way to a place is written before it is read",
    "studytool/quiz/parameters.py: draw_item: 1 -> 2 (2)": _NEAREST_ALONE,
    "studytool/quiz/typed_angles.py: may_be_degrees: value > _FULL_TURN -> value >= _FULL_TURN": "no number that is typed without π is the float of 2π",
    "studytool/quiz/typed_text.py: _closing: len(tokens) > 1 -> len(tokens) >= 1": "a word for about that stands alone was taken from the beginning",
    "studytool/quiz/sampled.py: module: 65536 -> 65537": _MEMORY_ALONE,
    "studytool/review_log/columns.py: module: 2000 -> 2001": _MEMORY_ALONE,
    "studytool/review_log/migration.py: _seal: connection.create_scalar_function('name_seal', _name_seal, deterministic=True) -> connection.create_scalar_function('name_seal', _name_seal)": _REMEMBERED,
    "studytool/review_log/read_in_bulk.py: _rows_of: -1 -> 1": _READ_EXACTLY,
    "studytool/review_log/read_in_bulk.py: _time_ms: 0 <= (ms := to_ms(datetime.fromisoformat(text))) < _END_MS -> 0 < (ms := to_ms(datetime.fromisoformat(text))) < _END_MS": _READ_EXACTLY,
    "studytool/review_log/read_in_bulk.py: _time_ms: 0 -> 1": _READ_EXACTLY,
    "studytool/review_log/read_in_bulk.py: _answers: max(map(len, texts)) > values.MOST_TEXT -> max(map(len, texts)) >= values.MOST_TEXT": _READ_EXACTLY,
    "studytool/review_log/read_in_bulk.py: _rows_of: max(map(len, lines)) > MOST_LINE_BYTES -> max(map(len, lines)) >= MOST_LINE_BYTES": _READ_EXACTLY,
    "studytool/review_log/read_in_bulk.py: _rows_of: 0 -> 1": _NEVER_EMPTY,
    "studytool/review_log/read_in_bulk.py: _rows_of: 0 -> 1 (2)": _NEVER_EMPTY,
    "studytool/review_log/read_in_bulk.py: module: 250 -> 251": _MEMORY_ALONE,
    "studytool/review_log/read_in_bulk.py: module: 4096 -> 4097": _MEMORY_ALONE,
    "studytool/review_log/rows.py: WordRow.with_day: 1 -> 2": "the study day is the last of the columns",
    "studytool/review_log/rows.py: insert_events: len(written) < len(events) -> len(written) <= len(events)": _SPEED_ALONE,
    "studytool/review_log/study_days.py: StudyDays.start: number * DAY_MS + _HALF_A_DAY // timedelta(milliseconds=1) -> number * DAY_MS - _HALF_A_DAY // timedelta(milliseconds=1)": "the clocks on both sides of the day's start are asked after that",
    "studytool/review_log/history.py: HistoryReader.word_rows: check_events(self._db, among=among) -> check_events(self._db)": "the other events are looked at, too, which each reader of them does",
    "studytool/quiz/guess_places.py: _multiples: 1e-09 -> 1.000000001 (3)": "a multiple beyond the end is left out",
    "studytool/quiz/matching.py: _Matching.add: 1 -> 2": "the way to a place is written before it is read",
    "studytool/quiz/matching.py: _Matching.__init__: 0.0 -> 1.0 (2)": "of prices that all differ alike the same places are the cheapest",
    "studytool/quiz/misspelling.py: _are_one_slip_apart: 'ㄱ' <= wanted[0] <= 'ㅣ' -> 'ㄱ' <= wanted[0] < 'ㅣ'": "no word begins with that vowel alone",
    "studytool/quiz/running.py: SimulationRun._ends: isfinite(low) and isfinite(high) -> isfinite(low) or isfinite(high)": "an interval has both its ends, or none",
    "studytool/quiz/typed_numerals.py: _is_mixed: at + 4 -> at - 4": _THE_END_BEHIND,
    "studytool/quiz/typed_tree.py: _call: abs(found) > 1 / _NOISE -> abs(found) >= 1 / _NOISE": "no tangent is exactly the limit",
    "studytool/formula/points.py: is_near: np.abs(one - key)[both] > NEAR * sizes -> np.abs(one - key)[both] >= NEAR * sizes": "no two numbers at random points are exactly as far apart as that",
    "studytool/formula/parts.py: _multiple: 0 -> 1 (2)": "of a constant ratio each number is the same",
    "studytool/formula/ranges.py: _below: 0.0 -> 1.0": "the upper end of what is below 0 is 0 all the same",
    "studytool/formula/rare_draws.py: _geometric: 1 -> 2": "of a chance of 1 the quotient is 0 by both ways",
    "studytool/formula/accuracy.py: module: 4 -> 5": _LIMIT,
    "studytool/formula/shares.py: module: 2000 -> 2001": _LIMIT,
    "studytool/formula/simulation.py: module: 5000000 -> 5000001": "no number of values in a step divides it",
    "studytool/quiz/prediction.py: module: 256 -> 257": _MEMORY_ALONE,
    "studytool/formula/parse.py: _Parser._outline: len(self._tokens) - 1 -> len(self._tokens) + 1": _THE_END_BEHIND,
    "studytool/formula/elementwise.py: module: 52 -> 53": _LIMIT,
    "studytool/quiz/tolerance.py: Tolerance: False -> True (2)": "it follows from the other fields",
    "studytool/quiz/typed_tokens.py: _one_of: sorted(words, key=len, reverse=True) -> sorted(words, reverse=True)": "of two words of which one begins with the other the longer comes first by both",
    "studytool/formula/accuracy.py: _soon: (number := function.compute(scope, change)) is None -> (number := function.compute(scope, change)) is not None": _WALKED_TO_THE_SAME,
    "studytool/formula/accuracy.py: _mover: 1 -> 2": _OTHER_MOVES,
    "studytool/formula/known.py: module: 700.0 -> 701.0": _LIMIT,
    "studytool/quiz/how_far.py: _percent: ratio > 1 -> ratio >= 1": "a wrong number is not the key",
    "studytool/quiz/read_number.py: read_number: not unit -> unit": "the grammar reads a plain decimal to the same, in any unit that is asked for",
    "studytool/quiz/tolerance.py: Reach.is_coarse: self.rounded is None or abs(answer - self.key) > _COARSE * abs(self.key) -> self.rounded is None and abs(answer - self.key) > _COARSE * abs(self.key)": "what is farther is not among the roundings either",
    "studytool/quiz/typed_numerals.py: _is_mixed: at + 4 < len(tokens) -> at + 4 <= len(tokens)": _THE_END_BEHIND,
    "studytool/quiz/guess_places.py: module: 160 -> 161": _LIMIT,
    "studytool/formula/structure.py: module: 16 -> 17": _LIMIT,
    "studytool/formula/random_points.py: module: 100.0 -> 101.0": "any step as large as that will do",
    "studytool/review_log/activity.py: recount: if len(days) > _MANY -> if not len(days) > _MANY": _SPEED_ALONE,
    "studytool/review_log/fold_cache.py: FoldCache.refold: self._rebuild(written_after=after) -> self._rebuild() (2)": "events that were just written are looked at, too, and are sound",
    "studytool/quiz/guess_places.py: _powers: one * longest >= 1 -> one * longest > 1": "no factor that a pack can write has such a logarithm",
    "studytool/quiz/mark_numbers.py: _meets: 2 -> 3": "it only spares the exact comparison, which decides",
    "studytool/quiz/tolerance.py: Reach.is_coarse: abs(answer - self.key) > _COARSE * abs(self.key) -> abs(answer - self.key) >= _COARSE * abs(self.key)": "no number rounds to one that is exactly a tenth of it away",
    "studytool/quiz/typed_echo.py: echo: 6 -> 7 (5)": "nothing asks for what binds tighter than an atom",
    "studytool/quiz/typed_numerals.py: _multiplied: 10 -> 11 (3)": "a thousand is the largest of the small words",
    "studytool/quiz/tolerance.py: Tolerance: field(init=False, repr=False, compare=False) -> field(init=False, repr=False)": "it follows from the other fields",
    "studytool/review_log/write_in_bulk.py: module: 2000 -> 2001": _MEMORY_ALONE,
    "studytool/formula/accuracy.py: _mover.move: 1.0 if state >> 16 & 1 else -1.0 -> 1.0 if not state >> 16 & 1 else -1.0": _OTHER_MOVES,
    "studytool/formula/points.py: _unknown: 7 * weights[0] -> 7 / weights[0]": _ANY_UNKNOWN,
    "studytool/formula/scanning.py: _Plan.make: 0 -> 1": "no array has so many elements that less than a power of e is left",
    "studytool/formula/simulation_cost.py: _MeteredRun.most_bytes: max((one.most for one in self._budgets), default=0) -> max((one.most for one in self._budgets))": "what is measured took a budget already",
    "studytool/formula/single_numbers.py: _is_python: 2 -> 3": _COMPUTED_TO_THE_SAME,
    "studytool/formula/structure.py: KnownWalk._dot: a.is_random or b.is_random -> a.is_random and b.is_random": "every array of a sample comes of draws",
    "studytool/quiz/arranging.py: arrange: 2 -> 3": "only the order of the three ranks is read",
    "studytool/quiz/typed_signs.py: _is_a_letter_in_disguise: '𝐀' <= character <= '𝟿' -> '𝐀' <= character < '𝟿'": "the last of them is a digit, which is read before",
    "studytool/quiz/typed_signs.py: _fold_or_keep: ' ' <= character < '\\x7f' -> ' ' <= character <= '\\x7f'": "it is a control character, which is kept as well",
    "studytool/quiz/tolerance.py: Tolerance: field(init=False, repr=False, compare=False) -> field(init=False, compare=False)": "it follows from the other fields",
    "studytool/quiz/axis.py: Leeway.holds: self.parts(answer, nearest) <= times * (1 + ULPS) -> self.parts(answer, nearest) < times * (1 + ULPS)": "the room for rounding may be a last bit less",
    "studytool/quiz/guess_places.py: _powers: 1 -> 2 (3)": "what lies beyond the axis is left out",
    "studytool/quiz/typed_decimals.py: numeral_value: power > 0 -> power >= 0": "a power of 0 is not beyond the limit",
    "studytool/formula/accuracy.py: _mover.move: value * (1 + up * NOTHING) -> value / (1 + up * NOTHING)": _OTHER_MOVES,
    "studytool/formula/shares.py: module: 100 -> 101": _LIMIT,
    "studytool/formula/steps.py: ComputedSteps.broadcast: 0 -> 1": "the product behind a comparison takes as much",
    "studytool/review_log/fold_cache.py: module: 1000 -> 1001": _SPEED_ALONE,
    "studytool/review_log/fold_cache.py: FoldCache.catch_up: 0 < last - folded <= _FEW -> 0 < last - folded < _FEW": "the whole log folded anew comes out the same",
    "studytool/review_log/fold_cache.py: FoldCache.catch_up: 0 < last - folded <= _FEW -> 0 <= last - folded <= _FEW": "where none is to be folded it has returned before",
    "studytool/review_log/fold_cache.py: FoldCache.refold: concerns_retraction(self._db, after=after) and find_retracted(self._db) -> concerns_retraction(self._db, after=after) or find_retracted(self._db)": _IN_VAIN,
    "studytool/review_log/retracting.py: concerns_doubles: find_code(db, IMPORTED) is not None and db.row(_CONCERNS_DOUBLES, (after,)) is not None -> find_code(db, IMPORTED) is not None or db.row(_CONCERNS_DOUBLES, (after,)) is not None": _IN_VAIN,
    "studytool/review_log/absorbing.py: module: 65536 -> 65537": _MEMORY_ALONE,
    "studytool/review_log/variant_parameters.py: _written_number: type(value) is int or (type(value) is float and isfinite(value)) -> type(value) is int and (type(value) is float and isfinite(value))": "the encoder writes the same, more slowly",
    "studytool/srs/last_reviews.py: _distinct: -1 -> 1": "memories that are alike are computed more than once, to the same",
    "studytool/srs/last_reviews.py: _beyond: np.sort(gains, axis=1) -> np.sort(gains)": "of two axes the second is the last, which is the usual one",
    "studytool/quiz/typed_tokens.py: module: 0 -> 1": _NOWHERE,
    "studytool/quiz/typed_echo.py: echo_value: 0 -> 1": "0 is written by division, too, as 0",
    "studytool/quiz/typed_tokens.py: module: 0 -> 1 (2)": _NOWHERE,
    "studytool/formula/scales.py: _stretch: moment > 2 -> moment >= 2": "the second moment's root is one scale by both",
    "studytool/formula/known.py: multisets: log < LARGEST_LOG -> log <= LARGEST_LOG": "no count of ways has exactly that logarithm",
    "studytool/formula/ranges.py: _comb: k.high < total -> k.high <= total": "of all that there are the middle is the most, too",
    "studytool/formula/ranges.py: _gamma: x.low >= _LEAST_AT -> x.low > _LEAST_AT": "the least is there",
    "studytool/formula/ranges.py: _gamma: 64 -> 65": _WIDER,
    "studytool/formula/evaluate.py: _single: function.cost > (MAX_OPERATIONS if budget is None else budget.operations) -> function.cost >= (MAX_OPERATIONS if budget is None else budget.operations)": "by functions it costs as much, and comes to the same number",
    "studytool/formula/elementwise.py: _comb: total - chosen -> total + chosen": "what it lets through has 710 factors at most, and is refused once it is computed",
    "studytool/formula/elementwise.py: _comb: 0 -> 1": "of one chosen there are no more than a float64 holds",
    "studytool/formula/growth.py: _weight_of_chance: least >= 0.5 -> least > 0.5": "the law gives 1 there as well",
    "studytool/formula/growth.py: _weight_of_chance: u > 1e-06 -> u >= 1e-06": "no chance has exactly those odds",
    "studytool/formula/structure.py: KnownWalk._call: -1 -> 1": _DOTS_ARE_SECOND,
    "studytool/formula/structure.py: _values_of_draw: range_.high - range_.low -> range_.high + range_.low": "whole draws that vary begin at 0",
    "studytool/formula/accuracy.py: _mover: 2 * run + 1 -> 2 * run - 1": _OTHER_MOVES,
    "studytool/formula/accuracy.py: _mover.move: 12345 -> 12346": _OTHER_MOVES,
    "studytool/formula/accuracy.py: _mover.move: 16 -> 17": _OTHER_MOVES,
    "studytool/formula/accuracy.py: _mover.move: 1 -> 2": _OTHER_MOVES,
    "studytool/formula/accuracy.py: _mover.move: up * np.where(np.arange(value.size).reshape(value.shape) * (run + 1) % 3, 1.0, -1.0) -> up / np.where(np.arange(value.size).reshape(value.shape) * (run + 1) % 3, 1.0, -1.0)": _OTHER_MOVES,
    "studytool/formula/accuracy.py: _mover.move: value * (1 + signs * NOTHING) -> value / (1 + signs * NOTHING)": _OTHER_MOVES,
    "studytool/formula/accuracy.py: _soon: function.cost > MAX_OPERATIONS -> function.cost >= MAX_OPERATIONS": _WALKED_TO_THE_SAME,
    "studytool/formula/accuracy.py: _soon: if (number := function.compute(scope, change)) is None -> if not (number := function.compute(scope, change)) is None": _WALKED_TO_THE_SAME,
    "studytool/formula/accuracy.py: _rounded: np.array(flat, dtype=np.float64) -> np.array(flat)": "an array of Python's floats is of float64",
    "studytool/formula/structure.py: KnownWalk._draw: sizes and sizes[-1] != REPS -> sizes or sizes[-1] != REPS": "every draw has a size",
    "studytool/formula/points.py: _unknown: 2 -> 3": _ANY_UNKNOWN,
    "studytool/formula/points.py: _unknown: angle + weight * np.arctan(operand.at) -> angle - weight * np.arctan(operand.at)": _ANY_UNKNOWN,
    "studytool/formula/points.py: _weights: 1 -> 2": _ANY_UNKNOWN,
    "studytool/formula/points.py: _weights: 3 -> 4": _ANY_UNKNOWN,
    "studytool/formula/points.py: Points._call: -1 -> 1": _DOTS_ARE_SECOND,
    "studytool/formula/truth.py: truth_over: 1 -> 2": "parts that touch have a point of both, so that a part is left open",
    "studytool/formula/truth.py: _is_less: b.low - a.high > SLACK * max(a.magnitude, b.magnitude) -> b.low - a.high >= SLACK * max(a.magnitude, b.magnitude)": "parts of a box come nearer to each other's sizes, so that none is left so far apart",
    "studytool/formula/random_points.py: has_steps: 1.0 -> 2.0": "any change that is no small one will do",
    "studytool/formula/random_points.py: has_steps: middle < _STEADY -> middle <= _STEADY": "no change is exactly the limit",
    "studytool/formula/random_points.py: is_more_than_powers: logs.shape[1] <= len(logs) -> logs.shape[1] < len(logs)": "as many points as powers are always fitted",
    "studytool/formula/random_points.py: is_more_than_powers: np.linalg.lstsq(terms, logs[0], rcond=None) -> np.linalg.lstsq(terms, logs[0])": "it is what NumPy does where nothing is said",
    "studytool/formula/random_points.py: is_more_than_powers: np.abs(terms @ powers - logs[0]).max() > _UNLIKE -> np.abs(terms @ powers - logs[0]).max() >= _UNLIKE": "no rest is exactly the limit",
    "studytool/formula/simulation.py: FormulaSimulation.nodes: 1 -> 2 (2)": "so few bound no number of steps",
    "studytool/formula/simulation.py: FormulaRun._measured: -1 -> 1": "of two axes the second is the last",
    "studytool/formula/simulation.py: FormulaRun._measured: np.asarray(drawn, dtype=np.float64) -> np.asarray(drawn)": _MADE_FLOAT64,
    "studytool/formula/rare_draws.py: _count: np.divide(skewed, 6 * variance, out=np.zeros_like(variance), where=variance > 0) -> np.divide(skewed, 6 * variance, out=np.zeros_like(variance))": _NO_SKEW,
    "studytool/formula/rare_draws.py: _count: variance > 0 -> variance >= 0": _NO_SKEW,
    "studytool/formula/rare_draws.py: _count: z * skew > 0 -> z * skew >= 0": "no rare value is the middle, and without skew nothing is added",
    "studytool/formula/rare_draws.py: _count: z * skew -> z / skew": "its sign alone is read, and without skew nothing is added",
    "studytool/formula/scanning.py: _Plan.make: np.array(drawn.sizes, dtype=np.float64) -> np.array(drawn.sizes)": "whole numbers are multiplied and divided to the same",
    "studytool/formula/scanning.py: _Plan.make: rng.random((2, rows)) < 0.5 -> rng.random((2, rows)) <= 0.5": "a draw is one half once in 2**53 times",
    "studytool/formula/scanning.py: _Plan.make: 1 - chances -> 1 + chances": "it is the other side of the middle, which is as likely",
    "studytool/formula/simulation_cost.py: cost_of: 0.0 -> 1.0": "of no steps none is counted, and of some the last",
    "studytool/formula/simulation_cost.py: _MeteredBudget.take: 1 -> 2": "a number alone is never the most that is alive",
    "studytool/formula/simulation_cost.py: _MeteredRun.most_bytes: 0 -> 1": "what is measured took a budget already",
    "studytool/formula/single_numbers.py: _is_python: True -> False": _COMPUTED_TO_THE_SAME,
    "studytool/formula/single_numbers.py: _is_python: len(operands) == 2 -> len(operands) != 2": _COMPUTED_TO_THE_SAME,
    "studytool/formula/single_numbers.py: _call: -1 -> 1": _DOTS_ARE_SECOND,
    "studytool/formula/draw_ranges.py: _uniform: 4 -> 5": _WIDER,
    "studytool/quiz/typed_echo.py: echo: 6 -> 7 (2)": "nothing asks for what binds tighter than an atom",
    "studytool/quiz/guess_places.py: _multiples: axis.high / length + 1e-09 -> axis.high / length - 1e-09": "the ends are places anyway",
    "studytool/quiz/typed_numerals.py: _multiplied: 16 -> 17": "the largest word is 10**12",
    "studytool/quiz/mark_numbers.py: _meets: apart < 0.99 * tolerance.distance(value) -> apart <= 0.99 * tolerance.distance(value)": "it only spares the exact comparison, which decides",
    "studytool/quiz/typed_echo.py: echo: 6 -> 7 (6)": "nothing asks for what binds tighter than an atom",
    "studytool/quiz/typed_echo.py: _decimal_text: number < 0 -> number <= 0": "0 is written without a sign",
    "studytool/quiz/typed_decimals.py: numeral_value: 0 -> 1 (2)": "a power of 1 is not beyond the limit",
    "studytool/quiz/typed_parse.py: TypedParser._korean: of and self._begins_operand() -> of or self._begins_operand()": "two operands side by side were refused, or are a product of the second's power",
    "studytool/formula/parse.py: _Parser._outline: 1 -> 2 (3)": _THE_END_BEHIND,
    "studytool/quiz/typed_signs.py: _fold_or_keep: ' ' <= character < '\\x7f' -> ' ' < character < '\\x7f'": "a space is folded to a space",
    "studytool/formula/simulation_structure.py: _stepped: number * simulation.nodes > MOST_FOLLOWED -> number * simulation.nodes >= MOST_FOLLOWED": "where following ends is a choice, and what is not followed is not known",
}
"""By ``module: function: text -> altered text``, as ``python -m tests.mutation`` prints it."""
