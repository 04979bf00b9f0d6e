"""The two ways in which an engine gives no answer."""


class BadInput(Exception):
    """The file breaks its contract at `place` (as `$.pairs[3].team`), for `reason`."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(place, reason)
        self.place = place
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


class Cancelled(Exception):
    """Whoever asked wants no answer any more."""
