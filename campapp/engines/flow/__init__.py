"""Flows in networks with bounds on both sides: what match and assign stand on."""
