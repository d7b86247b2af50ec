"""The optimiser's table: the real log in and out, the stages against the model one at a time."""

from collections import defaultdict
from datetime import timedelta
from pathlib import Path

import pytest

from studytool.errors import ExchangeError
from studytool.exchange.fsrs_csv import COLUMNS, read_csv, write_csv
from studytool.review_log.log import ReviewLog
from studytool.review_log.study_days import StudyDays
from studytool.srs.fold import review_one
from studytool.srs.memory import NEW_MEMORY, from_ms
from studytool.srs.policy import Policy
from studytool.srs.rating import Rating
from studytool.srs.schedule import Scheduler
from tests.data.real_log import real_log
from tests.log_lines import read_log, write_log
from tests.review_log.deeds import re_rate, reset_item
from tests.review_log.drafts import DAY, NOON, draft

HEAD = b"card_id,review_time,review_rating,review_state,review_duration\n"
RATINGS = list(Rating)


def _real_table() -> list[bytes]:
    rows = (f"{r.card},{r.time_ms},{r.rating},,{r.duration_ms}\n".encode() for r in real_log())
    return [HEAD, *rows]


@pytest.mark.slow
def test_the_real_log_in_and_out(tmp_path: Path) -> None:
    table = _real_table()
    with ReviewLog.open(tmp_path / "a.db") as log:
        assert log.absorb(read_csv(table, "a.csv")) == len(set(table)) - 1 == 12_580
        assert log.absorb(read_csv(table, "a.csv")) == 0
        written = list(write_csv(log))
        assert log.absorb(read_csv(written, "b.csv")) == 0  # what was written is what was read
        rows = sorted(line.decode().strip().split(",") for line in written[1:])
        wanted = sorted(line.decode().strip().split(",") for line in table[1:])
        assert [row[:3] + row[4:] for row in rows] == [row[:3] + row[4:] for row in wanted]
        with ReviewLog.open(tmp_path / "b.db") as other:
            assert other.absorb(read_log(write_log(log.events()), "a.jsonl")) == 12_580
            items = {f"imported/{review.card}" for review in real_log()}
            assert all(log.state(item) == other.state(item) for item in items)


@pytest.mark.slow
def test_the_stages_against_the_model(tmp_path: Path) -> None:
    scheduler, cards = Scheduler(Policy()), range(40)
    with ReviewLog.open(tmp_path / "a.db", days=StudyDays(start_hour=4)) as log:
        log.absorb(read_csv(_real_table(), "a.csv"))
        stages: dict[int, list[int]] = defaultdict(list)
        for row in list(write_csv(log))[1:]:
            number, _, _, stage, _ = row.decode().split(",")
            stages[int(number)].append(int(stage))
        for card in cards:
            memory, wanted = NEW_MEMORY, []
            reviews = [review for review in real_log() if review.card == card]
            for review in sorted(reviews, key=lambda review: review.time_ms):
                wanted.append(int(memory.stage))
                [memory] = review_one(
                    memory,
                    [RATINGS[review.rating - 1]],
                    now=from_ms(review.time_ms),
                    day=review.study_day,
                    item=f"imported/{card}",
                    scheduler=scheduler,
                )
            assert stages[card] == wanted
            assert log.state(f"imported/{card}") == memory
    assert set().union(*stages.values()) == {0, 1, 2, 3}


def test_only_what_stands_as_it_is_rated_now(tmp_path: Path) -> None:
    with ReviewLog.open(tmp_path / "a.db") as log:
        first = log.append_review(draft("pack/one", Rating.EASY, NOON))
        log.append_review(draft("pack/one", Rating.AGAIN, NOON + DAY))
        log.undo(NOON + DAY)
        log.append_review(draft("pack/one", Rating.GOOD, NOON + 20 * DAY))
        re_rate(log, first.id, Rating.HARD, NOON + 20 * DAY)
        reset_item(log, "pack/one", NOON + 21 * DAY)
        log.append_review(draft("pack/one", Rating.AGAIN, NOON + 22 * DAY))
        rows = [line.decode().strip() for line in write_csv(log)]
    ms = [1_767_268_800_000 + days * 86_400_000 for days in (0, 20, 22)]
    assert rows == [
        ",".join(COLUMNS),
        f"pack/one,{ms[0]},2,0,8000",
        f"pack/one,{ms[1]},3,1,8000",
        f"pack/one,{ms[2]},1,0,8000",  # new again
    ]


def test_columns_by_name_and_times_to_the_millisecond() -> None:
    lines = [b"\xef\xbb\xbfextra,review_rating,card_id,review_time\r\n", b'x,4,"a,b",1001\r\n']
    [review] = read_csv(lines, "a.csv")
    assert (review.item, review.rating) == ("imported/a,b", Rating.EASY)
    assert (review.time, review.duration_ms) == (from_ms(0) + timedelta(milliseconds=1001), 0)
    assert review == next(read_csv([HEAD, b'"a,b",1001,4,2,\n'], "b.csv"))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            [b"card,review_time,rating\n"],
            "a.csv:1: the first line does not name card_id, review_rating; it must be "
            "card_id,review_time,review_rating,review_state,review_duration (the last two may be "
            "missing).",
        ),
        ([], "a.csv:1: the first line does not name card_id, review_time, review_rating"),
        ([HEAD, b"1,5,0,,\n"], "a.csv:2: review_rating = '0': it must be a whole number from 1 to"),
        ([HEAD, b"1,5,3,,1\n", b"1,1.5,3,,\n"], "a.csv:3: review_time = '1.5': it must be"),
        ([HEAD, b"1,-5,3,,\n"], "a.csv:2: review_time = '-5'"),
        ([HEAD, b"1,5,3,,nan\n"], "a.csv:2: review_duration = 'nan'"),
        ([HEAD, b"1,999999999999999,3,,\n"], "a.csv:2: review_time"),
        (
            [HEAD, b",5,3,,\n"],
            "a.csv:2: card_id = '': it must be text that is not empty and without control characters.",
        ),
        ([HEAD, b"1,5,3\n"], "a.csv:2: the row is shorter than the first line; fill it up."),
        ([HEAD, b"1,5,3,,\n", b"\xff,5,3,,\n"], "a.csv:3: this is not UTF-8; save the file as"),
        ([HEAD, b'1,5,3,,"\n'], "a.csv:2: this is not a row of CSV ("),
    ],
)
def test_a_bad_row_is_said_with_its_place(lines: list[bytes], said: str) -> None:
    with pytest.raises(ExchangeError) as refused:
        list(read_csv(lines, "a.csv"))
    assert said in str(refused.value)
    assert "a.csv:" in refused.value.text("ko")
