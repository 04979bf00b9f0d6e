"""Files that break `campapp.match/1`, each with the place of its fault."""

from tests.engines.malformed.breaking import Good

GOOD = Good(
    {
        "format": "campapp.match/1",
        "objective": "total",
        "teams": [
            {"id": "t1", "min": 0, "max": 2, "target": 1, "ranks": ["c2", "c1"], "excludes": []},
            {"id": "t2", "min": 1, "max": 1, "ranks": [], "excludes": ["c1"]},
        ],
        "companies": [
            {"id": "c1", "min": 0, "max": 2, "ranks": ["t1"], "excludes": []},
            {"id": "c2", "min": 0, "max": 2, "ranks": [], "excludes": []},
        ],
        "pairs": [
            {"team": "t1", "company": "c1", "score": 1.5},
            {"team": "t2", "company": "c2", "score": -1},
            {"team": "t1", "company": "c2", "score": 0.25},
        ],
        "pinned": [{"team": "t1", "company": "c1"}],
        "forbidden": [{"team": "t2", "company": "c1"}],
    }
)


changed, without, text = GOOD.changed, GOOD.without, GOOD.text
PAIR, PIN = GOOD.given["pairs"][0], GOOD.given["pinned"][0]

FILES: list[tuple[bytes, str]] = [
    (b"", "$"),
    (b"null", "$"),
    (b"{}", "$.format"),
    (b"\xef\xbb\xbf" + GOOD.data, "$"),
    (GOOD.data.decode().encode("utf-16"), "$"),
    (GOOD.data[:-2], "$.forbidden[0]"),
    (GOOD.data + b"{}", "$"),
    (changed("format", to="campapp.match/2"), "$.format"),
    (changed("objective", to="best"), "$.objective"),
    (changed("objective", to=None), "$.objective"),
    *[(without(key), f"$.{key}") for key in GOOD.given],
    *[(changed(key, to={}), f"$.{key}") for key in GOOD.given if key not in ("format", "objective")],
    (changed("comment", to="?"), "$.comment"),
    (changed("teams", 0, "name", to="Team"), "$.teams[0].name"),
    (changed("pairs", 1, "fit", to=1), "$.pairs[1].fit"),
    (changed("pinned", 0, "score", to=1), "$.pinned[0].score"),
    *[(without("teams", 1, key), f"$.teams[1].{key}") for key in ("id", "min", "max", "ranks", "excludes")],
    *[(without("pairs", 2, key), f"$.pairs[2].{key}") for key in ("team", "company", "score")],
    (changed("teams", 0, "id", to=1), "$.teams[0].id"),
    (changed("teams", 0, "target", to=None), "$.teams[0].target"),
    (changed("teams", 0, "min", to=-1), "$.teams[0].min"),
    (changed("teams", 0, "min", to=0.0), "$.teams[0].min"),
    (changed("companies", 1, "max", to=True), "$.companies[1].max"),
    (changed("companies", 1, "max", to="2"), "$.companies[1].max"),
    (text('"max": 2', '"max": 2e0'), "$.teams[0].max"),
    (changed("pairs", 0, "score", to="1"), "$.pairs[0].score"),
    (changed("pairs", 0, "score", to=float("nan")), "$.pairs[0].score"),
    (changed("pairs", 0, "score", to=float("inf")), "$.pairs[0].score"),
    (text("1.5", "1e400"), "$.pairs[0].score"),
    (text("1.5", "-1e400"), "$.pairs[0].score"),
    (text("1.5", "01.5"), "$.pairs[0].score"),
    (text('"t2"', '"\\udc00"'), "$.teams[1].id"),
    (text('"t2"', '"\ud800"'), "$.teams[1].id"),
    (text('"score": 1.5', '"score": 1.5, "score": 1.5'), "$.pairs[0].score"),
    (text('"min": 0', '"min": 0, "mi\\u006e": 0'), "$.teams[0].min"),
    (text('"pinned"', '"forbidden"'), "$.pinned"),
    (text('"forbidden"', '"pairs": [], "forbidden"'), "$.pairs"),
    (changed("teams", 1, "id", to="t1"), "$.teams[1].id"),
    (changed("companies", 1, "id", to="c1"), "$.companies[1].id"),
    (changed("teams", 0, "min", to=3), "$.teams[0].min"),
    (changed("companies", 0, "min", to=3), "$.companies[0].min"),
    (changed("teams", 0, "target", to=3), "$.teams[0].target"),
    (changed("teams", 0, "ranks", to=["c2", "c2"]), "$.teams[0].ranks[1]"),
    (changed("teams", 0, "ranks", to=["c2", "t1"]), "$.teams[0].ranks[1]"),
    (changed("companies", 0, "ranks", to=["c1"]), "$.companies[0].ranks[0]"),
    (changed("teams", 0, "excludes", to=["c9"]), "$.teams[0].excludes[0]"),
    (changed("companies", 1, "excludes", to=["t1", "t1"]), "$.companies[1].excludes[1]"),
    (changed("pairs", 1, "team", to="t3"), "$.pairs[1].team"),
    (changed("pairs", 1, "company", to="t1"), "$.pairs[1].company"),
    (changed("pairs", 1, to=PAIR), "$.pairs[1]"),
    (changed("pinned", 0, "company", to="c9"), "$.pinned[0].company"),
    (changed("pinned", to=[PIN, {"team": "t2", "company": "c1"}]), "$.pinned[1]"),
    (changed("pinned", to=[PIN, PIN]), "$.pinned[1]"),
    (changed("forbidden", 0, "team", to=""), "$.forbidden[0].team"),
    (changed("forbidden", to=[PIN, PIN]), "$.forbidden[1]"),
    (changed("objective", to="fair"), "$.teams[0].target"),
    (changed("objective", to="stable"), "$.teams[0].target"),
    (
        text('"target": 1, ', "").replace(b'"total"', b'"stable"'),
        "$.teams[1].min",
    ),
]
