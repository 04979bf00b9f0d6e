"""Bugs that people met in other systems, held here where no room's own tests hold them: see docs/cases.md."""
