"""House rules as small programs: what the linters cannot see, and what `make check` is made of."""
