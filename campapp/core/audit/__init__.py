"""The audit chain: events are sealed into blocks, each holding the hash of the one before, and checked against them."""

from __future__ import annotations

from campapp.core.audit.checking import Check, check, last_check
from campapp.core.audit.models import AuditCheck, EventBlock
from campapp.core.audit.sealing import newest_block, seal, seal_block

__all__ = ["AuditCheck", "Check", "EventBlock", "check", "last_check", "newest_block", "seal", "seal_block"]
