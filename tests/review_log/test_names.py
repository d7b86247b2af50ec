"""The codes of words: one at a time and many at once, and what is remembered of settings."""

from contextlib import closing
from pathlib import Path

from studytool.review_log.database import Database
from studytool.review_log.log import ReviewLog
from studytool.review_log.names import Coder, find_names


def test_many_words_are_coded_as_one_at_a_time(path: Path) -> None:
    """Known words keep their codes; new ones are written, each once, and None has none."""
    words = ["pack/one", None, "good", "한", "pack/one", "b"]
    with closing(Database(path)) as db, db.writing():
        known = Coder(db).code("b")
        codes = Coder(db).codes(words)
        assert codes[1] is None
        assert (codes[0], codes[-1]) == (codes[4], known)
        assert find_names(db, [one for one in codes if one is not None]) == {
            code: word for code, word in zip(codes, words, strict=True) if code is not None
        }
        assert [Coder(db).code(word) for word in words] == codes


def test_what_the_file_of_settings_had_is_remembered(path: Path) -> None:
    with ReviewLog.open(path) as log:
        assert log.seen_settings() == {}
        for easy in ((0.5, 1.0), ()):
            log.note_seen({"new_per_day": 5, "easy_days": easy})
            assert log.seen_settings() == {"new_per_day": 5, "easy_days": easy}
