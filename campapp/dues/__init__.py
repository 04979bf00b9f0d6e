"""Dues: what teams and companies that are in still owe, each with its date, and who is reminded of it."""
