"""A letter as it comes back from a scanner: one A4 page with a red stamp, drawn here, so that no picture is shipped."""

from __future__ import annotations

_ARC = 0.5523
"""How far the handles of four curves stand out to draw a circle."""


def _circle(x: float, y: float, r: float) -> str:
    k = r * _ARC
    return (
        f"{x + r} {y} m {x + r} {y + k} {x + k} {y + r} {x} {y + r} c {x - k} {y + r} {x - r} {y + k} {x - r} {y} c "
        f"{x - r} {y - k} {x - k} {y - r} {x} {y - r} c {x + k} {y - r} {x + r} {y - k} {x + r} {y} c S"
    )


def letter(title: str, lines: list[str]) -> bytes:
    """A PDF of one page; ASCII only, for no font is in it."""
    text = [f"BT /F 20 Tf 72 740 Td ({title}) Tj ET"]
    text += [f"BT /F 11 Tf 72 {700 - 22 * n} Td ({line}) Tj ET" for n, line in enumerate(lines)]
    drawn = "\n".join([*text, "0.8 0.1 0.1 RG 3 w", _circle(430, 300, 60), _circle(430, 300, 20),
                       "0.1 0.1 0.5 RG 1.5 w 100 300 m 130 340 150 260 180 300 c 200 330 220 280 250 305 c S",
                       ])  # fmt: skip
    bodies = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += f"{number} 0 obj{body}endobj\n".encode("ascii")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    head = f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}"
    return (
        out + f"{head}trailer<</Size {len(bodies) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF\n".encode()
    )
