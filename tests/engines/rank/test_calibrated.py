"""Judges calibrated against each other: what must hold, and that the sampler samples what the model says."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import settings

from benchmarks.rank_rounds import QUOTA, Round, found
from campapp.engines.frame.control import Control
from campapp.engines.rank.contract import Review
from campapp.engines.rank.model import first_state
from campapp.engines.rank.panel import panel
from campapp.engines.rank.scores import Scores
from campapp.engines.solving import solve_bytes
from tests.engines.rank.instances import asked, column, files, shuffled, solved, table

STRICT = table(
    {"a": [80, 70], "b": [60, 50], "c": [90, 80], "d": [70, 60], "e": [75, 65], "f": [85, 75], "g": [65, 55]}
)


def severities(answer: Any) -> dict[str, float]:
    return {row["judge"]: row["severity"] for row in answer["judges"]}


def test_a_judge_ten_points_below_the_other_is_five_points_severe() -> None:
    severe = severities(solved(asked(STRICT)))
    assert severe["j2"] == pytest.approx(5, abs=0.4)
    assert severe["j1"] == pytest.approx(-5, abs=0.4)


def test_whom_only_the_strict_judge_saw_is_helped_and_whom_only_the_mild_saw_is_not() -> None:
    given = asked([*STRICT, ("mild", "j1", 77), ("strict", "j2", 73)])
    estimate = column(solved(given), "estimate")
    assert estimate["strict"] > estimate["mild"] + 4
    mean = column(solved({**given, "method": "mean"}), "estimate")
    assert mean["strict"] < mean["mild"]


def test_a_judge_who_uses_twice_the_scale_is_seen_to_do_so() -> None:
    quality = np.random.default_rng(1).normal(0, 5, 40)
    noise = np.random.default_rng(2).normal(0, 1, (40, 2))
    wide = table(
        {
            f"a{n:02}": [50 + q + e, 50 + 2 * (q + f)]
            for n, (q, (e, f)) in enumerate(zip(quality, noise, strict=True))
        }
    )
    spread = {row["judge"]: row["spread"] for row in solved(asked(wide))["judges"]}
    assert spread["j2"] / spread["j1"] == pytest.approx(2, rel=0.15)


def test_whoever_has_the_same_reviews_has_the_same_estimate_and_chance() -> None:
    given = asked([*STRICT, ("twin", "j1", 80), ("twin", "j2", 70)], quota=3)
    answer = solved(given)
    for key in ("estimate", "low", "high", "in_quota", "rank"):
        assert column(answer, key)["a"] == column(answer, key)["twin"]


def test_another_order_of_the_file_changes_nothing() -> None:
    given = asked(STRICT, quota=3)
    one, other = solved(given), solved(shuffled(given, 4))
    for key in ("ranking", "judges", "groups", "cut"):
        assert one[key] == other[key]


def test_other_names_change_no_value() -> None:
    given = asked(STRICT, quota=3)
    renamed = asked([(f"z{ord('z') - ord(a)}", {"j1": "y", "j2": "x"}[j], s) for a, j, s in STRICT], quota=3)
    one, other = column(solved(given), "estimate"), column(solved(renamed), "estimate")
    assert [other[f"z{ord('z') - ord(name)}"] for name in "abcdefg"] == [one[name] for name in "abcdefg"]


def test_another_scale_of_points_changes_nothing_but_the_points() -> None:
    tenth = asked([(a, j, s / 10) for a, j, s in STRICT], scale=[0, 10])
    one, other = column(solved(asked(STRICT)), "estimate"), column(solved(tenth), "estimate")
    assert [10 * other[name] for name in "abcdefg"] == pytest.approx(
        [one[name] for name in "abcdefg"], abs=0.2
    )


@pytest.mark.parametrize("power", [1010, 600, -60, -600])
def test_points_of_any_size_are_reckoned_with(power: int) -> None:
    def sized(points: float) -> float:
        return float(np.ldexp(points, power))

    same = solved(asked([(a, j, sized(s)) for a, j, s in STRICT], scale=[0, sized(100)], quota=3))
    one = solved(asked(STRICT, quota=3))
    assert column(same, "in_quota") == pytest.approx(column(one, "in_quota"), abs=0.02)
    points = {name: float(np.ldexp(value, -power)) for name, value in column(same, "estimate").items()}
    assert points == pytest.approx(column(one, "estimate"), abs=0.3)


def test_scores_that_differ_in_their_last_digits_are_told_apart() -> None:
    far = [(name, judge, 1e15 + score) for name, judge, score in STRICT]
    estimate = column(solved(asked(far, scale=[1e15, 1e15 + 100])), "estimate")
    assert estimate["c"] - estimate["b"] == pytest.approx(30, abs=2)


def test_groups_that_never_meet_are_compared_within_only() -> None:
    apart = [(f"x{a}", f"k{j}", score - 40) for a, j, score in STRICT]
    answer = solved(asked([*STRICT, *apart], quota=3))
    severe = severities(answer)
    assert severe["j1"] + severe["j2"] == pytest.approx(0, abs=1e-9)
    assert severe["kj1"] + severe["kj2"] == pytest.approx(0, abs=1e-9)
    estimate = column(answer, "estimate")
    assert min(estimate[name] for name in "abcdefg") > max(estimate[f"x{name}"] for name in "abcdefg") - 20
    assert "warning" in answer


@pytest.mark.parametrize(
    "scores",
    [
        [("a", "j1", 50)],
        [("a", "j1", 50), ("b", "j1", 50), ("c", "j2", 50)],
        [("a", "j1", 0), ("b", "j1", 100)],
        [("a", "j1", 0), ("a", "j2", 100)],
        [("a", "j1", 10), ("b", "j2", 20), ("c", "j3", 30)],
    ],
)
def test_next_to_nothing_is_still_an_answer(scores: Any) -> None:
    solved(asked(scores))


@settings(max_examples=12, deadline=None)
@drawn(files(methods=("calibrated",)))
def test_any_small_file_keeps_the_contract(given: Any) -> None:
    solved(given)


def test_the_sampler_samples_what_the_model_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Scores, "weigh", lambda *drawn: None)  # all weights 1: noise is normal
    rows = {"a": [55, 62, 50], "b": [48, 57, 41], "c": [70, 71, 66], "d": [52, 66, 49]}
    answer = solved(asked(table(rows), quota=1))
    mean, deviation, chance = by_weighted_draws(np.array(list(rows.values()), dtype=float))
    row = {own["application"]: own for own in answer["ranking"]}
    width = [(row[name]["high"] - row[name]["low"]) / 3.92 for name in rows]
    assert [row[name]["estimate"] for name in rows] == pytest.approx(mean, abs=0.5)
    assert width == pytest.approx(deviation, rel=0.15)
    assert [row[name]["in_quota"] for name in rows] == pytest.approx(chance, abs=0.04)


@pytest.mark.parametrize(("freedom", "tails"), [(3, 0.33), (8, 0.125), (None, 0.0)])
def test_the_tails_are_as_heavy_as_the_scores_say(freedom: int | None, tails: float) -> None:
    random = np.random.default_rng(5)
    off = random.standard_t(freedom, 6_000) if freedom else random.standard_normal(6_000)
    judged = panel([Review(f"a{n:04}", "j", 50 + score) for n, score in enumerate(off.tolist())])
    standard = judged.score - 50
    state = first_state(judged, standard, 1, 2)
    state.quality, state.level = np.zeros((6_000, 2)), np.zeros((1, 2))
    state.spread, state.noise = np.zeros((1, 2)), np.zeros(2)
    scores, seen = Scores(judged, standard, 2), []
    for _ in range(300):
        scores.weigh(state, scores.qualities(state), random)
        seen.append(state.tails)
    assert np.mean(seen[100:]) == pytest.approx(tails, abs=0.04)
    far = np.abs(standard) > 4
    assert not far.any() or scores.weight[far].mean() < 0.8 * scores.weight[~far].mean()


def test_one_score_far_from_all_others_weighs_less_than_in_the_mean() -> None:
    random = np.random.default_rng(3)
    rows = {
        f"a{n:02}": (50 + q + random.normal(0, 2, 5)).tolist() for n, q in enumerate(random.normal(0, 8, 30))
    }
    rows["a00"] = [70.0, 71.0, 69.0, 70.0, 30.0]
    rows["a01"] = [65.0, 66.0, 64.0, 65.0, 64.0]
    answer = solved(asked(table(rows)))
    estimate = column(answer, "estimate")
    assert np.mean(rows["a00"]) < np.mean(rows["a01"])
    assert estimate["a00"] > estimate["a01"]


def by_weighted_draws(scores: np.ndarray) -> tuple[list[float], list[float], list[float]]:
    """The posterior another way: widths and spreads from their priors, weighted by the scores' likelihood.

    Levels and qualities are normal given those, and integrated out as one dense normal vector.
    """
    random, draws = np.random.default_rng(11), 150_000
    applications, judges = scores.shape
    z = ((scores - scores.mean()) / scores.std()).ravel()
    tau, severity = np.abs(random.standard_normal((2, draws)))
    unevenness = np.abs(0.5 * random.standard_normal(draws))
    error = np.exp(random.uniform(np.log(0.05), np.log(2.5), draws))
    log_spread = np.log(tau)[:, None] + unevenness[:, None] * random.standard_normal((draws, judges))
    # noise in points is free of tau a priori: flat in its logarithm
    spread, noise = np.exp(log_spread), error / tau
    i, j = np.divmod(np.arange(applications * judges), judges)
    same_i, same_j = (i[:, None] == i).astype(float), (j[:, None] == j).astype(float)
    by_review = spread[:, j]
    quality = by_review[:, :, None] * by_review[:, None, :] * same_i
    own = (by_review * noise[:, None]) ** 2
    flat = 100.0  # the centre's prior: so wide that it says nothing
    covariance = quality + severity[:, None, None] ** 2 * same_j + flat + own[:, :, None] * np.eye(len(z))
    root = np.linalg.cholesky(covariance)
    solved_for = np.linalg.solve(covariance, np.broadcast_to(z[:, None], (draws, len(z), 1)))[:, :, 0]
    log_weight = -np.log(np.diagonal(root, axis1=1, axis2=2)).sum(axis=1) - 0.5 * solved_for @ z
    log_weight = np.where(noise >= 0.02, log_weight, -np.inf)
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    assert 1 / (weight**2).sum() > 2_000
    # estimate = mean level of the judges + mean spread · quality: its covariance with the scores
    mean_spread = spread.mean(axis=1)[:, None]
    to_quality = by_review[:, None, :] * (np.arange(applications)[:, None] == i) * mean_spread[:, :, None]
    to_scores = to_quality + flat + severity[:, None, None] ** 2 / judges
    own_variance = (
        mean_spread[:, :, None] ** 2 * np.eye(applications) + flat + severity[:, None, None] ** 2 / judges
    )
    expected = (to_scores @ solved_for[:, :, None])[:, :, 0]
    spread_of = own_variance - to_scores @ np.linalg.solve(covariance, to_scores.transpose(0, 2, 1))
    mean = weight @ expected
    sample_of_judges = severity**2 / judges
    variance = np.diagonal(spread_of, axis1=1, axis2=2) + (expected - mean) ** 2 + sample_of_judges[:, None]
    picked = random.choice(draws, 20_000, p=weight)
    steps = np.linalg.cholesky(spread_of[picked] + 1e-9 * np.eye(applications))
    drawn_estimates = expected[picked] + (steps @ random.standard_normal((20_000, applications, 1)))[:, :, 0]
    best = np.bincount(drawn_estimates.argmax(axis=1), minlength=applications) / 20_000
    unit = scores.std()
    return list(scores.mean() + unit * mean), list(unit * np.sqrt(weight @ variance)), list(best)


def test_calibrated_finds_more_of_the_best_than_mean_and_zscore() -> None:
    shares: dict[str, list[float]] = {"mean": [], "zscore": [], "calibrated": []}
    covered = []
    for seed in range(6):
        one = Round(seed)
        one.review_all(3)
        rows = [(own.application, own.judge, own.score) for own in one.reviews]
        for method, own in shares.items():
            told = json.loads(
                solve_bytes("rank", json.dumps(asked(rows, method, quota=QUOTA)).encode(), Control())
            )
            own.append(found(column(told, "estimate"), one.truth(), QUOTA))
        truth = one.truth()
        covered += [row["low"] <= truth[row["application"]] <= row["high"] for row in told["ranking"]]
    assert np.mean(shares["calibrated"]) > np.mean(shares["mean"]) + 0.05
    assert np.mean(shares["calibrated"]) > np.mean(shares["zscore"]) - 0.01
    assert 0.92 <= np.mean(covered) <= 0.97
