"""The labelled pairs: both languages and crossings, graded, with distractors that share words."""

import numpy as np
import pytest

from benchmarks.fit_quality import FRESH, HARD, UNSEEN, bm25, labelled, ndcg, tf_idf_of_characters
from tests.engines.fit.solving import answered, instance

LABELLED, OTHERS, NEW = labelled(), [*map(labelled, [*HARD, UNSEEN])], labelled(FRESH[-1])
PEERS = [tf_idf_of_characters, bm25]

pytestmark = pytest.mark.usefixtures("each_text_is_read_once")


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
    [("zh", "en", 0.81), ("en", "zh", 0.78), ("zh", "zh", 0.82), ("en", "en", 0.79)],
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
        ("zh", "en", (0.75, 0.71, 0.77, 0.68)),
        ("en", "zh", (0.71, 0.60, 0.71, 0.63)),
        ("zh", "zh", (0.73, 0.62, 0.77, 0.67)),
        ("en", "en", (0.71, 0.63, 0.68, 0.66)),
    ],
)
def test_so_they_do_where_distractors_are_hard(need, project, least):
    for pairs, bound in zip(OTHERS, least, strict=True):
        projects, needs = pairs.texts(need, project)
        reached = ndcg(_likeness(projects, needs), pairs.grades)
        assert reached >= bound
        for peer in PEERS:
            assert reached > ndcg(peer(projects, needs), pairs.grades) + 0.1


def test_so_they_do_on_fresh_pairs_that_nothing_was_tuned_on():
    assert sum(map(len, NEW.grades)) >= 300
    for need, project in (("zh", "zh"), ("en", "en"), ("zh", "en"), ("en", "zh")):
        projects, needs = NEW.texts(need, project)
        reached = ndcg(_likeness(projects, needs), NEW.grades)
        assert reached >= (0.80 if need == project else 0.70)
        for peer in PEERS:
            assert reached > ndcg(peer(projects, needs), NEW.grades) + 0.1


@pytest.mark.parametrize("need", ["zh", "en"])
def test_the_language_of_a_project_does_not_decide(need):
    mixed = [row[n % 2] for n, row in enumerate(LABELLED.projects)]
    needs = LABELLED.texts(need, "zh")[1]
    assert ndcg(_likeness(mixed, needs), LABELLED.grades) >= 0.78
