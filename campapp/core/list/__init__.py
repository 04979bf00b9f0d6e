"""Lists: one declaration with three faces — the URL, the saved view, the statement.

A room declares columns, filters and order; the list starts at what the reader may see and does the rest: sorted
keyset pages, counts to a bound, filters in words, exports, bulk selection. See docs/lists.md.
"""
