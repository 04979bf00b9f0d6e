"""Files that break `campapp.fit/1`, each with the place of its fault."""

from tests.engines.malformed.breaking import Good

GOOD = Good(
    {
        "format": "campapp.fit/1",
        "projects": [
            {"id": "p1", "text": "An edge inference box", "tags": ["AI", "edge"], "trl": 7},
            {"id": "p2", "text": "多云管理平台"},
        ],
        "needs": [
            {"id": "n1", "text": "边缘推理", "tags": ["AI"], "trl_min": 4, "trl_max": 8},
            {"id": "n2", "text": "Multi-cloud operations"},
        ],
        "top": 20,
    }
)

changed, without, text = GOOD.changed, GOOD.without, GOOD.text
DATA = GOOD.data

FILES: list[tuple[bytes, str]] = [
    (b"", "$"),
    (b"[]", "$"),
    (b"null", "$"),
    (b"{}", "$.format"),
    (b"\xef\xbb\xbf" + DATA, "$"),
    (DATA.decode().encode("utf-16"), "$"),
    (DATA + b"{}", "$"),
    (DATA[:-1], "$.top"),
    (changed("format", to="campapp.fit/2"), "$.format"),
    (changed("format", to=1), "$.format"),
    *[(without(key), f"$.{key}") for key in GOOD.given],
    *[(changed(key, to="none"), f"$.{key}") for key in GOOD.given if key != "format"],
    *[(changed(key, to=None), f"$.{key}") for key in GOOD.given],
    (changed("seed", to=1), "$.seed"),
    (changed("projects", 0, "title", to=""), "$.projects[0].title"),
    (changed("needs", 1, "budget", to=1), "$.needs[1].budget"),
    (changed("needs", 1, "trl", to=5), "$.needs[1].trl"),
    (changed("projects", 1, "trl_min", to=5), "$.projects[1].trl_min"),
    *[(without("projects", 1, key), f"$.projects[1].{key}") for key in ("id", "text")],
    *[(without("needs", 1, key), f"$.needs[1].{key}") for key in ("id", "text")],
    (changed("projects", 1, "id", to=2), "$.projects[1].id"),
    (changed("projects", 1, "id", to="p1"), "$.projects[1].id"),
    (changed("needs", 1, "id", to="n1"), "$.needs[1].id"),
    (changed("projects", 0, "text", to=None), "$.projects[0].text"),
    (changed("projects", 0, "text", to=["a"]), "$.projects[0].text"),
    (changed("needs", 0, "text", to=7), "$.needs[0].text"),
    (changed("projects", 0, "tags", to="AI"), "$.projects[0].tags"),
    (changed("projects", 0, "tags", to=None), "$.projects[0].tags"),
    (changed("projects", 0, "tags", 1, to=5), "$.projects[0].tags[1]"),
    (changed("needs", 0, "tags", to=[None]), "$.needs[0].tags[0]"),
    (changed("projects", 0, "trl", to="7"), "$.projects[0].trl"),
    (changed("projects", 0, "trl", to=7.0), "$.projects[0].trl"),
    (changed("projects", 0, "trl", to=True), "$.projects[0].trl"),
    (changed("projects", 0, "trl", to=None), "$.projects[0].trl"),
    (changed("projects", 0, "trl", to=0), "$.projects[0].trl"),
    (changed("projects", 0, "trl", to=10), "$.projects[0].trl"),
    (changed("needs", 0, "trl_min", to=0), "$.needs[0].trl_min"),
    (changed("needs", 0, "trl_max", to=10), "$.needs[0].trl_max"),
    (changed("needs", 0, "trl_min", to=9), "$.needs[0].trl_min"),
    (changed("needs", 0, "trl_max", to=4.5), "$.needs[0].trl_max"),
    (changed("top", to=0), "$.top"),
    (changed("top", to=-1), "$.top"),
    (changed("top", to=2.0), "$.top"),
    (changed("top", to=True), "$.top"),
    (text('"top": 20', '"top": 1e400'), "$.top"),
    (text('"top": 20', '"top": NaN'), "$.top"),
    (text('"top": 20', '"top": 20, "top": 20'), "$.top"),
    (text('"trl": 7', '"trl": 7, "trl": 7'), "$.projects[0].trl"),
    (text('"tags": ["AI"]', '"tags": [], "tags": []'), "$.needs[0].tags"),
    (changed("projects", 0, "text", to="\ud800"), "$.projects[0].text"),
    (text("An edge", "\\ud800 edge"), "$.projects[0].text"),
    (changed("projects", to={}), "$.projects"),
    (changed("needs", to={"n1": "text"}), "$.needs"),
    (changed("projects", 0, to="p1"), "$.projects[0]"),
    (changed("needs", 1, to=[]), "$.needs[1]"),
]
