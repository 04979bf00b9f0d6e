"""Runs: one computation of a match, a schedule, an assignment or a ranking, kept with its inputs."""
