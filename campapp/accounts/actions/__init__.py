"""What happens to accounts, their addresses, sessions and invitations."""

from campapp.accounts.actions.acting import act_for, stop_acting
from campapp.accounts.actions.address import (
    ask_for_address,
    change_address,
    confirm_address,
    correct_address,
    revert_address,
)
from campapp.accounts.actions.administrator import make_administrator, unmake_administrator
from campapp.accounts.actions.code import send_code
from campapp.accounts.actions.founding import found_account, sign_up
from campapp.accounts.actions.invitation import (
    accept_invitation,
    enter_by_invitation,
    invite,
    revoke_invitation,
)
from campapp.accounts.actions.password import ask_for_reset, change_password, reset_password
from campapp.accounts.actions.person import describe_myself, speak, use_membership
from campapp.accounts.actions.session import begin_session, end_session, end_sessions

__all__ = [
    "accept_invitation",
    "act_for",
    "ask_for_address",
    "ask_for_reset",
    "begin_session",
    "change_address",
    "change_password",
    "confirm_address",
    "correct_address",
    "describe_myself",
    "end_session",
    "end_sessions",
    "enter_by_invitation",
    "found_account",
    "invite",
    "make_administrator",
    "reset_password",
    "revert_address",
    "revoke_invitation",
    "send_code",
    "sign_up",
    "speak",
    "stop_acting",
    "unmake_administrator",
    "use_membership",
]  # fmt: skip
