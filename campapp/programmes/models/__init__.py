"""Tables of programmes, by noun."""

from campapp.programmes.models.agenda import Room, Session, Slot, Table
from campapp.programmes.models.form import (
    EntryForm,
    FollowUp,
    FollowUpDraft,
    FollowUpForm,
    FormDraft,
    FormTemplate,
)
from campapp.programmes.models.group import CheckItem, Group
from campapp.programmes.models.notice import Faq, Notice, NoticeFile
from campapp.programmes.models.participation import Absence, NeedInCamp, NonDisclosure, Participation
from campapp.programmes.models.programme import Contact, Programme, Staff, Track, Unit

__all__ = [
    "Absence",
    "CheckItem",
    "Contact",
    "EntryForm",
    "Faq",
    "FollowUp",
    "FollowUpDraft",
    "FollowUpForm",
    "FormDraft",
    "FormTemplate",
    "Group",
    "NeedInCamp",
    "NonDisclosure",
    "Notice",
    "NoticeFile",
    "Participation",
    "Programme",
    "Room",
    "Session",
    "Slot",
    "Staff",
    "Table",
    "Track",
    "Unit",
]
