"""What a changed form would mean for what is in already, said before it is put to use."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select

from campapp.applications.models import Application, Submission
from campapp.core.access import visible
from campapp.core.db import db
from campapp.core.form import answers as kept
from campapp.core.form.asked import Declared, by_key, words
from campapp.core.form.schema import READERS
from campapp.core.language import gettext as _
from campapp.core.language import ngettext
from campapp.pool.models import Snapshot
from campapp.programmes.models import Programme

WORDS = {"label_zh", "label_en", "help_zh", "help_en"}
RULES = (
    "kind",
    "longest",
    "least",
    "most",
    "decimals",
    "choices",
    "columns",
    "unit",
    "text_zh",
    "text_en",
    "kinds",
)


Count = Counter[str]


@dataclass(frozen=True)
class Effect:
    """One question that changes, and what it means."""

    label: str
    what: str
    consequence: str = ""
    tone: str = ""


def in_already(programme: Programme) -> dict[str, int]:
    """Entries in, and how many drafts are open: the number only, for a draft is the team's own."""
    rows = db.session.execute(
        select(Application.state, func.count())
        .where(Application.programme_id == programme.id)
        .group_by(Application.state)
    )
    counts = {str(state): int(n) for state, n in rows}
    drafts = counts.pop("draft", 0)
    counts.pop("withdrawn", 0)
    return {"submitted": sum(counts.values()), "drafts": drafts}


def effects(programme: Programme, before: Declared, after: Declared) -> list[Effect]:
    """Every question that is new, gone or other than before, with how many submitted entries it touches."""
    return changes(before, after, *_counted(programme, before, after))


def changes(
    before: Declared, after: Declared, answered: Count | None = None, lacking: Count | None = None,
    misfit: Count | None = None,
) -> list[Effect]:  # fmt: skip
    """Every question that is new, gone or other than before; by field, how many answers each of these touches."""
    old, new, none = by_key(before), by_key(after), Counter[str]()
    answered, lacking, misfit = answered or none, lacking or none, misfit or none
    found: list[Effect] = []
    for key, field in new.items():
        if key not in old:
            found.append(_added(field, lacking[key]))
        elif field != old[key]:
            found += _changed(old[key], field, lacking[key], misfit[key])
    for key, field in old.items():
        if key not in new:
            found.append(_gone(field, answered[key]))
    order = [key for key in old if key in new]
    if order != [key for key in new if key in old]:
        found.append(Effect(_("Order"), _("The questions stand in another order.")))
    return found


def _counted(
    programme: Programme, before: Declared, after: Declared
) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """By field: submitted entries that answered it, lack it by the new form, no longer fit it."""
    answered: Counter[str] = Counter()
    lacking: Counter[str] = Counter()
    misfit: Counter[str] = Counter()
    rows = db.session.scalars(
        select(Snapshot.document)
        .join(Submission, Submission.snapshot_id == Snapshot.id)
        .join(Application, Application.submission_id == Submission.id)
        .where(Application.programme_id == programme.id, Application.state != "withdrawn")
        .where(Application.id.in_(visible(Application).with_only_columns(Application.id)))
        .execution_options(yield_per=500)
    )
    for document in rows:
        given, files = document.get("answers", {}), set(document.get("files", {}))
        answered.update(key for key in {*given, *files})
        lacking.update(kept.missing(after, given, files).keys())
        misfit.update(kept.misfits(after, given).keys())
    return answered, lacking, misfit


def _entries(count: int) -> str:
    return ngettext("%(num)s submitted entry", "%(num)s submitted entries", count)


def _added(field: Declared, lacking: int) -> Effect:
    what = _("New, required.") if field.get("required") else _("New.")
    return Effect(words(field, "label"), what, _without(lacking) if field.get("required") else "",
                  "wait" if field.get("required") and lacking else "")  # fmt: skip


def _without(lacking: int) -> str:
    if not lacking:
        return ""
    return _(
        "%(entries)s: no answer. They stay as they are; who changes an entry must answer.",
        entries=_entries(lacking),
    )


def _gone(field: Declared, answered: int) -> Effect:
    said = _(
        "%(entries)s: answered. The answers stay readable where they were given.", entries=_entries(answered)
    )
    return Effect(
        words(field, "label"), _("No longer asked."), said if answered else "", "wait" if answered else ""
    )


def _changed(old: Declared, new: Declared, lacking: int, misfit: int) -> list[Effect]:
    label, found = words(new, "label"), []
    if new.get("required") and not old.get("required"):
        found.append(Effect(label, _("Required from now on."), _without(lacking), "wait" if lacking else ""))
    elif old.get("required") and not new.get("required"):
        found.append(Effect(label, _("No longer required.")))
    if any(old.get(name) != new.get(name) for name in RULES):
        said = _("%(entries)s: the answer no longer fits. They stay as they are; who changes an entry is asked again.",
                 entries=_entries(misfit))  # fmt: skip
        found.append(
            Effect(label, _("Other limits or choices."), said if misfit else "", "wait" if misfit else "")
        )
    if old.get("when") != new.get("when"):
        found.append(
            Effect(label, _("Asked under another condition."), _without(lacking), "wait" if lacking else "")
        )
    found += _seen_otherwise(label, old, new)
    for name, what in (("due", _("Another due date.")), ("freeze", _("Fixed from another day."))):
        if old.get(name) != new.get(name):
            found.append(Effect(label, what, new.get(name, _("none"))))
    if not found or any(old.get(name) != new.get(name) for name in WORDS):
        found.append(Effect(label, _("Other words or settings.")))
    return found


def _seen_otherwise(label: str, old: Declared, new: Declared) -> list[Effect]:
    before, after = set(old.get("seen_by", READERS)), set(new.get("seen_by", READERS))
    names = {"companies": _("companies"), "judges": _("judges")}
    more, fewer = after - before, before - after
    found = []
    if more:
        who = ", ".join(names[one] for one in sorted(more))
        found.append(
            Effect(
                label, _("Will be seen by %(who)s, also where it is answered already.", who=who), "", "wait"
            )
        )
    if fewer:
        who = ", ".join(names[one] for one in sorted(fewer))
        found.append(Effect(label, _("No longer seen by %(who)s.", who=who)))
    if bool(old.get("confidential")) != bool(new.get("confidential")):
        found.append(
            Effect(
                label,
                _("Confidential.") if new.get("confidential") else _("No longer confidential."),
                "",
                "wait",
            )
        )
    return found
