"""Holds an answer of the fit engine against formats.md; shares no code with the engine."""

from typing import Any

Json = dict[str, Any]

STEP = 0.85


def check(given: Json, answer: Json) -> None:
    """Fail on anything that the contract does not allow."""
    assert answer["format"] == given["format"]
    assert answer["status"] in ("optimal", "feasible")
    projects = {project["id"]: project for project in given["projects"]}
    needs = {need["id"]: need for need in given["needs"]}
    groups: dict[str, list[Json]] = {}
    for pair in answer["pairs"]:
        assert list(pair) == ["project", "need", "fit", "reasons"]
        groups.setdefault(pair["need"], []).append(pair)
    assert [pair["need"] for pair in answer["pairs"]] == [
        pair["need"] for group in groups.values() for pair in group
    ]
    assert list(groups) == [name for name in needs if name in groups]
    for name, group in groups.items():
        _check_group(group, given["top"])
        for pair in group:
            _check_reasons(projects[pair["project"]], needs[name], pair["reasons"])


def _check_group(group: list[Json], top: int) -> None:
    assert len(group) <= top
    assert len({pair["project"] for pair in group}) == len(group)
    assert all(0 < pair["fit"] <= 1 for pair in group)
    assert [pair["project"] for pair in group] == [
        pair["project"] for pair in sorted(group, key=lambda pair: (-pair["fit"], pair["project"]))
    ]


def _check_reasons(project: Json, need: Json, reasons: list[Json]) -> None:
    kinds = [reason["kind"] for reason in reasons]
    assert len(set(kinds)) == len(kinds)
    assert {"terms", "tags"} & set(kinds), "a fit without a word or a tag for it"
    for reason in reasons:
        {"terms": _terms, "tags": _tags, "trl": _trl, "language": _language}[reason["kind"]](
            project, need, reason
        )


def _terms(project: Json, need: Json, reason: Json) -> None:
    assert set(reason) == {"kind", "terms"}
    assert reason["terms"]
    for term in reason["terms"]:
        assert set(term) == {"project", "need"}
        assert term["project"] and term["project"] in project["text"]
        assert term["need"] and term["need"] in need["text"]


def _tags(project: Json, need: Json, reason: Json) -> None:
    assert set(reason) == {"kind", "tags"}
    assert reason["tags"]
    for tag in reason["tags"]:
        assert tag["project"] in project["tags"]
        assert tag["need"] in need["tags"]


def _trl(project: Json, need: Json, reason: Json) -> None:
    low, high = need.get("trl_min", 1), need.get("trl_max", 9)
    assert (reason["trl"], reason["trl_min"], reason["trl_max"]) == (project["trl"], low, high)
    outside = max(low - project["trl"], project["trl"] - high, 0)
    assert abs(reason["factor"] - STEP**outside) < 1e-6


def _language(project: Json, need: Json, reason: Json) -> None:
    assert set(reason) == {"kind", "project", "need"}
    assert {reason["project"], reason["need"]} == {"zh", "en"}
    for text, language in ((project["text"], reason["project"]), (need["text"], reason["need"])):
        if language == "zh":
            assert any("㐀" <= character <= "鿿" for character in text)
