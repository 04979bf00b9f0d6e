"""Tables of programmes, by noun."""

from campapp.programmes.models.agenda import Room, Session, Slot, Table
from campapp.programmes.models.form import EntryForm
from campapp.programmes.models.notice import Notice
from campapp.programmes.models.participation import Absence, NeedInCamp, NonDisclosure, Participation
from campapp.programmes.models.programme import Contact, Programme, Staff, Track, Unit

__all__ = [
    "Absence",
    "Contact",
    "EntryForm",
    "NeedInCamp",
    "NonDisclosure",
    "Notice",
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
