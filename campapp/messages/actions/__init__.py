"""What happens to messages: written out, delivered, read, held, sent, sent again."""

from campapp.messages.actions.circular import change_circular, write_circular
from campapp.messages.actions.contract import enter_contract
from campapp.messages.actions.delivery import deliver, give_up_waiting, send_again, send_again_all
from campapp.messages.actions.expansion import expand
from campapp.messages.actions.notification import read, read_all
from campapp.messages.actions.sending import add_words, note_pasted, release, take_back
from campapp.messages.actions.summary import sum_up
from campapp.messages.actions.texting import deliver_texts

__all__ = [
    "add_words",
    "change_circular",
    "deliver",
    "deliver_texts",
    "enter_contract",
    "expand",
    "give_up_waiting",
    "note_pasted",
    "read",
    "read_all",
    "release",
    "send_again",
    "send_again_all",
    "sum_up",
    "take_back",
    "write_circular",
]  # fmt: skip
