"""Reviewers to applications: who reviews what."""
