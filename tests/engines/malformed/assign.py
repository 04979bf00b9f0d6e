"""Files that break `campapp.assign/1`, each with the place of its fault."""

from tests.engines.malformed.breaking import Good

GOOD = Good(
    {
        "format": "campapp.assign/1",
        "objective": "total",
        "applications": [
            {"id": "a1", "reviews": 2, "composition": {"investor": 1, "angel: early": 1}},
            {"id": "a2", "reviews": 1},
        ],
        "judges": [
            {"id": "j1", "min": 0, "max": 2, "category": "investor"},
            {"id": "j2", "min": 1, "max": 2, "category": "angel: early"},
        ],
        "affinity": [
            {"application": "a1", "judge": "j1", "score": 0.5},
            {"application": "a2", "judge": "j1", "score": 1},
        ],
        "conflicts": [{"application": "a2", "judge": "j2"}],
        "pinned": [{"application": "a1", "judge": "j1"}],
    }
)


changed, without, text = GOOD.changed, GOOD.without, GOOD.text
COMPOSITION = "$.applications[0].composition"
ROW = {"application": "a1", "judge": "j1", "score": 2}
PIN = GOOD.given["pinned"][0]

FILES: list[tuple[bytes, str]] = [
    (b"", "$"),
    (b"[]", "$"),
    (b"{}", "$.format"),
    (b"\xef\xbb\xbf" + GOOD.data, "$"),
    (GOOD.data.decode().encode("utf-16"), "$"),
    (GOOD.data[:-2], "$.pinned[0]"),
    (GOOD.data + b",", "$"),
    (changed("format", to="campapp.match/1"), "$.format"),
    (changed("objective", to="stable"), "$.objective"),
    (changed("objective", to=0), "$.objective"),
    *[(without(key), f"$.{key}") for key in GOOD.given],
    *[(changed(key, to="none"), f"$.{key}") for key in GOOD.given if key not in ("format", "objective")],
    (changed("seed", to=1), "$.seed"),
    (changed("applications", 0, "title", to=""), "$.applications[0].title"),
    (changed("judges", 1, "load", to=2), "$.judges[1].load"),
    (changed("conflicts", 0, "score", to=0), "$.conflicts[0].score"),
    *[(without("applications", 1, key), f"$.applications[1].{key}") for key in ("id", "reviews")],
    *[(without("judges", 1, key), f"$.judges[1].{key}") for key in ("id", "min", "max")],
    *[(without("affinity", 1, key), f"$.affinity[1].{key}") for key in ("application", "judge", "score")],
    (changed("applications", 1, "id", to=None), "$.applications[1].id"),
    (changed("applications", 1, "reviews", to=-1), "$.applications[1].reviews"),
    (changed("applications", 1, "reviews", to=1.0), "$.applications[1].reviews"),
    (changed("applications", 1, "reviews", to=True), "$.applications[1].reviews"),
    (changed("applications", 1, "composition", to=None), "$.applications[1].composition"),
    (changed("applications", 1, "composition", to=[]), "$.applications[1].composition"),
    (changed("applications", 0, "composition", to={"investor": 1.0}), COMPOSITION + ".investor"),
    (changed("applications", 0, "composition", to={"investor": True}), COMPOSITION + ".investor"),
    (changed("applications", 0, "composition", to={"investor": -1}), COMPOSITION + ".investor"),
    (changed("applications", 0, "composition", to={"angel: early": "1"}), COMPOSITION + '["angel: early"]'),
    (changed("applications", 0, "composition", to={"investor": 2, "engineer": 1}), COMPOSITION),
    (text('"investor": 1', '"investor": 1, "investor": 1'), COMPOSITION + ".investor"),
    (changed("judges", 0, "category", to=None), "$.judges[0].category"),
    (changed("judges", 0, "category", to=["investor"]), "$.judges[0].category"),
    (changed("judges", 0, "max", to=2.5), "$.judges[0].max"),
    (changed("judges", 0, "min", to=3), "$.judges[0].min"),
    (changed("judges", 0, "id", to="j2"), "$.judges[1].id"),
    (changed("applications", 1, "id", to="a1"), "$.applications[1].id"),
    (changed("affinity", 0, "score", to=float("nan")), "$.affinity[0].score"),
    (changed("affinity", 1, "score", to=float("-inf")), "$.affinity[1].score"),
    (text("0.5", "1e999"), "$.affinity[0].score"),
    (text("0.5", ".5"), "$.affinity[0].score"),
    (text("0.5", "null"), "$.affinity[0].score"),
    (text('"j2"', '"\\ud800"'), "$.judges[1].id"),
    (text('"j2"', '"\udfff"'), "$.judges[1].id"),
    (text('"category": "investor"', '"category": "investor", "category": "x"'), "$.judges[0].category"),
    (text('"conflicts"', '"pinned": [], "conflicts"'), "$.pinned"),
    (changed("affinity", 0, "application", to="j1"), "$.affinity[0].application"),
    (changed("affinity", 0, "judge", to="j3"), "$.affinity[0].judge"),
    (changed("affinity", 1, to=ROW), "$.affinity[1]"),
    (changed("conflicts", 0, "judge", to=""), "$.conflicts[0].judge"),
    (changed("conflicts", to=[PIN, PIN]), "$.conflicts[1]"),
    (changed("pinned", 0, "application", to="a3"), "$.pinned[0].application"),
    (changed("pinned", to=[PIN, PIN]), "$.pinned[1]"),
]
