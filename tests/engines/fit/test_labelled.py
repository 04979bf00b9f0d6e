"""The labelled pairs: both languages and crossings, graded, with distractors that share words."""

import numpy as np
import pytest

from benchmarks.fit_quality import bm25, labelled, ndcg, tf_idf_of_characters
from tests.engines.fit.solving import answered, instance

LABELLED = labelled()
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
    [("zh", "en", 0.72), ("en", "zh", 0.71), ("zh", "zh", 0.75), ("en", "en", 0.66)],
)
def test_the_projects_that_answer_a_need_come_first(need, project, least):
    projects, needs = LABELLED.texts(need, project)
    reached = ndcg(_likeness(projects, needs), LABELLED.grades)
    assert reached >= least
    for peer in PEERS:
        assert reached > ndcg(peer(projects, needs), LABELLED.grades) + 0.1


@pytest.mark.parametrize("need", ["zh", "en"])
def test_the_language_of_a_project_does_not_decide(need):
    mixed = [row[n % 2] for n, row in enumerate(LABELLED.projects)]
    needs = LABELLED.texts(need, "zh")[1]
    assert ndcg(_likeness(mixed, needs), LABELLED.grades) >= 0.66
