"""The pool: all projects of the park over all programmes and years, their snapshots and the facts about them."""
