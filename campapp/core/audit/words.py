"""What was found wrong with the chain, in words."""

from __future__ import annotations

from campapp.core.audit.checking import Problem
from campapp.core.language import lazy_gettext as _l

SENTENCES = {
    "changed": _l("Event %(event)s of block %(block)s was changed."),
    "person": _l("Who did event %(event)s of block %(block)s, or what was personal in it, was changed."),
    "missing": _l("Event %(event)s is missing from block %(block)s."),
    "added": _l("Event %(event)s was added to block %(block)s."),
    "late": _l("Event %(event)s in block %(block)s was added below events sealed long before."),
    "block": _l("Block %(block)s was changed."),
    "order": _l("Block %(block)s does not follow from the one before."),
    "gap": _l("Block %(block)s is missing."),
    "beyond": _l("Event %(event)s names block %(block)s, which is not there."),
}


def sentence(problem: Problem) -> str:
    """One line."""
    return str(SENTENCES[problem.kind]) % {"event": problem.event, "block": problem.block}
