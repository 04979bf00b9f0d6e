"""The pages of applications, by noun."""

from flask import Blueprint

from campapp.applications import history  # noqa: F401  # registers how its events read
from campapp.applications.views import (
    allowance,
    application,
    check,
    consent,
    consents,
    decision,
    decisions,
    draft,
    entry,
    file,
    form,
    group,
    identity,
    letter,
    paper,
    proposal,
    result,
    sheet,
    submission,
    upload,
    withdrawal,
)  # fmt: skip
from campapp.applications.views import (
    list as applications,
)

bp = Blueprint("applications", __name__)
for part in (
    entry,
    allowance,
    check,
    draft,
    file,
    sheet,
    upload,
    form,
    group,
    letter,
    paper,
    submission,
    withdrawal,
    application,
    applications,
    proposal,
    decision,
    decisions,
    result,
    consent,
    consents,
    identity,
):
    bp.register_blueprint(part.bp)
