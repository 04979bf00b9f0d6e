"""`campapp bench fit [FILE…]`: how good and how fast the engine is, beside TF-IDF on characters and BM25."""

import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.fit_quality import (
    FRESH,
    HARD,
    LABELLED,
    UNSEEN,
    Floats,
    bm25,
    labelled,
    ndcg,
    tf_idf_of_characters,
)
from benchmarks.fit_sizes import written
from campapp.engines.fit.likeness import likeness
from campapp.engines.fit.reading import Reader

Json = dict[str, Any]

REAL = Path(__file__).parents[2] / "shared" / "data" / "real" / "fit"


def _alike(projects: Sequence[str], needs: Sequence[str]) -> Floats:
    read = Reader().read
    return likeness(
        [*map(read, projects)], [*map(read, needs)], lambda _: None, workers=os.cpu_count() or 1
    ).of_needs(0, len(needs))


METHODS: dict[str, Callable[[Sequence[str], Sequence[str]], Floats]] = {
    "campapp": _alike,
    "TF-IDF 2–4 characters": tf_idf_of_characters,
    "BM25": bm25,
}


def main(argv: Sequence[str] = ()) -> int:
    """Prints the tables; with files, only of those (a `.truth.json.gz` beside a file is its known answer)."""
    files = [Path(name) for name in argv] or sorted(REAL.glob("*-*.json.gz"))
    public = [file for file in files if ".truth." not in file.name and "labelled" not in file.name]
    if not argv:
        _print_labelled("labelled pairs", LABELLED)
        for number, hard in enumerate(HARD, start=1):
            _print_labelled(f"pairs with hard distractors, {number}", hard)
        _print_labelled("pairs with distractors made to mislead", UNSEEN)
        for number, fresh in enumerate(FRESH, start=1):
            _print_labelled(f"fresh pairs, {number}", fresh)
    for file in public:
        truth = file.with_name(file.name.replace(".json", ".truth.json"))
        if truth.exists():
            _print_public(file.name.removesuffix(".json.gz"), _json(file), _json(truth))
        elif argv:
            _print_run(file)
    if not argv:
        _print_speed()
    return 0


def figures_of(given: Json, truth: Json, method: str = "campapp") -> dict[str, float]:
    """Recall at 1, 5 and 20 of the one right project of each need, or the loss over the judged pairs."""
    values = METHODS[method](*([row["text"] for row in given[side]] for side in ("projects", "needs")))
    projects, needs = ({row["id"]: n for n, row in enumerate(given[side])} for side in ("projects", "needs"))
    if "expertise" in truth["pairs"][0]:
        return {"loss": _loss(values, projects, needs, truth["pairs"])}
    right = {needs[pair["need"]]: projects[pair["project"]] for pair in truth["pairs"]}
    ranks = np.array([_rank(values[need], project) for need, project in right.items()])
    return {f"@{k}": float(np.mean(ranks <= k)) for k in (1, 5, 20)} | {"MRR": float(np.mean(1 / ranks))}


def _rank(row: Floats, right: int) -> float:
    """The place of the right project; among equals, the middle one."""
    return 1 + np.count_nonzero(row > row[right]) + (np.count_nonzero(row == row[right]) - 1) / 2


def _loss(values: Floats, projects: dict[str, int], needs: dict[str, int], pairs: list[Json]) -> float:
    """Of all differences in a reviewer's own judgements, the part that is put in the wrong order; ties half."""
    judged = defaultdict(list)
    for pair in pairs:
        value = values[needs[pair["need"]], projects[pair["project"]]]
        judged[pair["project"]].append((pair["expertise"], value))
    wrong = every = 0.0
    for rows in judged.values():
        for n, (said, value) in enumerate(rows):
            for other, least in rows[:n]:
                every += abs(said - other)
                agreement = np.sign(said - other) * np.sign(value - least)
                wrong += abs(said - other) * (1 - float(agreement)) / 2
    return wrong / every


def _print_labelled(title: str, path: Path) -> None:
    pairs = labelled(path)
    print(f"{title}: {sum(map(len, pairs.grades))}, nDCG@10")
    for need, project in (("zh", "en"), ("en", "zh"), ("zh", "zh"), ("en", "en")):
        reached = {
            name: ndcg(method(*pairs.texts(need, project)), pairs.grades) for name, method in METHODS.items()
        }
        print(f"  need {need}, project {project}   " + _words(reached))


def _print_public(name: str, given: Json, truth: Json) -> None:
    print(name)
    for method in METHODS if len(given["needs"]) < 400 else ("campapp",):
        began = time.perf_counter()
        figures = figures_of(given, truth, method)
        print(f"  {method:<22} {_words(figures)}   {time.perf_counter() - began:.2f} s")


def _print_speed() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for length in (50, 200):
            file = Path(folder) / f"{length}.json"
            file.write_text(
                json.dumps(written(projects=10_000, needs=200, length=length), ensure_ascii=False)
            )
            print(f"10,000 projects of about {length} characters × 200 needs, top 20, the whole command")
            _print_run(file)


def _print_run(file: Path) -> None:
    out = file.with_suffix(".out")
    began = time.perf_counter()
    call = [sys.executable, "-m", "campapp.cli", "solve", "fit", str(file), str(out)]
    subprocess.run(call, check=True, stderr=subprocess.DEVNULL)
    seconds = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
    answer = _json(out)
    print(f"  {answer['status']}, {len(answer['pairs'])} pairs, {seconds:.2f} s, {memory} MB")


def _json(file: Path) -> Json:
    data = file.read_bytes()
    found: Json = json.loads(gzip.decompress(data) if file.suffix == ".gz" else data)
    return found


def _words(figures: dict[str, float]) -> str:
    return "   ".join(f"{name} {value:.3f}" for name, value in figures.items())


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
