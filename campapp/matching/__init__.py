"""Matching: preferences, proposed matches, release, and both sides' answers."""
