"""Outcomes: what a meeting was, what came of it, confirmed by both sides."""
