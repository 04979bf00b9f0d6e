"""Short names for addresses, made of a title in English."""

from __future__ import annotations

import re
import unicodedata

from campapp.core.text.pinyin import spelling

LONGEST_SLUG = 60


def slug(title_en: str) -> str:
    """`5G Application Camp, Spring` → `5g-application-camp-spring`; Chinese by its pinyin; never empty."""
    text = unicodedata.normalize("NFKD", title_en).casefold()
    text = re.sub("[\u0300-\u036f'’]", "", text)
    words = re.findall("[a-z0-9]+", text) or re.findall("[a-z0-9]+", spelling(title_en))
    made = ""
    for word in words:
        longer = f"{made}-{word}".strip("-")
        if len(longer) > LONGEST_SLUG:
            break
        made = longer
    return made or (words[0][:LONGEST_SLUG] if words else "untitled")
