"""Accounts: who a person is, how they sign in, what invites them; roles come from memberships."""
