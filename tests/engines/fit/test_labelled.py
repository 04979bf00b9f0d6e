"""The labelled pairs: both languages and crossings, graded, with distractors that share words."""

import numpy as np
import pytest

from benchmarks.fit_quality import UNSEEN, bm25, labelled, ndcg, tf_idf_of_characters
from tests.engines.fit.solving import answered, instance

LABELLED, ONLY_MEASURED = labelled(), [*map(labelled, UNSEEN)]
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
    [("zh", "en", 0.76), ("en", "zh", 0.74), ("zh", "zh", 0.78), ("en", "en", 0.75)],
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
        ("zh", "en", (0.61, 0.55)),
        ("en", "zh", (0.56, 0.46)),
        ("zh", "zh", (0.55, 0.46)),
        ("en", "en", (0.59, 0.51)),
    ],
)
def test_so_they_do_for_needs_that_nothing_was_tuned_on(need, project, least):
    for pairs, bound in zip(ONLY_MEASURED, least, strict=True):
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
