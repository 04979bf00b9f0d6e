"""A small timetable for the component sheet, and what moving its first meeting would cost."""

from __future__ import annotations

from typing import Any

TIMES = ("09:00", "09:30", "10:00", "10:30", "13:30", "14:00")
COMPANIES = (("T01", "百度", "Baidu"), ("T02", "浪潮", "Inspur"), ("T03", "腾讯", "Tencent"))
HELD = {
    (0, 1): ("7", "青禾视觉", "Qinghe Vision"),
    (0, 3): ("8", "知海检索", "Zhihai Search"),
    (1, 3): ("7", "青禾视觉", "Qinghe Vision"),
    (2, 2): ("9", "折柳", "Zheliu"),
}


def timetable(zh: bool) -> dict[str, Any]:
    """Columns and rows as the board macro takes them."""
    columns: list[dict[str, Any]] = [{"key": time, "label": time, "load": "2/3"} for time in TIMES]
    columns.insert(4, {"session": True, "label": "12:00", "title": "午餐" if zh else "Lunch"})
    rows = []
    for r, (plate, chinese, english) in enumerate(COMPANIES):
        cells: dict[str, Any] = {}
        for c, time in enumerate(TIMES):
            if (r, c) in HELD:
                team, *names = HELD[r, c]
                name = names[0 if zh else 1]
                cells[time] = {
                    "meeting": f"{r}{c}",
                    "team": team,
                    "name": name,
                    "version": 1,
                    "pinned": (r, c) == (0, 3),
                }
        if r == 1:
            cells["14:00"] = {"away": True}
        rows.append(
            {"key": plate, "plate": plate, "label": chinese if zh else english, "load": 2, "cells": cells}
        )
    name = "青禾视觉 – 百度" if zh else "Qinghe Vision – Baidu"
    why = "百度的时段已满" if zh else "Baidu has no free slot"
    waiting = [
        {"meeting": "40", "row": "T01", "team": "7", "version": 1, "label": name, "why": why, "url": ""}
    ]
    return {"columns": columns, "rows": rows, "waiting": waiting}


def places(zh: bool) -> dict[str, Any]:
    """What the server says of the meeting 01 in hand."""
    now = {"team": 1, "company": 1, "teams": 2, "companies": 3}
    free = [
        {
            "cell": f"T01:{time}",
            "to": time,
            "ok": True,
            "delta": delta,
            "after": now | {"team": 1 + delta},
            "why": "",
        }
        for time, delta in (("09:00", 0), ("10:00", -1), ("14:00", 1))
    ]
    why = "青禾视觉此时在浪潮（T02）" if zh else "Qinghe Vision is at Inspur then (T02)"
    taken = {
        "cell": "T01:13:30",
        "to": "13:30",
        "ok": False,
        "brief": "在浪潮" if zh else "at Inspur",
        "why": why,
    }
    names = {"team": "青禾视觉", "company": "百度"} if zh else {"team": "Qinghe Vision", "company": "Baidu"}
    title = " × ".join(names.values())
    tell = "发布时会通知双方" if zh else "Both are told on publishing"
    return names | {
        "title": title,
        "table": "T01",
        "from": "09:30",
        "tell": tell,
        "now": now,
        "places": [*free, taken],
    }
