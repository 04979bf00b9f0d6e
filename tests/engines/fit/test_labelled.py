"""The labelled pairs: both languages and crossings, graded, with distractors that share words."""

import numpy as np
import pytest

from benchmarks.fit_quality import HARD, UNSEEN, bm25, labelled, ndcg, tf_idf_of_characters
from tests.engines.fit.solving import answered, instance

LABELLED, OTHERS = labelled(), [*map(labelled, [*HARD, UNSEEN])]
PEERS = [tf_idf_of_characters, bm25]


def _likeness(projects: list[str], needs: list[str]) -> np.ndarray:
    given = instance(
        [{"id": f"{n:04}", "text": text} for n, text in enumerate(projects)],
        [{"id": f"{n:04}", "text": text} for n, text in enumerate(needs)],
    )
    found = np.zeros((len(needs), len(projects)))
    for pair in answered(given)["pairs"]:
        found[int(pair["need"]), int(pair["project"])] = pair["fit"]
    return found


def test_there_are_three_hundred_graded_pairs_with_distractors():
    grades = [grade for judged in LABELLED.grades for grade in judged.values()]
    assert len(grades) >= 300
    assert all(sorted(judged.values()) == [0, 0, 1, 2, 3] for judged in LABELLED.grades)


@pytest.mark.parametrize(
    ("need", "project", "least"),
    [("zh", "en", 0.79), ("en", "zh", 0.76), ("zh", "zh", 0.78), ("en", "en", 0.76)],
)
def test_the_projects_that_answer_a_need_come_first(need, project, least):
    projects, needs = LABELLED.texts(need, project)
    reached = ndcg(_likeness(projects, needs), LABELLED.grades)
    assert reached >= least
    for peer in PEERS:
        assert reached > ndcg(peer(projects, needs), LABELLED.grades) + 0.1


@pytest.mark.parametrize(
    ("need", "project", "least"),
    [
        ("zh", "en", (0.74, 0.68, 0.75, 0.64)),
        ("en", "zh", (0.69, 0.59, 0.69, 0.60)),
        ("zh", "zh", (0.70, 0.61, 0.74, 0.64)),
        ("en", "en", (0.67, 0.58, 0.66, 0.62)),
    ],
)
def test_so_they_do_where_distractors_are_hard_and_for_needs_that_nothing_was_tuned_on(need, project, least):
    for pairs, bound in zip(OTHERS, least, strict=True):
        projects, needs = pairs.texts(need, project)
        reached = ndcg(_likeness(projects, needs), pairs.grades)
        assert reached >= bound
        for peer in PEERS:
            assert reached > ndcg(peer(projects, needs), pairs.grades) + 0.1


@pytest.mark.parametrize("need", ["zh", "en"])
def test_the_language_of_a_project_does_not_decide(need):
    mixed = [row[n % 2] for n, row in enumerate(LABELLED.projects)]
    needs = LABELLED.texts(need, "zh")[1]
    assert ndcg(_likeness(mixed, needs), LABELLED.grades) >= 0.70
