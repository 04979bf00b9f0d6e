"""Reads of programmes beyond one row by its key: for the public, and for who organises."""

from campapp.programmes.queries.announced import faqs, newest_notices, notice_files
from campapp.programmes.queries.organising import (
    absence_grid,
    companies_of,
    counts_of,
    notices,
    participation_parts,
    plan,
    programme_of,
    representative_here,
    rooms,
    sources,
    staff,
    staff_invitations,
    stock,
)
from campapp.programmes.queries.public import agenda, companies_with_needs, company_of, front, public_parts

__all__ = [
    "absence_grid", "agenda", "companies_of", "companies_with_needs", "company_of", "counts_of", "faqs", "front",
    "newest_notices", "notice_files", "notices",
    "participation_parts", "plan", "programme_of", "public_parts", "representative_here", "rooms", "sources",
    "staff", "staff_invitations", "stock",
]  # fmt: skip
