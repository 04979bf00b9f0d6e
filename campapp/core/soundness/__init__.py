"""Whether a file is whole and opens without a password, a module for each family of kinds.

Each looks at no more than it needs: sizes and check sums, never the whole file in memory, whatever the file claims.
"""
