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
from campapp.accounts.actions.code import send_code, send_entry_code
from campapp.accounts.actions.entering import enter_anew, enter_by_code
from campapp.accounts.actions.founding import found_account, sign_up
from campapp.accounts.actions.invitation import (
    accept_invitation,
    enter_by_invitation,
    invite,
    revoke_invitation,
)
from campapp.accounts.actions.number import (
    ask_for_number,
    confirm_number,
    correct_number,
    drop_number,
    keep_number,
)
from campapp.accounts.actions.password import ask_for_reset, change_password, reset_password
from campapp.accounts.actions.person import describe_myself, speak, use_membership
from campapp.accounts.actions.second_factor import (
    begin_second_factor,
    confirm_second_factor,
    drop_second_factor,
    lift_second_factor,
    renew_recovery_codes,
    take_second_step,
)
from campapp.accounts.actions.session import begin_session, end_session, end_sessions

__all__ = [
    "accept_invitation",
    "act_for",
    "ask_for_address",
    "ask_for_number",
    "ask_for_reset",
    "begin_second_factor",
    "begin_session",
    "change_address",
    "change_password",
    "confirm_address",
    "confirm_number",
    "confirm_second_factor",
    "correct_address",
    "correct_number",
    "describe_myself",
    "drop_number",
    "drop_second_factor",
    "end_session",
    "end_sessions",
    "enter_anew",
    "enter_by_code",
    "enter_by_invitation",
    "found_account",
    "invite",
    "keep_number",
    "lift_second_factor",
    "make_administrator",
    "renew_recovery_codes",
    "reset_password",
    "revert_address",
    "revoke_invitation",
    "send_code",
    "send_entry_code",
    "sign_up",
    "speak",
    "stop_acting",
    "take_second_step",
    "unmake_administrator",
    "use_membership",
]
