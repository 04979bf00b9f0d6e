"""The engines: fit, match, assign, schedule, rank. Pure computation behind five JSON contracts."""
