"""What happens to the park: set up, described; a person's data handed out and erased; what was kept long enough."""

from campapp.park.actions.erasure import erase_person, hand_out_data
from campapp.park.actions.settings import describe_park, forget_special_day, set_up, write_special_day

__all__ = [
    "describe_park",
    "erase_person",
    "forget_special_day",
    "hand_out_data",
    "set_up",
    "write_special_day",
]
