"""Where the next reviews should go."""

from collections import Counter

import msgspec

from benchmarks.rank_rounds import QUOTA, Round
from campapp.engines.rank.contract import Instance, Review
from campapp.engines.rank.wave import MOST_IN_A_WAVE, next_wave
from tests.engines.rank.instances import asked


def reviews() -> list[Review]:
    return round_of_two().reviews


def round_of_two() -> Round:
    one = Round(2)
    one.review_all(2)
    return one


def test_a_wave_spends_its_budget_near_the_cut() -> None:
    one = round_of_two()
    wave = Counter(next_wave(one.reviews, 60, quota=QUOTA))
    judges_known = one.knowing_the_judges()
    order = sorted(judges_known, key=lambda name: -judges_known[name])
    assert wave.total() == 60
    assert max(wave.values()) <= MOST_IN_A_WAVE
    assert not wave.keys() & set(order[100:])


def test_whoever_has_fewer_than_two_reviews_comes_first() -> None:
    given = [review for review in reviews() if review.application != "a00007"]
    lone = next(number for number, review in enumerate(given) if review.application == "a00011")
    del given[lone]
    assert next_wave(given, 4, quota=QUOTA, applications=["a00007"])[:3] == ["a00007", "a00007", "a00011"]


def test_before_any_review_everybody_gets_the_first_two() -> None:
    assert next_wave([], 9, applications=["b", "a"]) == ["a", "b", "a", "b"]


def test_a_file_says_quota_and_scale_itself() -> None:
    given = reviews()
    rows = [(review.application, review.judge, review.score) for review in given]
    instance = msgspec.convert(asked(rows, quota=QUOTA), Instance)
    assert next_wave(instance, 30) == next_wave(given, 30, quota=QUOTA)


def test_the_order_of_the_reviews_does_not_matter() -> None:
    given = reviews()
    assert next_wave(given, 30) == next_wave(given[::-1], 30)


def test_no_application_gets_more_than_a_wave_may_give_it() -> None:
    given = [Review("a", "j", 40.0), Review("b", "j", 50.0), Review("b", "k", 60.0)]
    wave = Counter(next_wave(given, 100, quota=1, applications=["c"]))
    assert wave == {"a": MOST_IN_A_WAVE, "b": MOST_IN_A_WAVE, "c": 2}
