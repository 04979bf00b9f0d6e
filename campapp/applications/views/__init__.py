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
    own_consent,
    paper,
    project,
    proposal,
    recommendation,
    result,
    sheet,
    submission,
    upload,
    withdrawal,
)  # fmt: skip
from campapp.applications.views import (
    list as applications,
)
from campapp.applications.views.form.owner import ENTRY, LATER

bp = Blueprint("applications", __name__)
for part in (
    entry,
    allowance,
    check,
    draft,
    project,
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
    recommendation,
    decision,
    decisions,
    result,
    consent,
    consents,
    own_consent,
    identity,
):
    if part is not form:
        bp.register_blueprint(part.bp)
# The same pages compose a programme's entry form and the forms of its follow-ups.
bp.register_blueprint(form.bp, name=ENTRY, url_prefix="/programmes/<slug>/form")
bp.register_blueprint(form.bp, name=LATER, url_prefix="/programmes/<slug>/follow-ups/<int:follow_up>/form")
