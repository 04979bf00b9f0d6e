"""Search: terms stored beside the row, the same hits on SQLite (FTS5) and PostgreSQL (GIN).

A table derives from `Searchable`, names its searched columns in `searched`, and its migration calls
`create_search_index` of `search_index`. Any statement over the table then takes `matches(Model, query)`.
Rows written past the ORM (bulk loading) get these columns from `search_values`.
"""

from campapp.core.search.columns import (
    Bytewise,
    InPinyinOrder,
    Searchable,
    Terms,
    search_columns,
    search_values,
)
from campapp.core.search.hits import ASKED, COMMON, hits_up_to, is_common, matches, picks

__all__ = [
    "ASKED",
    "COMMON",
    "Bytewise",
    "InPinyinOrder",
    "Searchable",
    "Terms",
    "hits_up_to",
    "is_common",
    "matches",
    "picks",
    "search_columns",
    "search_values",
]
