"""IN of `campapp.rank/1`, and what its types cannot say."""

from typing import Annotated, Literal

import msgspec

from campapp.engines.frame.checks import quoted
from campapp.engines.frame.errors import BadInput

DECIMALS = 12
"""More places than a score in points can mean anything in."""


class Review(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One judge's score for one application."""

    application: str
    judge: str
    score: float


class Instance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A round's reviews, and how they are to be turned into an order."""

    format: Literal["campapp.rank/1"]
    method: Literal["calibrated", "mean", "trimmed", "zscore"]
    scale: Annotated[list[float], msgspec.Meta(min_length=2, max_length=2)]
    quota: int
    reviews: list[Review]
    ties: Literal["share", "earlier"]
    decimals: int | msgspec.UnsetType = msgspec.UNSET


def check(instance: Instance) -> None:
    """Raise BadInput at the first fault that the types let pass."""
    low, high = instance.scale
    if not low < high:
        raise BadInput("$.scale", "does not rise")
    if instance.quota < 1:
        raise BadInput("$.quota", "is below 1")
    if instance.decimals is not msgspec.UNSET and not 0 <= instance.decimals <= DECIMALS:
        raise BadInput("$.decimals", f"is not between 0 and {DECIMALS}")
    seen: set[tuple[str, str]] = set()
    for number, review in enumerate(instance.reviews):
        if not low <= review.score <= high:
            raise BadInput(f"$.reviews[{number}].score", f"{review.score:g} lies outside the scale")
        pair = (review.application, review.judge)
        if pair in seen:
            words = f"{quoted(review.judge)} has reviewed {quoted(review.application)} before"
            raise BadInput(f"$.reviews[{number}].judge", words)
        seen.add(pair)
