"""Who sees an application, and what hangs on it: the team and its people, the files."""

from campapp.applications.rules.sight.file import disclosed_to
from campapp.applications.rules.sight.people import agrees_to

__all__ = ["agrees_to", "disclosed_to"]
