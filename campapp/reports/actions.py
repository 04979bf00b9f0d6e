"""Issuing a report: what it says now stays."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from campapp.core.action import Act, action
from campapp.core.db import db
from campapp.core.language import lazy_gettext as _l
from campapp.core.timeline import tell_as
from campapp.programmes.models import Programme
from campapp.reports.models import IssuedReport
from campapp.reports.rules import issues_reports


@action("report_issued", rule=issues_reports)
def issue_report(act: Act, programme: Programme | None, year: int, document: dict[str, Any]) -> IssuedReport:
    """Keep the document as it was handed in, in both languages."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    issued = IssuedReport(
        title=document["zh_CN"]["title"], year=year, document=document, account_id=act.by.account_id,
        programme_id=programme.id if programme else None, sha256=hashlib.sha256(text.encode()).hexdigest(),
    )  # fmt: skip
    db.session.add(issued)
    db.session.flush()
    return issued


tell_as(report_issued=_l("Issued a report"))
