"""Threads: questions on a call, what a team and the organiser, or both sides of a match, write to each other."""
